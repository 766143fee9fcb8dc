"""Checking the addresses of online services that cards show. Results are stored; publication asks the store, never the network.

Only public web addresses are asked: an address that leads into the network of the server is not, whoever wrote it. A server that
does not answer counts as dead after three daily checks, so that a day without network stops nobody.
"""

from __future__ import annotations

import datetime
import http.client
import ipaddress
import socket
import urllib.parse
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.db.models import Q

from service_catalog.models import CardChannel, LinkCheck

SECONDS = 10
MOST_REDIRECTS = 5
EVERY = datetime.timedelta(days=1)
GONE = frozenset({404, 410})
WORKING_REFUSALS = frozenset({401, 403, 405, 429})
"""Answers of a server that is there but does not want to talk to a program."""
RESERVED = (".example", ".test", ".invalid", ".localhost", "example.com", "example.org", "example.net")
"""Names that lead nowhere by definition (RFC 2606); nothing is asked there."""


class Unreachable(Exception):
    """Nobody answered. The message is a Polish sentence for the author."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one check found."""

    works: bool
    gone: bool = False
    words: str = ""


Ask = Callable[[str], Outcome]


def is_public(host: str) -> bool:
    """Whether every address of the host lies in the public internet. Raises `Unreachable` for an unknown host."""
    try:
        found = {row[4][0] for row in socket.getaddrinfo(host, None)}
    except OSError as error:
        raise Unreachable("nie ma takiego serwera") from error
    return all(ipaddress.ip_address(str(address).partition("%")[0]).is_global for address in found)


def ask(url: str, *, may_ask: Callable[[str], bool] = is_public) -> Outcome:
    """Ask for an address without reading the page; redirects are followed and judged like the address itself."""
    try:
        for _ in range(MOST_REDIRECTS + 1):
            status, onward = _status(url, may_ask=may_ask)
            if not onward:
                return _judged(status)
            url = urllib.parse.urljoin(url, onward)
    except Unreachable as nobody:
        return Outcome(works=False, words=str(nobody))
    return Outcome(works=False, words="przekierowuje bez końca")


def _status(url: str, *, may_ask: Callable[[str], bool]) -> tuple[int, str]:
    """Status of the answer and where it sends on ("" for nowhere). Raises `Unreachable`."""
    parts = urllib.parse.urlsplit(url)
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise Unreachable("to nie jest adres strony")
    if not may_ask(parts.hostname):
        raise Unreachable("adres prowadzi do sieci wewnętrznej")
    kind = http.client.HTTPSConnection if parts.scheme == "https" else http.client.HTTPConnection
    connection = kind(parts.hostname, parts.port, timeout=SECONDS)
    try:
        connection.request("GET", urllib.parse.urlunsplit(("", "", parts.path or "/", parts.query, "")),
                           headers={"User-Agent": "Okienko (sprawdzanie adresow)", "Accept": "*/*"})  # fmt: skip
        answer = connection.getresponse()
        onward = answer.getheader("Location") if 300 <= answer.status < 400 else None
        return answer.status, onward or ""
    except TimeoutError as error:
        raise Unreachable(f"brak odpowiedzi przez {SECONDS} sekund") from error
    except (OSError, http.client.HTTPException, ValueError) as error:
        raise Unreachable("serwer nie odpowiada") from error
    finally:
        connection.close()


def _judged(status: int) -> Outcome:
    if status < 400 or status in WORKING_REFUSALS:
        return Outcome(works=True)
    return Outcome(works=False, gone=status in GONE, words=f"serwer odpowiada błędem {status}")


def due_addresses(*, moment: datetime.datetime) -> list[str]:
    """Addresses of live cards that were not checked within a day, without reserved names."""
    shown = CardChannel.objects.filter(card__live=True, available=True).exclude(url="")
    wanted = set(shown.values_list("url", flat=True))
    fresh = set(LinkCheck.objects.filter(checked_at__gt=moment - EVERY).values_list("url", flat=True))
    return sorted(url for url in wanted - fresh if not _is_reserved(url))


def _is_reserved(url: str) -> bool:
    host = urllib.parse.urlsplit(url).hostname or ""
    return host == "localhost" or host.endswith(RESERVED)


def check_links(addresses: Iterable[str], *, moment: datetime.datetime, asking: Ask = ask) -> dict[str, Outcome]:
    """Check addresses and store what was found; addresses that no card shows any more are forgotten."""
    found = {url: asking(url) for url in addresses}
    for url, outcome in found.items():
        check, _ = LinkCheck.objects.get_or_create(url=url, defaults={"checked_at": moment})
        check.checked_at, check.gone, check.outcome = moment, outcome.gone, outcome.words
        check.failures = 0 if outcome.works else check.failures + 1
        check.save()
    shown = CardChannel.objects.exclude(url="").values("url")
    LinkCheck.objects.filter(~Q(url__in=shown)).delete()
    return found

"""The address of an Elasticsearch server, and a client that never waits longer than it is told to.

`info()`, `ping()`, scripts and `delete_by_query` are not used: a server without them serves as well.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from urllib.parse import urlsplit, urlunsplit

from elasticsearch import ApiError, Elasticsearch, TransportError, UnsupportedProductError
from elasticsearch.helpers import BulkIndexError

USUAL_ALIAS = "okienko"
CONNECTIONS = 8
UNREADABLE = (ValueError, TypeError, KeyError, AttributeError, LookupError)
"""What reading an answer of another shape than Elasticsearch's raises."""


class EngineUnavailable(RuntimeError):
    """The server does not answer, or answers what cannot be read. The message says which and why."""

    def __init__(self, reason: str) -> None:
        super().__init__(f"Serwer wyszukiwarki nie odpowiada poprawnie: {reason}. Sprawdź SEARCH_URL i stan serwera.")


@dataclass(frozen=True)
class ServerAddress:
    """Where the server is, and the alias of our index there: the path of `SEARCH_URL`, or `okienko`."""

    url: str
    alias: str


def server_address(search_url: str) -> ServerAddress:
    """The parts of `SEARCH_URL`; user and password stay in the address. The port is the scheme's when none is given."""
    parts = urlsplit(search_url)
    port = parts.port or (443 if parts.scheme == "https" else 9200)
    credentials, _, _ = parts.netloc.rpartition("@")
    host = f"[{parts.hostname}]" if ":" in (parts.hostname or "") else parts.hostname
    netloc = f"{credentials}@{host}:{port}" if credentials else f"{host}:{port}"
    return ServerAddress(urlunsplit((parts.scheme, netloc, "", "", "")), parts.path.strip("/") or USUAL_ALIAS)


def connect(address: ServerAddress, *, timeout_seconds: float) -> Elasticsearch:
    """A client that asks once and gives up after `timeout_seconds` without an answer."""
    return Elasticsearch(
        address.url,
        request_timeout=timeout_seconds,
        max_retries=0,
        retry_on_timeout=False,
        connections_per_node=CONNECTIONS,
    )


@contextmanager
def answering() -> Iterator[None]:
    """Turn everything that a missing, failing or foreign server causes into `EngineUnavailable`."""
    try:
        yield
    except EngineUnavailable:
        raise
    except BulkIndexError as error:
        raise EngineUnavailable(f"odrzucił zapis ({error.errors[:1]!r:.300})") from error
    except (ApiError, TransportError, UnsupportedProductError) as error:
        raise EngineUnavailable(f"{type(error).__name__}: {error!s:.200}") from error
    except UNREADABLE as error:
        raise EngineUnavailable(f"odpowiedź nie do odczytania ({error!r:.200})") from error

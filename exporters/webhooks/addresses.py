"""Where webhooks may be sent: https, a named host, public addresses only. The address that was checked is the one connected to.

Private networks, this machine and the metadata services of clouds stay out of reach, whatever a name resolves to and whenever it
changes: the name is resolved once per attempt, every answer is checked, and the connection goes to the checked address (no second
resolution, no redirects).
"""

from __future__ import annotations

import ipaddress
import socket
from dataclasses import dataclass
from urllib.parse import urlsplit

from django.conf import settings

LONGEST = 500
_NAT64 = ipaddress.ip_network("64:ff9b::/96")

Address = ipaddress.IPv4Address | ipaddress.IPv6Address


class UnusableAddress(ValueError):
    """Nothing may be sent there; the message says why."""


@dataclass(frozen=True, kw_only=True)
class Target:
    """An address taken apart."""

    secure: bool
    host: str
    port: int
    path: str


def checked_address(address: str) -> Target:
    """The address taken apart, before any name is resolved. Raises `UnusableAddress`."""
    try:
        parts = urlsplit(address)
        port = parts.port
    except ValueError:
        raise UnusableAddress("To nie jest adres. Wpisz na przykład https://system.example/powiadomienia.") from None
    private = bool(settings.WEBHOOK_PRIVATE_ADDRESSES)
    if parts.scheme != "https" and not (private and parts.scheme == "http"):
        raise UnusableAddress("Adres musi zaczynać się od https://.")
    if not parts.hostname or parts.username or parts.password or len(address) > LONGEST:
        raise UnusableAddress("Adres musi mieć nazwę serwera, bez nazwy użytkownika i hasła, najwyżej 500 znaków.")
    if not address.isascii() or any(character <= " " for character in address):
        raise UnusableAddress("Adres ma niedozwolone znaki. Zapisz je jako %XX, a nazwę serwera w postaci xn--.")
    literal = _literal(parts.hostname)
    if literal and not private and not is_public(literal):
        raise UnusableAddress("Ten adres należy do sieci prywatnej. Na takie nie wysyłamy.")
    path = f"{parts.path or '/'}?{parts.query}" if parts.query else parts.path or "/"
    secure = parts.scheme == "https"
    return Target(secure=secure, host=parts.hostname, port=port or (443 if secure else 80), path=path)


def _literal(host: str) -> Address | None:
    try:
        return ipaddress.ip_address(host)
    except ValueError:
        return None


def resolved(target: Target) -> str:
    """The numeric address to connect to. Raises `UnusableAddress` when the name is unknown or one of its addresses is private."""
    try:
        found = socket.getaddrinfo(target.host, target.port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        raise UnusableAddress("Nie znaleziono serwera o tej nazwie.") from None
    numbers = [str(entry[4][0]).partition("%")[0] for entry in found]
    if not settings.WEBHOOK_PRIVATE_ADDRESSES:
        for number in numbers:
            if not is_public(ipaddress.ip_address(number)):
                raise UnusableAddress("Nazwa serwera prowadzi do sieci prywatnej. Na takie adresy nie wysyłamy.")
    return numbers[0]


def is_public(number: Address) -> bool:
    """Whether an address is on the public internet, also when it hides another one (mapped, translated, tunnelled)."""
    if isinstance(number, ipaddress.IPv6Address):
        inner = number.ipv4_mapped or number.sixtofour
        if inner is None and number in _NAT64:
            inner = ipaddress.IPv4Address(int(number) & 0xFFFFFFFF)
        if inner is not None:
            return is_public(inner)
        if number.teredo is not None:
            return False
    return number.is_global and not number.is_multicast and not number.is_reserved

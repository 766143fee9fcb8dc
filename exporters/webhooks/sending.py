"""One attempt: sign, connect to the checked address, send, look at the status. Knows no database.

The whole attempt has one deadline: a receiver that hangs, or sends a byte now and then, is cut off.
"""

from __future__ import annotations

import hashlib
import hmac
import http.client
import socket
import ssl
import threading
from dataclasses import dataclass

from exporters.webhooks.addresses import Target, UnusableAddress, checked_address, resolved

SECONDS = 10.0
"""For the whole attempt."""
_AGENT = "Okienko-Webhook/1"


@dataclass(frozen=True, kw_only=True)
class Letter:
    """What is sent: to whom, what, signed with which secret. `number` names the delivery, the same in every attempt."""

    address: str
    secret: str
    number: int
    event: str
    body: bytes


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """Whether the receiver took it, and what he said in a few words."""

    delivered: bool
    answer: str


def signature(secret: str, body: bytes, *, timestamp: int) -> str:
    """`t=…,v1=…`: HMAC-SHA256 (RFC 2104) over the seconds since 1970, a full stop and the body: old letters show their age."""
    digest = hmac.new(secret.encode(), f"{timestamp}.".encode() + body, hashlib.sha256).hexdigest()
    return f"t={timestamp},v1={digest}"


def send(letter: Letter, *, timestamp: int, seconds: float = SECONDS) -> Outcome:
    """Try once. Every fault of the network is an outcome, not an error."""
    try:
        target = checked_address(letter.address)
        number = resolved(target)
    except UnusableAddress as refusal:
        return Outcome(delivered=False, answer=str(refusal))
    connection = _Pinned(target, number, seconds)
    watchdog = threading.Timer(seconds, connection.cut)
    watchdog.daemon = True
    watchdog.start()
    try:
        return _exchange(connection, target, letter, timestamp)
    except (OSError, http.client.HTTPException, ValueError) as fault:
        late = "nie odpowiedział na czas" if connection.was_cut or isinstance(fault, TimeoutError) else ""
        return Outcome(delivered=False, answer=late or f"połączenie zawiodło ({type(fault).__name__})")
    finally:
        watchdog.cancel()
        connection.close()


def _exchange(connection: _Pinned, target: Target, letter: Letter, timestamp: int) -> Outcome:
    connection.request(
        "POST",
        target.path,
        body=letter.body,
        headers={
            "Content-Type": "application/json; charset=utf-8",
            "User-Agent": _AGENT,
            "Okienko-Event": letter.event,
            "Okienko-Delivery": str(letter.number),
            "Okienko-Signature": signature(letter.secret, letter.body, timestamp=timestamp),
        },
    )
    status = connection.getresponse().status  # what the receiver writes besides is not read
    return Outcome(delivered=200 <= status < 300, answer=f"odpowiedź {status}")


class _Pinned(http.client.HTTPConnection):
    """A connection to a checked numeric address under the name of the host (for TLS and the Host header)."""

    def __init__(self, target: Target, number: str, seconds: float) -> None:
        super().__init__(target.host, target.port, timeout=seconds)
        self._number = number
        self._secure = target.secure
        if target.secure:
            self.default_port = 443
        self.was_cut = False

    def connect(self) -> None:
        """Connect to the number, never to the name."""
        plain = socket.create_connection((self._number, self.port), self.timeout)
        self.sock = plain
        if self._secure:
            self.sock = ssl.create_default_context().wrap_socket(plain, server_hostname=self.host)
        if self.was_cut:
            raise TimeoutError

    def cut(self) -> None:
        """End the connection from outside; whoever waits on it gets an error."""
        self.was_cut = True
        found = self.sock
        if found is not None:
            try:
                found.shutdown(socket.SHUT_RDWR)
            except OSError:
                return

"""Where a search server is. Needs no client library: only processes that use a server load one."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlsplit, urlunsplit

USUAL_ALIAS = "okienko"


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

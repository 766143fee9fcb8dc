"""What all answers for programs share: compression, validators, notice of what is going to end, and reading from the pages of
other sites (CORS).

A compressed answer carries a weak ETag (RFC 9110, section 8.8.3.3: another encoding is another sequence of bytes). Pages for people
are left alone.
"""

from __future__ import annotations

import gzip
import hashlib
import zlib
from collections.abc import Callable, Iterable, Iterator
from http import HTTPStatus
from typing import cast

import zstandard
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.utils.http import http_date

from exporters.catalogue_api.problems import problem
from exporters.deprecations import announce
from publication.reading import last_change

GetResponse = Callable[[HttpRequest], HttpResponseBase]

API = "/api/v1/"
OPEN_PATHS = (API, "/katalog/", "/karta/", "/atom/", "/xml/")
"""Addresses that programs on other sites may read; nothing there depends on who asks, and no cookie is taken."""
LISTS_OF_EDITIONS = frozenset(
    API + name for name in ("acts", "cards", "forms", "good-practices", "handbooks", "life-events", "offices", "topics")
)
"""Lists made of nothing but editions, so that the log knows when they changed last. The feed tells that itself."""
COMPRESSED = frozenset({
    "application/json", "application/ld+json", "application/problem+json", "application/xml", "application/atom+xml",
    "text/csv", "text/turtle", "text/xsl",
})  # fmt: skip
SMALLEST = 1000
"""Bytes below which compression costs more than it saves."""
PREFLIGHT_SECONDS = "86400"
_ZSTD_LEVEL, _GZIP_LEVEL = 3, 5


class MachineAnswers:
    """Compresses, marks and opens answers for programs."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer a preflight, or pass on and finish the answer."""
        if _is_preflight(request) and request.path.startswith(OPEN_PATHS):
            return _preflight()
        response = _explained(request, self._read(request))
        if _for_programs(response):
            response = _finished(request, response)
        announce(request.path, response)
        return response

    def _read(self, request: HttpRequest) -> HttpResponseBase:
        """The answer; a question for the headers alone (HEAD) is asked in full, and the server sends no body (RFC 9110, 9.3.2)."""
        if request.method != "HEAD" or not request.path.startswith(API):
            return self.get_response(request)
        request.method = "GET"  # routes of the API know only that
        try:
            return self.get_response(request)
        finally:
            request.method = "HEAD"


def _explained(request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
    """The answer; a refused method of the API as a problem document that names the right ones."""
    if response.status_code != HTTPStatus.METHOD_NOT_ALLOWED or not request.path.startswith(API):
        return response
    allowed = [name.strip() for name in response.get("Allow", "").split(",") if name.strip()]
    if "GET" in allowed and "HEAD" not in allowed:
        allowed.append("HEAD")
    named = ", ".join(sorted(allowed))
    sentence = f"Ten adres nie przyjmuje metody {(request.method or '')[:20]}. Użyj: {named}."
    refusal = problem(HTTPStatus.METHOD_NOT_ALLOWED, "Niedozwolona metoda", sentence)
    refusal["Allow"] = named
    return refusal


def _finished(request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
    """The answer with its validator, open to other sites, and compressed."""
    if request.path.startswith(API) and request.method in {"GET", "HEAD"}:
        response = _with_validator(request, response)
    if request.path.startswith(OPEN_PATHS):
        _open(response)
    return _compressed(request, response)


def _for_programs(response: HttpResponseBase) -> bool:
    """Whether the answer is for programs, told by its media type; 304 has none."""
    kind = response.get("Content-Type", "").partition(";")[0]
    return response.status_code == HTTPStatus.NOT_MODIFIED or not kind.startswith("text/html")


def _is_preflight(request: HttpRequest) -> bool:
    """Whether a browser asks before a request from another site (Fetch Standard, CORS-preflight request)."""
    return request.method == "OPTIONS" and "Access-Control-Request-Method" in request.headers


def _preflight() -> HttpResponse:
    response = HttpResponse(status=HTTPStatus.NO_CONTENT)
    response["Access-Control-Allow-Origin"] = "*"
    response["Access-Control-Allow-Methods"] = "GET, HEAD, POST, OPTIONS"
    response["Access-Control-Allow-Headers"] = "Content-Type, If-None-Match, If-Modified-Since"
    response["Access-Control-Max-Age"] = PREFLIGHT_SECONDS
    return response


def _open(response: HttpResponseBase) -> None:
    """Let programs on other sites read the answer. Without credentials: the answer is the same for everybody."""
    response["Access-Control-Allow-Origin"] = "*"
    response["Access-Control-Expose-Headers"] = "ETag, Last-Modified, Deprecation, Sunset, Link"
    response["Cross-Origin-Resource-Policy"] = "cross-origin"


def _with_validator(request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
    """Give a list the hash of its bytes as ETag and answer 304 when it is known; stored texts bring their own."""
    if response.status_code != HTTPStatus.OK or response.has_header("ETag") or not isinstance(response, HttpResponse):
        return response
    if "no-store" in response.get("Cache-Control", "") or request.headers.get("Authorization"):
        return response
    etag = f'"{hashlib.sha256(response.content).hexdigest()}"'
    modified = int(last_change().timestamp()) if request.path in LISTS_OF_EDITIONS else None
    unchanged = get_conditional_response(request, etag=etag, last_modified=modified)
    if unchanged is not None and unchanged.status_code == HTTPStatus.NOT_MODIFIED:
        response = unchanged
    response["ETag"] = etag
    if modified is not None:
        response["Last-Modified"] = http_date(modified)
    return response


def _compressed(request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
    kind = response.get("Content-Type", "").partition(";")[0]
    if kind not in COMPRESSED or response.has_header("Content-Encoding"):
        return response
    patch_vary_headers(response, ("Accept-Encoding",))
    encoding = preferred(request.headers.get("Accept-Encoding", ""))
    if not encoding or request.method == "HEAD":
        return response
    if isinstance(response, StreamingHttpResponse):
        # A file of a catalogue may be large: it is compressed as it goes.
        response.streaming_content = _pieces(cast("Iterator[bytes]", response.streaming_content), encoding)
        del response["Content-Length"]
    elif isinstance(response, HttpResponse) and len(response.content) >= SMALLEST:
        response.content = _whole(response.content, encoding)
        response["Content-Length"] = str(len(response.content))
    else:
        return response
    response["Content-Encoding"] = encoding
    if response.has_header("ETag") and not response["ETag"].startswith("W/"):
        response["ETag"] = f"W/{response['ETag']}"
    return response


def preferred(accepted: str) -> str:
    """The encoding to use for a header Accept-Encoding: zstd (RFC 8878) before gzip; empty when neither is wanted."""
    wanted = {}
    for part in accepted.lower().split(","):
        name, _, weight = part.partition(";")
        wanted[name.strip()] = weight.replace(" ", "") not in {"q=0", "q=0.0", "q=0.00", "q=0.000"}
    return next((name for name in ("zstd", "gzip") if wanted.get(name, False)), "")


def _whole(content: bytes, encoding: str) -> bytes:
    if encoding == "zstd":
        return zstandard.ZstdCompressor(level=_ZSTD_LEVEL).compress(content)
    return gzip.compress(content, _GZIP_LEVEL, mtime=0)


def _pieces(content: Iterable[bytes], encoding: str) -> Iterator[bytes]:
    if encoding == "zstd":
        squeezer = zstandard.ZstdCompressor(level=_ZSTD_LEVEL).compressobj()
        yield from (squeezer.compress(piece) for piece in content)
        yield squeezer.flush()
        return
    zipped = zlib.compressobj(_GZIP_LEVEL, zlib.DEFLATED, 16 + zlib.MAX_WBITS)
    yield from (zipped.compress(piece) for piece in content)
    yield zipped.flush()

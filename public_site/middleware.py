"""The first gate of the site: unreadable addresses are turned away, public answers get their headers."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from http import HTTPStatus
from urllib.parse import unquote_to_bytes

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

from public_site.days import UnreadableDay

GetResponse = Callable[[HttpRequest], HttpResponseBase]

LONGEST_ADDRESS = 8_000
"""Bytes of path and query together; browsers and proxies commonly stop near 8 kB as well."""

STAFF_PREFIXES = ("/admin/",)
"""Addresses under which people log in: the only ones that may set a cookie."""

PUBLIC_CSP = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'"
)
# Wagtail's admin needs more: its templates and the editor use inline scripts and style attributes, icons and cropping
# previews are data: images, upload previews are blob:, page previews are frames of this site, and the editor talks
# to its own API. Nothing is loaded from another host, and no other site may frame it.
ADMIN_CSP = (
    "default-src 'none'; script-src 'self' 'unsafe-inline'; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data: blob:; font-src 'self' data:; connect-src 'self'; "
    "frame-src 'self'; media-src 'self'; worker-src 'self' blob:; "
    "form-action 'self'; base-uri 'self'; frame-ancestors 'self'"
)

# Django writes a byte that is no UTF-8 as %XX into the decoded path; no address of ours contains "%80" to "%FF".
_BROKEN_UTF8 = re.compile(r"%[89a-fA-F][0-9a-fA-F]")

_PLAIN_NAME = re.compile(r"[a-z_]{1,40}", re.ASCII)


def is_staff_address(path: str) -> bool:
    """Whether the path belongs to the part of the site where people log in."""
    return path.startswith(STAFF_PREFIXES)


def harden(response: HttpResponseBase, *, path: str) -> HttpResponseBase:
    """Set the security headers that a path needs; headers a view has set itself stay."""
    response.headers.setdefault("Content-Security-Policy", ADMIN_CSP if is_staff_address(path) else PUBLIC_CSP)
    response.headers.setdefault("X-Content-Type-Options", "nosniff")
    response.headers.setdefault("Referrer-Policy", "strict-origin-when-cross-origin")
    response.headers.setdefault("Cross-Origin-Opener-Policy", "same-origin")
    response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
    return response


class UnreadableAddresses:
    """Answers addresses that no page can have: NUL bytes, broken UTF-8, over 8,000 bytes. Nothing else sees them."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Refuse with a Polish sentence or pass on."""
        refusal = _refusal(request.path_info, request.META.get("QUERY_STRING", ""))
        if refusal is None:
            return self.get_response(request)
        status, sentence = refusal
        return harden(_plain(request.path_info, status, sentence), path="")


def _refusal(path: str, query: str) -> tuple[HTTPStatus, str] | None:
    """Status and sentence for an address that cannot be read; None for a readable one."""
    if len(path.encode(errors="replace")) + len(query) > LONGEST_ADDRESS:
        return (
            HTTPStatus.REQUEST_URI_TOO_LONG,
            f"Adres jest za długi. Może mieć najwyżej {LONGEST_ADDRESS} bajtów. Skróć go{_longest_parameter(query)}.",
        )
    raw = _bytes(query)
    if "\0" in path or b"\0" in raw:
        where = _parameter_that(_holds_zero, query)
        return HTTPStatus.BAD_REQUEST, f"Adres zawiera znak o kodzie zero{where}. Usuń go z adresu."
    if _is_broken(raw) or _BROKEN_UTF8.search(path):
        where = _parameter_that(_is_broken, query)
        return (
            HTTPStatus.BAD_REQUEST,
            f"Adres zawiera znaki, których nie da się odczytać jako UTF-8{where}. Wpisz go jeszcze raz.",
        )
    return None


def _bytes(query: str) -> bytes:
    """What was sent: the server hands the query over as Latin-1 text of the bytes it received."""
    return unquote_to_bytes(query.encode("latin-1", errors="replace").replace(b"+", b" "))


def _holds_zero(raw: bytes) -> bool:
    return b"\0" in raw


def _is_broken(raw: bytes) -> bool:
    try:
        raw.decode()
    except UnicodeDecodeError:
        return True
    return False


def _parameter_that(is_bad: Callable[[bytes], bool], query: str) -> str:
    """The first bad parameter, for a sentence; nothing when it is none or its name cannot be shown."""
    names = (pair.partition("=")[0] for pair in query.split("&") if is_bad(_bytes(pair)))
    name = next(names, "")
    return f" (parametr „{name}”)" if _PLAIN_NAME.fullmatch(name) else ""


def _longest_parameter(query: str) -> str:
    """The parameter that makes the address long, as the end of a sentence; nothing when its name cannot be shown."""
    name = max(query.split("&"), key=len).partition("=")[0]
    return f"; najdłuższy jest parametr „{name}”" if _PLAIN_NAME.fullmatch(name) else ""


def _plain(path: str, status: HTTPStatus, sentence: str) -> HttpResponse:
    """The refusal as text, or as a problem document for programs."""
    if not path.startswith("/api/"):
        return HttpResponse(sentence, status=status, content_type="text/plain; charset=utf-8")
    problem = {"type": "about:blank", "title": "Nie rozumiemy tego adresu", "status": int(status), "detail": sentence}
    return HttpResponse(
        json.dumps(problem, ensure_ascii=False), status=status, content_type="application/problem+json; charset=utf-8"
    )


class PublicHeaders:
    """Security headers everywhere; outside the staff part no cookie goes in or out, so a cache may keep the page."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Hide cookies from public pages, then set headers and drop what would make the answer personal."""
        public = not is_staff_address(request.path_info)
        if public:
            # With the session of an editor at hand the session middleware would save it and set its cookie again.
            request.META.pop("HTTP_COOKIE", None)
            request.COOKIES = {}
        response = harden(self.get_response(request), path=request.path_info)
        if public:
            response.cookies.clear()
            _forget_cookie(response)
        return response

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """A wrong day in the address is a reader's slip: the Polish page and one log line, not a traceback."""
        if not isinstance(exception, UnreadableDay):
            return None
        from public_site.views import bad_request

        return bad_request(request, exception)


def _forget_cookie(response: HttpResponseBase) -> None:
    """Take "Cookie" out of Vary: the answer does not depend on it, and caches would keep one copy per reader."""
    named = [name.strip() for name in response.get("Vary", "").split(",") if name.strip()]
    kept = [name for name in named if name.lower() != "cookie"]
    if kept:
        response.headers["Vary"] = ", ".join(kept)
    else:
        response.headers.pop("Vary", None)

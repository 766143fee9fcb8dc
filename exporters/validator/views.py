"""The page of the validator: paste or upload a card, read what is wrong. A plain form."""

from __future__ import annotations

from http import HTTPStatus

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from exporters.epuap import addresses
from exporters.epuap.addresses import STANDING
from exporters.validator.checking import LARGEST, Verdict, check
from exporters.validator.known_codes import known_office_types

TEXT_FIELD = "tresc"
FILE_FIELD = "plik"
FORM_OVERHEAD = 100_000
"""Bytes that a form may add to the file; a pasted text is bounded by the settings besides."""


@csrf_exempt  # it changes nothing and knows nobody, and a public page sets no cookie
@require_http_methods(["GET", "HEAD", "POST"])
def validator(request: HttpRequest) -> HttpResponse:
    """The empty form, or the form with the verdict on what was sent."""
    verdict, text, refusal = None, "", ""
    if request.method == "POST" and _too_large(request):
        refusal = f"To za dużo naraz: najwyżej {LARGEST // 1_000_000} MB. Sprawdź karty po kolei."
    elif request.method == "POST":
        content = _content(request)
        text = "" if request.FILES else content.decode("utf-8", "replace")
        if content.strip():
            verdict = check(content, office_types=known_office_types())
        else:
            refusal = "Wklej treść karty albo wybierz plik."
    context = {
        "path": request.path,
        "verdict": verdict,
        "rows": _numbered(text, verdict),
        "text": text,
        "refusal": refusal,
        "largest": LARGEST // 1_000_000,
        "schema": f"{addresses.PUBLISHED_PATH}schemat.xsd",
        "standing": STANDING,
    }
    status = HTTPStatus.BAD_REQUEST if refusal else HTTPStatus.OK
    response = render(request, "exporters/validator.html", context, status=status)
    response["Cache-Control"] = "no-store"
    return response


def _too_large(request: HttpRequest) -> bool:
    """Whether the request says that it is too large to be read at all: a form adds a little to its file."""
    length = request.headers.get("Content-Length", "0")
    return not length.isdigit() or int(length) > LARGEST + FORM_OVERHEAD


def _content(request: HttpRequest) -> bytes:
    """What was uploaded, otherwise what was pasted; one byte more than allowed is enough to refuse."""
    file = request.FILES.get(FILE_FIELD)
    if isinstance(file, UploadedFile):
        return bytes(file.read(LARGEST + 1))
    return str(request.POST.get(TEXT_FIELD, "")).encode("utf-8", "replace")[: LARGEST + 1]


def _numbered(text: str, verdict: Verdict | None) -> list[tuple[int, str]]:
    """The lines that have errors, so that nobody must count."""
    if verdict is None or not text:
        return []
    lines = text.splitlines()
    wrong = sorted({remark.line for remark in verdict.remarks})
    return [(number, lines[number - 1][:200]) for number in wrong if 0 < number <= len(lines)]

"""Public pages of the publications: all of the current set, those of one office or office type, the files and their checksums."""

from __future__ import annotations

from typing import Any

from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_safe

from exporters.current_publications import CHECKSUMS, current_set, folder_of, set_in_building
from exporters.models import PublishedFile
from exporters.publication_orders import progress_of
from publication.calendar import today
from publication.reading import NotInForce
from service_catalog.published.reading import office as read_office
from service_catalog.published.reading import office_type as read_office_type
from service_catalog.published.reading import offices

CACHE_CONTROL = "public, max-age=60"


@require_safe
def publications(request: HttpRequest) -> HttpResponse:
    """Every book of the current set."""
    found = current_set()
    files = list(found.files.all()) if found else []
    context = {
        "set": found,
        "handbooks": [file for file in files if file.kind == PublishedFile.Kind.HANDBOOK],
        "collections": [file for file in files if file.kind == PublishedFile.Kind.COLLECTION],
        "catalogues": [file for file in files if file.kind == PublishedFile.Kind.CATALOGUE],
    }
    return _page(request, "exporters/publications.html", context)


@require_safe
def publications_of_type(request: HttpRequest, code: str) -> HttpResponse:
    """The handbook of an office type and the catalogues of its offices. Raises `Http404`."""
    try:
        kind = read_office_type(code, on=today())
    except NotInForce as refusal:
        raise Http404(f"Nie ma typu urzędu „{code[:40]}”.") from refusal
    codes = {place.code for place in offices(on=today(), office_type=code)}
    handbooks = _files(PublishedFile.Kind.HANDBOOK, {code})
    catalogues = _files(PublishedFile.Kind.CATALOGUE, codes)
    context = {
        "heading": kind.name_plural,
        "place": "",
        "handbooks": handbooks,
        "catalogues": catalogues,
        "set": current_set(),
    }
    return _page(request, "exporters/publications_of.html", context)


@require_safe
def publications_of_office(request: HttpRequest, code: str) -> HttpResponse:
    """The printed catalogue of an office and the handbook of its type. Raises `Http404`."""
    try:
        place = read_office(code, on=today())[1]
    except NotInForce as refusal:
        raise Http404(f"Nie ma urzędu „{code[:40]}”.") from refusal
    handbooks = _files(PublishedFile.Kind.HANDBOOK, {place.office_type.code})
    catalogues = _files(PublishedFile.Kind.CATALOGUE, {code})
    context = {
        "heading": place.name,
        "place": code,
        "handbooks": handbooks,
        "catalogues": catalogues,
        "set": current_set(),
    }
    return _page(request, "exporters/publications_of.html", context)


@require_safe
def publication_file(request: HttpRequest, name: str) -> HttpResponseBase:
    """A book of the current set. Its checksum is its ETag. Raises `Http404`."""
    found = current_set()
    file = found.files.filter(name=name).first() if found else None
    if found is None or file is None:
        raise Http404("Nie ma takiej publikacji. Wszystkie znajdziesz na stronie /publikacje/.")
    response: HttpResponseBase | None = get_conditional_response(request, etag=f'"{file.sha256}"')
    if response is None:
        try:
            content = (folder_of(found) / file.name).open("rb")
        except OSError as error:
            raise Http404("Ten plik jest chwilowo niedostępny. Spróbuj za kilka minut.") from error
        response = FileResponse(content, content_type="application/pdf", filename=file.name)
    response["ETag"] = f'"{file.sha256}"'
    response["Cache-Control"] = CACHE_CONTROL
    return response


@require_safe
def checksums(request: HttpRequest) -> HttpResponse:
    """Checksums of all books in the form that `sha256sum --check` reads. Raises `Http404`."""
    found = current_set()
    if found is None:
        raise Http404("Nie wydano jeszcze kompletu publikacji.")
    lines = "".join(f"{file.sha256}  {file.name}\n" for file in found.files.order_by("name"))
    response = HttpResponse(lines, content_type="text/plain; charset=utf-8")
    response["Content-Disposition"] = f'inline; filename="{CHECKSUMS}"'
    response["Cache-Control"] = CACHE_CONTROL
    return response


def _files(kind: str, codes: set[str]) -> list[PublishedFile]:
    """Books of the current set, of one kind, by their codes."""
    found = current_set()
    return list(found.files.filter(kind=kind, code__in=sorted(codes))) if found else []


def _page(request: HttpRequest, template: str, context: dict[str, Any]) -> HttpResponse:
    first = None if context["set"] else set_in_building()
    building = progress_of(first) if first else None
    response = render(request, template, {"path": request.path, "building": building, **context})
    response["Cache-Control"] = CACHE_CONTROL
    return response

"""Cards and catalogues to take away, one address per format, and the files of the XML schema.

Answers carry a strong ETag made of the edition hash and the version of the format; an unchanged card is answered with 304.
"""

from __future__ import annotations

import datetime
import functools
import hashlib
import logging
from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from django.core.exceptions import BadRequest
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.utils.cache import get_conditional_response
from django.utils.http import http_date
from django.views.decorators.http import require_safe

from exporters.areas import NOWHERE, Areas, area_of
from exporters.epuap import addresses
from exporters.format_entry import Format
from exporters.formats import CARD_FORMATS, COLLECTIONS, PDF_VARIANTS
from exporters.keeping import collection_digest, document_digest, kept_collection, kept_document
from exporters.modification import modified_at
from exporters.pdf.refusals import FaultyBook, RefusedPart
from exporters.selection import NothingThere, select
from publication.calendar import today
from publication.models import Edition, EditionKind
from publication.reading import NotInForce, in_force
from service_catalog.published.keys import office_card_key
from service_catalog.published.reading import decode_card

View = Callable[..., HttpResponseBase]

logger = logging.getLogger(__name__)
CACHE_CONTROL = "public, max-age=60"
DAY_PARAMETER = "na-dzien"
VARIANT_PARAMETER = "wariant"
OFFICE_PARAMETER = "urzad"
TYPE_PARAMETER = "typ"
SYMBOL_PARAMETER = "symbol"
SINCE_PARAMETER = "od-wydania"
UNPRINTABLE = "Tej karty nie udało się wydrukować poprawnie. Przeczytaj ją na stronie. Opiekun systemu już o tym wie."
LONGEST_NUMBER = 18
"""Digits of a number that fits into 64 bits whatever it is."""


def told(view: View) -> View:
    """The view whose refusal of an address reaches the reader as its sentence, in plain text like every other refusal here."""

    @functools.wraps(view)
    def answered(*arguments: Any, **parameters: Any) -> HttpResponseBase:
        try:
            return view(*arguments, **parameters)
        except BadRequest as refusal:
            return _refused(str(refusal), HTTPStatus.BAD_REQUEST)

    return answered


@require_safe
@told
def card_file(request: HttpRequest, symbol: str, extension: str, office: str = "") -> HttpResponseBase:
    """One card in one format, as in force today or on the day of `?na-dzien=`."""
    card_format = _pdf_variant(request) if extension == "pdf" else CARD_FORMATS[extension]
    key = office_card_key(symbol, office) if office else symbol
    day = _day(request)
    try:
        edition = in_force(key, on=day)
    except NotInForce as refusal:
        return _absent(refusal)
    if edition.kind != EditionKind.CARD:
        raise Http404
    record, areas = area_of(office, on=day) if office and card_format.in_area else (None, NOWHERE)
    sources = f"{edition.sha256} {record.sha256}" if record else edition.sha256
    digest = document_digest(sources, card_format)
    modified = modified_at(edition, record)
    unchanged = get_conditional_response(request, etag=f'"{digest}"', last_modified=modified)
    try:
        response = unchanged or HttpResponse(
            _document(edition, card_format, digest, areas), content_type=card_format.media_type
        )
    except RefusedPart as refusal:
        return _refused(str(refusal), HTTPStatus.UNPROCESSABLE_ENTITY)
    except FaultyBook:
        logger.exception("Wydruk karty %s nie przeszedł kontroli.", key)
        return _refused(UNPRINTABLE, HTTPStatus.INTERNAL_SERVER_ERROR)
    response["Content-Disposition"] = f'inline; filename="{key.replace("/", ".")}.{card_format.extension}"'
    response["Last-Modified"] = http_date(modified)
    return _with_headers(response, digest)


@require_safe
@told
def catalogue_file(request: HttpRequest, segment: str) -> HttpResponseBase:
    """The catalogue, or the part of one office or office type, in one format, as in force today or on the day asked for."""
    chosen = COLLECTIONS.get(segment)
    if chosen is None:
        return _refused(
            f"Nie ma formatu „{segment[:40]}”. Wybierz jeden z: {', '.join(COLLECTIONS)}.", HTTPStatus.NOT_FOUND
        )
    asked = _asked(request, chosen)
    try:
        catalogue = select(
            on=_day(request),
            office=asked.get(OFFICE_PARAMETER, ""),
            office_type=asked.get(TYPE_PARAMETER, ""),
            symbol=asked.get(SYMBOL_PARAMETER, ""),
            since=_sequence(asked.get(SINCE_PARAMETER, "")),
        )
    except NothingThere as refusal:
        return _refused(str(refusal), HTTPStatus.NOT_FOUND)
    digest = collection_digest(catalogue, chosen)
    unchanged = get_conditional_response(request, etag=f'"{digest}"')
    if unchanged:
        return _with_headers(unchanged, digest)
    response = FileResponse(kept_collection(catalogue, chosen, digest).open("rb"), content_type=chosen.media_type)
    name = "-".join(["katalog", *filter(None, (catalogue.office, catalogue.office_type, catalogue.symbol))])
    response["Content-Disposition"] = f'inline; filename="{name}.{chosen.extension}"'
    return _with_headers(response, digest)


@require_safe
def schema_file(request: HttpRequest, name: str) -> HttpResponseBase:
    """A file of the published schema. It never changes under its dated address."""
    content = (addresses.FOLDER / name).read_bytes()
    digest = hashlib.sha256(content).hexdigest()
    unchanged = get_conditional_response(request, etag=f'"{digest}"')
    response = unchanged or HttpResponse(content, content_type=f"{addresses.PUBLISHED_FILES[name]}; charset=utf-8")
    return _with_headers(response, digest)


def _document(edition: Edition, card_format: Format, digest: str, areas: Areas) -> bytes:
    """The document, from disk when it was made before."""
    return kept_document(digest, card_format, lambda: render(edition, card_format, areas))


def render(edition: Edition, card_format: Format, areas: Areas = NOWHERE) -> bytes:
    """The document of the card in an edition; `areas` are those of its office."""
    renderer = card_format.in_area(areas) if card_format.in_area else card_format.render
    assert renderer is not None
    return renderer(decode_card(edition), edition_sha256=edition.sha256)


def _pdf_variant(request: HttpRequest) -> Format:
    """The PDF that `?wariant=` asks for. Raises `BadRequest` for one that does not exist."""
    wanted = request.GET.get(VARIANT_PARAMETER, "")
    if wanted not in PDF_VARIANTS:
        known = ", ".join(filter(None, PDF_VARIANTS))
        raise BadRequest(f"Nie ma wariantu „{wanted[:40]}” wydruku karty. Wybierz jeden z: {known}, albo żaden.")
    return PDF_VARIANTS[wanted]


def _day(request: HttpRequest) -> datetime.date:
    """The day asked for. Raises `BadRequest` for anything that is not a day."""
    wanted = request.GET.get(DAY_PARAMETER, "")
    if not wanted:
        return today()
    try:
        day = datetime.date.fromisoformat(wanted)
    except ValueError:
        day = datetime.date.min
    if not 1990 <= day.year <= 2100:
        raise BadRequest(f"„{wanted[:40]}” to nie jest dzień. Wpisz datę w postaci RRRR-MM-DD, na przykład 2026-01-31.")
    return day


def _absent(refusal: NotInForce) -> HttpResponse:
    """404 for what was never there, 410 for what was withdrawn, suspended or has expired; a sentence in plain text."""
    status = HTTPStatus.NOT_FOUND if refusal.edition is None else HTTPStatus.GONE
    sentence = f"{refusal} Stronę karty znajdziesz pod adresem /karta/{refusal.key}/."
    return _refused(sentence, status)


def _asked(request: HttpRequest, chosen: Format) -> dict[str, str]:
    """The parameters of the request. Raises `BadRequest` for a name that the format does not know, or a missing office."""
    known = [DAY_PARAMETER, SINCE_PARAMETER]
    if not chosen.whole:
        known += [OFFICE_PARAMETER, TYPE_PARAMETER, SYMBOL_PARAMETER]
    unknown = sorted(name for name in request.GET if name not in known)
    if unknown:
        raise BadRequest(f"Nie ma parametru „{unknown[0][:40]}”. Można podać: {', '.join(known)}.")
    if chosen.needs_office and not request.GET.get(OFFICE_PARAMETER):
        raise BadRequest(f"W tym formacie katalog jest zawsze katalogiem urzędu. Podaj ?{OFFICE_PARAMETER}=kod-urzędu.")
    return {name: request.GET[name].strip() for name in known if name in request.GET}


def _sequence(value: str) -> int | None:
    """The number of an edition. Raises `BadRequest` for anything that is not a number."""
    if not value:
        return None
    if not (value.isascii() and value.isdigit() and len(value) <= LONGEST_NUMBER):
        raise BadRequest(f"„{value[:40]}” to nie jest numer wydania. Wpisz liczbę całkowitą.")
    return int(value)


def _refused(sentence: str, status: HTTPStatus) -> HttpResponse:
    return HttpResponse(f"{sentence}\n", status=status, content_type="text/plain; charset=utf-8")


def _with_headers(response: HttpResponseBase, digest: str) -> HttpResponseBase:
    response["ETag"] = f'"{digest}"'
    response["Cache-Control"] = CACHE_CONTROL
    response["X-Content-Type-Options"] = "nosniff"
    return response

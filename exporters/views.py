"""Cards to take away, one address per format, and the files of the XML schema.

Answers carry a strong ETag made of the edition hash and the version of the format; an unchanged card is answered with 304.
"""

from __future__ import annotations

import datetime
import hashlib
from http import HTTPStatus
from pathlib import Path

from django.conf import settings
from django.core.exceptions import BadRequest
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_safe

from exporters.epuap import addresses
from exporters.files import replace_file
from exporters.formats import CARD_FORMATS, CardFormat
from publication.calendar import today
from publication.models import Edition, EditionKind
from publication.reading import NotInForce, in_force
from service_catalog.published.keys import office_card_key
from service_catalog.published.reading import decode_card

CACHE_CONTROL = "public, max-age=60"
DAY_PARAMETER = "na-dzien"


@require_safe
def card_file(request: HttpRequest, symbol: str, extension: str, office: str = "") -> HttpResponseBase:
    """One card in one format, as in force today or on the day of `?na-dzien=`."""
    card_format = CARD_FORMATS[extension]
    key = office_card_key(symbol, office) if office else symbol
    try:
        edition = in_force(key, on=_day(request))
    except NotInForce as refusal:
        return _absent(refusal)
    if edition.kind != EditionKind.CARD:
        raise Http404
    digest = document_digest(edition.sha256, card_format)
    unchanged = get_conditional_response(request, etag=f'"{digest}"')
    response = unchanged or HttpResponse(_document(edition, card_format, digest), content_type=card_format.media_type)
    response["Content-Disposition"] = f'inline; filename="{key.replace("/", ".")}.{card_format.extension}"'
    return _with_headers(response, digest)


@require_safe
def schema_file(request: HttpRequest, name: str) -> HttpResponseBase:
    """A file of the published schema. It never changes under its dated address."""
    content = (addresses.FOLDER / name).read_bytes()
    digest = hashlib.sha256(content).hexdigest()
    unchanged = get_conditional_response(request, etag=f'"{digest}"')
    response = unchanged or HttpResponse(content, content_type=f"{addresses.PUBLISHED_FILES[name]}; charset=utf-8")
    return _with_headers(response, digest)


def document_digest(edition_sha256: str, card_format: CardFormat) -> str:
    """Name of a document: hash over the edition, the format and the version of the format."""
    return hashlib.sha256(f"{edition_sha256} {card_format.identifier} {card_format.version()}".encode()).hexdigest()


def _document(edition: Edition, card_format: CardFormat, digest: str) -> bytes:
    """The document, from disk when the format is kept there. A disk that refuses to be written only costs time."""
    path = Path(settings.DATA_DIRECTORY) / card_format.identifier / digest[:2] / f"{digest}.{card_format.extension}"
    if card_format.kept and path.exists():
        return path.read_bytes()
    content = card_format.render(decode_card(edition), edition_sha256=edition.sha256)
    if card_format.kept:
        try:
            replace_file(path, [content])
        except OSError:
            return content
    return content


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
    sentence = f"{refusal} Stronę karty znajdziesz pod adresem /karta/{refusal.key}/.\n"
    return HttpResponse(sentence, status=status, content_type="text/plain; charset=utf-8")


def _with_headers(response: HttpResponseBase, digest: str) -> HttpResponseBase:
    response["ETag"] = f'"{digest}"'
    response["Cache-Control"] = CACHE_CONTROL
    response["X-Content-Type-Options"] = "nosniff"
    return response

"""Routes of the registers: legal acts and forms. Mounted with the catalogue."""

from __future__ import annotations

import datetime

import msgspec
from django.http import HttpRequest, HttpResponse
from ninja import Router

from exporters.catalogue_api import examples, listing, schemas
from exporters.catalogue_api.parameters import Cursor, Limit, On, only
from exporters.catalogue_api.path_codes import PathCode
from exporters.catalogue_api.stored import stored_edition
from publication.calendar import today
from publication.models import EditionKind, EditionQuerySet
from publication.reading import editions
from service_catalog.published import keys
from service_catalog.published.register import FormFamily, LegalAct

router = Router(tags=["Rejestry"])
REFUSED = schemas.refusals(schemas.REFUSALS)
_act = msgspec.json.Decoder(LegalAct)
_form = msgspec.json.Decoder(FormFamily)


@router.get("acts", response=schemas.Acts, summary="Lista aktów prawnych", operation_id="acts", openapi_extra=REFUSED)
@only("on", "limit", "cursor")
def acts(request: HttpRequest, on: On = None, limit: Limit = 20, cursor: Cursor = "") -> schemas.Acts:
    """Akty, na które powołują się karty, w kolejności kodów."""
    rows, following = listing.one_page(_register("act", on), after=cursor and keys.act_key(cursor), limit=limit)
    found = [_act.decode(bytes(edition.payload)) for edition in rows]
    items = [schemas.ActEntry(code=act.code, title=act.title, eli=act.eli) for act in found]
    return schemas.Acts(items=items, next=items[-1].code if following else None)


@router.get(
    "acts/{path:code}",
    summary="Akt prawny",
    operation_id="act",
    openapi_extra=schemas.stored_answer(LegalAct, "Akt dokładnie tak, jak go zapisano.", examples.ACT),
)
@only("on")
def act(request: HttpRequest, code: PathCode, on: On = None) -> HttpResponse:
    """Identyfikatory i teksty jednolite aktu."""
    return stored_edition(request, keys.act_key(code), kind=EditionKind.REGISTER, on=on or today())


@router.get("forms", response=schemas.Forms, summary="Lista formularzy", operation_id="forms", openapi_extra=REFUSED)
@only("on", "limit", "cursor")
def forms(request: HttpRequest, on: On = None, limit: Limit = 20, cursor: Cursor = "") -> schemas.Forms:
    """Formularze w kolejności kodów."""
    rows, following = listing.one_page(_register("form", on), after=cursor and keys.form_key(cursor), limit=limit)
    found = [_form.decode(bytes(edition.payload)) for edition in rows]
    items = [schemas.FormEntry(code=form.code, title=form.title, versions=len(form.versions)) for form in found]
    return schemas.Forms(items=items, next=items[-1].code if following else None)


@router.get(
    "forms/{path:code}",
    summary="Formularz",
    operation_id="form",
    openapi_extra=schemas.stored_answer(FormFamily, "Formularz dokładnie tak, jak go zapisano.", examples.FORM),
)
@only("on")
def form(request: HttpRequest, code: PathCode, on: On = None) -> HttpResponse:
    """Wszystkie wersje formularza."""
    return stored_edition(request, keys.form_key(code), kind=EditionKind.REGISTER, on=on or today())


def _register(name: str, on: datetime.date | None) -> EditionQuerySet:
    return editions().of_kind(EditionKind.REGISTER).labelled("register", name).readable(on=on or today())

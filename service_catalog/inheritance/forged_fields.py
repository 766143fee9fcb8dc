"""Hand-made requests to the form of an office card: fields of the model card, places and units of another office.

The office card has no field for what the law says, so such a request could change nothing; it is refused all the same, with the
reason that the form gives, so that nobody believes that it was saved. The log gets field names only.
"""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, QueryDict
from wagtail.models import Page

from cms.refusals import refused
from service_catalog.inheritance.refusals import note_refusal
from service_catalog.models import CompleteCard, ModelCard, OfficeCard, OfficePage, OrganisationalUnit, ServicePoint

LOCKED_REASON = (
    "Ta część wynika z przepisów i jest taka sama we wszystkich urzędach tego typu. "
    "Widzisz w niej błąd? Wyślij uwagę do wzorca."
)
"""The reason that the form gives beside a locked part (`editor/locked_part.html`)."""
FOREIGN_POINT = "Ten punkt obsługi należy do innego urzędu. Wybierz punkt z listy."
FOREIGN_UNIT = "Ta komórka należy do innego urzędu. Wybierz komórkę z listy."
FOREIGN_MODEL = "Ta karta wzorcowa jest dla innego typu urzędu. Wybierz kartę z listy."
LOCKED_ROWS = (
    "channels", "documents", "forms", "fees", "client_deadlines", "handling_times", "appeals", "legal_bases", "relations",
    "more_placements",
)  # fmt: skip
"""Rows of a complete card that an office card does not have."""


def locked_names() -> frozenset[str]:
    """Names of the fields that only a model card has, and the title, which follows the model."""
    own = {field.name for field in OfficeCard._meta.concrete_fields}
    page = {field.name for field in Page._meta.concrete_fields}
    law = {field.name for field in CompleteCard._meta.local_concrete_fields}
    return frozenset((law - own - page) | {"title"}) - {"page_ptr"}


def forged_names(form: QueryDict) -> list[str]:
    """Names of locked fields that a posted form of an office card holds."""
    locked, prefixes = locked_names(), tuple(f"{rows}-" for rows in LOCKED_ROWS)
    return [name for name in form if name in locked or name.startswith(prefixes)]


def foreign_choices(form: QueryDict, office: OfficePage) -> dict[str, str]:
    """Posted places, units and model cards that do not belong to the office, with a sentence each."""
    found = {}
    for name, rows, sentence in (
        ("service_point", ServicePoint.objects.filter(office=office), FOREIGN_POINT),
        ("responsible_unit", OrganisationalUnit.objects.filter(office=office), FOREIGN_UNIT),
        ("model_card", ModelCard.objects.filter(office_type=office.office_type_id), FOREIGN_MODEL),
    ):
        value = form.get(name, "").strip()
        if value and not (value.isdecimal() and len(value) < 18 and rows.filter(pk=int(value)).exists()):
            found[name] = sentence
    return found


def refuse_forged_form(request: HttpRequest, office: OfficePage, page: Page | None) -> HttpResponse | None:
    """Refuse a posted office card that names what its office may not set; None lets the form be read."""
    locked, foreign = forged_names(request.POST), foreign_choices(request.POST, office)
    if not locked and not foreign:
        return None
    key = page.pk if page else None
    note_refusal("office card", page=key, names=[*locked, *foreign])
    return refused(request, [*([LOCKED_REASON] if locked else []), *foreign.values()], page_id=key, status=400)

"""Posted lists of entries (steps, notes, mistakes): their structure is checked before the form reads them.

Wagtail takes the structure on trust: an unknown kind of entry is dropped, a strange count is an error of the server or an empty
list. A hand-made or damaged form is refused instead, so that nobody loses entries silently.
"""

from __future__ import annotations

from http import HTTPStatus

from django.http import HttpRequest, HttpResponse, QueryDict
from wagtail.fields import StreamField
from wagtail.models import Page

from cms.refusals import refused

MOST_ENTRIES = 200
"""More than any list of a card may hold, deleted entries included."""


def damaged_lists(form: QueryDict, page_class: type[Page]) -> list[str]:
    """Names of the posted lists whose structure the page's own form could not have made."""
    return [
        str(field.verbose_name)
        for field in page_class._meta.concrete_fields
        if isinstance(field, StreamField) and f"{field.name}-count" in form and _is_damaged(form, field)
    ]


def _is_damaged(form: QueryDict, field: StreamField) -> bool:
    count = str(form[f"{field.name}-count"])
    if not (count.isascii() and count.isdecimal() and len(count) < 5 and int(count) <= MOST_ENTRIES):
        return True
    kinds = set(field.stream_block.child_blocks)
    for index in range(int(count)):
        prefix = f"{field.name}-{index}"
        order = str(form.get(f"{prefix}-order", ""))
        if f"{prefix}-deleted" not in form or not (order.isascii() and order.isdecimal() and len(order) < 5):
            return True
        if form.get(f"{prefix}-type") not in kinds:
            return True
    return False


def _is_endless(form: QueryDict, name: str) -> bool:
    """Whether a table of rows claims more rows than any card has; reading thousands would take half a minute."""
    count = str(form[name])
    return not (count.isascii() and count.isdecimal() and len(count) < 5 and int(count) <= MOST_ENTRIES)


def refuse_damaged_lists(request: HttpRequest, page_class: type[Page], page_id: int | None) -> HttpResponse | None:
    """Refuse a form with a damaged list; None lets it be read."""
    if request.method != "POST":
        return None
    damaged = damaged_lists(request.POST, page_class)
    if any(_is_endless(request.POST, name) for name in request.POST if name.endswith("-TOTAL_FORMS")):
        damaged.append("wiersze")
    if not damaged:
        return None
    reasons = [
        f"Lista „{name}” przyszła uszkodzona. Odśwież stronę karty i wpisz zmianę jeszcze raz." for name in damaged
    ]
    return refused(request, reasons, page_id=page_id, status=HTTPStatus.BAD_REQUEST)

"""The template environment of print. It is not the one of the site: it knows no request, no address and no static file."""

from __future__ import annotations

from functools import cache
from typing import Any

from django.conf import settings
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from exporters.pdf.qr import qr_code
from exporters.pdf.typography import plain_typeset, typeset
from service_catalog.published import wording


@cache
def environment() -> Environment:
    """Templates of `templates/exporters/pdf/`; every printed text goes through `typeset`, every value is escaped."""
    created = Environment(
        loader=FileSystemLoader(settings.BASE_DIR / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=typeset,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    functions = (
        printed_date,
        wording.amount,
        wording.account_number,
        wording.opening_lines,
        wording.place_line,
        wording.transfers,
        wording.plural,
        unlinked,
    )
    created.filters.update({function.__name__: function for function in functions})
    created.globals.update(
        qr_code=qr_code,
        REQUIREMENTS=wording.REQUIREMENTS,
        RELATIONS=wording.RELATIONS,
        ACTORS=wording.ACTORS,
        WEEKDAYS=wording.WEEKDAYS,
    )
    return created


def printed_date(value: str) -> str:
    """An ISO date in Polish words. A price list may know only the month or the year: "2022-07" is "lipca 2022"."""
    if len(value) == len("2022-07"):
        year, month = value.split("-")
        return f"{wording.MONTHS[int(month) - 1]} {year}"
    return wording.polish_date(value) if len(value) == len("2022-07-01") else value


def unlinked(text: str) -> Markup:
    """Typeset text in which addresses stay plain: for use inside a link, which may not hold another one."""
    return escape(plain_typeset(text))


def render_part(name: str, **context: Any) -> str:
    """HTML of one part of a book from `templates/exporters/pdf/<name>.html`.

    `one_piece` is for layout of a whole book at once, where `level` is the level of a card's title, `printed` are the symbols of
    its cards, and `suffix` tells cards of several offices apart; in fragments levels are shifted and links are settled later.
    """
    known = {
        "demo": settings.DEMO,
        "address": escape(settings.PUBLIC_ADDRESS),
        "one_piece": False,
        "level": 1,
        "printed": frozenset(),
        "suffix": "",
    }
    return environment().get_template(f"exporters/pdf/{name}.html").render(known | context)

"""The Jinja2 environment of all Polish templates: escaping, filters with Polish words, compiled-template cache.

Texts stand in the templates in Polish; there is no translation machinery. The environment is named in the settings.
"""

from __future__ import annotations

import functools
import hashlib
import inspect
import tempfile
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import jinja2
from django.conf import settings
from django.templatetags.static import static
from django.urls import reverse
from django.utils.module_loading import import_string

from public_site import addresses, presentation
from service_catalog.published import wording

STYLESHEET = "public/okienko.css"
PRINT_STYLESHEET = "public/print.css"
"""Typography of paper, the same for printed pages and for PDFs."""
FILTERS = (
    wording.polish_date,
    wording.amount,
    wording.account_number,
    wording.opening_lines,
    wording.place_line,
    wording.transfers,
    addresses.web_address,
    addresses.dialled,
    presentation.paragraphs,
    presentation.voivodeship_name,
    presentation.web_label,
    presentation.sentence,
)


def environment(**options: Any) -> jinja2.Environment:
    """Build the environment: autoescape always on, our filters, `static`, `url` and a cache of compiled templates."""
    options["autoescape"] = True
    built = jinja2.Environment(bytecode_cache=_bytecode_cache(), **options)  # noqa: S701 - set in the line above
    built.filters.update({function.__name__: function for function in FILTERS})
    built.globals.update(
        static=static,
        url=reverse,
        stylesheet=lambda: sheet_address(STYLESHEET),
        print_stylesheet=lambda: sheet_address(PRINT_STYLESHEET),
        plural=wording.plural,
        DEMO=settings.DEMO,
        WEEKDAYS=wording.WEEKDAYS,
        REQUIREMENTS=wording.REQUIREMENTS,
        RELATIONS=wording.RELATIONS,
        ACTORS=wording.ACTORS,
        MENU=addresses.MAIN_MENU,
        structured_data=structured_data(),
        suffix="",
    )
    return built


def structured_data() -> Callable[[Any], str]:
    """What describes a card to machines inside its page: JSON-LD as safe text.

    The function belongs to an outlet that this app does not know; the composition root names it in the settings.
    """
    found: Callable[[Any], str] = import_string(settings.CARD_STRUCTURED_DATA)
    return found


def _bytecode_cache() -> jinja2.BytecodeCache | None:
    """Compiled templates on disk for a quick start of each process; without a writable place only in memory."""
    directory = Path(settings.DATA_DIRECTORY) / "compiled_templates"
    try:
        directory.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=directory):
            return jinja2.FileSystemBytecodeCache(str(directory))
    except OSError:
        return None


def sheet_address(name: str) -> str:
    """Address of a style sheet with its version, so that a browser never mixes an old sheet with a new page."""
    return f"{static(name)}?v={template_version()}"


def template_version() -> str:
    """Twelve hex digits that change with any template, style or line of code that makes a page: part of every ETag."""
    return _template_version() if not settings.DEBUG else _digest(_sources())


@functools.cache
def _template_version() -> str:
    return _digest(_sources())


def _sources() -> list[Path]:
    root = Path(settings.BASE_DIR)
    return [
        *(root / "templates").rglob("*.html"),
        *(root / "static" / "public").glob("*.css"),
        *Path(__file__).parent.glob("*.py"),
        *Path(inspect.getfile(structured_data())).parent.glob("*.py"),
        Path(wording.__file__),
    ]


def _digest(files: Iterable[Path]) -> str:
    digest = hashlib.sha256(str(settings.DEMO).encode())
    for file in sorted(files):
        digest.update(file.read_bytes())
    return digest.hexdigest()[:12]

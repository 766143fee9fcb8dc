"""A model card that changed under the words of an office, written into the running system's data.

Run inside it: `manage.py shell -c "from tests.journeys.changed_model import draft_change; draft_change()"`.
"""

from __future__ import annotations

from django.utils import timezone
from wagtail.models import Page, Revision

from cms.editorial.models import Standing
from cms.editorial.states import State
from service_catalog.authoring.publishing import record_model_cards, record_office_cards
from service_catalog.models import ModelCard, OfficeCard, OfficePage

SYMBOL, OFFICE = "UW-CUD-001", "uw-rzeszow"
OURS = "Wniosek złożony w delegaturze zamiast w biurze przy ulicy Grunwaldzkiej."
CAUSE = {"kind": "test", "what": SYMBOL, "who": ""}


def draft_change() -> None:
    """The office has words of its own in three fields; a version of the model card that nobody sees yet changes all three."""
    model = ModelCard.objects.get(symbol=SYMBOL)
    card = OfficeCard.objects.child_of(OfficePage.objects.get(code=OFFICE)).get(model_card=model)
    card.mistakes = [("item", OURS)]
    card.before_you_start = [("item", "Przyjdź 15 minut wcześniej, bo przy wejściu jest kontrola.")]
    card.keywords_everyday = "karta z okienka"
    card.save(clean=False)
    _make_public(card, card.save_revision(clean=False))
    record_office_cards([card], cause=CAUSE, moment=timezone.now())
    model.mistakes = [*_entries(model.mistakes)[:-1], ("item", "Brak podpisu na ostatniej stronie.")]
    model.before_you_start = [*_entries(model.before_you_start)[:-1], ("item", "Przygotuj cztery zdjęcia.")]
    model.keywords_everyday += "\nkarta pracownicza"
    model.save_revision(clean=False)


def publish_change() -> None:
    """The version of the model card becomes public."""
    draft = ModelCard.objects.get(symbol=SYMBOL).get_latest_revision_as_object()
    draft.save(clean=False)
    _make_public(draft, draft.get_latest_revision())
    record_model_cards([draft], cause=CAUSE, moment=timezone.now())


def _entries(stream: object) -> list[tuple[str, object]]:
    return [(entry["type"], entry["value"]) for entry in stream.raw_data]  # type: ignore[attr-defined]


def _make_public(page: ModelCard | OfficeCard, revision: Revision) -> None:
    """Make the version the public one, as an import does."""
    Page.objects.filter(pk=page.pk).update(live_revision=revision, has_unpublished_changes=False)
    Standing.objects.filter(page_id=page.pk).update(state=State.PUBLISHED)

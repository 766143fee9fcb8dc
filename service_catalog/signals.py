"""From Wagtail's events to the edition log.

Publishing a page records its edition inside the same transaction (`cms.middleware.WholeWrites` for requests, `publish` of
the page models for everything else), so either both exist or neither.
"""

from __future__ import annotations

from typing import Any

from django.db.models import ProtectedError
from django.db.models.signals import pre_delete
from django.utils import timezone
from wagtail.models import Revision
from wagtail.signals import page_published, page_unpublished

from cms.people import name_of
from publication.models import EditionKind, EditionState
from publication.reading import editions
from service_catalog.authoring.publishing import (
    Cause,
    offices_of,
    record_local_cards,
    record_model_cards,
    record_office_cards,
    record_offices,
    take_off,
)
from service_catalog.authoring.putting_back import put_back
from service_catalog.inheritance.reconciling import settle
from service_catalog.models import LocalCard, ModelCard, OfficeCard, OfficePage
from service_catalog.published import keys

CataloguePage = ModelCard | OfficeCard | LocalCard | OfficePage


def connect() -> None:
    """Connect the receivers."""
    for model in (ModelCard, OfficeCard, LocalCard, OfficePage):
        page_published.connect(record_published, sender=model, dispatch_uid=f"record {model.__name__}")
        page_unpublished.connect(record_unpublished, sender=model, dispatch_uid=f"withdraw {model.__name__}")
        pre_delete.connect(refuse_deletion, sender=model, dispatch_uid=f"keep {model.__name__}")


def record_published(sender: type, instance: CataloguePage, revision: Revision | None = None, **kwargs: Any) -> None:
    """Record the edition of a published page and of its dependants; what comes back after a suspension comes back whole."""
    cause = cause_of(instance, revision)
    moment = timezone.now()
    if isinstance(instance, OfficePage):
        record_offices([instance], cause=cause, moment=moment)
    elif isinstance(instance, OfficeCard):
        record_office_cards([instance], cause=cause, moment=moment)
        if not instance.comes_back:
            settle(instance, moment=moment)
    elif isinstance(instance, LocalCard):
        record_local_cards([instance], cause=cause, moment=moment)
    else:
        record_model_cards([instance], cause=cause, moment=moment)
    if instance.comes_back:
        put_back(instance, cause=cause, moment=moment)


def record_unpublished(sender: type, instance: CataloguePage, **kwargs: Any) -> None:
    """Record that a page was withdrawn or, when that is said to be temporary, suspended. So do the cards of a model card."""
    kind = EditionKind.OFFICE if isinstance(instance, OfficePage) else EditionKind.CARD
    state = EditionState.SUSPENDED if instance.absence_is_temporary else EditionState.WITHDRAWN
    take_off(
        [key_of(instance), *keys_below(instance)],
        state=state,
        kind=kind,
        title=instance.title,
        reason=instance.absence_reason or WITHDRAWN,
        cause=cause_of(instance, None) | {"action": str(state)},
        moment=timezone.now(),
    )


WITHDRAWN = "Wycofano z katalogu."


def keys_below(page: CataloguePage) -> list[str]:
    """Keys of what readers see only as long as the page is public: the cards of a model card, the cards of an office."""
    if isinstance(page, ModelCard):
        cards = list(OfficeCard.objects.filter(live=True, model_card=page))
    elif isinstance(page, OfficePage):
        cards = list(OfficeCard.objects.filter(live=True).child_of(page).select_related("model_card"))
        local = list(LocalCard.objects.filter(live=True).child_of(page))
        return [key_of(card) for card in (*cards, *local)]
    else:
        return []
    offices = offices_of(cards)
    return [keys.office_card_key(page.symbol, offices[card.pk].code) for card in cards]


def refuse_deletion(sender: type, instance: CataloguePage, **kwargs: Any) -> None:
    """Refuse to delete what was ever published (invariant 6). Raises `ProtectedError`."""
    if editions().filter(key=key_of(instance)).exists():
        raise ProtectedError(
            f"„{instance.title}” było opublikowane, więc nie można tego usunąć. Wycofaj to z publikacji.", {instance}
        )


def key_of(page: CataloguePage) -> str:
    """Key of the page in the edition log."""
    if isinstance(page, OfficePage):
        return keys.office_key(page.code)
    if isinstance(page, ModelCard):
        return page.symbol
    symbol = page.model_card.symbol if isinstance(page, OfficeCard) else page.symbol
    return keys.office_card_key(symbol, offices_of([page])[page.pk].code)


def cause_of(page: CataloguePage, revision: Revision | None) -> Cause:
    """Who caused the edition and by changing what."""
    author = revision.user if revision else None
    return {
        "kind": page._meta.model_name or "",
        "what": str(page),
        "who": name_of(author),
    }

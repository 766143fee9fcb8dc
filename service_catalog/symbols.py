"""Symbols of cards: which one a card may have, and the next free one for a local card.

A symbol is the public address of a card and its key in the edition log, so it names one card for ever: symbols with `LOK` in the
middle belong to local cards, all others to model cards, and none changes once its card was published.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from django.db import models
from wagtail.models import Page

from publication.reading import editions
from service_catalog.published import keys

if TYPE_CHECKING:
    from service_catalog.models import CompleteCard

LOCAL = re.compile(r"[A-Z]{2,7}-LOK-\d{3}")
LAST_NUMBER = 999
GIVEN_BY_SYSTEM = "Symbol karty lokalnej nadaje system i nie da się go zmienić. Zostaw ten, który jest."
STAYS = "Ta karta była już opublikowana z symbolem {symbol}, który stoi w jej adresie. Zostaw ten symbol."
FOR_MODELS_ONLY = "Symbol {symbol} jest zastrzeżony dla kart wzorcowych. Symbol karty lokalnej wygląda tak: UW-LOK-001."
FOR_LOCAL_ONLY = "Symbole z literami LOK są zastrzeżone dla kart lokalnych urzędów. Wybierz inny symbol."
TAKEN = "Symbol {symbol} ma już inna karta. Wybierz inny symbol."
NO_NUMBER_LEFT = "Wszystkie symbole kart lokalnych tego typu urzędu są zajęte. Zgłoś to redakcji centralnej."


def symbol_refusal(card: CompleteCard) -> str:
    """Why the card may not have its symbol, in a sentence; "" when it may. A new card must know the page it will stand under."""
    stored = type(card)._base_manager.filter(pk=card.pk).values_list("symbol", "live", "first_published_at").first()
    was_public = stored is not None and (stored[1] or stored[2] is not None)
    if was_public and stored is not None and stored[0] != card.symbol:
        return STAYS.format(symbol=stored[0])
    is_local = _is_local(card)
    if is_local and not LOCAL.fullmatch(card.symbol):
        return FOR_MODELS_ONLY.format(symbol=card.symbol)
    if not is_local and LOCAL.fullmatch(card.symbol):
        return FOR_LOCAL_ONLY
    if _has_other_owner(card, office_path=parent_path(card) if is_local else "") or (
        not was_public and _was_recorded(card, is_local=is_local)
    ):
        return TAKEN.format(symbol=card.symbol)
    return ""


def parent_path(card: CompleteCard) -> str:
    """Path in the page tree of the page above the card; "" while that is not known."""
    if card.path:
        return str(card.path[: -card.steplen])
    return str(card.planned_parent.path) if card.planned_parent is not None else ""


def _is_local(card: CompleteCard) -> bool:
    from service_catalog.models import LocalCard

    return isinstance(card, LocalCard)


def _has_other_owner(card: CompleteCard, *, office_path: str) -> bool:
    """Whether another card has the symbol: any card for a model card, a model card or one of the same office for a local card."""
    from service_catalog.models import CompleteCard

    others: models.QuerySet[CompleteCard] = CompleteCard.objects.filter(symbol=card.symbol).exclude(pk=card.pk)
    if office_path:
        others = others.filter(models.Q(modelcard__isnull=False) | models.Q(path__startswith=office_path))
        below = Page.objects.filter(path__startswith=office_path, slug=card.symbol.lower()).exclude(pk=card.pk)
        return bool(others.exists() or below.exists())
    return bool(others.exists())


def _was_recorded(card: CompleteCard, *, is_local: bool) -> bool:
    """Whether readers already know another text under the key that this card, never published so far, would get."""
    if not is_local:
        return bool(editions().filter(key=card.symbol).exists())
    from service_catalog.models import OfficePage

    codes = OfficePage.objects.filter(path=parent_path(card)).values_list("code", flat=True)
    return any(editions().filter(key=keys.office_card_key(card.symbol, code)).exists() for code in codes)


def next_local_symbol(model: Any, code: str) -> str:
    """The next free symbol of a local card at an office type: UW-LOK-012 after UW-LOK-011. "" when none is left.

    Neither a card, nor an address in the page tree, nor an old text in the edition log has it.
    """
    start = f"{code}-LOK-"
    known = {
        *model._default_manager.filter(symbol__startswith=start).values_list("symbol", flat=True),
        *Page.objects.filter(slug__startswith=start.lower()).values_list("slug", flat=True),
        *editions().filter(key__startswith=start).values_list("key", flat=True),
    }
    pattern = re.compile(rf"{re.escape(start)}(\d+)(?:/.*)?", re.IGNORECASE)
    taken = {int(found[1]) for name in known if (found := pattern.fullmatch(name))}
    following = max(taken, default=0) + 1
    if following > LAST_NUMBER:
        following = next((number for number in range(1, LAST_NUMBER + 1) if number not in taken), 0)
    return f"{start}{following:03}" if following else ""

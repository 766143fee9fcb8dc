"""The last guard before the edition log: no page writes under the key of another one, by whatever path it comes.

Forms and obstacles say the same earlier and more kindly; this holds for imports, programs and the shell too. One query a call.
"""

from __future__ import annotations

from collections.abc import Sequence

from cms.editorial.gate import PublicationRefused
from service_catalog.models import CompleteCard, LocalCard, ModelCard, OfficeCard
from service_catalog.symbols import TAKEN

MOST_AT_ONCE = 500
"""Cards asked for in one statement."""
ALREADY_THERE = "Urząd ma już kartę tej sprawy ({symbol}). Popraw tamtą."


def require_own_symbols(cards: Sequence[ModelCard | LocalCard]) -> None:
    """Refuse model or local cards whose symbol belongs to another card. Raises `PublicationRefused`.

    A model card shares its symbol with nobody. A local card may share it with local cards of other offices.
    """
    holders: dict[str, list[tuple[int, str, bool]]] = {}
    symbols = sorted({card.symbol for card in cards})
    for start in range(0, len(symbols), MOST_AT_ONCE):
        rows = CompleteCard.objects.filter(symbol__in=symbols[start : start + MOST_AT_ONCE])
        for key, symbol, path, model in rows.values_list("pk", "symbol", "path", "modelcard"):
            holders.setdefault(symbol, []).append((key, path, model is not None))
    for card in cards:
        office = card.path[: -card.steplen]
        shared = isinstance(card, LocalCard)
        for key, path, is_model in holders.get(card.symbol, ()):
            if key != card.pk and (not shared or is_model or path.startswith(office)):
                raise PublicationRefused(card, [TAKEN.format(symbol=card.symbol)])


def require_one_card_each(cards: Sequence[OfficeCard]) -> None:
    """Refuse a second card of the same model card at one office. Raises `PublicationRefused`."""
    wanted = {(card.model_card_id, card.path[: -card.steplen]): card for card in cards}
    models = sorted({model for model, _ in wanted})
    offices = {office for _, office in wanted}
    for start in range(0, len(models), MOST_AT_ONCE):
        rows = OfficeCard.objects.filter(model_card__in=models[start : start + MOST_AT_ONCE])
        if len(offices) == 1:
            rows = rows.filter(path__startswith=next(iter(offices)))
        for key, model, path in rows.values_list("pk", "model_card", "path"):
            card = wanted.get((model, path[: -OfficeCard.steplen]))
            if card is not None and card.pk != key:
                raise PublicationRefused(card, [ALREADY_THERE.format(symbol=card.model_card.symbol)])

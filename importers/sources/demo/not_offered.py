"""Which model cards an office does not offer and why: chosen repeatably, spread over the catalogue."""

from functools import cache

import msgspec

from importers.sources.demo.card_seeds import CardSeed
from importers.sources.demo.drawing import Draw
from importers.sources.demo.office_codes import office_code
from importers.sources.demo.reading import OfficeEntry, full_cards, model_card_seeds, offices

# Reasons to give up a service must fit it, so each goes by the way the competent office is found.
_REASONS: dict[str, tuple[str, ...]] = {
    "any": (
        "Usługę „{service}” prowadzi w województwie inna jednostka na podstawie porozumienia.",
        "Sprawy „{service}” przejęła inna jednostka tego samego typu; tu podajemy tylko adres i telefon.",
        "Stanowisko do spraw „{service}” jest nieczynne do czasu zatrudnienia pracownika z uprawnieniami.",
    ),
    "residence": (
        "Sprawy „{service}” dla mieszkańców tego obszaru załatwia wyznaczony urząd w sąsiednim powiecie.",
        "Usługę „{service}” przeniesiono do innego urzędu, który obsługuje cały region.",
    ),
    "business": (
        "W obszarze działania urzędu nie ma dziś firm, których dotyczy „{service}”.",
        "Wnioski „{service}” z tego terenu przyjmuje oddział zamiejscowy innej jednostki.",
        "Od trzech lat nikt nie złożył tu sprawy „{service}”; pytania przyjmuje jednostka nadrzędna.",
    ),
    "place": (
        "Na terenie działania urzędu nie ma obiektów ani miejsc, których dotyczy „{service}”.",
        "Zadanie „{service}” wykonuje na tym terenie inny organ na mocy porozumienia.",
    ),
    "document": (
        "Dokumenty do usługi „{service}” przekazano do innej placówki; tam należy złożyć wniosek.",
        "Urząd nie przechowuje akt, których dotyczy „{service}”.",
    ),
}
_REASON_KIND = {
    "any": "any",
    "client_residence": "residence",
    "client_stay": "residence",
    "client_residence_or_property": "residence",
    "client_residence_or_seat": "residence",
    "business_place": "business",
    "activity_place": "business",
    "property_location": "place",
    "event_place": "place",
    "school_seat": "document",
    "document_origin": "document",
}


class NotOffered(msgspec.Struct, frozen=True, kw_only=True):
    """A model card that an office does not offer, with the reason for the public page."""

    card_id: str
    reason: str


def not_offered() -> dict[str, tuple[NotOffered, ...]]:
    """Return for each office code the cards it does not offer; the numbers are those of the file of offices."""
    return {office_code(office): _of_office(office) for office in offices()}


def _of_office(office: OfficeEntry) -> tuple[NotOffered, ...]:
    draw = Draw(office_code(office))
    chosen = draw.sample("nie oferuje", _candidates().get(office.type, ()), size=office.not_offered)
    return tuple(NotOffered(card_id=card.card_id, reason=_reason(draw, card)) for card in chosen)


@cache
def _candidates() -> dict[str, tuple[CardSeed, ...]]:
    """Return what may be given up, by office type: never an exemplary card."""
    kept = {card.card_id for card in full_cards()}
    by_type: dict[str, list[CardSeed]] = {}
    for card in model_card_seeds():
        if card.card_id not in kept:
            by_type.setdefault(card.office_type, []).append(card)
    return {office_type: tuple(cards) for office_type, cards in by_type.items()}


def _reason(draw: Draw, card: CardSeed) -> str:
    options = _REASONS[_REASON_KIND[card.jurisdiction.basis]]
    return draw.pick(f"powód|{card.card_id}", options).format(service=card.service)

"""Which model cards an office does not offer and why; never an exemplary card, and as many as the office list says."""

import msgspec

from importers.sources.demo.office_codes import office_code
from importers.sources.demo.reading import DATA, DemoDataError, OfficeEntry, full_cards, model_card_seeds, offices

_FILE = DATA / "not_offered.json"


class NotOffered(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A model card that an office does not offer, with the reason for the public page."""

    card_id: str
    reason: str


def not_offered() -> dict[str, tuple[NotOffered, ...]]:
    """Return for each office code, in the order of offices, the cards it does not offer; often none.

    Raises:
        DemoDataError: when the file names an unknown office, a card the office could not have, or another number of
            cards than the list of offices.

    """
    try:
        listed = msgspec.json.decode(_FILE.read_bytes(), type=dict[str, tuple[NotOffered, ...]])
    except msgspec.DecodeError as fault:
        raise DemoDataError(_FILE, str(fault)) from fault
    by_code = {office_code(office): office for office in offices()}
    for code in listed.keys() - by_code.keys():
        raise DemoDataError(_FILE, f"nie ma urzędu o kodzie „{code}”")
    types = _types_of_cards()
    return {code: _checked(office, listed.get(code, ()), types=types) for code, office in by_code.items()}


def _types_of_cards() -> dict[str, str]:
    """Return the office type by the id of each card that may be given up."""
    exemplary = {card.card_id for card in full_cards()}
    return {card.card_id: card.office_type for card in model_card_seeds() if card.card_id not in exemplary}


def _checked(office: OfficeEntry, cards: tuple[NotOffered, ...], *, types: dict[str, str]) -> tuple[NotOffered, ...]:
    if len({card.card_id for card in cards}) != office.not_offered:
        raise DemoDataError(_FILE, f"{office.name} ma nie oferować {office.not_offered} kart, a wpisano {len(cards)}")
    for card in cards:
        if types.get(card.card_id) != office.type:
            raise DemoDataError(_FILE, f"{office.name} nie może zrezygnować z karty „{card.card_id}”")
    return cards

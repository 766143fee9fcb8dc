"""What a card still lacks, and everything that keeps it from being published, in sentences for its author.

The counter of the form ("brakuje 3 z 19") and the publication gate ask here, so they can never disagree. Nothing is written.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from service_catalog.card_texts import WrittenCard, card_texts
from service_catalog.editor.law import law_in_force
from service_catalog.language import language_gate
from service_catalog.models import (
    CompleteCard,
    FormFamily,
    LegalAct,
    LinkCheck,
    LocalCard,
    NotOffered,
    OfficeCard,
    OfficePage,
    OfficeType,
)
from service_catalog.models.card_rows import CardFee, ChannelName
from service_catalog.plausibility import impossible_facts
from service_catalog.presentation import IN_PERSON
from service_catalog.published.card import Card
from service_catalog.required_answers import (
    Answer,
    complete_answers,
    core_answers_of,
    office_answers,
    price_answers,
)
from service_catalog.symbols import symbol_refusal
from service_catalog.uncertain_places import listed

Kind = Literal[
    "missing", "uncertain", "placeholder", "closed", "repealed", "expired", "link", "language", "symbol", "implausible"
]
"""Why a card may not be published. `language` is the one that the head of office may override with a written reason."""

PLACEHOLDERS = re.compile(
    r"(?:rozdzia\w+|dzia\w+|tytu\w+|częś\w+|załącznik\w*|zał\.)\s+X+(?!\w)|(?<!\w)X+\s+w(?:\.|iek)"
    r"|(?P<left>(?<!\w)(?:X{2,}|xx+)(?!\w)|\[\s*(?:\.{2,}|…)\s*\]|(?i:(?<!\w)lorem(?!\w))|(?<!\w)(?:TODO|UZUPEŁNIĆ)(?!\w)"
    r"|_{4,}|\.{5,}"
    r"|(?i:[\[{<][^\]}>\n]{0,40}(?:uzupełni|wpisz|wstaw)[^\]}>\n]{0,40}[\]}>]|\(\s*(?:do\s+)?uzupełni(?:ć|enia)\s*\))"
    r"|(?im:^[ \t]*(?:do\s+)?uzupełni(?:ć|enia|ę)(?:\s+(?:później|potem|jutro))?[ \t:.!?…]*$)"
    r"|(?<!\w)(?i:tb[dac]|todo)(?!\w)"
    r"|(?m:^[ \t]*(?:…|\.{2,}|\?{2,})[ \t]*$)|(?<=\s)…(?=\s))"
)
"""Group `left`: texts left over from a template ("XX", "[...]", "lorem", dotted lines), and reminders of authors to themselves
("[do uzupełnienia]", "tbd", a lone "…"). Roman numbers are passed over first; so is "wezwiemy Cię do uzupełnienia braków"."""


@dataclass(frozen=True, slots=True)
class Obstacle:
    """One thing to put right before publication. `field` is the name of the field in the form ("" for the whole card)."""

    field: str
    sentence: str
    kind: Kind = "missing"


def required_answers(page: WrittenCard, *, on: datetime.date) -> list[Answer]:
    """Every required answer of the card with whether it is given. The card must stand in the page tree."""
    if isinstance(page, OfficeCard):
        model = model_in_force(page, on=on)
        return _answers_of_office(page, model) if model else []
    answers = complete_answers(page)
    if isinstance(page, LocalCard):
        fees = page.fees.all()
        payees = frozenset("cennik" if fee.code and fee.payee == CardFee.Payee.OFFICE else fee.payee for fee in fees)
        in_person = any(row.channel == ChannelName.IN_PERSON and row.available for row in page.channels.all())
        answers += office_answers(page, _office(page), in_person=in_person, payees=payees)
    return answers


def _answers_of_office(page: OfficeCard, model: Card) -> list[Answer]:
    payees = frozenset("cennik" if fee.code and fee.payee == "urząd" else fee.payee for fee in model.fees)
    in_person = any(channel.channel == IN_PERSON and channel.available for channel in model.channels)
    return office_answers(page, _office(page), in_person=in_person, payees=payees) + price_answers(page, model)


def missing_answers(page: WrittenCard, *, on: datetime.date) -> list[tuple[str, str, str]]:
    """Field, label and sentence of each required answer that is not given."""
    return [(one.field, one.label, one.sentence) for one in required_answers(page, on=on) if not one.given]


def publication_obstacles(page: WrittenCard, *, on: datetime.date) -> list[Obstacle]:
    """Everything that keeps the card from being published on the day, in the order of the form; empty when nothing does.

    What is wrong with its model card stops an office card only before its first publication: an office that corrects its phone
    number must not wait for somebody else.
    """
    if isinstance(page, OfficeCard):
        model = model_in_force(page, on=on)
        if model is None:
            return [Obstacle("model_card", NO_MODEL)]
        answers, of_the_law = _answers_of_office(page, model), [] if page.live else list(_of_the_model(model, on=on))
    else:
        answers, of_the_law = required_answers(page, on=on), list(_of_the_law_part(page, on=on))
    return [
        *(Obstacle(one.field, one.sentence) for one in answers if not one.given),
        *_symbol(page),
        *(Obstacle(field, sentence, "implausible") for field, sentence in impossible_facts(page, on=on)),
        *_uncertain(page),
        *_placeholders(page),
        *_closed(page, on=on),
        *of_the_law,
        *_language(page),
    ]


ENDED = (LegalAct.Status.REPEALED, LegalAct.Status.EXPIRED)
NO_MODEL = "Karta wzorcowa nie jest opublikowana. Poczekaj, aż opublikuje ją opiekun wzorca."
NOT_OFFERED = "Urząd zgłosił, że nie oferuje tej usługi. Cofnij to na stronie „Usługi urzędu”, jeśli karta ma wrócić."
TELL_THE_OWNER = "Zgłoś to opiekunowi wzorca."


def _office(page: OfficeCard | LocalCard) -> OfficePage:
    office: OfficePage = OfficePage.objects.get(path=page.path[: -page.steplen])
    return office


def model_in_force(page: OfficeCard, *, on: datetime.date) -> Card | None:
    """The model card of an office card as clients read it on the day; None when they cannot."""
    law = law_in_force(page.model_card.symbol, on=on) if page.model_card_id else None
    return law[0] if law else None


def _of_the_model(model: Card, *, on: datetime.date) -> Iterator[Obstacle]:
    """What an office card lacks because its model card does."""
    yield from (Obstacle(one.field, one.sentence) for one in core_answers_of(model) if not one.given)
    for act in LegalAct.objects.filter(code__in=_cited(model), status__in=ENDED):
        sentence = f"Karta wzorcowa powołuje się na akt „{act.title}”, który już nie obowiązuje. {TELL_THE_OWNER}"
        yield Obstacle("model_card", sentence, "repealed")
    for family in _without_version(FormFamily.objects.filter(code__in={form.code for form in model.forms}), on=on):
        sentence = f"Formularz „{family.title}” z karty wzorcowej stracił ważność. {TELL_THE_OWNER}"
        yield Obstacle("model_card", sentence, "expired")
    for check in _dead({channel.url for channel in model.channels if channel.url and channel.available}):
        sentence = f"Adres usługi {check.url} z karty wzorcowej nie działa. {TELL_THE_OWNER}"
        yield Obstacle("model_card", sentence, "link")


def _of_the_law_part(page: CompleteCard, *, on: datetime.date) -> Iterator[Obstacle]:
    yield from _repealed(page)
    yield from _expired_forms(page, on=on)
    for check in _dead({row.url for row in page.channels.all() if row.url and row.available}):
        sentence = f"Adres {check.url} nie działa ({check.outcome or 'brak odpowiedzi'}). Popraw go albo usuń."
        yield Obstacle("channels", sentence, "link")


def _symbol(page: WrittenCard) -> Iterator[Obstacle]:
    refusal = symbol_refusal(page) if isinstance(page, CompleteCard) and page.symbol else ""
    if refusal:
        yield Obstacle("symbol", refusal, "symbol")


def _uncertain(page: WrittenCard) -> Iterator[Obstacle]:
    if isinstance(page, CompleteCard) and page.uncertain.strip():
        places = listed(page.uncertain.splitlines())
        sentence = f"Są niepewne miejsca: {places}. Sprawdź każde i skreśl je z pola „Niepewne miejsca”."
        yield Obstacle("uncertain", sentence, "uncertain")


def _placeholders(page: WrittenCard) -> Iterator[Obstacle]:
    for text in card_texts(page):
        left = next((match["left"] for match in PLACEHOLDERS.finditer(text.text) if match["left"]), "")
        if left:
            sentence = f"W polu „{text.label}” zostało „{left}”. Wpisz w to miejsce właściwy tekst."
            yield Obstacle(text.field, sentence, "placeholder")


def _closed(page: WrittenCard, *, on: datetime.date) -> Iterator[Obstacle]:
    """Closed units, closed offices, office types that no longer exist."""
    if isinstance(page, (OfficeCard, LocalCard)):
        unit = page.responsible_unit
        if unit is not None and unit.closed:
            yield Obstacle("responsible_unit", f"Komórka „{unit.name}” jest zamknięta. Wybierz inną.", "closed")
        office = _office(page)
        if (
            isinstance(page, OfficeCard)
            and NotOffered.objects.filter(office=office, model_card=page.model_card_id).exists()
        ):
            yield Obstacle("", NOT_OFFERED, "closed")
        if not office.live:
            yield Obstacle(
                "", f"Urząd „{office.title}” nie jest czynny, więc jego karty nie można opublikować.", "closed"
            )
        yield from _closed_type(office.office_type, on=on)
    elif page.office_type_id is not None:
        yield from _closed_type(page.office_type, on=on)


def _closed_type(office_type: OfficeType, *, on: datetime.date) -> Iterator[Obstacle]:
    if office_type.valid_to and office_type.valid_to < on:
        after = f" Jego sprawy przejął: {office_type.successor.name}." if office_type.successor else ""
        yield Obstacle("", f"Typ urzędu „{office_type.name}” już nie istnieje.{after}", "closed")


PLACES_OF_ACTS = {
    "legal_bases": "W podstawie prawnej", "fees": "W opłacie", "client_deadlines": "W terminie dla klienta",
    "handling_times": "W czasie załatwienia", "appeals": "W odwołaniu",
}  # fmt: skip


def _repealed(page: CompleteCard) -> Iterator[Obstacle]:
    cited = {
        relation: list(dict.fromkeys(row.act_id for row in getattr(page, relation).all() if row.act_id))
        for relation in PLACES_OF_ACTS
    }
    keys = {key for found in cited.values() for key in found}
    ended = {act.pk: act for act in LegalAct.objects.filter(pk__in=keys, status__in=ENDED)}
    for relation, place in PLACES_OF_ACTS.items():
        for key in cited[relation]:
            if key in ended:
                sentence = f"{place} jest akt „{ended[key].title}”, który już nie obowiązuje. Wskaż inny."
                yield Obstacle(relation, sentence, "repealed")


def _cited(model: Card) -> set[str]:
    citations = [
        *model.legal_basis,
        *(fee.legal_basis for fee in model.fees),
        *(rule.legal_basis for rule in (*model.client_deadlines, *model.handling_time)),
    ]
    return {citation.act for citation in citations if citation is not None}


def _expired_forms(page: CompleteCard, *, on: datetime.date) -> Iterator[Obstacle]:
    for relation, column in (("forms", "family_id"), ("documents", "form_family_id")):
        keys = {getattr(row, column) for row in getattr(page, relation).all()} - {None}
        for family in _without_version(FormFamily.objects.filter(pk__in=keys), on=on):
            sentence = f"Formularz „{family.title}” stracił ważność. Wskaż formularz, który obowiązuje."
            yield Obstacle(relation, sentence, "expired")


def _without_version(families: Iterable[FormFamily], *, on: datetime.date) -> Iterator[FormFamily]:
    """Forms all of whose versions have ended before the day."""
    for family in families:
        versions = list(family.versions.all())
        if versions and all(version.valid_to and version.valid_to < on for version in versions):
            yield family


def _dead(addresses: set[str]) -> list[LinkCheck]:
    """Addresses that the link check found dead."""
    return [check for check in LinkCheck.objects.filter(url__in=addresses) if check.dead] if addresses else []


def _language(page: WrittenCard) -> Iterator[Obstacle]:
    result = language_gate(page)
    if result.colour == "red":
        yield from (Obstacle("", sentence, "language") for sentence in result.sentences)

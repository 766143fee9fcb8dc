"""What a card must answer before clients may see it: the required fields of the field table (section 2.4) as data.

`CORE` marks the eight answers without which no card is published (invariant 2): who, when, where and how, which documents, what
it costs, how long it takes, what one gets, how to appeal. A card without a fee row answers "you pay nothing", and one
without a deadline row "there is no deadline"; both answers are printed, so no row is an answer there.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from cms.fields import as_lines
from service_catalog.models import CardChannel, CompleteCard, OfficeCard, OfficePage
from service_catalog.models.card_rows import ChannelName
from service_catalog.models.office_cards import OfficeWords
from service_catalog.published.card import Card

LEAST_EVERYDAY_WORDS = 3
LEAST_STEPS = 2


@dataclass(frozen=True, slots=True)
class Answer:
    """A required answer: name of the form field, what it is called, and what to do when it is missing."""

    field: str
    label: str
    sentence: str
    given: bool
    core: bool = False


@dataclass(frozen=True, slots=True)
class _Question:
    field: str
    label: str
    sentence: str
    given: Callable[[Any], bool]
    core: bool = False


def _has(name: str) -> Callable[[Any], bool]:
    """Whether a plain field holds more than spaces."""
    return lambda card: bool(str(getattr(card, name) or "").strip())


def _chosen(name: str) -> Callable[[Any], bool]:
    return lambda card: getattr(card, f"{name}_id") is not None


def _rows(name: str) -> Callable[[Any], bool]:
    return lambda card: bool(getattr(card, name).all())


def _lines(name: str, least: int = 1) -> Callable[[Any], bool]:
    return lambda card: len(as_lines(getattr(card, name) or "")) >= least


def _entries(name: str, least: int = 1) -> Callable[[Any], bool]:
    return lambda card: len(getattr(card, name).raw_data) >= least


def _open_channels(card: CompleteCard) -> list[CardChannel]:
    return [row for row in card.channels.all() if row.available]


def _online_address(card: CompleteCard) -> bool:
    return all(row.url for row in _open_channels(card) if row.channel == ChannelName.INTERNET)


def _consequence(card: CompleteCard) -> bool:
    deadlines = card.client_deadlines.all()
    return bool(card.consequence_of_missing) or all(row.consequence for row in deadlines)


def _outcome(card: CompleteCard) -> bool:
    return bool(card.outcome_form and card.outcome_text)


def _duration(card: CompleteCard) -> bool:
    return bool(card.handling_times.all())


COMPLETE: tuple[_Question, ...] = (
    _Question("title", "Nazwa sprawy", "Wpisz nazwę sprawy prostymi słowami.", _has("title")),
    _Question("official_name", "Nazwa urzędowa", "Wpisz nazwę urzędową sprawy.", _has("official_name")),
    _Question("summary", "W skrócie", "Napisz w skrócie, o co chodzi w tej sprawie.", _has("summary")),
    _Question("who", "Kto?", "Napisz, kto może załatwić tę sprawę.", _has("who"), core=True),
    _Question("audience", "Dla kogo", "Wpisz, dla kogo jest ta sprawa, na przykład: obywatel.", _lines("audience")),
    _Question(
        "client_groups", "Grupy klientów", "Wpisz co najmniej jedną grupę klientów.", _lines("client_groups")
    ),
    _Question("when", "Kiedy?", "Napisz, kiedy klient ma się tym zająć.", _has("when"), core=True),
    _Question(
        "consequence_of_missing",
        "Co, jeśli klient się spóźni?",
        "Karta ma termin dla klienta. Napisz, co się stanie, gdy klient go przekroczy.",
        _consequence,
    ),
    _Question("jurisdiction_basis", "Który urząd?", "Wybierz, od czego zależy, który urząd załatwia sprawę.",
              _has("jurisdiction_basis")),
    _Question("jurisdiction_text", "Który urząd – opis", "Napisz klientowi, do którego urzędu ma iść.",
              _has("jurisdiction_text")),
    _Question("channels", "Gdzie i jak?", "Dodaj co najmniej jeden dostępny sposób załatwienia sprawy.",
              lambda card: bool(_open_channels(card)), core=True),
    _Question("channels", "Adres usługi w internecie", "Sprawę można załatwić przez internet. Wpisz adres tej usługi.",
              _online_address),
    _Question("documents", "Co przygotować?", "Dodaj dokumenty, które klient ma przygotować.", _rows("documents"),
              core=True),
    _Question("steps", "Krok po kroku", f"Opisz sprawę w co najmniej {LEAST_STEPS} krokach.",
              _entries("steps", LEAST_STEPS)),
    _Question("fees", "Ile zapłaci?", "Przy opłacie wpisz kwotę albo opisz, od czego ona zależy.",
              lambda card: all(row.amount is not None or row.code or row.text or row.condition for row in card.fees.all()),
              core=True),
    _Question("handling_times", "Ile poczeka?", "Napisz, ile klient poczeka na załatwienie sprawy.", _duration,
              core=True),
    _Question("outcome_text", "Co dostanie?", "Napisz, co klient dostanie na końcu: rodzaj i opis.", _outcome,
              core=True),
    _Question("appeals", "Jak się odwoła?", "Napisz, jak klient może się odwołać. Gdy nie może, wybierz „nie ma środka "
              "odwoławczego” i wyjaśnij dlaczego.", _rows("appeals"), core=True),
    _Question("special_needs", "Kto potrzebuje pomocy?", "Napisz, jak urząd pomaga osobom, które mają trudniej.",
              _entries("special_needs")),
    _Question("legal_bases", "Podstawa prawna", "Wskaż co najmniej jeden akt prawny.", _rows("legal_bases")),
    _Question("keywords_everyday", "Słowa potoczne", f"Wpisz co najmniej {LEAST_EVERYDAY_WORDS} słowa, którymi klienci "
              "nazywają tę sprawę.", _lines("keywords_everyday", LEAST_EVERYDAY_WORDS)),
    _Question("consultant_answer", "Odpowiedź konsultanta", "Napisz, co ma powiedzieć konsultant przez telefon "
              "(najwyżej 50 słów).", _has("consultant_answer")),
    _Question("transfer", "Kiedy przełączyć rozmowę", "Napisz, kiedy konsultant ma przełączyć rozmowę.",
              _has("transfer")),
    _Question("group", "Miejsce w działach", "Wybierz grupę usług.", _chosen("group")),
    _Question("service", "Usługa", "Wybierz usługę, którą karta opisuje.", _chosen("service")),
    _Question("legal_state_date", "Stan prawny na", "Wpisz, na jaki dzień sprawdzono przepisy.",
              _has("legal_state_date")),
    _Question("valid_from", "Obowiązuje od", "Wpisz, od kiedy karta obowiązuje.", _has("valid_from")),
    _Question("next_review", "Następny przegląd", "Wpisz, kiedy trzeba znowu sprawdzić tę kartę.",
              _has("next_review")),
)  # fmt: skip


def complete_answers(card: CompleteCard) -> list[Answer]:
    """Required answers of the law part, in the order of the form."""
    return [Answer(one.field, one.label, one.sentence, _is_given(one, card), one.core) for one in COMPLETE]


def _is_given(question: _Question, card: CompleteCard) -> bool:
    return bool(question.given(card))


def office_answers(words: OfficeWords, office: OfficePage, *, in_person: bool, payees: frozenset[str]) -> list[Answer]:
    """Required answers of the office. What the office record knows counts as answered and is not asked again.

    `in_person`: whether clients come to the office; `payees`: whose accounts take the fees of the card.
    """
    unit = words.responsible_unit
    found = [
        Answer("responsible_unit", "Kto w urzędzie prowadzi sprawę?", "Wybierz komórkę, która prowadzi tę sprawę.",
               unit is not None),
        Answer("contact_phone", "Telefon do sprawy", "Wpisz telefon do sprawy albo uzupełnij telefon w danych urzędu.",
               bool(words.contact_phone or (unit and unit.phone) or office.phone)),
        Answer("contact_email", "E-mail do sprawy", "Wpisz e-mail do sprawy albo uzupełnij e-mail w danych urzędu.",
               bool(words.contact_email or (unit and unit.email) or office.email)),
        Answer("contact_room", "Pokój", "Wpisz numer pokoju.", bool(words.contact_room or (unit and unit.room))),
        Answer("privacy_notice_url", "Informacja o danych osobowych",
               "Wpisz adres klauzuli RODO w danych urzędu albo na tej karcie.",
               bool(words.privacy_notice_url or office.privacy_notice_url)),
    ]  # fmt: skip
    if in_person:
        point = Answer(
            "service_point", "Gdzie w urzędzie?", "Wybierz miejsce, do którego klient ma przyjść.",
            words.service_point is not None,
        )  # fmt: skip
        found.insert(0, point)
    return found + _account_answers(office, payees)


ACCOUNTS = {
    "urząd": (("dochody",), "rachunku urzędu"),
    "budżet": (("dochody",), "rachunku urzędu"),
    "cennik": (("cennik", "dochody"), "rachunku dla opłat z cennika"),
    "miasto siedziby": (("opłata skarbowa",), "rachunku miasta dla opłaty skarbowej"),
}


def _account_answers(office: OfficePage, payees: frozenset[str]) -> list[Answer]:
    known = {account.purpose for account in office.accounts.all()}
    return [
        Answer("accounts", "Numer rachunku", f"W danych urzędu nie ma {name}. Dopisz go tam.",
               not known.isdisjoint(purposes))
        for payee, (purposes, name) in ACCOUNTS.items()
        if payee in payees
    ]  # fmt: skip


def price_answers(card: OfficeCard, model: Card) -> list[Answer]:
    """A price of the office for each fee that the model card leaves to the office's price list."""
    told = {price.code for price in card.prices.all()}
    return [
        Answer("prices", f"Cena: {fee.text or fee.condition or fee.kind}",
               f"Wpisz cenę z cennika Twojego urzędu („{fee.text or fee.condition or fee.kind}”).", fee.code in told)
        for fee in model.fees
        if fee.code and fee.amount is None
    ]  # fmt: skip


def core_answers_of(model: Card) -> list[Answer]:
    """The core answers that an office card takes from its model card."""
    given = {
        "who": ("Kto?", bool(model.who)),
        "when": ("Kiedy?", bool(model.when)),
        "channels": ("Gdzie i jak?", bool(model.channels)),
        "documents": ("Co przygotować?", bool(model.documents)),
        "handling_times": ("Ile poczeka?", bool(model.handling_time or model.outcome.text)),
        "outcome_text": ("Co dostanie?", bool(model.outcome.text)),
        "appeals": ("Jak się odwoła?", bool(model.appeal)),
    }
    return [
        Answer(
            field, label, f"Karta wzorcowa nie odpowiada na pytanie „{label}”. Zgłoś to opiekunowi wzorca.", done, True
        )
        for field, (label, done) in given.items()
    ]

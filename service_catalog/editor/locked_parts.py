"""What the model card already answers, in words for the author of an office card. Shown in grey: an office cannot change it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from service_catalog.published.card import Card, Fee, RequiredDocument, RestrictedCard, Step
from service_catalog.published.wording import REQUIREMENTS, amount

ACTORS = {"client": "Klient", "office": "Urząd"}


@dataclass(frozen=True, slots=True)
class Fact:
    """A line or list that is known already: a name, and one or more texts."""

    name: str
    texts: tuple[str, ...]


def locked_facts(part: str, card: Card, restricted: RestrictedCard) -> list[Fact]:
    """Facts of one part of the form; facts without text are left out. Raises `KeyError` for a part that nobody knows."""
    found = PARTS[part](card, restricted)
    return [Fact(name, texts) for name, given in found if (texts := tuple(filter(None, given)))]


Facts = Iterator[tuple[str, Iterable[str]]]


def _who(card: Card, restricted: RestrictedCard) -> Facts:
    yield "Kto może to załatwić", [card.who]
    yield "Grupy klientów", [", ".join(item.text for item in card.client_groups)]


def _when(card: Card, restricted: RestrictedCard) -> Facts:
    yield "Kiedy", [card.when]
    yield "Terminy dla klienta", [rule.text for rule in card.client_deadlines]
    yield "Co, jeśli klient tego nie zrobi", [card.consequence_of_missing]


def _prepare(card: Card, restricted: RestrictedCard) -> Facts:
    yield "Dokumenty", [_document(document) for document in card.documents]
    yield "Formularze", [f"{form.title} ({form.code})" for form in card.forms]
    yield "Zanim zaczniesz", [item.text for item in card.before_you_start]


def _document(document: RequiredDocument) -> str:
    details = [document.form, f"sztuk: {document.count}" if document.count > 1 else ""]
    if document.requirement != "always":
        details.append(f"{REQUIREMENTS[document.requirement]}: {document.condition}" if document.condition else "")
    return f"{document.name} ({', '.join(filter(None, details))})" if any(details) else document.name


def _place(card: Card, restricted: RestrictedCard) -> Facts:
    yield "Który urząd", [card.jurisdiction.text]
    yield (
        "Sposoby załatwienia",
        [": ".join(filter(None, (channel.channel, channel.text or channel.url))) for channel in card.channels],
    )


def _steps(card: Card, restricted: RestrictedCard) -> Facts:
    yield "Kroki", [_step(number, step) for number, step in enumerate(card.steps, start=1)]


def _step(number: int, step: Step) -> str:
    duration = f" ({step.duration})" if step.duration else ""
    return f"{number}. {ACTORS[step.actor]}: {step.text}{duration}"


def _fees(card: Card, restricted: RestrictedCard) -> Facts:
    yield "Opłaty z przepisów", [_fee(fee) for fee in card.fees if not (fee.code and fee.amount is None)]
    yield "Ceny, które ustala urząd", [price_name(fee) for fee in card.fees if fee.code and fee.amount is None]
    yield "Zwolnienia i zniżki", card.exemptions
    if not card.fees:
        yield "Opłaty", ["Klient nic nie płaci."]


def _fee(fee: Fee) -> str:
    condition = f" – {fee.condition}" if fee.condition else ""
    return f"{fee.kind}: {amount(fee.amount) if fee.amount else fee.text or 'zależy od sprawy'}{condition}"


def price_name(fee: Fee) -> str:
    """What a price of the office's price list is for."""
    return fee.text or fee.condition or fee.kind


def _waiting(card: Card, restricted: RestrictedCard) -> Facts:
    yield "Ile się czeka według przepisów", [rule.text for rule in card.handling_time]


def _outcome(card: Card, restricted: RestrictedCard) -> Facts:
    yield "Co klient dostanie", [card.outcome.text]
    yield "Rodzaj", [card.outcome.form]
    yield "Jak długo ważne", [card.outcome.validity]


def _appeal(card: Card, restricted: RestrictedCard) -> Facts:
    yield "Jak się odwołać", [appeal.text for appeal in card.appeal]


def _care(card: Card, restricted: RestrictedCard) -> Facts:
    yield "Najczęstsze błędy", [item.text for item in card.mistakes]


def _needs(card: Card, restricted: RestrictedCard) -> Facts:
    yield "Jak pomagamy", [f"{need.group}: {need.text}" for need in card.special_needs]


def _consultant(card: Card, restricted: RestrictedCard) -> Facts:
    yield "Odpowiedź konsultanta (20 sekund)", [restricted.consultant_answer]
    yield "Kiedy przełączyć rozmowę", [restricted.transfer, restricted.transfer_target]


def _search(card: Card, restricted: RestrictedCard) -> Facts:
    yield "Słowa potoczne", [", ".join(item.text for item in card.keywords.everyday)]


PARTS: dict[str, Callable[[Card, RestrictedCard], Facts]] = {
    "who": _who,
    "when": _when,
    "prepare": _prepare,
    "place": _place,
    "steps": _steps,
    "fees": _fees,
    "waiting": _waiting,
    "outcome": _outcome,
    "appeal": _appeal,
    "care": _care,
    "needs": _needs,
    "consultant": _consultant,
    "search": _search,
}
"""Parts of the form by name."""

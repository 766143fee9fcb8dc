"""From the short and the full cards of the demonstration to neutral cards. Defaults are those of the short form's README."""

from __future__ import annotations

import re
from collections.abc import Iterator

from importers.sources.demo.card_seeds import CardSeed, LegalReference, SeedDeadline, SeedFee
from importers.sources.demo.full_card_shapes import FullCard, FullFee, FullTimeLimit
from importers.sources.demo.polish_text import slug
from service_catalog.authoring.drafts import CardDraft
from service_catalog.published.card import (
    ActCitation,
    Appeal,
    Card,
    Channel,
    DeadlineRule,
    Fee,
    Form,
    Item,
    Jurisdiction,
    Keywords,
    Named,
    Outcome,
    RelatedCard,
    RequiredDocument,
    RestrictedCard,
    SpecialNeed,
    Step,
    TopicPlacement,
)
from service_catalog.uncertain_places import in_words

LEGAL_STATE = VALID_FROM = "2026-01-01"
NEXT_REVIEW = "2026-12-31"
TAX_OFFICES = frozenset({"USK", "IAS", "UCS"})
"""Office types that count time by art. 12 of Ordynacja podatkowa."""
FORM_CODE = re.compile(
    r"\b(PIT-\d+[A-Z]*|PB-\d+[a-z]?|VAT-\w+|SD-[A-Z]?\d|CFR-\d|NIP-\d|UPL-\d|PCC-\d|AKC-[A-Z0-9/]+|RG-OP|CIT-\d+)\b"
)
PAYEES = {
    "archiwum": "urząd",
    "urząd wojewódzki": "urząd",
    "miasto – siedziba urzędu": "miasto siedziby",
    "miasto/gmina – siedziba urzędu": "miasto siedziby",
    "kuratorium (budżet państwa)": "budżet",
    "stacja (budżet państwa)": "budżet",
    "brak": "",
}
UNKNOWN_AMOUNT = "Kwotę ustala się w konkretnej sprawie. Zapytaj w urzędzie."


def form_code(text: str) -> str:
    """Code of the form a document names ("Zeznanie PIT-37"), else ""."""
    found = FORM_CODE.search(text)
    return found[0] if found else ""


def whole_date(value: str) -> str:
    """A date given as year and month ("2022-07") as the first day of that month."""
    return f"{value}-01" if len(value) == len("2022-07") else value


def placement(topic: str, category: str, group: str) -> TopicPlacement:
    """A place in the topic tree by its three names."""
    return TopicPlacement(
        topic=topic,
        category=category,
        group=group,
        topic_slug=slug(topic),
        category_slug=slug(category),
        group_slug=slug(group),
    )


def _items(texts: tuple[str, ...]) -> tuple[Item, ...]:
    return tuple(Item(text=text) for text in texts)


def _citations(references: tuple[LegalReference, ...]) -> tuple[ActCitation, ...]:
    return tuple(_citation(reference) for reference in references)


def _citation(reference: LegalReference) -> ActCitation:
    return ActCitation(act=reference.act, title="", units=reference.units)


def from_seed(seed: CardSeed, office_type_name: str) -> CardDraft:
    """A short card as a complete one."""
    calendar = "OP12" if seed.office_type in TAX_OFFICES else "KPA57"
    card = Card(
        key=seed.card_id,
        symbol=seed.card_id,
        kind="model",
        office_type=Named(code=seed.office_type, name=office_type_name),
        service=seed.service,
        title=seed.title,
        official_name=seed.official_name,
        summary=seed.summary,
        topic=placement(*seed.topic),
        client_groups=_items(tuple(seed.audience)),
        audience=tuple(seed.audience),
        keywords=Keywords(
            everyday=_items(seed.keywords.everyday),
            official=seed.keywords.official,
            misspellings=_items(seed.keywords.misspellings),
        ),
        who=seed.who,
        when=seed.when,
        before_you_start=_items(tuple(seed.before_you_start)),
        jurisdiction=Jurisdiction(basis=seed.jurisdiction.basis, text=seed.jurisdiction.text),
        channels=tuple(Channel(channel=name) for name in seed.channels),
        documents=tuple(
            RequiredDocument(
                name=document.name,
                requirement=document.requirement,
                condition=document.condition or _default_condition(document.requirement),
                form=document.form,
                form_code=form_code(document.name),
            )
            for document in seed.documents
        ),
        steps=tuple(Step(actor=step.actor, text=step.text, duration=step.time) for step in seed.steps),
        fees=tuple(_seed_fees(seed.fees)),
        exemptions=seed.exemptions,
        client_deadlines=tuple(_seed_deadline(deadline) for deadline in seed.client_deadlines),
        handling_time=(_seed_handling_time(seed, calendar),),
        outcome=Outcome(form=seed.outcome.form, text=seed.outcome.text, validity=seed.outcome.validity),
        appeal=(_seed_appeal(seed, calendar),),
        consequence_of_missing=seed.client_deadlines[0].consequence if seed.client_deadlines else "",
        mistakes=_items(tuple(seed.mistakes)),
        special_needs=tuple(SpecialNeed(group=need.group, text=need.text) for need in seed.special_needs),
        legal_basis=_citations(tuple(seed.legal_basis)),
        related=tuple(RelatedCard(type=related.type, service=related.service) for related in seed.related),
        legal_state_date=LEGAL_STATE,
        valid_from=VALID_FROM,
        version="1.0",
        next_review=NEXT_REVIEW,
    )
    restricted = RestrictedCard(
        consultant_answer=seed.consultant_answer,
        transfer=seed.transfer,
        uncertain=tuple(in_words(field) for field in seed.uncertain),
    )
    return CardDraft(card=card, restricted=restricted)


def _default_condition(requirement: str) -> str:
    """A conditional document without a condition gets the weakest one."""
    return "jeśli dotyczy twojej sprawy" if requirement == "conditional" else ""


def _seed_fees(fees: tuple[SeedFee, ...]) -> Iterator[Fee]:
    for position, fee in enumerate(fees, start=1):
        price_list = fee.kind == "cennik urzędu"
        open_amount = fee.amount is None and not price_list
        yield Fee(
            code=f"cena-{position}" if price_list and fee.amount is None else "",
            kind=fee.kind,
            amount=fee.amount,
            currency="PLN",
            text=UNKNOWN_AMOUNT if open_amount and not fee.condition else "",
            condition=fee.condition,
            payee=fee.payee,
        )


def _seed_deadline(deadline: SeedDeadline) -> DeadlineRule:
    return DeadlineRule(
        text=deadline.text,
        anchor=deadline.anchor,
        n=deadline.n,
        unit=deadline.unit,
        direction=deadline.direction,
        calendar=deadline.calendar,
        roll=deadline.roll,
        satisfied_by=deadline.satisfied_by,
        consequence=deadline.consequence,
        computed=deadline.n > 0,
    )


def _seed_handling_time(seed: CardSeed, calendar: str) -> DeadlineRule:
    time = seed.handling_time
    return DeadlineRule(
        text=time.text,
        anchor="złożenie wniosku",
        n=time.n or 0,
        unit=time.unit or "day",
        direction="within",
        calendar=time.calendar or calendar,
        roll="next_working",
        satisfied_by="action_by_office",
        computed=bool(time.n),
    )


def _seed_appeal(seed: CardSeed, calendar: str) -> Appeal:
    appeal = seed.appeal
    deadline = None
    if appeal.n:
        unit = appeal.unit or "day"
        days = "dni" if unit == "day" else "miesiące"
        deadline = DeadlineRule(
            text=f"{appeal.n} {days} od doręczenia rozstrzygnięcia",
            anchor="doręczenie rozstrzygnięcia",
            n=appeal.n,
            unit=unit,
            direction="within",
            calendar=calendar,
            roll="next_working",
            satisfied_by="dispatch",
            computed=True,
        )
    via = "" if appeal.remedy == "brak" else "urząd, który wydał rozstrzygnięcie"
    return Appeal(remedy=appeal.remedy, text=appeal.text, authority=appeal.authority, via=via, deadline=deadline)


def from_full(full: FullCard, office_type_name: str) -> CardDraft:
    """An exemplary card as it stands."""
    card = Card(
        key=full.card_id,
        symbol=full.card_id,
        kind="model",
        office_type=Named(code=full.office_type, name=office_type_name),
        service=full.service,
        title=full.title,
        official_name=full.official_name,
        summary=full.summary,
        topic=placement(full.topic.dzial, full.topic.kategoria, full.topic.grupa_uslug),
        client_groups=_items(full.client_groups),
        audience=tuple(full.audience),
        keywords=Keywords(
            everyday=_items(full.keywords.everyday),
            official=full.keywords.official,
            misspellings=_items(full.keywords.misspellings),
        ),
        who=full.who,
        when=full.when,
        before_you_start=_items(full.before_you_start),
        jurisdiction=Jurisdiction(basis=full.jurisdiction.basis, text=full.jurisdiction.text),
        channels=tuple(
            Channel(channel=channel.channel, available=channel.available, text=channel.text)
            for channel in full.channels
        ),
        documents=tuple(_full_documents(full)),
        forms=tuple(Form(code=form.code, title=form.title) for form in full.attachments),
        steps=tuple(
            Step(actor=step.actor, text=step.text, channel=step.channel or "", duration=step.time or "")
            for step in full.steps
        ),
        fees=tuple(_full_fees(full.fees)),
        exemptions=full.exemptions,
        client_deadlines=tuple(
            _full_rule(rule, consequence=full.consequence_of_missing or "") for rule in full.client_deadlines
        ),
        handling_time=tuple(_full_rule(rule) for rule in full.handling_time) or (_no_waiting(full),),
        outcome=Outcome(form=full.outcome.form, text=full.outcome.text, validity=full.outcome.validity or ""),
        appeal=tuple(_full_appeals(full)),
        consequence_of_missing=full.consequence_of_missing or "",
        mistakes=_items(full.mistakes),
        special_needs=tuple(SpecialNeed(group=need.group, text=need.text) for need in full.special_needs),
        legal_basis=_citations(full.legal_basis),
        related=tuple(RelatedCard(type=related.type, service=related.service) for related in full.related),
        legal_state_date=full.governance.legal_state_date,
        valid_from=full.governance.valid_from,
        version=full.governance.version,
        change_note=full.governance.change_note,
        next_review=full.governance.next_review,
    )
    return CardDraft(card=card, restricted=_full_restricted(full))


def _full_restricted(full: FullCard) -> RestrictedCard:
    """What of a full card only consultants read."""
    return RestrictedCard(
        consultant_answer=full.consultant_answer,
        transfer=full.transfer.when,
        transfer_target=full.transfer.target,
        uncertain=tuple(in_words(f"{field.field} – {field.reason}") for field in full.uncertain),
    )


def _full_documents(full: FullCard) -> Iterator[RequiredDocument]:
    for document in full.documents:
        yield RequiredDocument(
            name=document.name,
            requirement=document.requirement,
            condition=document.condition or _default_condition(document.requirement),
            form=document.form,
            count=document.count,
            note=document.note or "",
            form_code=document.attachment or "",
        )


def _full_appeals(full: FullCard) -> Iterator[Appeal]:
    for appeal in full.appeal:
        yield Appeal(
            remedy=appeal.remedy,
            text=appeal.text,
            authority=appeal.authority or "",
            via=appeal.via or "",
            fee=appeal.fee or "",
            deadline=_full_rule(appeal.deadline) if appeal.deadline else None,
        )


def _full_fees(fees: tuple[FullFee, ...]) -> Iterator[Fee]:
    """Fees without the line that only says that there is none."""
    for position, fee in enumerate(fees, start=1):
        if fee.kind == "brak" and fee.amount in {None, "0.00"}:
            continue
        yield Fee(
            code=f"cena-{position}" if fee.amount is None and fee.payee == "archiwum" else "",
            kind=fee.kind,
            amount=fee.amount,
            currency="PLN",
            text=fee.text,
            condition=fee.condition or "",
            payee=PAYEES[fee.payee],
            when=fee.when,
            methods=tuple(fee.methods),
            legal_basis=_citation(fee.legal_basis),
            valid_from=whole_date(fee.valid_from or ""),
        )


def _no_waiting(full: FullCard) -> DeadlineRule:
    """A matter that ends with its submission: what the outcome says answers "how long" as well."""
    return DeadlineRule(
        text=full.outcome.text, unit="day", direction="within", calendar="KPA57", roll="none", computed=False
    )


def _full_rule(rule: FullTimeLimit, *, consequence: str = "") -> DeadlineRule:
    """A rule of a full card; a client deadline that names no consequence has the card's."""
    return DeadlineRule(
        text=rule.text,
        anchor=rule.anchor,
        n=rule.n,
        unit=rule.unit,
        direction=rule.direction,
        calendar=rule.calendar,
        after_end=bool(rule.after_end),
        roll=rule.roll,
        satisfied_by=rule.satisfied_by,
        restorable=rule.restorable,
        consequence=rule.consequence or consequence,
        applies_to=rule.applies_to or "",
        valid_from=whole_date(rule.valid_from or ""),
        valid_to=whole_date(rule.valid_to or ""),
        computed=rule.n > 0,
        legal_basis=_citation(rule.legal_basis) if rule.legal_basis else None,
    )

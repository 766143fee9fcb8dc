"""A card as a `cpsv:PublicService` with everything it refers to. Pure functions: equal cards give equal nodes in equal order."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from exporters.areas import NOWHERE, Areas, served
from exporters.cpsv_ap.concepts import Vocabulary
from exporters.cpsv_ap.nodes import Link, Node, Object, Value, Words, segment
from exporters.cpsv_ap.offices import authority, contact_points, hours, participation
from service_catalog.published.card import (
    Card,
    Channel,
    DeadlineRule,
    Fee,
    Form,
    LifeEventPlacement,
    RequiredDocument,
)

Said = tuple[tuple[str, Object | None], ...]
IN_PERSON = "osobiście"
_DURATIONS = {"day": "P{n}D", "workday": "P{n}D", "week": "P{days}D", "month": "P{n}M", "year": "P{n}Y"}
"""xsd:duration knows no weeks and no working days."""

LOSSES = (
    "kind", "life_events.stage", "life_events.order", "client_groups.local", "keywords.everyday.local",
    "keywords.misspellings", "when", "before_you_start", "jurisdiction.basis", "channels.local", "forms.fillable",
    "forms.local", "steps.actor", "steps.channel", "steps.duration", "steps.local", "fees.code", "fees.payee",
    "fees.account", "fees.account_owner", "fees.when", "fees.methods", "fees.legal_basis", "fees.valid_from",
    "fees.valid_to", "fees.local", "exemptions", "client_deadlines", "handling_time.anchor", "handling_time.direction",
    "handling_time.calendar", "handling_time.after_end", "handling_time.roll", "handling_time.satisfied_by",
    "handling_time.restorable", "handling_time.consequence", "handling_time.applies_to", "handling_time.valid_from",
    "handling_time.valid_to", "handling_time.legal_basis.units", "handling_time.local", "local_average_days",
    "local_average_on", "pickup", "appeal", "consequence_of_missing", "mistakes", "special_needs", "place.booking",
    "place.payment_methods", "place.cash_machine_note", "place.facilities.count", "place.facilities.cost",
    "place.facilities.availability", "place.facilities.available_from", "place.facilities.available_to",
    "place.facilities.confirmed_on", "legal_basis.units", "related.type", "related.service", "local_notes",
    "privacy_notice", "responsible_unit.parent", "responsible_unit.room", "variants.kind", "variants.title",
    "variants.language", "variants.local", "legal_state_date", "valid_from", "valid_to", "version", "change_note",
    "last_verified", "next_review", "origins",
)  # fmt: skip
"""Public fields of a card that CPSV-AP has no place for; measured by the test of losses."""


def card_nodes(
    card: Card,
    *,
    site: str,
    dataset: str = "",
    described: Callable[[str], bool] = lambda symbol: False,
    areas: Areas = NOWHERE,
) -> Iterator[Node]:
    """The service, its parts, then the shared nodes it refers to. `areas` are those of the office of the card.

    `described` says whether a service stands in the same graph: only such a one may be a `cv:relatedService`, because the
    shapes want its description there.
    """
    words = Vocabulary(site)
    place = f"{site}/karta/{card.key}/"
    parts = list(_parts(card, place, words))
    yield _service(card, place, words, parts, dataset=dataset, described=described, areas=areas)
    yield from parts
    yield from words.nodes


def _service(
    card: Card,
    place: str,
    words: Vocabulary,
    parts: list[Node],
    *,
    dataset: str,
    described: Callable[[str], bool],
    areas: Areas,
) -> Node:
    return Node(
        place,
        ("cpsv:PublicService",),
        (
            ("dct:identifier", Value(card.key)),
            ("dct:title", Words(card.title)),
            ("dct:alternative", Words(card.official_name)),
            ("dct:description", Words(card.summary or card.title)),
            ("dct:type", words.concept("usluga", card.service, card.symbol)),
            ("dct:language", words.language()),
            *_spatial(card, words, areas),
            ("adms:status", words.concept("status", "opublikowana")),
            ("cv:hasCompetentAuthority", authority(card, words)),
            ("cv:processingTime", _processing_time(card)),
            *_classification(card, words),
            *_relations(card, words, described),
            *((_PROPERTIES[part.types[0]], Link(part.address)) for part in parts if part.types[0] in _PROPERTIES),
            ("dct:isPartOf", Link(dataset) if dataset else None),
            ("foaf:page", words.page(place)),
        ),
    )


def _spatial(card: Card, words: Vocabulary, areas: Areas) -> Iterator[tuple[str, Object | None]]:
    """Where the service is offered; what is taken out of an area has no place in the vocabulary."""
    if card.office is None:
        yield "dct:spatial", words.country()
    yield from (("dct:spatial", words.place(area.teryt, area.name)) for area in served(areas))


_PROPERTIES = {
    "cv:Channel": "cv:hasChannel",
    "cv:Cost": "cv:hasCost",
    "cv:Evidence": "cpsv:hasInput",
    "cv:Requirement": "cv:holdsRequirement",
    "cpsv:Rule": "cpsv:follows",
    "cv:Output": "cpsv:produces",
    "cv:ContactPoint": "cv:contactPoint",
    "cv:Participation": "cv:hasParticipation",
}
"""How a service is joined with its parts."""


def _parts(card: Card, place: str, words: Vocabulary) -> Iterator[Node]:
    """What belongs to this card alone."""
    evidence = [_evidence(n, document, card, place, words) for n, document in enumerate(card.documents, start=1)]
    yield from (_channel(n, channel, card, place, words) for n, channel in enumerate(card.channels, start=1))
    yield from (_cost(n, fee, card, place, words) for n, fee in enumerate(card.fees, start=1))
    yield from evidence
    yield from _requirement(card, place, evidence)
    yield from _rules(card, place, words)
    yield _output(card, place, words)
    yield from contact_points(card, place)
    if card.place:
        yield from hours(card.place, place, words)
    if card.responsible_unit:
        yield participation(card.responsible_unit, card, place, words)


def _classification(card: Card, words: Vocabulary) -> Iterator[tuple[str, Object | None]]:
    for placement in (card.topic, *card.more_topics):
        area, *narrower = words.topic(placement)
        yield "cv:thematicArea", area
        yield from (("cv:isClassifiedBy", concept) for concept in narrower)
    yield "cv:sector", words.concept("typ-urzedu", card.office_type.name, card.office_type.code)
    yield from (("dct:audience", words.concept("odbiorca", name)) for name in card.audience)
    yield from (("dct:audience", words.concept("odbiorca", group.text)) for group in card.client_groups)
    yield from (("dcat:keyword", Words(item.text)) for item in card.keywords.everyday)
    yield from (("dcat:keyword", Words(text)) for text in card.keywords.official)


def _relations(card: Card, words: Vocabulary, described: Callable[[str], bool]) -> Iterator[tuple[str, Object | None]]:
    yield from (("cv:hasLegalResource", words.act(citation)) for citation in card.legal_basis)
    yield from (("cv:isGroupedBy", words.shared(_event(event, words))) for event in card.life_events)
    yield from (("cv:hasInputType", words.shared(_evidence_type(form, words))) for form in card.forms)
    for related in card.related:
        name = "cv:relatedService" if described(related.symbol) else "dct:relation"
        yield name, Link(f"{words.site}/karta/{segment(related.symbol)}/") if related.symbol else None
    yield from (("foaf:page", words.page(variant.url)) for variant in card.variants)


def _event(event: LifeEventPlacement, words: Vocabulary) -> Node:
    said: Said = (("dct:identifier", Value(event.event)), ("dct:title", Words(event.title)))
    return Node(f"{words.site}/zdarzenia/{segment(event.event)}/", ("cv:LifeEvent", "cv:Event"), said)


def _channel(n: int, channel: Channel, card: Card, place: str, words: Vocabulary) -> Node:
    unavailable = "" if channel.available else "Ten sposób jest teraz niedostępny."
    notes = (unavailable, channel.text, channel.place, channel.booking)
    at_place = card.place if channel.channel == IN_PERSON else None
    return Node(
        f"{place}#sposob-{n}",
        ("cv:Channel",),
        (
            ("dct:identifier", Value(f"{card.key}#sposob-{n}")),
            ("dct:type", words.concept("sposob", channel.channel)),
            ("dct:description", Words(" ".join(note for note in notes if note))),
            ("cv:openingHours", Link(f"{place}#godziny") if at_place and at_place.hours else None),
            ("foaf:page", words.page(channel.url)),
        ),
    )


def _cost(n: int, fee: Fee, card: Card, place: str, words: Vocabulary) -> Node:
    return Node(
        f"{place}#oplata-{n}",
        ("cv:Cost",),
        (
            ("dct:identifier", Value(f"{card.key}#oplata-{n}")),
            ("dct:title", Words(fee.kind)),
            ("dct:description", Words(". ".join(part for part in (fee.kind, fee.text, fee.condition) if part))),
            ("cv:hasValue", Value(fee.amount or "", "xsd:double")),
            ("cv:currency", words.currency(fee.currency)),
        ),
    )


def _evidence(n: int, document: RequiredDocument, card: Card, place: str, words: Vocabulary) -> Node:
    count = f"Liczba: {document.count}" if document.count > 1 else ""
    notes = (document.condition, document.form, document.note, count)
    form = Node(_form_address(document.form_code, words), ("cv:EvidenceType",)) if document.form_code else None
    return Node(
        f"{place}#dokument-{n}",
        ("cv:Evidence",),
        (
            ("dct:identifier", Value(f"{card.key}#dokument-{n}")),
            ("dct:title", Words(document.name)),
            ("dct:description", Words(". ".join(note for note in notes if note))),
            ("dct:type", words.concept("wymaganie", document.requirement)),
            ("dct:language", words.language()),
            ("dct:conformsTo", Link(form.address) if form and _among_forms(document, card) else None),
            ("dct:relation", Link(form.address) if form and not _among_forms(document, card) else None),
        ),
    )


def _among_forms(document: RequiredDocument, card: Card) -> bool:
    """Whether the form of a document is described in the card, as the shapes want it of what evidence conforms to."""
    return any(form.code == document.form_code for form in card.forms)


def _form_address(code: str, words: Vocabulary) -> str:
    return f"{words.site}/formularze/{segment(code)}"


def _evidence_type(form: Form, words: Vocabulary) -> Node:
    return Node(
        _form_address(form.code, words),
        ("cv:EvidenceType",),
        (
            ("dct:identifier", Value(form.code)),
            ("dct:title", Words(form.title)),
            ("dct:description", Words(form.note)),
            ("dct:format", Value(form.format)),
            ("dct:hasVersion", Value(form.version)),
            ("cv:evidenceTypeClassification", words.concept("formularz", "formularz")),
            ("foaf:page", words.page(form.url)),
        ),
    )


def _requirement(card: Card, place: str, evidence: list[Node]) -> Iterator[Node]:
    if not card.who:
        return
    said: Said = (
        ("dct:identifier", Value(f"{card.key}#kto")),
        ("dct:title", Words("Kto może załatwić sprawę")),
        ("dct:description", Words(card.who)),
        *(("cv:hasSupportingEvidence", Link(node.address)) for node in evidence),
    )
    yield Node(f"{place}#kto", ("cv:Requirement",), said)


def _rules(card: Card, place: str, words: Vocabulary) -> Iterator[Node]:
    """Which office is competent, what happens step by step, and how long it takes."""
    steps = " ".join(f"{n}. {step.text}" for n, step in enumerate(card.steps, start=1))
    texts = [("wlasciwosc", "Który urząd", card.jurisdiction.text), ("kroki", "Krok po kroku", steps)]
    for name, title, text in texts:
        if text:
            said = _rule_texts(card, name, title, text, words)
            yield Node(f"{place}#{name}", ("cpsv:Rule",), said)
    for n, rule in enumerate(card.handling_time, start=1):
        if rule.text:
            said = _rule_texts(card, f"czas-{n}", "Czas załatwienia", rule.text, words)
            act = words.act(rule.legal_basis) if rule.legal_basis else None
            yield Node(f"{place}#czas-{n}", ("cpsv:Rule",), (*said, ("cpsv:implements", act)))


def _rule_texts(card: Card, name: str, title: str, text: str, words: Vocabulary) -> Said:
    return (
        ("dct:identifier", Value(f"{card.key}#{name}")),
        ("dct:title", Words(title)),
        ("dct:description", Words(text)),
        ("dct:language", words.language()),
    )


def _output(card: Card, place: str, words: Vocabulary) -> Node:
    outcome = card.outcome
    return Node(
        f"{place}#wynik",
        ("cv:Output",),
        (
            ("dct:identifier", Value(f"{card.key}#wynik")),
            ("dct:title", Words(outcome.form)),
            ("dct:description", Words(" ".join(part for part in (outcome.text, outcome.validity) if part))),
            ("dct:type", words.concept("wynik", outcome.form)),
            ("dct:language", words.language()),
        ),
    )


def _processing_time(card: Card) -> Value | None:
    """The first handling time that is a rule; the shapes allow one."""
    rule = next((rule for rule in card.handling_time if rule.computed and rule.n), None)
    return Value(duration(rule), "xsd:duration") if rule else None


def duration(rule: DeadlineRule) -> str:
    """XSD duration of a handling time."""
    return _DURATIONS[rule.unit].format(n=rule.n, days=rule.n * 7)

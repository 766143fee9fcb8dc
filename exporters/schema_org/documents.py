"""Cards as `GovernmentService`. Pure functions: equal cards give equal bytes; `site` is the public address of the catalogue."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from exporters.areas import NOWHERE, Areas, AreasOf, ServedArea, served
from exporters.json_text import indented, listed, without_empty
from exporters.schema_org.offices import place, provider
from service_catalog.published.card import ActCitation, Card, Channel, DeadlineRule, Fee, Form, RelatedCard, Variant

VERSION = "2"
"""Changes when the same card gives another document."""

CONTEXT = "https://schema.org"
SCHEMA = "https://schema.org/GovernmentService"
IN_PERSON = "osobiście"
PHONE = "telefon"

LOSSES = (
    "kind", "office_type.code", "topic.topic_slug", "topic.category_slug", "topic.group_slug", "more_topics.topic_slug",
    "more_topics.category_slug", "more_topics.group_slug", "client_groups.local", "jurisdiction.basis",
    "keywords", "when", "before_you_start", "channels.local", "documents", "forms.local",
    "steps.actor", "steps.channel", "steps.duration", "steps.local", "fees.code", "fees.payee", "fees.account",
    "fees.account_owner", "fees.when", "fees.legal_basis", "fees.local", "exemptions", "client_deadlines",
    "handling_time.text", "handling_time.anchor", "handling_time.direction", "handling_time.calendar",
    "handling_time.after_end", "handling_time.roll", "handling_time.satisfied_by", "handling_time.restorable",
    "handling_time.consequence", "handling_time.applies_to", "handling_time.valid_from", "handling_time.valid_to",
    "handling_time.legal_basis", "handling_time.local", "local_average_days", "local_average_on", "pickup", "appeal",
    "consequence_of_missing", "mistakes", "special_needs", "place.booking", "place.payment_methods",
    "place.cash_machine_note", "place.facilities.cost", "place.facilities.availability", "place.facilities.confirmed_on",
    "related.type", "local_notes", "responsible_unit.parent", "variants.local", "legal_state_date", "valid_from",
    "valid_to", "version", "change_note", "last_verified", "next_review", "origins",
)  # fmt: skip
"""Public fields of a card that schema.org has no place for."""

_DURATIONS = {"day": "P{n}D", "workday": "P{n}D", "week": "P{n}W", "month": "P{n}M", "year": "P{n}Y"}


def render_card(card: Card, *, site: str, areas: Areas = NOWHERE) -> bytes:
    """The document of one card, indented. `areas` are those of its office."""
    return indented({"@context": CONTEXT, **service(card, site=site, areas=areas)})


def catalogue(cards: Iterable[Card], *, site: str, areas: AreasOf = lambda card: NOWHERE) -> Iterator[bytes]:
    """All cards as one graph, one card per line, in the order given."""
    start = f'{{"@context":"{CONTEXT}","@graph":['.encode()
    yield from listed(start, (service(card, site=site, areas=areas(card)) for card in cards), b"]}\n")


def service(card: Card, *, site: str, areas: Areas = NOWHERE) -> dict[str, Any]:
    """The card as a node of type `GovernmentService`. Without the areas of the office nothing is said of where it is served."""
    address = f"{site}/karta/{card.key}/"
    return without_empty(
        {
            "@type": "GovernmentService",
            "@id": address,
            "url": address,
            "identifier": card.symbol,
            "name": card.title,
            "alternateName": card.official_name,
            "description": card.summary,
            "serviceType": card.service,
            "category": _categories(card),
            "audience": _audience(card),
            "areaServed": [_area(area) for area in served(areas)] if card.office else "Polska",
            "jurisdiction": card.jurisdiction.text,
            "provider": provider(card, card.office, site=site) if card.office else _any_office(card),
            "availableChannel": [_channel(channel, card) for channel in card.channels],
            "offers": [_offer(fee) for fee in card.fees],
            "serviceOutput": _outcome(card),
            "termsOfService": card.privacy_notice,
            "isRelatedTo": [_related(related, site=site) for related in card.related],
            "subjectOf": _works(card, site=site),
        }
    )


def _area(area: ServedArea) -> dict[str, Any]:
    return without_empty(
        {
            "@type": "AdministrativeArea",
            "name": area.name,
            "identifier": {"@type": "PropertyValue", "name": "TERYT", "value": area.teryt},
            "description": f"Bez: {area.without}" if area.without else "",
        }
    )


def _any_office(card: Card) -> dict[str, Any]:
    """A general card has no office yet: the type of offices stands for it."""
    return {"@type": "GovernmentOffice", "name": card.office_type.name}


def _categories(card: Card) -> list[str]:
    paths = [" > ".join((place.topic, place.category, place.group)) for place in (card.topic, *card.more_topics)]
    return [card.office_type.name, *paths]


def _audience(card: Card) -> list[dict[str, Any]]:
    who = {"@type": "Audience", "audienceType": "uprawnieni", "description": card.who} if card.who else None
    groups = [*card.audience, *(item.text for item in card.client_groups)]
    return [*([who] if who else []), *({"@type": "Audience", "audienceType": name} for name in groups)]


def _channel(channel: Channel, card: Card) -> dict[str, Any]:
    contact = card.contact if channel.channel == PHONE else None
    in_person = channel.channel == IN_PERSON
    notes = (channel.text, channel.place if not (in_person and card.place) else "", channel.booking)
    unavailable = "" if channel.available else "Ten sposób jest teraz niedostępny."
    return without_empty(
        {
            "@type": "ServiceChannel",
            "name": channel.channel,
            "description": " ".join(note for note in (unavailable, *notes) if note),
            "serviceUrl": channel.url,
            "servicePhone": {"@type": "ContactPoint", "telephone": contact.phone}
            if contact and contact.phone
            else None,
            "serviceLocation": place(card.place) if in_person and card.place else None,
            "processingTime": [_duration(rule) for rule in card.handling_time if rule.computed and rule.n],
        }
    )


def _duration(rule: DeadlineRule) -> str:
    """ISO 8601 duration of a handling time. Working days count as days: the vocabulary knows no other."""
    return _DURATIONS[rule.unit].format(n=rule.n)


def _offer(fee: Fee) -> dict[str, Any]:
    return without_empty(
        {
            "@type": "Offer",
            "name": fee.kind,
            "description": fee.text,
            "price": fee.amount,
            "priceCurrency": fee.currency,
            "disambiguatingDescription": fee.condition,
            "acceptedPaymentMethod": list(fee.methods),
            "validFrom": fee.valid_from,
            "validThrough": fee.valid_to,
        }
    )


def _outcome(card: Card) -> dict[str, Any]:
    outcome = card.outcome
    return without_empty(
        {
            "@type": "Thing",
            "name": outcome.form,
            "description": outcome.text,
            "disambiguatingDescription": outcome.validity,
        }
    )


def _related(related: RelatedCard, *, site: str) -> dict[str, Any]:
    address = f"{site}/karta/{related.symbol}/" if related.symbol else ""
    return without_empty({"@type": "GovernmentService", "@id": address, "url": address, "name": related.service})


def _works(card: Card, *, site: str) -> list[dict[str, Any]]:
    """Texts about the service: acts, forms, the procedure, other versions of the card, life events."""
    procedure = {
        "@type": "HowTo",
        "name": "Krok po kroku",
        "step": [
            {"@type": "HowToStep", "text": step.text, "position": n} for n, step in enumerate(card.steps, start=1)
        ],
    }
    events = [
        {
            "@type": "WebPage",
            "@id": f"{site}/zdarzenia/{event.event}/",
            "name": event.title,
            "description": f"{event.stage}, krok {event.order}",
        }
        for event in card.life_events
    ]
    return [
        *(_act(citation) for citation in card.legal_basis),
        *(_form(form) for form in card.forms),
        *([procedure] if card.steps else []),
        *(_variant(variant) for variant in card.variants),
        *events,
    ]


def _act(citation: ActCitation) -> dict[str, Any]:
    consolidated = without_empty(
        {
            "@type": "Legislation",
            "name": citation.consolidated,
            "legislationIdentifier": citation.consolidated_eli,
        }
    )
    return without_empty(
        {
            "@type": "Legislation",
            "identifier": citation.act,
            "name": citation.title,
            "alternateName": citation.display,
            "legislationIdentifier": citation.eli,
            "description": ", ".join(citation.units),
            "workExample": consolidated if len(consolidated) > 1 else None,
        }
    )


def _form(form: Form) -> dict[str, Any]:
    return without_empty(
        {
            "@type": "DigitalDocument",
            "identifier": form.code,
            "name": form.title,
            "description": form.note,
            "url": form.url,
            "version": form.version,
            "encodingFormat": form.format,
            "interactivityType": "do wypełnienia" if form.fillable else "",
        }
    )


def _variant(variant: Variant) -> dict[str, Any]:
    return without_empty(
        {
            "@type": "WebPage",
            "name": variant.title or variant.kind,
            "alternateName": variant.kind,
            "url": variant.url,
            "inLanguage": variant.language,
        }
    )

"""A card as a fully nested HSDS service. Pure functions: equal cards give equal bytes; `site` is the address of the catalogue."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from exporters.areas import NOWHERE, Areas, AreasOf, served
from exporters.hsds.identity import email, entity, identifier, phone, web_address
from exporters.hsds.locations import location
from exporters.json_text import indented, listed
from service_catalog.published.card import Card, Channel, Fee, OfficeReference, RequiredDocument, TopicPlacement

VERSION = "2"
"""Changes when the same card gives another document."""
SCHEMA = "https://docs.openreferral.org/en/3.0/"

LOSSES = (
    "kind", "office.teryt", "office_type.code", "life_events.stage", "life_events.order", "client_groups.local", "keywords", "when",
    "before_you_start", "jurisdiction.basis", "channels.local", "documents.requirement", "documents.form",
    "documents.form_code", "forms", "steps.actor", "steps.channel", "steps.duration", "steps.local", "fees.code",
    "fees.payee", "fees.account", "fees.account_owner", "fees.when", "fees.methods", "fees.legal_basis", "fees.local",
    "client_deadlines", "handling_time.anchor", "handling_time.n", "handling_time.unit", "handling_time.direction",
    "handling_time.calendar", "handling_time.after_end", "handling_time.roll", "handling_time.satisfied_by",
    "handling_time.restorable", "handling_time.consequence", "handling_time.applies_to", "handling_time.valid_from",
    "handling_time.valid_to", "handling_time.computed", "handling_time.legal_basis", "handling_time.local",
    "local_average_days", "local_average_on", "outcome", "pickup", "appeal", "consequence_of_missing", "mistakes",
    "special_needs", "place.payment_methods", "place.cash_machine_note", "place.facilities.cost",
    "place.facilities.availability", "place.facilities.confirmed_on", "legal_basis", "related", "privacy_notice",
    "responsible_unit.parent", "contact.room", "variants", "legal_state_date", "valid_from", "valid_to", "version",
    "change_note", "next_review", "origins",
)  # fmt: skip
"""Public fields of a card that HSDS has no place for."""


def render_card(card: Card, *, site: str, areas: Areas = NOWHERE) -> bytes:
    """The document of one card, indented. `areas` are those of its office."""
    return indented(service(card, site=site, areas=areas))


def catalogue(cards: Iterable[Card], *, site: str, areas: AreasOf = lambda card: NOWHERE) -> Iterator[bytes]:
    """All cards as an array of services, one per line, in the order given."""
    yield from listed(b"[", (service(card, site=site, areas=areas(card)) for card in cards), b"]\n")


def service(card: Card, *, site: str, areas: Areas = NOWHERE) -> dict[str, Any]:
    """The card as a service with its organisation, location, costs and documents inside."""
    place = f"{site}/karta/{card.key}/"
    return entity(
        place,
        organization_id=identifier(_organization_address(card, site)),
        name=card.title,
        alternate_name=card.official_name,
        description=card.summary,
        url=place,
        email=email(card.contact.email) if card.contact else "",
        status="active",
        application_process=_process(card),
        wait_time="; ".join(rule.text for rule in card.handling_time),
        fees_description="; ".join(card.exemptions),
        eligibility_description=card.who,
        assured_date=card.last_verified,
        alert="; ".join(card.local_notes),
        phones=phone(place, card.contact.phone) if card.contact else [],
        service_areas=_areas(card, place, areas),
        service_at_locations=_at_locations(card, place),
        languages=[entity(f"{place}#jezyk", name="polski", code="pl")],
        organization=_organization(card, site),
        cost_options=[_cost(f"{place}#oplata-{n}", fee) for n, fee in enumerate(card.fees, start=1)],
        required_documents=[
            entity(f"{place}#dokument-{n}", document=_document(document))
            for n, document in enumerate(card.documents, start=1)
        ],
        contacts=_contacts(card, place),
        attributes=_attributes(card, place, site),
    )


def _process(card: Card) -> str:
    """Steps and channels as one text: HSDS has no steps."""
    steps = [f"{n}. {step.text}" for n, step in enumerate(card.steps, start=1)]
    channels = [": ".join(part for part in (channel.channel, _channel(channel)) if part) for channel in card.channels]
    return "\n".join([*steps, *channels])


def _channel(channel: Channel) -> str:
    unavailable = "" if channel.available else "Ten sposób jest teraz niedostępny."
    return " ".join(part for part in (unavailable, channel.text, channel.place, channel.booking, channel.url) if part)


def _document(document: RequiredDocument) -> str:
    notes = [part for part in (document.condition, document.note) if part]
    count = f" (× {document.count})" if document.count > 1 else ""
    return f"{document.name}{count}" + (f" – {'; '.join(notes)}" if notes else "")


def _cost(place: str, fee: Fee) -> dict[str, Any]:
    return entity(
        place,
        option=fee.kind,
        currency=fee.currency,
        amount=float(fee.amount) if fee.amount else None,
        amount_description="; ".join(part for part in (fee.text, fee.condition) if part),
        valid_from=fee.valid_from,
        valid_to=fee.valid_to,
    )


def _areas(card: Card, place: str, areas: Areas) -> list[dict[str, Any]]:
    """Where the service is offered: the areas of the office, only words when they are not known, Poland for a general card."""
    if card.office is None or not areas:
        country = "" if card.office else "Polska"
        return [entity(f"{place}#obszar", name=country, description=card.jurisdiction.text)]
    return [
        entity(
            f"{place}#obszar-{area.teryt}",
            name=area.name,
            description=" ".join(filter(None, (card.jurisdiction.text, area.without and f"Bez: {area.without}."))),
            extent=area.teryt,
            extent_type="TERYT",
        )
        for area in served(areas)
    ]


def _at_locations(card: Card, place: str) -> list[dict[str, Any]]:
    if card.place is None or card.office is None:
        return []
    where = f"{place}#miejsce"
    inside = location(where, card.place, town=card.office.town, teryt=card.office.teryt)
    return [
        entity(f"{where}-uslugi", service_id=identifier(place), location_id=inside["id"], location=inside),
    ]


def _contacts(card: Card, place: str) -> list[dict[str, Any]]:
    unit = card.responsible_unit
    if unit is None:
        return []
    where = f"{place}#komorka"
    title = f"pokój {unit.room}" if unit.room else ""
    return [
        entity(where, name=unit.name, department=unit.symbol, title=title, email=email(unit.email),
               phones=phone(where, unit.phone))
    ]  # fmt: skip


def _organization_address(card: Card, site: str) -> str:
    return f"{site}/urzedy/{card.office.code}/" if card.office else f"{site}/typy/{card.office_type.code}"


def _organization(card: Card, site: str) -> dict[str, Any]:
    """The office; the type of offices stands for it in a general card."""
    place = _organization_address(card, site)
    if card.office is None:
        return entity(place, name=card.office_type.name, description="Typ urzędu")
    office = card.office
    return entity(
        place,
        name=office.name,
        alternate_name=office.short_name,
        description=f"{card.office_type.name}, {office.address}",
        email=email(office.email),
        website=web_address(office.website),
        tax_id=office.nip,
        uri=place,
        phones=phone(place, office.phone),
        organization_identifiers=identifiers(place, office),
    )


def identifiers(place: str, office: OfficeReference) -> list[dict[str, Any]]:
    """Numbers under which an office stands in national registers."""
    numbers = {
        "REGON": office.regon,
        "NIP": office.nip,
        "e-Doręczenia": office.edelivery_address,
        "ePUAP": office.epuap_address,
    }
    return [
        entity(f"{place}#{name}", organization_id=identifier(place), identifier_type=name, identifier=value)
        for name, value in numbers.items()
        if value
    ]


def _attributes(card: Card, place: str, site: str) -> list[dict[str, Any]]:
    """Places in the topic tree, groups of clients and life events as terms of taxonomies."""
    terms = [(f"{site}/dzialy/{path}/", name, "Działy") for path, name in _topics((card.topic, *card.more_topics))]
    terms.append((f"{site}/pojecia/usluga/{card.symbol}", card.service, "Usługi"))
    terms += [(f"{site}/pojecia/odbiorca/{name}", name, "Odbiorcy") for name in card.audience]
    terms += [(f"{site}/pojecia/odbiorca/{item.text}", item.text, "Odbiorcy") for item in card.client_groups]
    terms += [(f"{site}/zdarzenia/{event.event}/", event.title, "Zdarzenia życiowe") for event in card.life_events]
    return [
        entity(
            f"{place}#{term}",
            link_id=identifier(place),
            link_entity="service",
            taxonomy_term=entity(term, name=name, description=name, taxonomy=taxonomy),
        )
        for term, name, taxonomy in dict.fromkeys(terms)
    ]


def _topics(placements: Iterable[TopicPlacement]) -> Iterator[tuple[str, str]]:
    for placement in placements:
        path = (placement.topic_slug, placement.category_slug, placement.group_slug)
        names = (placement.topic, placement.category, placement.group)
        yield from (("/".join(path[:depth]), names[depth - 1]) for depth in (1, 2, 3))

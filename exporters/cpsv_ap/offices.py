"""Competent authorities, contact points and hours of a card."""

from __future__ import annotations

from exporters.cpsv_ap.concepts import Vocabulary
from exporters.cpsv_ap.nodes import Link, Node, Object, Value, Words, address, segment
from service_catalog.published.card import Card, HoursException, OfficeReference, ServicePoint, Unit
from service_catalog.published.wording import opening_lines


def authority(card: Card, words: Vocabulary) -> Link:
    """The office of the card; the type of offices stands for it in a general card."""
    if card.office:
        return words.shared(_office(card.office, card, words))
    place = f"{words.site}/pojecia/typ-urzedu/{segment(card.office_type.code)}#urzedy"
    said: tuple[tuple[str, Object | None], ...] = (
        ("skos:prefLabel", Words(card.office_type.name)),
        ("dct:identifier", Value(card.office_type.code)),
        ("dct:spatial", words.country()),
    )
    return words.shared(Node(place, ("cv:PublicOrganisation", "org:Organization"), said))


def _office(office: OfficeReference, card: Card, words: Vocabulary) -> Node:
    place = f"{words.site}/urzedy/{segment(office.code)}/"
    full = Node(f"{place}#adres", ("locn:Address",), (("locn:fullAddress", Words(office.address)),))
    return Node(
        place,
        ("cv:PublicOrganisation", "org:Organization"),
        (
            ("skos:prefLabel", Words(office.name)),
            ("skos:altLabel", Words(office.short_name)),
            ("dct:identifier", Value(office.code)),
            ("dct:spatial", words.place(office.teryt, office.town)),
            ("dct:type", words.concept("typ-urzedu", card.office_type.name, card.office_type.code)),
            ("locn:address", words.shared(full)),
            ("cv:contactPoint", words.shared(_office_contact(office, place, words))),
            ("foaf:homepage", words.page(office.website)),
            *(("org:identifier", Value(f"{name} {value}")) for name, value in _numbers(office) if value),
        ),
    )


def _numbers(office: OfficeReference) -> tuple[tuple[str, str], ...]:
    return (
        ("NIP", office.nip),
        ("REGON", office.regon),
        ("e-Doręczenia", office.edelivery_address),
        ("ePUAP", office.epuap_address),
    )


def _office_contact(office: OfficeReference, place: str, words: Vocabulary) -> Node:
    said: tuple[tuple[str, Object | None], ...] = (
        ("cv:telephone", Value(office.phone)),
        ("cv:email", Value(office.email)),
        ("cv:contactPage", words.page(office.website)),
    )
    return Node(f"{place}#kontakt", ("cv:ContactPoint",), said)


def contact_points(card: Card, place: str) -> list[Node]:
    """The contact for this matter, and the place where a client comes to."""
    found = []
    if card.contact:
        said: tuple[tuple[str, Object | None], ...] = (
            ("cv:telephone", Value(card.contact.phone)),
            ("cv:email", Value(card.contact.email)),
            ("dct:description", Words(f"pokój {card.contact.room}" if card.contact.room else "")),
        )
        found.append(Node(f"{place}#kontakt", ("cv:ContactPoint",), said))
    if card.place:
        found.append(_service_point(card.place, place))
    return found


def _service_point(point: ServicePoint, place: str) -> Node:
    where = ", ".join(part for part in (point.floor, f"pokój {point.room}" if point.room else "") if part)
    return Node(
        f"{place}#miejsce",
        ("cv:ContactPoint",),
        (
            ("dct:title", Words(point.name)),
            ("dct:description", Words(where)),
            ("locn:address", Link(f"{place}#adres")),
            ("cv:openingHours", Link(f"{place}#godziny") if point.hours else None),
            *(("cv:specialOpeningHoursSpecification", Link(f"{place}#dni-{n}")) for n, _ in _days(point)),
            *(("cv:availabilityRestriction", Words(text)) for text in point.accessibility),
            *(("cv:availabilityRestriction", Words(f"{item.kind}. {item.how_to_ask}")) for item in point.facilities),
        ),
    )


def hours(point: ServicePoint, place: str, words: Vocabulary) -> list[Node]:
    """Address, usual hours and days with other hours of the place."""
    found = [Node(f"{place}#adres", ("locn:Address",), (("locn:fullAddress", Words(point.address)),))]
    if point.hours:
        lines = "; ".join(opening_lines(point.hours))
        said = (("dct:description", Words(lines)), ("cv:frequency", words.frequency()))
        found.append(Node(f"{place}#godziny", ("time:TemporalEntity",), said))
    found += [
        Node(f"{place}#dni-{n}", ("time:TemporalEntity",), (("dct:description", Words(_exception(day))),))
        for n, day in _days(point)
    ]
    return found


def _days(point: ServicePoint) -> list[tuple[int, HoursException]]:
    return list(enumerate(point.exceptions, start=1))


def _exception(day: HoursException) -> str:
    when = day.date_from if day.date_to == day.date_from else f"{day.date_from} – {day.date_to}"
    how = "nieczynne" if day.closed else f"{day.opens}–{day.closes}"
    return f"{when}: {how}" + (f" ({day.reason})" if day.reason else "")


def participation(unit: Unit, card: Card, place: str, words: Vocabulary) -> Node:
    """The organisational unit that answers for the service."""
    office = card.office.code if card.office else card.office_type.code
    agent = Node(
        address(f"{words.site}/urzedy/{segment(office)}/komorki/{segment(unit.symbol)}"),
        ("foaf:Agent",),
        (
            ("dct:identifier", Value(f"{office}/{unit.symbol}")),
            ("dct:title", Words(unit.name)),
            ("foaf:phone", Value(unit.phone)),
            ("foaf:mbox", Value(unit.email)),
        ),
    )
    return Node(
        f"{place}#komorka",
        ("cv:Participation",),
        (
            ("dct:identifier", Value(f"{card.key}#komorka")),
            ("dct:description", Words("Komórka, która prowadzi sprawę")),
            ("cv:role", words.concept("rola", "prowadzi sprawę")),
            ("cv:hasParticipant", words.shared(agent)),
        ),
    )

"""Published cards for tests, made from the demonstration seeds without a database, and structs with every field filled."""

from __future__ import annotations

import hashlib
import json
from functools import cache
from pathlib import Path
from typing import Any, Literal, get_args, get_origin

import msgspec

from publication.canonical import canonical_json
from service_catalog.published.card import (
    ActCitation,
    Appeal,
    Card,
    Channel,
    DeadlineRule,
    Fee,
    Item,
    Jurisdiction,
    Keywords,
    Named,
    OfficeReference,
    Outcome,
    RelatedCard,
    RequiredDocument,
    SpecialNeed,
    Step,
    TopicPlacement,
)
from service_catalog.published.office import Office

SEEDS = Path(__file__).resolve().parents[2] / "importers" / "sources" / "demo" / "data"

VALID_TEXT = {
    "key": "UW-PAS-001/uw-rzeszow",
    "symbol": "UW-PAS-001",
    "code": "uw-rzeszow",
    "account": "95124020929329920006200000",
    "number": "95124020929329920006200000",
    "nip": "1234563218",
    "regon": "000903529",
    "teryt": "1863011",
    "prefix": "1863",
    "epuap_address": "/uw-rzeszow/SkrytkaESP",
    "edelivery_address": "AE:PL-40073-96065-RTJAF-25",
    "amount": "140.00",
    "cost": "0.20",
    "channel": "osobiście",
    "basis": "client_residence",
    "calendar": "KPA57",
    "satisfied_by": "dispatch",
    "remedy": "odwołanie",
    "audience": "obywatel",
    "currency": "PLN",
    "opens": "07:30",
    "closes": "15:30",
    "url": "https://urzad.example/usluga",
    "website": "https://urzad.example",
    "email": "kancelaria@urzad.example",
    "bip_url": "https://bip.urzad.example",
    "event": "LE-11",
    "eli": "DU/2022/350",
    "consolidated_eli": "DU/2024/1063",
}
"""Values of fields that the schema checks; every other text is made from the name of its field."""

DATES = frozenset({
    "valid_from", "valid_to", "legal_state_date", "last_verified", "next_review", "local_average_on", "date_from", "date_to",
    "available_from", "available_to", "confirmed_on",
})  # fmt: skip


def filled(struct: type[Any]) -> Any:
    """A struct whose every field has a value of its own, different from the default: nothing may get lost on the way."""
    return _filled(struct, path=struct.__name__)


def _filled(struct: type[Any], *, path: str) -> Any:
    values = {
        field.name: _value(field.type, default=field.default, name=field.name, path=f"{path}.{field.name}")
        for field in msgspec.structs.fields(struct)
    }
    return struct(**values)


def _value(kind: Any, *, default: Any, name: str, path: str) -> Any:
    origin, arguments = get_origin(kind), get_args(kind)
    if origin is tuple:
        return tuple(_value(arguments[0], default=None, name=name, path=f"{path}[{n}]") for n in (1, 2))
    if origin is dict:
        return {"place": "office", "channels": "office_record", "fees": "model"}
    if origin is Literal:
        return arguments[-1]
    if type(None) in arguments:
        return _value(arguments[0], default=default, name=name, path=path)
    if isinstance(kind, type) and issubclass(kind, msgspec.Struct):
        return _filled(kind, path=path)
    if kind is bool:
        return default is not True
    if kind is int:
        return 3
    if name in DATES:
        return "2026-03-01"
    return VALID_TEXT.get(name, f"{path} – zażółć <gęślą> & „jaźń”")


def sha256_of(struct: msgspec.Struct) -> str:
    return hashlib.sha256(canonical_json(struct)).hexdigest()


def _seed(name: str) -> Any:
    return json.loads((SEEDS / name).read_text(encoding="utf-8"))


@cache
def model_cards() -> tuple[Card, ...]:
    """Every model card of the seeds, sorted by symbol."""
    raw = list(_seed("full_cards.json")["cards"])
    for path in sorted((SEEDS / "model_cards").glob("*.jsonl")):
        raw += [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
    return tuple(sorted((_card(entry) for entry in raw), key=lambda card: card.symbol))


def model_card(symbol: str) -> Card:
    return next(card for card in model_cards() if card.symbol == symbol)


def office_card(card: Card, office: OfficeReference, **local: Any) -> Card:
    """The card at one office."""
    return msgspec.structs.replace(card, key=f"{card.symbol}/{office.code}", kind="office", office=office, **local)


@cache
def office_record() -> Office:
    return Office(
        code="uw-rzeszow",
        office_type=Named(code="UW", name="urząd wojewódzki"),
        name="Podkarpacki Urząd Wojewódzki w Rzeszowie",
        short_name="Podkarpacki UW",
        town="Rzeszów",
        voivodeship="podkarpackie",
        teryt="1863011",
        address="ul. Grunwaldzka 15, 35-959 Rzeszów",
        street="ul. Grunwaldzka",
        building="15",
        postal_code="35-959",
        nip="1234563218",
        regon="000903529",
    )


@cache
def office_reference() -> OfficeReference:
    office = office_record()
    return OfficeReference(
        code=office.code,
        name=office.name,
        short_name=office.short_name,
        town=office.town,
        address=office.address,
        teryt=office.teryt,
        phone="17 867 10 00",
        nip=office.nip,
        regon=office.regon,
    )


def _card(raw: dict[str, Any]) -> Card:
    keywords = raw.get("keywords", {})
    governance = raw.get("governance", {})
    return Card(
        key=raw["card_id"],
        symbol=raw["card_id"],
        kind="model",
        office_type=_office_types().get(raw["office_type"], Named(code=raw["office_type"], name=raw["office_type"])),
        service=raw["service"],
        title=raw["title"],
        official_name=raw["official_name"],
        summary=raw["summary"],
        topic=_topic(raw["topic"]),
        client_groups=_items(raw.get("client_groups")),
        audience=tuple(raw.get("audience", ())),
        keywords=Keywords(
            everyday=_items(keywords.get("everyday")),
            official=tuple(keywords.get("official", ())),
            misspellings=_items(keywords.get("misspellings")),
        ),
        who=raw["who"],
        when=raw["when"],
        before_you_start=_items(raw.get("before_you_start")),
        jurisdiction=Jurisdiction(basis=raw["jurisdiction"]["basis"], text=raw["jurisdiction"]["text"]),
        channels=tuple(_channel(entry) for entry in raw["channels"]),
        documents=tuple(_document(entry) for entry in raw["documents"]),
        steps=tuple(_step(entry) for entry in raw["steps"]),
        fees=tuple(_fee(entry) for entry in raw["fees"]),
        exemptions=tuple(raw.get("exemptions", ())),
        client_deadlines=tuple(_deadline(entry) for entry in _many(raw["client_deadlines"])),
        handling_time=tuple(_deadline(entry) for entry in _many(raw["handling_time"])),
        outcome=Outcome(
            form=raw["outcome"]["form"], text=raw["outcome"]["text"], validity=raw["outcome"].get("validity") or ""
        ),
        appeal=tuple(_appeal(entry) for entry in _many(raw["appeal"])),
        consequence_of_missing=raw.get("consequence_of_missing") or "",
        mistakes=_items(raw.get("mistakes")),
        special_needs=tuple(SpecialNeed(group=entry["group"], text=entry["text"]) for entry in raw["special_needs"]),
        legal_basis=tuple(_citation(entry) for entry in raw["legal_basis"]),
        related=tuple(RelatedCard(type=entry["type"], service=entry["service"]) for entry in raw.get("related", ())),
        legal_state_date=governance.get("legal_state_date", "2026-01-01"),
        valid_from=governance.get("valid_from", "2026-01-01"),
        version=governance.get("version", "1.0"),
    )


@cache
def _office_types() -> dict[str, Named]:
    return {
        entry["code"]: Named(code=entry["code"], name=entry["name"]) for entry in _seed("office_types.json")["types"]
    }


@cache
def _acts() -> dict[str, Any]:
    acts: dict[str, Any] = _seed("acts.json")
    acts |= _seed("full_cards.json")["legal_acts"]
    return acts


def _many(raw: Any) -> list[Any]:
    return [] if raw is None else raw if isinstance(raw, list) else [raw]


def _items(raw: list[str] | None) -> tuple[Item, ...]:
    return tuple(Item(text=text) for text in raw or ())


def _topic(raw: Any) -> TopicPlacement:
    names = raw if isinstance(raw, list) else [raw["dzial"], raw["kategoria"], raw["grupa_uslug"]]
    slugs = [name.lower().replace(" ", "-") for name in names]
    return TopicPlacement(
        topic=names[0],
        category=names[1],
        group=names[2],
        topic_slug=slugs[0],
        category_slug=slugs[1],
        group_slug=slugs[2],
    )


def _channel(raw: Any) -> Channel:
    if isinstance(raw, str):
        return Channel(channel=raw)
    return Channel(channel=raw["channel"], available=raw["available"], text=raw.get("text") or "")


def _document(raw: dict[str, Any]) -> RequiredDocument:
    return RequiredDocument(
        name=raw["name"],
        requirement=raw["requirement"],
        condition=raw.get("condition") or "",
        form=raw.get("form") or "",
        count=raw.get("count") or 1,
        note=raw.get("note") or "",
    )


def _step(raw: dict[str, Any]) -> Step:
    return Step(actor=raw["actor"], text=raw["text"], channel=raw.get("channel") or "", duration=raw.get("time") or "")


def _fee(raw: dict[str, Any]) -> Fee:
    return Fee(
        kind=raw["kind"],
        amount=raw.get("amount"),
        currency="PLN",
        text=raw.get("text") or "",
        condition=raw.get("condition") or "",
        payee=raw.get("payee") or "",
        when=raw.get("when") or "",
        methods=tuple(raw.get("methods") or ()),
        legal_basis=_citation(raw["legal_basis"]) if raw.get("legal_basis") else None,
        valid_from=raw.get("valid_from") or "",
    )


def _deadline(raw: dict[str, Any]) -> DeadlineRule:
    return DeadlineRule(
        text=raw.get("text") or "",
        anchor=raw.get("anchor") or "",
        n=raw.get("n") or 0,
        unit=raw.get("unit") or "day",
        direction=raw.get("direction") or "within",
        calendar=raw.get("calendar") or "KPA57",
        after_end=bool(raw.get("after_end")),
        roll=raw.get("roll") or "next_working",
        satisfied_by=raw.get("satisfied_by") or "",
        restorable=raw.get("restorable"),
        consequence=raw.get("consequence") or "",
        computed=bool(raw.get("anchor") and raw.get("n")),
        legal_basis=_citation(raw["legal_basis"]) if raw.get("legal_basis") else None,
    )


def _appeal(raw: dict[str, Any]) -> Appeal:
    deadline = raw.get("deadline") or (raw if raw.get("n") else None)
    return Appeal(
        remedy=raw["remedy"],
        text=raw["text"],
        authority=raw.get("authority") or "",
        via=raw.get("via") or "",
        fee=raw.get("fee") or "",
        deadline=_deadline({**deadline, "text": raw["text"] if deadline is raw else deadline["text"]})
        if deadline
        else None,
    )


def _citation(raw: dict[str, Any]) -> ActCitation:
    act = _acts().get(raw["act"], {})
    return ActCitation(
        act=raw["act"],
        title=act.get("title", raw["act"]),
        display=act.get("display") or "",
        eli=act.get("eli") or "",
        consolidated=_newest(act).get("display") or "",
        consolidated_eli=_newest(act).get("eli") or "",
        units=tuple(raw.get("units") or ()),
    )


def _newest(act: dict[str, Any]) -> dict[str, Any]:
    texts: list[dict[str, Any]] = act.get("consolidated") or [{}]
    return texts[-1]

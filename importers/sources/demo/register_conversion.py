"""Registers of the demonstration in their neutral form: office types, topics, acts, forms."""

from __future__ import annotations

import datetime
from collections.abc import Iterable

from importers.sources.demo import reading
from importers.sources.demo.polish_text import slug
from service_catalog.published import register
from service_catalog.published.card import Card

STATUTES_SINCE = 2012
"""From this year on Dziennik Ustaw has no numbers, so an ISAP address can be derived from an ELI."""


def office_types() -> list[register.OfficeType]:
    """The 27 types of the catalogue and the hotline types."""
    types = [
        register.OfficeType(
            code=kind.code,
            name=kind.name,
            name_plural=kind.name_plural,
            level=kind.level,
            subordination=kind.subordination,
            appeal_body=kind.appeal_body_default,
            jurisdiction_kind=kind.jurisdiction_kind,
        )
        for kind in reading.office_types()
    ]
    known = {kind.code for kind in types}
    hotline = (
        register.OfficeType(code=kind.code, name=kind.name, name_plural=kind.name, in_catalogue=False)
        for kind in reading.office_type_file().hotline_types
        if kind.code not in known
    )
    return types + list(hotline)


def topic_tree(cards: Iterable[Card]) -> register.TopicTree:
    """The tree of topics and categories, with the groups that the cards name, in order of appearance."""
    groups: dict[tuple[str, str], dict[str, str]] = {}
    for card in cards:
        groups.setdefault((card.topic.topic, card.topic.category), {})[card.topic.group] = card.topic.group_slug
    return register.TopicTree(
        topics=tuple(
            register.Topic(
                slug=slug(topic.name),
                name=topic.name,
                ivr_key=topic.ivr_key,
                categories=tuple(
                    register.TopicCategory(
                        slug=slug(category),
                        name=category,
                        groups=tuple(
                            register.TopicGroup(slug=group_slug, name=name)
                            for name, group_slug in groups.get((topic.name, category), {}).items()
                        ),
                    )
                    for category in topic.categories
                ),
            )
            for topic in reading.topics()
        )
    )


def legal_acts() -> list[register.LegalAct]:
    """All legal acts; an identifier that is not known stays empty."""
    return [
        register.LegalAct(
            code=act.code,
            title=act.title,
            kind=act.type,
            date=act.date if act.date and _is_date(act.date) else "",
            display=act.display or _display(act.eli or ""),
            eli=act.eli or "",
            isap=act.isap or _isap(act.eli or ""),
            status="obowiązujący",
            consolidated=tuple(
                register.ConsolidatedText(display=text.display, eli=text.eli) for text in act.consolidated
            ),
        )
        for act in reading.acts().values()
    ]


def _is_date(value: str) -> bool:
    try:
        datetime.date.fromisoformat(value)
    except ValueError:
        return False
    return True


def _display(eli: str) -> str:
    """The place of announcement of "DU/2020/424" as people write it: "Dz.U. 2020 poz. 424"."""
    if not eli:
        return ""
    publisher, year, position = eli.split("/")
    return f"{'Dz.U.' if publisher == 'DU' else 'M.P.'} {year} poz. {position}"


def _isap(eli: str) -> str:
    """ISAP address of an act announced since 2012, else ""."""
    if not eli:
        return ""
    publisher, year, position = eli.split("/")
    return f"W{publisher}{year}000{int(position):04d}" if int(year) >= STATUTES_SINCE else ""


def forms(cards: Iterable[Card]) -> list[register.FormFamily]:
    """Form families: those of the full cards with one version, and those that documents only name."""
    families: dict[str, register.FormFamily] = {}
    for full in reading.full_cards():
        for attachment in full.attachments:
            version = register.FormVersion(
                version="1", format=attachment.format, fillable=attachment.fillable, note=attachment.note
            )
            families[attachment.code] = register.FormFamily(
                code=attachment.code, title=attachment.title, versions=(version,)
            )
    for card in cards:
        for document in card.documents:
            if document.form_code and document.form_code not in families:
                families[document.form_code] = register.FormFamily(code=document.form_code, title=document.name)
    return [families[code] for code in sorted(families)]

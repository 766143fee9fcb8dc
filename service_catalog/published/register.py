"""Published registers: office types, the topic tree, legal acts and form families."""

from __future__ import annotations

from service_catalog.published.card import PublishedStruct


class OfficeType(PublishedStruct, frozen=True, kw_only=True, tag_field="schema", tag="office_type/1"):
    """A type of offices. `in_catalogue` is false for hotline nodes such as ministries."""

    code: str
    name: str
    name_plural: str
    level: str = ""
    subordination: str = ""
    appeal_body: str = ""
    jurisdiction_kind: str = ""
    in_catalogue: bool = True


class TopicGroup(PublishedStruct, frozen=True, kw_only=True):
    """Third level: grupa usług."""

    slug: str
    name: str


class TopicCategory(PublishedStruct, frozen=True, kw_only=True):
    """Second level: kategoria."""

    slug: str
    name: str
    groups: tuple[TopicGroup, ...] = ()


class Topic(PublishedStruct, frozen=True, kw_only=True):
    """First level: dział. `ivr_key` is the phone key that opens the topic."""

    slug: str
    name: str
    ivr_key: int | None = None
    categories: tuple[TopicCategory, ...] = ()


class TopicTree(PublishedStruct, frozen=True, kw_only=True, tag_field="schema", tag="topics/1"):
    """The whole tree, in the order in which it is shown."""

    topics: tuple[Topic, ...] = ()


class ConsolidatedText(PublishedStruct, frozen=True, kw_only=True):
    """A consolidated text (tekst jednolity) of an act."""

    display: str
    eli: str = ""
    announced_on: str = ""


class LegalAct(PublishedStruct, frozen=True, kw_only=True, tag_field="schema", tag="act/1"):
    """A legal act with its identifiers and consolidated texts, oldest first."""

    code: str
    title: str
    kind: str = ""
    date: str = ""
    display: str = ""
    eli: str = ""
    isap: str = ""
    status: str = ""
    consolidated: tuple[ConsolidatedText, ...] = ()


class FormVersion(PublishedStruct, frozen=True, kw_only=True):
    """One version of a form with its period of validity (ISO dates)."""

    version: str
    format: str = ""
    fillable: bool = False
    url: str = ""
    valid_from: str = ""
    valid_to: str = ""
    note: str = ""


class FormFamily(PublishedStruct, frozen=True, kw_only=True, tag_field="schema", tag="form/1"):
    """A form with all its versions."""

    code: str
    title: str
    versions: tuple[FormVersion, ...] = ()

"""The 63 local cards are complete, plain and different from each other."""

import re
from collections import Counter

from importers.sources.demo import reading
from importers.sources.demo.card_conversion import from_seed
from importers.sources.demo.card_seeds import LocalCardSeed
from importers.sources.demo.office_codes import office_code

CARDS = tuple(reading.local_card_seeds())


def _sentences(text: str) -> list[str]:
    return [sentence.strip() for sentence in re.split(r"(?<=[.!?])\s+", text) if sentence.strip()]


def test_each_office_has_as_many_local_cards_as_the_list_says() -> None:
    expected = {office_code(office): office.local_only for office in reading.offices() if office.local_only}
    assert Counter(card.office for card in CARDS) == expected


def test_ids_are_numbered_per_type_without_gaps() -> None:
    types = {office_code(office): office.type for office in reading.offices()}
    numbers: dict[str, list[int]] = {}
    for card in CARDS:
        prefix, _, number = card.card_id.rpartition("-")
        assert prefix == f"{card.office_type}-LOK"
        assert types[card.office] == card.office_type
        numbers.setdefault(card.office_type, []).append(int(number))
    assert all(found == list(range(1, len(found) + 1)) for found in numbers.values())


def test_topics_exist() -> None:
    categories = {topic.name: topic.categories for topic in reading.topics()}
    assert all(card.topic[1] in categories[card.topic[0]] for card in CARDS)


def test_consultant_answer_can_be_read_in_twenty_seconds() -> None:
    assert {card.card_id: len(card.consultant_answer.split()) for card in CARDS if _words(card) > 50} == {}


def _words(card: LocalCardSeed) -> int:
    return len(card.consultant_answer.split())


def test_no_two_cards_share_a_title_a_service_or_a_sentence_of_the_summary() -> None:
    others = list(reading.model_card_seeds())
    titles = Counter(card.title for card in [*CARDS, *others])
    sentences = Counter(sentence for card in CARDS for sentence in _sentences(card.summary))
    assert [title for title in titles if titles[title] > 1] == []
    assert len({card.service for card in CARDS}) == 63
    assert [sentence for sentence in sentences if sentences[sentence] > 1] == []


def test_no_long_sentences() -> None:
    texts = [text for card in CARDS for text in (card.summary, card.consultant_answer, card.who, card.appeal.text)]
    assert [sentence for text in texts for sentence in _sentences(text) if len(sentence.split()) > 20] == []


def test_first_step_is_the_clients_and_conditional_documents_name_the_condition() -> None:
    for card in CARDS:
        assert card.steps[0].actor == "client"
        assert all(document.condition for document in card.documents if document.requirement == "conditional")


def test_uncertain_names_fields_of_the_card() -> None:
    fields = set(LocalCardSeed.__struct_fields__)
    assert {field for card in CARDS for field in card.uncertain} <= fields


def test_uncertain_places_reach_the_author_in_words() -> None:
    """No name of a field ("legal_basis") stands in the list that officials read."""
    places = [place for card in CARDS for place in from_seed(card, "urząd wojewódzki").restricted.uncertain]
    assert places
    assert [place for place in places if "_" in place.partition(" – ")[0]] == []

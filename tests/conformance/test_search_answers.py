"""The search over the whole demonstration: what people ask most, and how often chat is answered rightly."""

from __future__ import annotations

import pytest

from search.answering import reply
from search.finding import Finder, Question, finder
from search.quality import SHIPPED, answered, figures, measure, read_judgements

pytestmark = pytest.mark.django_db


@pytest.fixture
def ready() -> Finder:
    found = finder()
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("question", "symbol"),
    [
        ("ile kosztuje paszport", "UW-PAS-001"),
        ("ile czeka się na paszport", "UW-PAS-001"),
        ("paszport dla dziecka", "UW-PAS-002"),
        ("paszprot dla dziecka", "UW-PAS-002"),
        ("ślub na plaży", "UM-LOK-001"),
        ("skarga na restaurację", "PSSE-SZK-001"),
        ("uw pas 001", "UW-PAS-001"),
    ],
)
def test_a_certain_card_answers(ready: Finder, question: str, symbol: str) -> None:
    card = reply(question, ready.answer).card

    assert card is not None
    assert card.symbol == symbol


@pytest.mark.parametrize(
    "question",
    [
        "rozwód", "rozwud", "jak zrobić prawo jazdy", "zgubiłem dowód", "emerytura", "wypadek przy pracy", "alimenty",
        "bezrobotny rejestracja", "karta parkingowa", "zwolnienie lekarskie", "księga wieczysta", "granice działki",
        "dzik zniszczył pole",
    ],
)  # fmt: skip
def test_a_matter_outside_the_catalogue_is_answered_by_its_hint(ready: Finder, question: str) -> None:
    found = reply(question, ready.answer)

    assert found.card is None
    assert found.remark is not None
    assert found.remark.outside


@pytest.mark.parametrize("question", ["karta pobytu", "ile trwa karta pobytu", "spadek", "broń"])
def test_what_several_cards_answer_is_a_choice(ready: Finder, question: str) -> None:
    found = reply(question, ready.answer)

    assert found.card is None
    assert len(found.choices) > 1


@pytest.mark.parametrize(
    ("typed", "symbols"),
    [
        ("paszport", {"UW-PAS-001"}),
        ("pasport", {"UW-PAS-001"}),
        ("paszprot", {"UW-PAS-001"}),
        ("paszport Kraków", {"UW-PAS-001"}),
        ("paszport w rzeszowie", {"UW-PAS-001"}),
        ("karta pobytu", {"UW-CUD-001"}),
        ("kartapobytu", {"UW-CUD-001"}),
        ("paszportdziecka", {"UW-PAS-002"}),
        ("buduję dom", {"PINB-ROZ-001"}),
        ("biorę ślub z cudzoziemcem", {"UW-CUD-002"}),
        ("zmarł mąż co dalej", {"USK-SPA-001"}),
        ("broń na polowanie", {"KWP-POZ-001"}),
        ("kupiłem podrabiany telefon", {"WIIH-ZGL-001", "WIIH-POR-001"}),
        ("autobus się spóźnia", {"WITD-ZGL-003"}),
    ],
)
def test_what_is_meant_most_comes_first(ready: Finder, typed: str, symbols: set[str]) -> None:
    assert ready.answer(Question(text=typed)).hits[0].symbol in symbols


@pytest.mark.parametrize(
    ("typed", "correction"),
    [
        ("spóźniłem się z pitem", ""),
        ("nie złożyłem pitu", ""),
        ("badania sanepidowskie", ""),
        ("bron mysliwska", ""),
        ("zaswiadczeniee o dohodach", "zaświadczenie o dochodach"),
        ("paszprot", "paszport"),
        ("emerytuar", "emerytura"),
    ],
)
def test_only_errors_are_corrected(ready: Finder, typed: str, correction: str) -> None:
    assert ready.answer(Question(text=typed)).did_you_mean == correction


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("pas", "Paszport dla osoby dorosłej"),
        ("pasz", "Paszport dla osoby dorosłej"),
        ("wniosek o pasz", "Paszport dla osoby dorosłej"),
        ("kar", "karta pobytu"),
        ("ur", "urząd skarbowy"),
        ("UW-P", "UW-PAS-001 Paszport dla osoby dorosłej"),
        ("prawo j", "prawo jazdy"),
        ("alim", "alimenty"),
    ],
)
def test_what_is_meant_most_is_suggested(ready: Finder, typed: str, expected: str) -> None:
    assert expected in ready.suggest(typed, 8)


def test_the_judged_queries_keep_their_figures(ready: Finder) -> None:
    """A wrong answer is far worse than none: next to none may be wrong, and most questions are answered all the same."""
    judged = read_judgements(SHIPPED)
    parts = {part: [query for query in judged if query.part == part] for part in ("tuning", "held_out")}
    ndcg = {
        part: figures(measure(queries, lambda text: ready.answer(Question(text=text)))).ndcg10
        for part, queries in parts.items()
    }
    chat = answered(judged, ready.answer)

    assert ndcg["tuning"] >= 0.948
    assert ndcg["held_out"] >= 0.925
    assert chat.wrong <= 0.015 * len(judged)
    assert chat.right >= 0.6 * len(judged)

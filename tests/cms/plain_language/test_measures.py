"""Measures: the two oracle texts, the figures of the twelve exemplary cards, and what always holds."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from cms.plain_language.measures import Counts, band_of, longest_sentences, measure, school_level, words_in_polish
from cms.plain_language.sentences import read_passage, readable
from importers.sources.demo.full_card_shapes import FullCard, ReadabilityMeasures
from importers.sources.demo.reading import full_cards

OLD_STYLE = (
    "W przypadku niezłożenia przez przedsiębiorcę wniosku o wpis informacji o wznowieniu wykonywania działalności "
    "gospodarczej przed upływem okresu 24 miesięcy od dnia zawieszenia wykonywania działalności gospodarczej wpis podlega "
    "wykreśleniu z urzędu."
)
REWRITTEN = (
    "Twoja firma jest zawieszona. Złóż wniosek o wznowienie przed końcem 24. miesiąca. Jeśli tego nie zrobisz, urząd "
    "wykreśli wpis."
)
POLISH = st.text(alphabet="aąeęioóuybcćdnńrsśzżźtw AEWZ-.,!?\n1270§„”()|\t", max_size=300)
ANY_TEXT = st.text(max_size=300)


@pytest.mark.parametrize(
    ("text", "counted", "fog", "pisarek"),
    [(OLD_STYLE, (30, 1, 11), 26.67, 23.22), (REWRITTEN, (19, 3, 1), 4.64, 4.87)],
)
def test_oracle_texts(text: str, counted: tuple[int, int, int], fog: float, pisarek: float) -> None:
    counts = measure(text)
    assert (counts.words, counts.sentences, counts.hard) == counted
    assert round(counts.fog, 2) == fog
    assert round(counts.pisarek_linear, 2) == pisarek


def test_strict_fog_of_the_old_style_sentence_is_lower_because_inflection_adds_syllables() -> None:
    counts = measure(OLD_STYLE)
    assert counts.hard_by_base_form == 9
    assert round(counts.fog_strict, 2) == 24.0


def _body(card: FullCard) -> str:
    """The texts whose figures stand under "body": all that a client reads except the titles and the list of documents."""
    lines = [
        card.summary,
        card.who,
        card.when,
        *card.before_you_start,
        card.jurisdiction.text,
        *(step.text for step in card.steps),
        *(fee.text for fee in card.fees),
        *card.exemptions,
        card.outcome.text,
        *(appeal.text for appeal in card.appeal),
        card.consequence_of_missing or "",
        *card.mistakes,
        *(need.text for need in card.special_needs),
    ]
    return "\n".join(lines)


def _figures(counts: Counts) -> tuple[float, ...]:
    values = (counts.average_sentence_length, counts.hard_percentage, counts.fog, counts.pisarek_linear)
    more = (counts.pisarek_nonlinear, counts.lix)
    return (counts.words, counts.sentences, counts.hard, *(round(value, 2) for value in (*values, *more)))


def _expected(given_: ReadabilityMeasures) -> tuple[float, ...]:
    values = (given_.asl, given_.hard_pct, given_.fog, given_.pisarek_lin, given_.pisarek_nl, given_.lix)
    return (given_.words, given_.sentences, given_.hard, *values)


def test_all_figures_of_the_exemplary_cards_come_out() -> None:
    """The figures were computed without leaving anything out."""
    cards = full_cards()
    assert len(cards) == 12
    for card in cards:
        texts = {
            "consultant_answer": (card.consultant_answer, card.readability.consultant_answer),
            "summary": (card.summary, card.readability.summary),
            "body": (_body(card), card.readability.body),
        }
        for name, (text, expected) in texts.items():
            assert _figures(measure(text, excluding=False)) == _expected(expected), (card.card_id, name)


def test_leaving_out_changes_only_texts_with_codes_addresses_or_citations() -> None:
    card = next(card for card in full_cards() if card.card_id == "UW-PAS-001")
    assert measure(_body(card)).words == measure(_body(card), excluding=False).words - 2  # "art. 21"
    assert measure(card.summary) == measure(card.summary, excluding=False)


@pytest.mark.parametrize(
    ("fog", "band"), [(0, "zielony"), (9, "zielony"), (9.01, "bursztynowy"), (12, "bursztynowy"), (12.01, "czerwony")]
)
def test_bands_have_their_limits_in_the_better_band(fog: float, band: str) -> None:
    assert band_of(fog) == band


def test_the_band_is_that_of_the_number_shown() -> None:
    assert Counts(words=1000, sentences=100, hard=125).band() == "zielony"  # exactly 9.0
    assert Counts(words=100_000, sentences=10_000, hard=12_501).band() == "zielony"  # 9.0004 is shown as 9.00


def test_schools_of_the_polish_table() -> None:
    assert [school_level(fog) for fog in (3, 8, 12, 14, 17, 18)] == [
        "szkoła podstawowa",
        "gimnazjum",
        "szkoła średnia",
        "studia licencjackie",
        "studia magisterskie",
        "specjalista",
    ]


def test_proper_names_count_in_fog_and_not_in_pisarek() -> None:
    counts = measure("Jedź do Ameryki Południowej.")
    assert counts.hard == 2
    assert counts.hard_common == 0
    assert measure("Południowej granicy nie ma.").hard_common == 1


def test_texts_under_100_words_are_unstable() -> None:
    assert measure("słowo " * 99).unstable
    assert not measure("słowo " * 100).unstable


def test_longest_sentences_come_first() -> None:
    passage = read_passage("Raz. Raz dwa trzy. Raz dwa.")
    assert [sentence.length for sentence in longest_sentences(passage, count=2)] == [3, 2]


def test_number_of_words_is_said_in_polish() -> None:
    assert [words_in_polish(n) for n in (1, 2, 5, 12, 22, 112, 25)] == [
        "1 słowo",
        "2 słowa",
        "5 słów",
        "12 słów",
        "22 słowa",
        "112 słów",
        "25 słów",
    ]


@given(text=st.one_of(POLISH, ANY_TEXT))
def test_measures_are_always_defined_and_in_their_range(text: str) -> None:
    counts = measure(text)
    assert 0 <= counts.hard_common <= counts.hard <= counts.words
    assert counts.sentences <= counts.words
    assert (counts.words == 0) == (counts.sentences == 0) == (counts.fog == 0)
    assert counts.fog <= 0.4 * (counts.words + 100) + 1e-9
    assert measure(text, excluding=False).words >= counts.words
    assert readable(readable(text)) == readable(text)


@example(text="0)", spaces="  ")
@given(text=st.one_of(POLISH, ANY_TEXT), spaces=st.sampled_from(["  ", "   ", " \u00a0"]))
def test_extra_white_space_changes_nothing(text: str, spaces: str) -> None:
    assert measure(text.replace(" ", spaces)) == measure(text)
    assert measure(f"\n\n {text} \n") == measure(text)


@given(first=POLISH, second=POLISH)
def test_counts_of_lines_add_up(first: str, second: str) -> None:
    assert measure(f"{first}\n{second}") == measure(first) + measure(second)
    assert measure(f"{first}\n{second}") - measure(second) == measure(first)


WORDS = st.lists(
    st.sampled_from(["urząd", "wyda", "paszport", "zaświadczenie", "do", "w", "wniosek", "przedsiębiorca", "Europa"]),
    min_size=2,
)


@given(words=WORDS, data=st.data())
def test_dividing_a_sentence_never_raises_fog_or_lix(words: list[str], data: st.DataObject) -> None:
    place = data.draw(st.integers(1, len(words) - 1))
    whole = measure(" ".join(words) + ".")
    divided = measure(" ".join(words[:place]) + ". " + " ".join(words[place:]).capitalize() + ".")
    assert divided.sentences == 2
    assert divided.fog < whole.fog
    assert divided.fog_strict < whole.fog_strict
    assert divided.lix < whole.lix

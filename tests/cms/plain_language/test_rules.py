"""Rules: each finds its own example and leaves the better one alone; false alarms that must not come back."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cms.plain_language.hints import Hint, Role
from cms.plain_language.morphology import SimplemmaMorphology
from cms.plain_language.rules import RULES, hints
from cms.plain_language.sentences import readable
from importers.sources.demo.reading import full_cards

FALLBACK = SimplemmaMorphology()


def _role(rule: str) -> Role:
    roles: dict[str, Role] = {"step-without-verb": "step", "department-title": "title"}
    return roles.get(rule, "text")


def _found(rule: str, text: str, role: Role | None = None) -> list[Hint]:
    return [hint for hint in hints(text, role=role or _role(rule)) if hint.rule == rule]


@pytest.mark.parametrize("rule", RULES)
def test_each_rule_finds_its_example_and_not_the_better_one(rule: str) -> None:
    assert _found(rule, RULES[rule].instead_of)
    assert not hints(RULES[rule].better, role=_role(rule))


@pytest.mark.parametrize("rule", [rule for rule in RULES if rule != "step-without-verb"])
def test_the_examples_work_without_tags_as_well(rule: str) -> None:
    found = {hint.rule for hint in hints(RULES[rule].instead_of, role=_role(rule), morphology=FALLBACK)}
    assert rule in found
    assert not {hint.rule for hint in hints(RULES[rule].better, role=_role(rule), morphology=FALLBACK)}


def test_without_tags_nothing_is_said_about_steps() -> None:
    assert not hints("Wizyta w punkcie.", role="step", morphology=FALLBACK)


@pytest.mark.parametrize(("words", "level"), [(20, None), (21, "warning"), (30, "warning"), (31, "block")])
def test_levels_of_long_sentences(words: int, level: str | None) -> None:
    found = _found("long-sentence", "kot " * words)
    assert [hint.level for hint in found] == ([level] if level else [])


def test_words_that_are_not_measured_do_not_make_a_sentence_long() -> None:
    assert not _found("long-sentence", "kot " * 20 + "art. 5 ust. 2 pkt 3")


@pytest.mark.parametrize(
    ("rule", "text", "quotation"),
    [
        ("passive", "Wniosek rozpatrzony zostanie jutro.", "rozpatrzony zostanie"),
        ("passive", "Karta została ci już wysłana.", "została ci już wysłana"),
        ("impersonal", "Nie uznano skargi.", "uznano"),
        ("participle", "Złożywszy wniosek, czekaj.", "Złożywszy"),
        ("official-phrase", "Przyjdź celem złożenia wniosku.", "celem"),
        ("official-phrase", "Z  uwagi na brak miejsc.", "Z  uwagi na"),
        ("double-negation", "Nie można tego nie uwzględnić.", "Nie można tego nie"),
        ("abbreviation", "Idź do PCPR-u.", "PCPR-u"),
        ("provision", "Zgodnie z § 5 ust. 1 płacisz.", "§ 5 ust. 1"),
        ("provision", "Szukaj: Dz.U. z 2025 r. poz. 1691.", "Dz.U. z 2025 r. poz. 1691"),
        ("click-here", "Zobacz tutaj.", "Zobacz tutaj"),
        ("capitals", "UWAGA! Weź dowód.", "UWAGA"),
        ("capitals", "To jest BARDZO WAŻNA rzecz.", "BARDZO WAŻNA"),
        ("date-without-year", "Termin mija 30.04.", "30.04."),
        ("amount-without-currency", "Karta kosztuje 100.", "100"),
        ("amount-without-currency", "Płacisz 82,50 za odpis.", "82,50"),
        ("step-without-verb", "Wniosek do urzędu.", "Wniosek"),
    ],
)
def test_rules_name_the_place(rule: str, text: str, quotation: str) -> None:
    found = _found(rule, text)
    assert [hint.quotation for hint in found] == [quotation]
    assert text[found[0].start : found[0].end] == quotation


@pytest.mark.parametrize(
    ("rule", "text"),
    [
        ("noun-chain", "Weź zaświadczenie, zdjęcie i potwierdzenie."),
        ("noun-chain", "Zawiadomienie i zgłoszenie oraz skierowanie na badanie."),
        ("passive", "Możesz zostać zakładem pracy chronionej."),
        ("passive", "Chcesz zostać w kraju, w którym wydana była karta?"),
        ("impersonal", "Rano często jest zimno, a to konto ma miasto."),
        ("participle", "Pierwszy tysiąc i miesiąc."),
        ("official-phrase", "Celem projektu jest pomoc."),
        ("double-negation", "Nikt nigdy nie płaci."),
        ("double-negation", "Nikt nie zwraca za nie pieniędzy."),
        ("double-negation", "Jeśli nie masz dowodu, nie przychodź."),
        ("many-numbers", "Zadzwoń: 22 250 01 15, od 8:00 do 16:00."),
        ("many-numbers", "Od 1 stycznia 2026 r. płacisz 1 200,50 zł."),
        ("abbreviation", "Podaj PESEL i NIP, rozdział IV, XIX wiek."),
        ("abbreviation", "Polski język migowy (PJM). Tłumacz PJM czeka."),
        ("step-without-verb", "Złóż wniosek.\nNie podpisuj go.\nPotem zapłać."),
        ("step-without-verb", "Jeśli jesteś chory, zadzwoń.\nW urzędzie odbierz kartę.\nWątpliwości? Zadzwoń."),
        ("department-title", "Biuro podróży – wpis do rejestru"),
        ("capitals", "Podaj PESEL. Idź do ZUS lub NFZ."),
        ("date-without-year", "Zeznanie złóż do 30 kwietnia każdego roku."),
        ("date-without-year", "Złóż między 15 lutego a 30 kwietnia 2026 r."),
        ("amount-without-currency", "Opłata to 17 zł, a kosztuje 30 minut. Kara 2 tys. zł."),
    ],
)
def test_false_alarms_do_not_come_back(rule: str, text: str) -> None:
    assert not _found(rule, text)


def test_abbreviations_explained_elsewhere_are_left_alone() -> None:
    assert not hints("Idź do WIOŚ.", explained=frozenset({"WIOŚ"}))
    assert [hint.quotation for hint in hints("Idź do WIOŚ. Ale WIOŚ śpi.")] == ["WIOŚ"]


def test_steps_are_judged_by_line() -> None:
    found = _found("step-without-verb", "Złóż wniosek. Urząd go sprawdzi.\nUrząd wyda kartę.")
    assert [hint.message for hint in found] == ["Krok zaczyna się od „Urząd”. Zacznij od tego, co trzeba zrobić."]


def test_good_cards_get_few_hints() -> None:
    """The twelve exemplary cards are written plainly; fewer than one hint in 100 words, none blocks."""
    texts = [
        text for card in full_cards() for text in (card.summary, card.who, card.when, *(s.text for s in card.steps))
    ]
    found = [hint for text in texts for hint in hints(text)]
    assert len(found) < sum(len(text.split()) for text in texts) / 100
    assert all(hint.level == "hint" for hint in found)


@given(
    text=st.one_of(st.text(max_size=200), st.text(alphabet="aeiont nieWZ .,:(-\n127zł§|", max_size=200)),
    role=st.sampled_from(["text", "step", "title"]),
)
def test_hints_never_fail_and_lie_inside_the_text(text: str, role: Role) -> None:
    clean = readable(text)
    for hint in hints(text, role=role):
        assert 0 <= hint.start < hint.end <= len(clean)
        assert clean[hint.start : hint.end] == hint.quotation

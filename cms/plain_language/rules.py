"""Hints for the author: the table of rules in plain Polish, and the function that applies them to a text."""

from __future__ import annotations

from cms.plain_language import layout_rules, sentence_rules, wording_rules
from cms.plain_language.hints import Hint, Level, Role, Rule, RuleInput
from cms.plain_language.morphology import Morphology, default_morphology
from cms.plain_language.sentences import Passage, read_passage

LEVEL_NAMES: dict[Level, str] = {"hint": "wskazówka", "warning": "ostrzeżenie", "block": "do poprawy przed wysłaniem"}

_TABLE = (
    Rule(
        "long-sentence",
        "warning",
        "Długie zdanie",
        "Zdanie ma ponad 20 słów. Czytelnik gubi początek, zanim dojdzie do końca. Zdanie powyżej 30 słów trzeba podzielić.",
        "Wniosek, do którego należy dołączyć zdjęcie oraz potwierdzenie opłaty, składa się osobiście w punkcie paszportowym "
        "urzędu wojewódzkiego, który klient może wybrać dowolnie.",
        "Wniosek złóż osobiście w dowolnym punkcie paszportowym. Weź zdjęcie i potwierdzenie opłaty.",
        sentence_rules.long_sentences,
    ),
    Rule(
        "noun-chain",
        "hint",
        "Łańcuch słów na -nie i -cie",
        "Kilka takich słów pod rząd („złożenie”, „przyjęcie”, „rozpatrzenie”) ukrywa, kto co robi. Zamień je na czynności.",
        "Wezwanie do złożenia wyjaśnień w celu zakończenia rozpatrywania sprawy.",
        "Napisz, dlaczego tak się stało. Wtedy zakończymy sprawę.",
        sentence_rules.noun_chains,
    ),
    Rule(
        "passive",
        "hint",
        "Nie widać, kto działa („zostanie wydany”)",
        "Czytelnik chce wiedzieć, kto to zrobi: on czy urząd.",
        "Decyzja zostanie wydana w ciągu 30 dni.",
        "Wydamy decyzję w ciągu 30 dni.",
        sentence_rules.passive_voice,
    ),
    Rule(
        "impersonal",
        "hint",
        "Nie widać, kto działa („wydano”)",
        "Słowa na -no i -to nie mówią, kto coś zrobił. Napisz: urząd, my albo ty.",
        "W dniu 5 maja 2026 r. wydano decyzję.",
        "Wydaliśmy decyzję 5 maja 2026 r.",
        sentence_rules.impersonal_forms,
    ),
    Rule(
        "participle",
        "hint",
        "Słowo na -ąc albo -wszy",
        "Takie zdanie trzeba czytać dwa razy. Zacznij od „gdy” albo „jeśli”, albo zrób dwa zdania.",
        "Składając wniosek, okaż dowód.",
        "Gdy składasz wniosek, pokaż dowód.",
        sentence_rules.adverbial_participles,
    ),
    Rule(
        "official-phrase",
        "hint",
        "Zwrot urzędowy",
        "„W przypadku”, „celem”, „w zakresie”, „z uwagi na” wydłużają zdanie. W rozmowie nikt tak nie mówi.",
        "W przypadku utraty dowodu zgłoś to w gminie.",
        "Jeśli zgubisz dowód, zgłoś to w gminie.",
        wording_rules.official_phrases,
    ),
    Rule(
        "double-negation",
        "hint",
        "Dwa przeczenia naraz",
        "„Nie można nie” każe czytelnikowi liczyć przeczenia. Powiedz wprost, co trzeba zrobić.",
        "Nie jest niemożliwe złożenie wniosku później.",
        "Wniosek możesz złożyć później.",
        sentence_rules.double_negations,
    ),
    Rule(
        "many-numbers",
        "hint",
        "Trzy liczby lub więcej w zdaniu",
        "Liczby w jednym zdaniu mieszają się. Lista albo osobne zdania pozwalają znaleźć swoją.",
        "Opłata wynosi 140 zł, dla ucznia 70 zł, a dla dziecka 30 zł.",
        "Opłata: 140 zł. Uczeń płaci 70 zł. Za dziecko płacisz 30 zł.",
        sentence_rules.many_numbers,
    ),
    Rule(
        "abbreviation",
        "hint",
        "Skrót bez wyjaśnienia",
        "Skrót znany w urzędzie nie musi być znany klientowi. Przy pierwszym użyciu napisz pełną nazwę.",
        "Tłumacza PJM zamów 3 dni wcześniej.",
        "Tłumacza polskiego języka migowego (PJM) zamów 3 dni wcześniej.",
        wording_rules.unexplained_abbreviations,
    ),
    Rule(
        "provision",
        "hint",
        "Numer przepisu w tekście",
        "Numer artykułu nic klientowi nie mówi i przerywa czytanie. Na przepisy jest pole „Podstawa prawna”.",
        "Zniżkę mają osoby wymienione w art. 21 ustawy.",
        "Zniżkę mają uczniowie, studenci i emeryci.",
        wording_rules.provisions_in_text,
    ),
    Rule(
        "step-without-verb",
        "hint",
        "Krok nie mówi, co zrobić",
        "Krok zaczyna się od czynności: złóż, zapłać, przyjdź. Wtedy klient wie, co robić.",
        "Wizyta w punkcie paszportowym.",
        "Przyjdź do punktu paszportowego.",
        layout_rules.steps_without_verb,
    ),
    Rule(
        "department-title",
        "warning",
        "Tytuł jest nazwą wydziału",
        "Klient nie zna budowy urzędu. Szuka swojej sprawy.",
        "Oddział Paszportów",
        "Paszport dla osoby dorosłej",
        layout_rules.department_titles,
    ),
    Rule(
        "click-here",
        "warning",
        "„Kliknij tutaj”",
        "Kto słucha strony z czytnika ekranu, słyszy same odnośniki. „Tutaj” nic mu nie mówi.",
        "Aby pobrać wniosek, kliknij tutaj.",
        "Pobierz wniosek o paszport (PDF).",
        wording_rules.click_here,
    ),
    Rule(
        "capitals",
        "hint",
        "Tekst wielkimi literami",
        "Wielkie litery czyta się wolniej, a czytelnik ma wrażenie, że ktoś na niego krzyczy.",
        "NIE PODPISUJ WNIOSKU W DOMU!",
        "Wniosek podpisz dopiero w urzędzie.",
        layout_rules.capitals,
    ),
    Rule(
        "date-without-year",
        "hint",
        "Data bez roku",
        "Za rok ktoś przeczyta tę samą kartę i nie będzie wiedział, o który rok chodzi.",
        "Wnioski przyjmujemy do 30 czerwca.",
        "Wnioski przyjmujemy do 30 czerwca każdego roku.",
        layout_rules.dates_without_year,
    ),
    Rule(
        "amount-without-currency",
        "hint",
        "Kwota bez „zł”",
        "Sama liczba może być kwotą, liczbą dni albo sztuk.",
        "Opłata wynosi 17.",
        "Opłata wynosi 17 zł.",
        layout_rules.amounts_without_currency,
    ),
)

RULES: dict[str, Rule] = {rule.identifier: rule for rule in _TABLE}
"""All rules by identifier, in the order of the editor's help page."""


def hints(
    text: str,
    *,
    role: Role = "text",
    explained: frozenset[str] = frozenset(),
    morphology: Morphology | None = None,
) -> list[Hint]:
    """Hints on a text, in the order of their places. `explained` are abbreviations explained elsewhere on the card."""
    return hints_on(read_passage(text), role=role, explained=explained, morphology=morphology)


def hints_on(
    passage: Passage,
    *,
    role: Role = "text",
    explained: frozenset[str] = frozenset(),
    morphology: Morphology | None = None,
) -> list[Hint]:
    """Hints on a text already split."""
    given = RuleInput(passage, role, explained, morphology or default_morphology())
    found = [
        Hint(
            rule=rule.identifier,
            level=finding.level or rule.level,
            start=finding.start,
            end=finding.end,
            quotation=passage.text[finding.start : finding.end],
            message=finding.message,
        )
        for rule in _TABLE
        for finding in rule.finder(given)
    ]
    return sorted(found, key=lambda hint: (hint.start, hint.end, hint.rule))

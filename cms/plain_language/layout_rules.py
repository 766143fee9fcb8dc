"""Rules about steps, titles, capitals, dates and amounts."""

from __future__ import annotations

import re
from collections.abc import Iterator

from cms.plain_language.exclusions import MONTH
from cms.plain_language.hints import Finding, RuleInput
from cms.plain_language.sentences import Sentence, Word
from cms.plain_language.word_traits import traits
from cms.plain_language.wording_rules import WELL_KNOWN

# fmt: off
ORDER_WORDS = frozenset((
    "nie", "najpierw", "potem", "następnie", "teraz", "wtedy", "dopiero", "zawsze", "nigdy", "się", "możesz", "później",
    "jeszcze", "także", "też", "osobiście", "proszę", "lub", "albo", "i", "koniecznie", "od", "razu", "dokładnie", "wcześniej",
))
"""Words that may stand before the verb of a step."""
CONDITION_WORDS = frozenset((
    "jeśli", "jeżeli", "gdy", "kiedy", "po", "przed", "w", "we", "na", "do", "od", "z", "za", "o", "przy", "jako", "ponad", "dla",
    "przez", "bez", "podczas", "chcesz", "masz", "aby", "żeby",
))
"""Words that open a condition, a time or a place; the verb may then come later in the sentence."""
SHOUTED = frozenset((
    "NIE", "TYLKO", "WAŻNE", "UWAGA", "NALEŻY", "PROSIMY", "OBOWIĄZKOWO", "KONIECZNIE", "PAMIĘTAJ", "ZAWSZE", "NIGDY",
))
# fmt: on
SHOUTED_RUN = 2
SHOUTED_LETTERS = 4
DEPARTMENT = re.compile(
    r"\s*(?:(?:Pod)?[Ww]ydział|(?:Pod)?[Oo]ddział|Referat|Departament|Biuro|Sekcja|Dział|Delegatura|Stanowisko|Zespół|Inspektorat|"
    r"Komórka|Kancelaria|Punkt)\s++(?:[A-ZĄĆĘŁŃÓŚŹŻ][\w-]++|do\s++spraw|ds\.?|obsługi|spraw|ogóln\w{1,4}|organizacyjn\w{1,4})"
)
DAY_AND_MONTH = re.compile(
    rf"(?<![\w.])\d{{1,2}}(?:\s?[–-]\s?\d{{1,2}})?\s++{MONTH}(?!\w)(\s++\d{{4}})?", re.IGNORECASE
)
SHORT_DATE = re.compile(
    r"(?<![\w.,/])(?:0?[1-9]|[12]\d|3[01])\.(?:0[1-9]|1[0-2])(?:\.(?!\d)|(?![\w.,]*\d))(?!\s*(?:zł|m|ha|%|proc))"
)
EVERY_YEAR = re.compile(
    r"(?<!\w)(?:każdego\s++roku|co\s++rok[u]?|corocznie|co\s++roku|rocznie|rok\w{0,4}|każd\w{1,4}|następn\w{1,4}|zeszł\w{1,4})(?!\w)",
    re.IGNORECASE,
)
"""A date that comes back every year, or whose year is named in another way."""
YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
PAYING = re.compile(
    r"(?<!\w)(?:opłat[aęyą]?|koszt(?:uje|ują|y|em)?|zapłać|zapłacisz|płacisz|płaci|wpłać|"
    r"cen[aęy]|kwot[aęyą]|kar[aęy]|mandat|zaliczk[aęi]|grzywn[aęy])"
    r"(?:\s++(?:wynosi|wynoszą|to|tylko|jest|w\s++wysokości|skarbowa|skarbową|ustawowa|około|ok\.|co\s++najmniej)){0,3}\s*+[:–-]?\s*+"
    r"(\d{1,3}(?:[ \u00a0.]?\d{3})*+(?:,\d{2})?)(?![\d,.]*\d)",
    re.IGNORECASE,
)
DECIMAL = re.compile(r"(?<![\w,.])\d{1,3}(?:[ \u00a0]?\d{3})*,\d{2}(?![\d\w])")
MONEY_FOLLOWS = re.compile(
    r"\s*+(?:[–-]\s*+\d|(?:tys\.|mln|mld)?\s*+(?:zł|PLN|gr(?!\w)|gr\.|euro|EUR|€|groszy|grosz))", re.IGNORECASE
)
NOUN_FOLLOWS = re.compile(
    r"\s*+(?:%|‰|/|×|x\s|\.\d|(?!(?:za|i|lub|albo|oraz|od|do|a|przy|gdy|jeśli|przez|na)(?!\w))[^\W\d_])"
)


def steps_without_verb(given: RuleInput) -> Iterator[Finding]:
    """Steps of the client that do not tell him what to do. Said only where kinds of words are known (Morfeusz)."""
    if given.role != "step" or not given.morphology.has_tags:
        return
    text = given.passage.text
    line_start = -2  # no line begins here
    for sentence in given.passage.sentences:
        first_of_line = text.rfind("\n", 0, sentence.start)
        if first_of_line == line_start:
            continue
        if text[sentence.end - 1] == "?":
            continue
        line_start = first_of_line
        if not _tells_what_to_do(sentence, given):
            first = sentence.words[0]
            yield Finding(
                first.start, first.end, f"Krok zaczyna się od „{first.text}”. Zacznij od tego, co trzeba zrobić."
            )


def _tells_what_to_do(sentence: Sentence, given: RuleInput) -> bool:
    first = sentence.words[0]
    if first.lower in CONDITION_WORDS:
        return any(_may_be_order(word, given) for word in sentence.words[1:])
    opening = next((word for word in sentence.words if word.lower not in ORDER_WORDS), first)
    return _may_be_order(opening, given) or _order_after_colon(sentence, given)


def _order_after_colon(sentence: Sentence, given: RuleInput) -> bool:
    """Whether the step names a person and then tells him what to do: "Rada rodziców: podpiszcie uchwałę"."""
    colon = given.passage.text.find(":", sentence.start, sentence.end)
    after = next((word for word in sentence.words if word.start > colon), None)
    return colon >= 0 and after is not None and _may_be_order(after, given)


def _may_be_order(word: Word, given: RuleInput) -> bool:
    found = traits(word.lower, given.morphology)
    return found.may_be_order or not found.known


def department_titles(given: RuleInput) -> Iterator[Finding]:
    """Titles that name a department instead of the matter."""
    if given.role != "title":
        return
    match = DEPARTMENT.match(given.passage.text)
    if match:
        end = len(given.passage.text.rstrip())
        yield Finding(match.start(), end, "To nazwa komórki urzędu. Napisz, co klient tu załatwi.")


def capitals(given: RuleInput) -> Iterator[Finding]:
    """Words in capitals: two or more in a row, or one that calls out."""
    for sentence in given.passage.sentences:
        run: list[Word] = []
        for word in (*sentence.words, None):
            if word is not None and _is_shouted(word):
                run.append(word)
                continue
            if len(run) >= SHOUTED_RUN or any(word.text in SHOUTED for word in run):
                quoted = given.passage.text[run[0].start : run[-1].end]
                yield Finding(
                    run[0].start, run[-1].end, f"„{quoted}” – wielkie litery trudno się czyta. Użyj zwykłych."
                )
            run = []


def _is_shouted(word: Word) -> bool:
    if not word.text.isupper() or not word.measured:
        return False
    return word.text in SHOUTED or (len(word.text) >= SHOUTED_LETTERS and word.text not in WELL_KNOWN)


def dates_without_year(given: RuleInput) -> Iterator[Finding]:
    """Days with a month and no year, unless the sentence names a year or says that the date comes back."""
    text = given.passage.text
    for sentence in given.passage.sentences:
        place = (text, sentence.start, sentence.end)
        if (
            not any(word.text[0].isdigit() for word in sentence.words)
            or EVERY_YEAR.search(*place)
            or YEAR.search(*place)
        ):
            continue
        for pattern in (DAY_AND_MONTH, SHORT_DATE):
            for match in pattern.finditer(*place):
                yield Finding(match.start(), match.end(), f"„{match[0]}” – dopisz rok albo „każdego roku”.")


def amounts_without_currency(given: RuleInput) -> Iterator[Finding]:
    """Numbers that are money by their neighbours ("opłata 17", "82,50") with no "zł" behind them."""
    text = given.passage.text
    found: set[int] = set()
    for pattern, group in ((PAYING, 1), (DECIMAL, 0)):
        for match in pattern.finditer(text):
            start, end = match.span(group)
            if start in found or MONEY_FOLLOWS.match(text, end) or NOUN_FOLLOWS.match(text, end):
                continue
            found.add(start)
            yield Finding(start, end, f"„{match[group]}” – dopisz „zł”.")

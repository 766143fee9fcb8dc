"""Rules about the build of a sentence: its length, chains of nouns, who acts in it, double negation, numbers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from cms.plain_language.exclusions import MONTH
from cms.plain_language.hints import Finding, RuleInput
from cms.plain_language.measures import LONG_SENTENCE_OVER, TOO_LONG_SENTENCE_OVER, words_in_polish
from cms.plain_language.morphology import Morphology
from cms.plain_language.sentences import Passage, Sentence, Word
from cms.plain_language.word_traits import traits

CHAIN = 3
"""Nouns made from verbs that make a chain."""
MANY_NUMBERS = 3
PASSIVE_REACH = 3
"""Words after (or one before) "został" among which the second part of the form is looked for."""
NEGATION_REACH = 4

# fmt: off
BECAME = frozenset((
    "został", "została", "zostało", "zostali", "zostały", "zostanie", "zostaną", "zostać", "zostałby", "zostałaby", "zostałoby",
))
CLAUSE_WORDS = frozenset((
    "i", "a", "ale", "ani", "albo", "lub", "bo", "więc", "gdy", "jeśli", "jeżeli", "że", "żeby", "aby", "czy", "oraz", "tylko",
    "lecz", "kto", "kiedy", "który", "która", "które", "którzy", "którego", "której", "których",
))
BEFORE_PRONOUN = frozenset(("na", "za", "przez", "o", "w", "we", "po", "pod", "nad", "przed", "u", "ponad"))
"""After these "nie" is not a negation but means "them" or "it"."""
ONE_WORD_NEGATIONS = frozenset((
    "niemożliwe", "niemożliwy", "niemożliwa", "niedopuszczalne", "niedopuszczalny", "niedozwolone", "niedozwolony", "nieważny",
    "nieważna", "nieważne", "nieuzasadniony", "nieuzasadniona", "nieuzasadnione", "niezgodne", "niezgodny", "niezgodna",
    "nieprawdą", "niewykluczone", "nielegalne", "nielegalny", "niewłaściwy", "niewłaściwe", "niewłaściwa", "niekonieczne",
    "niesłuszne", "nierzadko",
))
# fmt: on
CLAUSE_BREAK = re.compile(r"[,;:–—()„”\"/]|\s-\s")
NUMBER = re.compile(
    rf"(?<![\w])\d{{1,2}}(?:\s?[–-]\s?\d{{1,2}})?\s{MONTH}(?:\s\d{{4}})?(?!\w)|"
    r"\d{1,2}(?:[:.]\d\d)?\sdo\s\d{1,2}[:.]\d\d(?!\d)|"
    r"\+?\d++(?:(?:[ \u00a0.,:/–×x-]|\s[–×x]\s)\d++)*+"
)
"""A number with what belongs to it: an amount, a range, hours, a telephone number, a size, a date."""


def long_sentences(given: RuleInput) -> Iterator[Finding]:
    """Sentences over 20 words; over 30 they block."""
    for sentence in given.passage.sentences:
        said = words_in_polish(sentence.length)
        if sentence.length > TOO_LONG_SENTENCE_OVER:
            message = f"Zdanie ma {said}, więcej niż {TOO_LONG_SENTENCE_OVER}. Podziel je przed wysłaniem."
            yield Finding(sentence.start, sentence.end, message, "block")
        elif sentence.length > LONG_SENTENCE_OVER:
            message = f"Zdanie ma {said}, więcej niż {LONG_SENTENCE_OVER}. Podziel je na krótsze."
            yield Finding(sentence.start, sentence.end, message)


def noun_chains(given: RuleInput) -> Iterator[Finding]:
    """Three or more nouns made from verbs with no verb and no comma between them."""
    text = given.passage.text
    for sentence in given.passage.sentences:
        chain: list[Word] = []
        before: Word | None = None
        for word in sentence.words:
            found = traits(word.lower, given.morphology)
            if found.verb or word.lower == "się" or (before and CLAUSE_BREAK.search(text, before.end, word.start)):
                yield from _chain(chain)
                chain = []
            if found.verbal_noun:
                chain.append(word)
            before = word
        yield from _chain(chain)


def _chain(words: list[Word]) -> Iterator[Finding]:
    if len(words) >= CHAIN:
        named = ", ".join(f"„{word.lower}”" for word in words)
        yield Finding(words[0].start, words[-1].end, f"Takie słowa z rzędu: {named}. Napisz, kto co robi.")


def passive_voice(given: RuleInput) -> Iterator[Finding]:
    """The form "został wydany": what is done, without who does it."""
    for sentence in given.passage.sentences:
        for position, word in enumerate(sentence.words):
            if word.lower not in BECAME:
                continue
            second = _passive_second_part(given, sentence, position)
            if second:
                start, end = min(word.start, second.start), max(word.end, second.end)
                yield Finding(start, end, f"„{word.lower} {second.lower}” – napisz, kto to robi.")


def _passive_second_part(given: RuleInput, sentence: Sentence, position: int) -> Word | None:
    after = sentence.words[position + 1 : position + 1 + PASSIVE_REACH]
    before = sentence.words[max(position - 1, 0) : position]
    last = sentence.words[position]
    for word in after:
        if CLAUSE_BREAK.search(given.passage.text, last.end, word.start):
            break
        if traits(word.lower, given.morphology).passive_participle:
            return word
        last = word
    return next((word for word in before if traits(word.lower, given.morphology).passive_participle), None)


def impersonal_forms(given: RuleInput) -> Iterator[Finding]:
    """The form "wydano": nobody acts."""
    for word in _words(given.passage):
        if traits(word.lower, given.morphology).impersonal:
            yield Finding(word.start, word.end, f"„{word.text}” nie mówi, kto to zrobił. Napisz, kto.")


def adverbial_participles(given: RuleInput) -> Iterator[Finding]:
    """The forms "składając" and "złożywszy"."""
    for word in _words(given.passage):
        if traits(word.lower, given.morphology).adverbial_participle:
            yield Finding(word.start, word.end, f"„{word.text}” – napisz zwykłym zdaniem: gdy…, jeśli… albo „i”.")


def _words(passage: Passage) -> Iterator[Word]:
    for sentence in passage.sentences:
        yield from sentence.words


def double_negations(given: RuleInput) -> Iterator[Finding]:
    """Two negations that cancel each other within a clause: "nie można nie uwzględnić", "nie jest niemożliwe"."""
    text = given.passage.text
    for sentence in given.passage.sentences:
        first: Word | None = None
        distance = 0
        before: Word | None = None
        for word in sentence.words:
            broken = before is not None and CLAUSE_BREAK.search(text, before.end, word.start)
            if broken or word.lower in CLAUSE_WORDS:
                first = None
            distance += 1
            if first and distance <= NEGATION_REACH and _negates(word, before, given.morphology):
                yield Finding(first.start, word.end, "Dwa przeczenia naraz. Powiedz to samo bez „nie”.")
                first = None
            elif _is_negation(word, before):
                first, distance = word, 0
            before = word


def _is_negation(word: Word, before: Word | None) -> bool:
    return word.lower == "nie" and (before is None or before.lower not in BEFORE_PRONOUN)


def _negates(word: Word, before: Word | None, morphology: Morphology) -> bool:
    if word.lower == "nie":
        return before is not None and before.lower != "nie" and _is_negation(word, before)
    return word.lower in ONE_WORD_NEGATIONS or _is_negated_participle(word.lower, morphology)


@lru_cache(maxsize=16_384)
def _is_negated_participle(word: str, morphology: Morphology) -> bool:
    readings = morphology.readings(word) if word.startswith("nie") else ()
    return bool(readings) and all(reading.tag.endswith(":neg") for reading in readings)


def many_numbers(given: RuleInput) -> Iterator[Finding]:
    """Three or more numbers in one sentence; a date, an hour, a telephone and a range count once, citations not at all."""
    text = given.passage.text
    for sentence in given.passage.sentences:
        measured = {word.start for word in sentence.words if word.measured}
        if sum(word.text[0].isdigit() for word in sentence.words if word.measured) < MANY_NUMBERS:
            continue
        found = [match for match in NUMBER.finditer(text, sentence.start, sentence.end) if _starts(match) in measured]
        if len(found) >= MANY_NUMBERS:
            message = f"Liczby w zdaniu: {len(found)}. Zrób z nich listę albo podziel zdanie."
            yield Finding(sentence.start, sentence.end, message)


def _starts(match: re.Match[str]) -> int:
    return match.start() + match[0].startswith("+")

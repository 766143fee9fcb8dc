"""What the rules ask about a single word: is it a noun made from a verb, does it give an order, who acts in it.

With tags (Morfeusz) the answers come from the readings; without them from the ending, with the commonest exceptions listed.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from cms.plain_language.morphology import Morphology, Reading

VERBAL_NOUN = re.compile(r"\w{2,}(?:ni|ci)(?:e|a|u|em)$")
PASSIVE_ENDING = re.compile(r"\w{2,}(?:[nt][yae]|ni|ci)$")
IMPERSONAL_ENDING = re.compile(r"\w{2,}(?:[aoi]no|[eęiyu]to)$")
ADVERBIAL_ENDING = re.compile(r"\w{2,}(?:ąc|wszy)$")
VERB_BASE_ENDING = re.compile(r"\w(?:ć|c)$")

# fmt: off
PLAIN_NOUNS = frozenset((
    "życie", "mieszkanie", "pytanie", "zdjęcie", "ubranie", "śniadanie", "zadanie", "zdanie", "spotkanie", "pismo", "szczęście",
    "przyjęcie", "wejście", "wyjście", "przejście", "kształcenie", "zwierzę", "tysiąclecie", "stulecie", "zażalenie", "odwołanie",
    "zaświadczenie", "pozwolenie", "orzeczenie", "ubezpieczenie", "zaproszenie", "rozporządzenie", "postanowienie",
    "świadczenie", "oświadczenie", "potwierdzenie", "upoważnienie", "piśmie", "nazwanie", "śledzie", "popołudnie", "południe",
    "zawiadomienie", "zgłoszenie", "skierowanie", "zlecenie", "badanie", "zarządzenie", "polowanie", "zezwolenie", "sprawozdanie",
))
"""Nouns that once came from a verb but now name a thing, a paper or a place; they make no chain."""
NOT_VERBAL_NOUNS = frozenset((
    "bezpłatnie", "osobiście", "oczywiście", "następnie", "telefonicznie", "pisemnie", "zwykle", "niezwłocznie", "ponownie",
    "jednocześnie", "elektronicznie", "samodzielnie", "odpowiednie", "pełnoletnie", "rocznie", "miesięcznie", "wyłącznie",
    "powinnie", "ostatnie", "dodatkowo", "świecie", "obecnie", "wcześnie", "konieczne", "trzecie", "ogólnie", "tanie", "babcia",
))
"""Words with the same ending that are no such nouns; used only where there are no tags."""
NOT_IMPERSONAL = frozenset((
    "rano", "wino", "kino", "okno", "piano", "siano", "lato", "konto", "miasto", "auto", "złoto", "błoto", "często", "proste",
    "prosto", "święto", "skoro", "lipno", "ono", "jasno", "trudno", "wolno", "ciasto", "piętno", "dziewięcioro", "zero", "tanio",
))
NOT_ADVERBIAL = frozenset(("tysiąc", "miesiąc", "zając", "pierwszy", "nowszy", "najnowszy", "ciekawszy", "zdrowszy", "pierwsze"))
# fmt: on
FINITE_KINDS = frozenset({"fin", "bedzie", "praet", "impt", "imps", "inf", "pred", "winien", "cond", "pcon", "pant"})
VERB_START_KINDS = frozenset({"impt", "fin", "inf", "pred", "winien", "bedzie", "cond"})
ADVERBIAL_KINDS = frozenset({"pcon", "pant"})


class Traits(NamedTuple):
    """Answers about one word. `may_be_order` says that it can open a step ("złóż", "możesz")."""

    verbal_noun: bool
    verb: bool
    passive_participle: bool
    impersonal: bool
    adverbial_participle: bool
    may_be_order: bool
    known: bool


@lru_cache(maxsize=65_536)
def traits(word: str, morphology: Morphology) -> Traits:
    """Answers about a lower-case word."""
    readings = morphology.readings(word)
    if morphology.has_tags and readings:
        return _by_tags(word, readings)
    return _by_ending(word, readings)


def _by_tags(word: str, readings: tuple[Reading, ...]) -> Traits:
    kinds = {reading.kind for reading in readings}
    noun_of_verb = "ger" in kinds and VERBAL_NOUN.match(word) is not None
    named_thing = any(reading.kind == "subst" and reading.base in PLAIN_NOUNS for reading in readings)
    return Traits(
        verbal_noun=noun_of_verb and not named_thing and not kinds & {"fin", "adv", "prep"},
        verb=bool(kinds & FINITE_KINDS) and not kinds & {"subst", "ger", "adj", "prep", "conj", "num"},
        passive_participle=any(reading.kind == "ppas" and "nom" in reading.tag for reading in readings),
        impersonal=kinds == {"imps"},
        adverbial_participle=bool(kinds) and kinds <= ADVERBIAL_KINDS,
        may_be_order=bool(kinds & VERB_START_KINDS),
        known=True,
    )


def _by_ending(word: str, readings: tuple[Reading, ...]) -> Traits:
    base = readings[0].base if readings else word
    noun = VERBAL_NOUN.match(word) is not None and word not in NOT_VERBAL_NOUNS and base not in PLAIN_NOUNS
    from_verb = not readings or base.endswith(("nie", "cie", "ć"))
    return Traits(
        verbal_noun=noun and from_verb and base not in NOT_VERBAL_NOUNS,
        verb=not noun and bool(readings) and VERB_BASE_ENDING.search(base) is not None and base != word,
        passive_participle=PASSIVE_ENDING.match(word) is not None,
        impersonal=IMPERSONAL_ENDING.match(word) is not None and word not in NOT_IMPERSONAL and base != word,
        adverbial_participle=ADVERBIAL_ENDING.match(word) is not None and word not in NOT_ADVERBIAL,
        may_be_order=bool(readings) and VERB_BASE_ENDING.search(base) is not None,
        known=bool(readings),
    )

"""Names of places as people inflect them: which units of the TERYT register a text names.

Understood are names in any case form, with and without diacritics, with the word that says what it is ("w powiecie łańcuckim"),
districts with and without their city ("Warszawa Bemowo", "na Bałutach"), and a name with the unit above it ("Brzeg opolskie").
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from search import analysis
from search.analysis import folded
from service_catalog.published.reach import district_name
from service_catalog.teryt import TerytUnit, teryt_register

SHORTEST_BEGINNING = 3
"""Letters from which places that begin so are named."""
SAME_BEGINNING = 2
"""Letters that no case form of a Polish name changes."""
LONGEST_ENDING = 3
"""Letters of a name that its case forms may change: "Mielec", "w Mielcu"."""
ABBREVIATIONS = {"wlkp": "wielkopolski"}
"""Usual ones that are no beginning of the word, as "maz" is of "mazowiecki"."""
MOST_WORDS = 6
REMEMBERED = 500
"""Texts whose places are kept in memory."""
_BEFORE = frozenset({"w", "we", "na", "z", "ze", "do", "od", "dla"})
_KINDS = re.compile(
    r"(?P<voivodeship>wojewodztw(?:o|a|u|em|ie)|woj)|(?P<powiat>powiat(?:u|em|owi)?|powiecie|pow)|(?P<commune>gmin[aeyieo]{1,2}|gm)"
    r"|(?P<city>miast(?:o|a|u|em)|miescie|m|st)|(?P<district>dzielnic[aeyio]|delegatur(?:a|y|ze)|osiedl(?:e|a|u))"
)
_DIGITS = {"voivodeship": 2, "powiat": 4, "commune": 7, "district": 7}
"""Length of the codes of what the word before a name says; a city may be a powiat or a commune."""
_SEPARATORS = re.compile(r"[\s,;()–-]+")


@dataclass(frozen=True, slots=True)
class NamedUnits:
    """Units that have the name, larger ones first; and those with a word that begins so."""

    exactly: tuple[TerytUnit, ...] = ()
    beginning: tuple[TerytUnit, ...] = ()


@dataclass(frozen=True, slots=True)
class _Said:
    """The words of a name, and the length of code that was said with it."""

    words: tuple[str, ...]
    digits: int | None = None

    def fits(self, unit: TerytUnit) -> bool:
        return self.digits in {None, len(unit.code)}


@dataclass(frozen=True, slots=True)
class _Name:
    """A name of a unit by its folded words."""

    words: tuple[str, ...]
    spelled: tuple[str, ...]
    unit: TerytUnit


def units_named(text: str) -> NamedUnits:
    """The units that a text names; none for a text too long for a name."""
    exactly = units_named_exactly(text)
    words = _words(text)
    return NamedUnits(exactly, _beginning(_said(words), besides=exactly) if words else ())


def units_named_exactly(text: str) -> tuple[TerytUnit, ...]:
    """The units that have the name, in any form of its words."""
    return _named(tuple(_words(text)))


@lru_cache(maxsize=REMEMBERED)
def _named(words: tuple[str, ...]) -> tuple[TerytUnit, ...]:
    return _having(_said(words)) or _within(words) if words else ()


def same_word(typed: str, name_word: str) -> bool:
    """Whether a typed word is a form of a word of a name; diacritics are not needed."""
    plain, name = folded(typed), folded(name_word)
    if plain == name:
        return True
    if not set(analysis.word(name_word.lower()).lemmas).isdisjoint(analysis.word(typed).lemmas):
        return True
    kept = max(SAME_BEGINNING, len(name) - LONGEST_ENDING)
    return plain[:kept] == name[:kept] and plain in folded_forms(name_word)


def forms_of(name_word: str) -> frozenset[str]:
    """All forms of a word of a name in lower case, itself among them. Names have their paradigms under a capital letter."""
    own = name_word.lower()
    forms = {own}
    for lemma in {own, *analysis.word(own).lemmas}:
        for spelling in (lemma, lemma.capitalize()):
            forms.update(analysis.paradigm(spelling))
    beginning = folded(own)[:SAME_BEGINNING]
    return frozenset(form for form in forms if folded(form).startswith(beginning))


def folded_forms(name_word: str) -> frozenset[str]:
    """All forms of a word of a name without diacritics."""
    return frozenset(map(folded, forms_of(name_word)))


def _words(text: str) -> list[str]:
    """The words of a name without prepositions; none of a text too long for a name."""
    words = [word for word in _SEPARATORS.split(text.lower().replace(".", " ")) if word and word not in _BEFORE]
    return words if len(words) <= MOST_WORDS else []


def _said(words: Sequence[str]) -> _Said:
    """The name without the words that say what it is."""
    digits = None
    rest = list(words)
    while len(rest) > 1 and (kind := _KINDS.fullmatch(folded(rest[0]))):
        digits = _DIGITS.get(kind.lastgroup or "", digits)
        rest = rest[1:]
    return _Said(tuple(rest), digits)


def _having(said: _Said) -> tuple[TerytUnit, ...]:
    """Units that have the name as it is written; when there are none, those that have it in another form."""
    plain = tuple(folded(word) for word in said.words)
    alike = _names_alike().get((len(plain), plain[0][:SAME_BEGINNING]), ())
    near = [name for name in alike if said.fits(name.unit)]
    written = _in_order(name.unit for name in near if name.words == plain)
    if written:
        return written
    first, *others = said.words
    inflected = [
        name.unit
        for name in near
        if same_word(first, name.spelled[0]) and all(map(_same_or_shortened, others, name.spelled[1:]))
    ]
    # "w Gdańsku" could be an old form of the powiat's adjective, but nobody means it.
    nouns = [unit for unit in inflected if unit.kind != "powiat"] if said.digits is None else inflected
    return _in_order(nouns or inflected)


def _same_or_shortened(typed: str, name_word: str) -> bool:
    """Whether a later word of a name is typed in any form or shortened: "Maków Maz", "Gorzów Wlkp"."""
    plain = ABBREVIATIONS.get(typed, folded(typed))
    return (len(plain) >= SAME_BEGINNING and folded(name_word).startswith(plain)) or same_word(typed, name_word)


def _within(words: tuple[str, ...]) -> tuple[TerytUnit, ...]:
    """Units of the one half of the words that lie in a unit of the other half, in either order."""
    for middle in range(1, len(words)):
        first = _having(_said(words[:middle]))
        second = _named(words[middle:]) if first else ()
        inside = [unit for unit in (*first, *second) if any(_lies_in(unit, other) for other in (*first, *second))]
        if inside:
            return _in_order(inside)
    return ()


def _lies_in(unit: TerytUnit, other: TerytUnit) -> bool:
    """Whether the unit lies in another; in a city also when this is meant as a commune."""
    whole = other.code[:4] if other.code.endswith("011") and len(other.code) == 7 else other.code
    return len(unit.code) > len(whole) and unit.code.startswith(whole) and unit.name != other.name


def _beginning(said: _Said, *, besides: Sequence[TerytUnit]) -> tuple[TerytUnit, ...]:
    """Units with a name, or a word of it, that begins with what was typed."""
    typed = " ".join(folded(word) for word in said.words)
    if len(typed) < SHORTEST_BEGINNING:
        return ()
    known = {unit.code for unit in besides}
    found = [
        (not joined.startswith(typed), name.unit)
        for name in _names()
        if said.fits(name.unit)
        and f" {typed}" in f" {(joined := ' '.join(name.words))}"
        and name.unit.code not in known
    ]
    whole = _in_order(unit for part, unit in found if not part)
    return tuple(dict.fromkeys((*whole, *_in_order(unit for part, unit in found if part))))


def _in_order(units: Iterable[TerytUnit]) -> tuple[TerytUnit, ...]:
    """Each unit once, larger ones first, then by name and code."""
    return tuple(sorted(set(units), key=lambda unit: (len(unit.code), folded(unit.name), unit.code)))


@lru_cache(maxsize=1)
def _names() -> tuple[_Name, ...]:
    """The names of all units; a district has one with its city and one without."""
    register = teryt_register()
    found = []
    for unit in register.units():
        spelled = tuple(filter(None, _SEPARATORS.split(unit.name.lower())))
        found.append(_Name(tuple(map(folded, spelled)), spelled, unit))
        city = register.lookup(unit.code[:4]).name if unit.kind == "delegatura" else ""
        if city and district_name(unit.name, city) != folded(unit.name):
            own = spelled[len(_SEPARATORS.split(city)) :]
            found.append(_Name(tuple(map(folded, own)), own, unit))
    return tuple(found)


@lru_cache(maxsize=1)
def _names_alike() -> dict[tuple[int, str], tuple[_Name, ...]]:
    """The names by the number of their words and their first letters."""
    found: dict[tuple[int, str], list[_Name]] = {}
    for name in _names():
        found.setdefault((len(name.words), name.words[0][:SAME_BEGINNING]), []).append(name)
    return {beginning: tuple(names) for beginning, names in found.items()}

"""Rules about single words and phrases: official phrases, abbreviations, references to provisions, "kliknij tutaj"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from cms.plain_language.exclusions import CITATION_UNITS, JOURNAL
from cms.plain_language.hints import Finding, RuleInput
from cms.plain_language.word_traits import traits

OFFICIAL_PHRASE = re.compile(
    r"(?<!\w)(?:w\s++przypadku|w\s++zakresie|z\s++uwagi\s++na|celem\s++(\w{1,60}))(?!\w)", re.IGNORECASE
)
IN_PLACE_OF = {
    "w przypadku": "jeśli… albo gdy…",
    "w zakresie": "o… albo w sprawie…",
    "z uwagi na": "bo… albo z powodu…",
    "celem": "żeby…",
}
CLICK_HERE = re.compile(
    r"(?<!\w)(?:kliknij|klikając|kliknąć|klikaj|naciśnij|wejdź|zajrzyj|zobacz|pobierz)\s++"
    r"(?:(?:tutaj|tu)(?!\w)|(?:w\s++|na\s++)?(?:ten\s++|poniższy\s++|powyższy\s++)?(?:link|odnośnik)(?!\w))",
    re.IGNORECASE,
)
ABBREVIATION = re.compile(r"(?<![\w-])[A-ZĄĆĘŁŃÓŚŹŻ]{2,8}(?:-[a-ząćęłńóśźż]{1,3})?(?![\w-])")
ROMAN = re.compile(r"(?=[IVXLCDM])M{0,3}(?:CM|CD|D?C{0,3})(?:XC|XL|L?X{0,3})(?:IX|IV|V?I{0,3})")
EXPLAINED = re.compile(
    r"\(([A-ZĄĆĘŁŃÓŚŹŻ]{2,8})\)|(?<!\w)([A-ZĄĆĘŁŃÓŚŹŻ]{2,8})\s?(?:\(|[–—]\s|,\s(?:czyli|to\s+znaczy|to\s+jest)(?!\w))"
)
# fmt: off
WELL_KNOWN = frozenset((
    "PESEL", "NIP", "REGON", "PIT", "CIT", "VAT", "ZUS", "KRUS", "NFZ", "KRS", "PLN", "EUR", "UE", "RP", "PKP", "PKS", "PDF", "SMS",
    "MMS", "USB", "CD", "DVD", "RTV", "AGD", "BLIK", "PIN", "QR", "TV", "WWW", "IBAN", "USA", "RODO", "ID", "DNA", "OK", "AC", "OC",
    "PKO", "JPG", "PNG", "XML", "GPS", "HIV", "AIDS", "COVID", "LED", "CV", "BHP", "EKUZ", "PKN", "AM", "BE", "CE",
))
"""Abbreviations that people know better than the full name."""
# fmt: on


def official_phrases(given: RuleInput) -> Iterator[Finding]:
    """Phrases of official letters. "Celem" only where it means "aby": before a noun made from a verb."""
    for match in OFFICIAL_PHRASE.finditer(given.passage.text):
        following = match[1]
        if following is not None:
            if not traits(following.lower(), given.morphology).verbal_noun:
                continue
            phrase, end = "celem", match.start() + len("celem")
        else:
            phrase, end = " ".join(match[0].lower().split()), match.end()
        yield Finding(match.start(), end, f"Zamiast „{phrase}” napisz: {IN_PLACE_OF[phrase]}")


def click_here(given: RuleInput) -> Iterator[Finding]:
    """Links that do not say where they lead."""
    for match in CLICK_HERE.finditer(given.passage.text):
        yield Finding(
            match.start(), match.end(), "Napisz w odnośniku, co się otworzy, na przykład „Wniosek o paszport”."
        )


def explained_abbreviations(text: str) -> frozenset[str]:
    """Abbreviations that the text explains: "Kodeks postępowania administracyjnego (KPA)", "PJM (polski język migowy)"."""
    return frozenset(match[1] or match[2] for match in EXPLAINED.finditer(text))


def unexplained_abbreviations(given: RuleInput) -> Iterator[Finding]:
    """The first use of each abbreviation that nobody explains and that is not well known; words in capitals are not meant."""
    text = given.passage.text
    done = set(WELL_KNOWN | given.explained | explained_abbreviations(text))
    measured = {word.start for sentence in given.passage.sentences for word in sentence.words if word.measured}
    for match in ABBREVIATION.finditer(text):
        letters = match[0].partition("-")[0]
        if (
            letters in done
            or match.start() not in measured
            or ROMAN.fullmatch(letters)
            or _is_plain_word(letters, given)
        ):
            continue
        done.add(letters)
        yield Finding(match.start(), match.end(), f"Wyjaśnij skrót „{letters}” przy pierwszym użyciu albo go pomiń.")


def _is_plain_word(letters: str, given: RuleInput) -> bool:
    """Whether capitals spell an ordinary word ("UWAGA"), which is another rule's business."""
    readings = given.morphology.readings(letters.lower())
    return any(reading.base.isalpha() and reading.tag.split(":")[0] != "subst" for reading in readings) or (
        letters in {"UWAGA", "OPŁATA", "WNIOSEK"}
    )


def provisions_in_text(given: RuleInput) -> Iterator[Finding]:
    """Numbers of articles and places in journals inside the text; the card has its own field for them."""
    text = given.passage.text
    for pattern in (CITATION_UNITS, JOURNAL):
        for match in pattern.finditer(text):
            quoted = match[0].rstrip(" .,")
            yield Finding(match.start(), match.start() + len(quoted), "Przenieś przepis do pola „Podstawa prawna”.")

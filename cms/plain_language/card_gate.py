"""The language gate of a whole card: measures by field and together, hints, and the sentences to look at first.

The gate stands on the card, not on its fields, because a text under 100 words gives values that jump with single words.
Green (FOG up to 9) passes, amber (up to 12) passes with a reason, red does not; a sentence over 30 words does not either.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from cms.plain_language.hints import Hint, Role
from cms.plain_language.measures import Band, Counts, measure_sentence
from cms.plain_language.morphology import Morphology, default_morphology
from cms.plain_language.rules import hints_on
from cms.plain_language.sentences import Passage, Sentence, read_passage
from cms.plain_language.word_swaps import Proposal, Swap, find_swaps_in
from cms.plain_language.wording_rules import explained_abbreviations

LOOK_FIRST = 5
"""Sentences named for a card."""


@dataclass(frozen=True, slots=True)
class CardField:
    """A text of a card under the label that the author sees. With `is_list` every line is an item of its own.

    `role` is "step" for what the client does and "title" for the name of the card; other texts are "text".
    """

    label: str
    text: str
    is_list: bool = False
    role: Role = "text"


@dataclass(frozen=True, slots=True)
class FieldReport:
    """Measures of one field. They are unstable nearly always; the hints are what the author works with."""

    field: CardField
    passage: Passage
    counts: Counts
    hints: tuple[Hint, ...]
    swaps: tuple[Proposal, ...]

    def place_of(self, position: int) -> str:
        """Where a position lies, in words: "pozycja 3" of a list, "wiersz 3" of a text."""
        return f"{'pozycja' if self.field.is_list else 'wiersz'} {self.passage.line_of(position)}"


@dataclass(frozen=True, slots=True)
class WeightySentence:
    """A sentence and by how much the FOG of the card would fall without it."""

    label: str
    start: int
    end: int
    text: str
    words: int
    hard_words: int
    weight: float


@dataclass(frozen=True, slots=True)
class CardReport:
    """The gate's answer on a card."""

    fields: tuple[FieldReport, ...]
    counts: Counts
    band: Band
    look_first: tuple[WeightySentence, ...]

    @property
    def unstable(self) -> bool:
        """Whether the card has under 100 words, so that its band is only a hint."""
        return self.counts.unstable

    @property
    def blocking(self) -> tuple[tuple[str, Hint], ...]:
        """Label and hint of what must be changed before the card is sent: sentences over 30 words."""
        return tuple(
            (report.field.label, hint) for report in self.fields for hint in report.hints if hint.level == "block"
        )

    @property
    def blocked(self) -> bool:
        """Whether the card may not pass the language check without a decision of the head of office."""
        return self.band == "czerwony" or bool(self.blocking)

    @property
    def needs_reason(self) -> bool:
        """Whether the author has to write why the card is no easier."""
        return self.band == "bursztynowy" and not self.blocked


def check_card(
    fields: Iterable[CardField],
    *,
    strict: bool = False,
    swaps: tuple[Swap, ...] | None = None,
    explained: frozenset[str] = frozenset(),
    morphology: Morphology | None = None,
) -> CardReport:
    """Measure a card and collect its hints. `strict` bases the band on FOG by base forms.

    `explained` are abbreviations that the page explains elsewhere (the name of the office); an abbreviation is named once.
    """
    chosen = morphology or default_morphology()
    given = [(field, read_passage(field.text)) for field in fields]
    known = explained.union(*(explained_abbreviations(passage.text) for _, passage in given))
    reports: list[FieldReport] = []
    weighed: list[tuple[str, Passage, Sentence, Counts]] = []
    for field, passage in given:
        measured = [(sentence, measure_sentence(sentence, morphology=chosen)) for sentence in passage.sentences]
        found = hints_on(passage, role=field.role, explained=known, morphology=chosen)
        known |= {hint.quotation.partition("-")[0] for hint in found if hint.rule == "abbreviation"}
        reports.append(
            FieldReport(
                field=field,
                passage=passage,
                counts=sum((counts for _, counts in measured), Counts()),
                hints=tuple(found),
                swaps=tuple(find_swaps_in(passage, swaps=swaps, morphology=chosen)),
            )
        )
        weighed.extend((field.label, passage, sentence, counts) for sentence, counts in measured)
    total = sum((report.counts for report in reports), Counts())
    return CardReport(tuple(reports), total, total.band(strict=strict), _heaviest(weighed, total, strict=strict))


def _heaviest(
    weighed: list[tuple[str, Passage, Sentence, Counts]], total: Counts, *, strict: bool
) -> tuple[WeightySentence, ...]:
    """Sentences without which the FOG of the card would fall most; only such as make it fall."""
    ranked = []
    for order, (label, passage, sentence, counts) in enumerate(weighed):
        rest = total - counts
        weight = total.fog_strict - rest.fog_strict if strict else total.fog - rest.fog
        if weight > 0 and counts.words:
            ranked.append((-weight, order, label, passage, sentence, counts))
    ranked.sort(key=lambda row: row[:2])
    return tuple(
        WeightySentence(
            label=label,
            start=sentence.start,
            end=sentence.end,
            text=passage.text[sentence.start : sentence.end],
            words=counts.words,
            hard_words=counts.hard_by_base_form if strict else counts.hard,
            weight=-negative,
        )
        for negative, _, label, passage, sentence, counts in ranked[:LOOK_FIRST]
    )

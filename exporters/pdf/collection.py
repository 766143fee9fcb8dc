"""The collection of good practices as a book: its chapters, and the practices by category."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from exporters.pdf.assets import Variant
from exporters.pdf.book_data import BookData
from exporters.pdf.chapters import Chapters, EditedChapter, picture_files
from exporters.pdf.late import Thumb
from exporters.pdf.planned import PlannedPart, template_part
from exporters.pdf.publications import Cover
from exporters.pdf.word_index import polish_order
from handbooks.published.handbook import GoodPractice, Handbook

CATEGORIES = {
    "informatyczne": "Udogodnienia informatyczne",
    "komunikacyjne": "Usprawnienia komunikacyjne",
    "organizacyjne": "Organizacja pracy",
    "lokalowe": "Lokal i otoczenie",
    "dostępność": "Dostępność",
}


@dataclass(frozen=True)
class PracticeChapter:
    """The practices of one category."""

    anchor: str
    title: str
    practices: tuple[GoodPractice, ...]


@dataclass(frozen=True, kw_only=True)
class PracticeCollection:
    """The collection: see `publications.Publication`, which is the same for cards."""

    data: BookData
    cover: Cover
    practices: tuple[GoodPractice, ...]
    chapters: Chapters = field(default_factory=Chapters)
    variant: Variant = "full"
    edition: Handbook | None = None
    left_out: tuple[str, ...] = ()

    @property
    def categories(self) -> tuple[PracticeChapter, ...]:
        """Practices by category, in the order of the table above."""
        found = []
        for number, (code, title) in enumerate(CATEGORIES.items(), start=1):
            chosen = tuple(practice for practice in self.practices if practice.category == code)
            if chosen:
                found.append(PracticeChapter(f"kategoria-{number}", title, chosen))
        return tuple(found)

    def parts(self, *, one_piece: bool = False) -> list[PlannedPart]:
        """All parts in order."""
        told = {"cover": self.cover, "data": self.data, "edition": self.edition, "legal_state": ("", "")}
        contents = {"opening": self.chapters.before, "categories": self.categories, "closing": self._closing()}
        planned = [
            self._part("Okładka", "cover", **told),
            self._part("Stopka redakcyjna", "imprint", left_out=self.left_out, count=len(self.practices), **told),
            self._part("Spis treści", "practice_contents", one_piece=one_piece, **contents),
            *(chapter.part(variant=self.variant) for chapter in self.chapters.before),
        ]
        for number, category in enumerate(self.categories, start=1):
            thumb = Thumb(place=number - 1, count=len(self.categories), sign=str(number), name=category.title)
            planned.append(self._practices(category, number, thumb))
        planned += [chapter.part(variant=self.variant) for chapter in self.chapters.after]
        return [*planned, self._part("Urzędy i źródła", "practice_sources", practices=self._by_source())]

    def _practices(self, category: PracticeChapter, number: int, thumb: Thumb) -> PlannedPart:
        practices = category.practices
        words = tuple(
            text
            for one in practices
            for text in (one.title, one.problem, one.description, one.source, *one.how)
            if text
        )
        return template_part(
            f"Kategoria „{category.title}”",
            "practices",
            variant=self.variant,
            thumb=thumb,
            words=words,
            pictures=picture_files(practice.picture for practice in practices),
            category=category,
            number=number,
        )

    def _by_source(self) -> list[tuple[str, list[GoodPractice]]]:
        """Practices under the source from which they come."""
        found: dict[str, list[GoodPractice]] = {}
        for practice in self.practices:
            found.setdefault(practice.source, []).append(practice)
        return sorted(found.items(), key=lambda entry: polish_order(entry[0]))

    def _closing(self) -> tuple[EditedChapter, ...]:
        return (*self.chapters.after, EditedChapter(anchor="zrodla", title="Urzędy i źródła"))

    def _part(self, name: str, template: str, **context: Any) -> PlannedPart:
        return template_part(name, template, variant=self.variant, **context)


def collection_publication(
    practices: Sequence[GoodPractice],
    *,
    editions_sha256: str,
    published_on: str,
    chapters: Chapters,
    edition: Handbook | None,
    left_out: Sequence[str] = (),
    variant: Variant = "full",
) -> PracticeCollection:
    """The collection in an approved edition."""
    title = edition.title if edition else "Zbiór dobrych praktyk"
    return PracticeCollection(
        data=BookData(
            title=f"{title}, wydanie {edition.number}" if edition else title,
            subject="Usprawnienia obsługi klienta w urzędach administracji rządowej",
            published_on=published_on,
            digest=editions_sha256,
            kind="handbook",
        ),
        cover=Cover(title=title, lead="Usprawnienia, które już działają i które możesz przejąć", place="/publikacje/"),
        practices=tuple(practices),
        chapters=chapters,
        edition=edition,
        left_out=tuple(left_out),
        variant=variant,
    )

"""A book of proven parts is checked by comparing. Whatever a proof does not cover, or no longer covers, is found."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import msgspec
import pytest

from exporters.pdf.building import build, check_file
from exporters.pdf.checking import check_book
from exporters.pdf.fragment import DOCUMENT, PAGE_TREE, RESOURCES, STRUCTURE, Fragment
from exporters.pdf.objects import stream
from exporters.pdf.planned import PlannedPart
from exporters.pdf.proven_books import ProvenBook
from exporters.pdf.proving import proven
from exporters.pdf.publications import CardEdition, Publication, handbook_publication
from exporters.pdf.reading import PdfFile
from exporters.pdf.refusals import FaultyBook
from exporters.pdf.store import FragmentInMemory, fragment_store
from exporters.pdf.workers import Workers
from handbooks.published.prose import Block
from service_catalog.published.card import RelatedCard
from service_catalog.published.register import OfficeType
from tests.exporters.cards_for_tests import model_cards, sha256_of
from tests.exporters.pdf.editions_for_tests import chapter, handbook_edition, line, noted, picture
from tests.exporters.pdf.opened import OpenedPdf

OFFICE_TYPE = OfficeType(code="UST", name="urząd statystyczny", name_plural="urzędy statystyczne")


@pytest.fixture(scope="module")
def publication() -> Publication:
    """Cards that refer to each other, a chapter with a picture, a footnote, a table and ligatures."""
    first, second, *rest = [card for card in model_cards() if card.office_type.code == "UST"][:4]
    related = (RelatedCard(service="Sprawa w tej książce", symbol=second.symbol, type="see"),)
    cards = [msgspec.structs.replace(first, related=related), second, *rest]
    blocks = (
        Block(kind="paragraph", lines=(noted("Oficyna, afisz i grafika.", "art. 57 § 4 KPA"),)),
        Block(kind="table", header=line("Nazwa"), rows=((line("treść"),),)),
        Block(kind="picture", picture=picture(), alternative="granatowy kwadrat"),
    )
    return handbook_publication(
        OFFICE_TYPE,
        [CardEdition(card, sha256_of(card)) for card in cards],
        editions_sha256="0123456789abcdef" * 4,
        published_on="2026-01-01",
        edition=handbook_edition(chapter("cel", "Po co jest podręcznik", *blocks)),
    )


@pytest.fixture(scope="module")
def planned(publication: Publication) -> list[PlannedPart]:
    return publication.parts()


@pytest.fixture(scope="module")
def content(publication: Publication, tmp_path_factory: pytest.TempPathFactory) -> bytes:
    path = tmp_path_factory.mktemp("book") / "book.pdf"
    with Workers(fragment_store()) as workers:
        build(publication, path, workers)
    return path.read_bytes()


@pytest.fixture(scope="module")
def fragments(planned: list[PlannedPart], content: bytes) -> list[Fragment]:
    """The fragments of the built book."""
    return [fragment_store().found(part.job.key).whole() for part in planned]


def sources(fragments: Sequence[Fragment]) -> list[FragmentInMemory]:
    return [FragmentInMemory(fragment) for fragment in fragments]


def holds(content: bytes, planned: Sequence[PlannedPart], fragments: Sequence[Fragment]) -> bool:
    """Whether comparing alone accepts the book; a file that cannot be read is not accepted."""
    try:
        return ProvenBook(PdfFile(content), planned, sources(fragments)).holds()
    except (ValueError, LookupError, TypeError, AttributeError):
        return False


def test_a_book_is_made_of_proven_parts_and_passes_both_checks(
    content: bytes, planned: list[PlannedPart], fragments: list[Fragment]
) -> None:
    assert all(fragment.head.proof == part.proof() for fragment, part in zip(fragments, planned, strict=True))
    assert holds(content, planned, fragments)
    check_book(content, parts=planned, fragments=sources(fragments))
    check_book(content, parts=planned)


def test_a_book_that_was_taken_apart_is_put_together_as_it_was(content: bytes) -> None:
    assert OpenedPdf(content).content() == content


Change = Callable[[OpenedPdf, PdfFile], Any]


def first_page(file: PdfFile) -> Any:
    """Number and entries of the first page of a card."""
    pages = [file.get(kid)["Kids"][0] for kid in file.object(PAGE_TREE)["Kids"]]
    reference = pages[-5]
    return reference.number, file.get(reference)


def link(file: PdfFile) -> int:
    """The number of a link to a place in the book, in the contents."""
    page = file.get(file.get(file.object(PAGE_TREE)["Kids"][2])["Kids"][0])
    return int(page["Annots"][0].number)


def font(file: PdfFile, entry: str, name: str = "F1") -> int:
    """The number of an object of a face: the regular one, or the italic one, which no late text uses."""
    face = file.get(file.object(RESOURCES)["Font"][name])
    if entry == "ToUnicode":
        return int(face["ToUnicode"].number)
    descendant = int(face["DescendantFonts"][0].number)
    return int(file.object(descendant)["FontDescriptor"].number) if entry == "FontDescriptor" else descendant


def parent_tree(file: PdfFile) -> int:
    """The number of the parent tree."""
    return int(file.object(STRUCTURE)["ParentTree"].number)


def element(file: PdfFile, role: str) -> int:
    """The number of the first structure element of a role in the last card."""
    waiting = [kid.number for kid in reversed(file.object(DOCUMENT)["K"])]
    while waiting:
        number = waiting.pop(0)
        entries = file.object(number)
        if entries["S"].text == role:
            return int(number)
        kids = entries.get("K", [])
        waiting += [kid.number for kid in kids if hasattr(kid, "number")]
    raise LookupError(role)


def references(file: PdfFile, number: int, name: str) -> list[bytes]:
    """References of an entry, as they are written."""
    return [b"%07d 0 R" % kid.number for kid in file.object(number)[name]]


def drop(number: int, name: str, opened: OpenedPdf, file: PdfFile) -> None:
    """Take the last reference out of an entry."""
    opened.change(number, b" " + references(file, number, name)[-1], b"")


def exchange(number: int, name: str, opened: OpenedPdf, file: PdfFile) -> None:
    """Let the references of two cards change places."""
    before, after = references(file, number, name)[-5:-3]
    opened.change(number, before + b" " + after, after + b" " + before)


FAULTS: dict[str, Change] = {
    "two cards that have changed places": lambda opened, file: exchange(PAGE_TREE, "Kids", opened, file),
    "a part too few": lambda opened, file: drop(PAGE_TREE, "Kids", opened, file),
    "a root too few in the structure": lambda opened, file: drop(DOCUMENT, "K", opened, file),
    "a leaf too few in the parent tree": lambda opened, file: drop(parent_tree(file), "Kids", opened, file),
    "an element with another parent": lambda opened, file: opened.change(element(file, "P"), b"/P ", b"/P 1"),
    "an element without its text": lambda opened, file: opened.change(element(file, "P"), b"/K[", b"/X["),
    "other content on a page": lambda opened, file: opened.swap(first_page(file)[1]["Contents"][0].number, 11),
    "late text outside of marks": lambda opened, file: opened.change(late(file), b"/Artifact", b"BT\n/Artifact"),
    "late text in an unknown font": lambda opened, file: opened.change(late(file), b"/F1 ", b"/F9 "),
    "a mark without an end": lambda opened, file: opened.change(late(file), b"EMC", b""),
    "a number without its mark": lambda opened, file: opened.change(late(file, 2), b"/MCID ", b"/MCID 9"),
    "a link to nowhere": lambda opened, file: opened.change(link(file), b"/Dest(", b"/Dest(x"),
    "a link without a description": lambda opened, file: opened.change(link(file), b"/Contents", b"/Content5"),
    "a link that belongs to another one": lambda opened, file: opened.change(link(file), b"/StructParent ", b"/StructParent 1"),
    "another text for a glyph": lambda opened, file: opened.change(font(file, "ToUnicode"), b"> <0061>", b"> <0062>"),
    "a glyph without a width": lambda opened, file: opened.change(font(file, "W"), b"/W[", b"/W[]/V["),
    "a font without its file": lambda opened, file: opened.change(font(file, "FontDescriptor", "F2"), b"/FontFile2", b"/FontFileX"),
    "a font that is gone": lambda opened, file: opened.change(RESOURCES, b"/F2 ", b"/G2 "),
    "a graphic state that is gone": lambda opened, file: opened.change(RESOURCES, b"/a1", b"/b1"),
    "a picture that is gone": lambda opened, file: opened.change(RESOURCES, b"/I", b"/J"),
    "a place that is on no page": lambda opened, file: opened.change(leaf(file), b"[", b"[0000001 0 R/XYZ 0 0 0](y)["),
    "a bookmark without a name": lambda opened, file: opened.change(bookmark(file), b"/Title", b"/Titla"),
    "a bookmark that leads nowhere": lambda opened, file: opened.change(bookmark(file), b"/Dest", b"/Desd"),
    "a bookmark to no page": lambda opened, file: opened.change(bookmark(file), b"/Dest[00", b"/Dest[01"),
}  # fmt: skip


def late(file: PdfFile, part: int = -5) -> int:
    """The number of the late stream of the first page of a part."""
    page = file.get(file.get(file.object(PAGE_TREE)["Kids"][part])["Kids"][0])
    return int(page["Contents"][1].number)


def leaf(file: PdfFile) -> int:
    """The first leaf of the tree of places."""
    tree = file.get(file.get(file.get(file.trailer["Root"])["Names"])["Dests"])
    return int(tree["Kids"][0].number)


def bookmark(file: PdfFile) -> int:
    """The first bookmark."""
    return int(file.get(file.get(file.trailer["Root"])["Outlines"])["First"].number)


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_in_a_finished_book_is_found_although_its_parts_are_proven(
    fault: str, content: bytes, planned: list[PlannedPart], fragments: list[Fragment]
) -> None:
    opened = OpenedPdf(content)
    FAULTS[fault](opened, PdfFile(content))
    changed = opened.content()
    assert changed != content
    assert not holds(changed, planned, fragments)
    with pytest.raises(FaultyBook):
        check_book(changed, parts=planned, fragments=sources(fragments))


@pytest.mark.parametrize("fault", ["content", "structure", "leaf"])
def test_a_part_that_is_not_its_fragment_byte_for_byte_is_read(
    fault: str, content: bytes, planned: list[PlannedPart], fragments: list[Fragment]
) -> None:
    """Harmless changes: the book is whole, but nothing that a proof says holds for these bytes."""
    opened, file = OpenedPdf(content), PdfFile(content)
    if fault == "content":
        opened.change(first_page(file)[1]["Contents"][0].number, b"\nQ", b"\nQ ")
    elif fault == "structure":
        opened.change(element(file, "P"), b"/S/P", b"/S/P ")
    else:
        leaf_number = file.object(parent_tree(file))["Kids"][-1].number
        opened.change(leaf_number, b"/Limits", b"/Limitz")
    assert not holds(opened.content(), planned, fragments)
    check_book(opened.content(), parts=planned, fragments=sources(fragments))


def test_a_proof_is_about_the_texts_of_the_part(
    content: bytes, planned: list[PlannedPart], fragments: list[Fragment]
) -> None:
    place = next(number for number, part in enumerate(planned) if part.card)
    card = planned[place].card
    assert card is not None
    changed = [*planned]
    changed[place] = dataclasses.replace(planned[place], card=msgspec.structs.replace(card, who="Tego nie ma."))
    assert not holds(content, changed, fragments)
    with pytest.raises(FaultyBook, match=f"{card.symbol}.*Tego nie ma"):
        check_book(content, parts=changed, fragments=sources(fragments))


def test_a_book_with_parts_that_are_not_proven_is_read_whole(
    content: bytes, planned: list[PlannedPart], fragments: list[Fragment]
) -> None:
    unproven = [Fragment(msgspec.structs.replace(one.head, proof=""), one.body) for one in fragments]
    assert not holds(content, planned, unproven)
    check_book(content, parts=planned, fragments=sources(unproven))


def unproven(fragment: Fragment, *texts: str) -> bool:
    """Whether no proof of these texts can be given."""
    return not proven(fragment, name="Część", texts=texts, proof="x").head.proof


def test_a_fragment_with_a_fault_gets_no_proof(fragments: list[Fragment], planned: list[PlannedPart]) -> None:
    place = next(number for number, part in enumerate(planned) if part.card)
    fragment, body = fragments[place], fragments[place].body
    assert not unproven(fragment, *planned[place].texts())
    assert unproven(fragment, "Tego zdania nie ma na wydruku.")

    def changed(**entries: Any) -> Fragment:
        return Fragment(fragment.head, msgspec.structs.replace(body, **entries))

    assert fragment.head.pages > 1
    assert unproven(changed(contents=body.contents[::-1]))
    assert unproven(changed(contents=(stream(b"BT <0001> Tj ET"), *body.contents[1:])))
    assert unproven(changed(gaps=body.gaps[::-1], headings=()))
    assert unproven(Fragment(msgspec.structs.replace(fragment.head, glyphs={}), body))
    assert unproven(Fragment(msgspec.structs.replace(fragment.head, states={}), body))
    assert unproven(Fragment(msgspec.structs.replace(fragment.head, links=fragment.head.links[1:]), body))


def test_no_text_is_found_across_a_page_number(fragments: list[Fragment], planned: list[PlannedPart]) -> None:
    """In the book a number stands there."""
    contents = next(fragment for fragment, part in zip(fragments, planned, strict=True) if part.name == "Spis treści")
    assert not unproven(contents, "Katalog usług: przegląd")
    assert unproven(contents, "Katalog usług: przegląd1. Statystyka")


def test_a_book_with_a_damaged_byte_in_a_stream_is_refused_where_it_lies(
    content: bytes, planned: list[PlannedPart], fragments: list[Fragment], tmp_path: Path
) -> None:
    """Pages, structure, fonts, pictures, the table of objects; the metadata, which are plain text, are looked at by others."""
    path = tmp_path / "book.pdf"
    streams = [
        found.span(1) for found in re.finditer(rb"/Filter.{0,99}?\nstream\n(.*?)\nendstream", content, re.DOTALL)
    ]
    assert len(streams) > 40
    for start, end in streams:
        damaged = bytearray(content)
        damaged[(start + end) // 2] ^= 0x55
        path.write_bytes(damaged)
        with pytest.raises(FaultyBook):
            check_file(path, planned, sources(fragments))

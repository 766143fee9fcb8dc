"""Cards in CPSV-AP: valid against the official shapes, the same graph in both syntaxes, and the shapes refuse what is wrong."""

from __future__ import annotations

import hashlib
import json
import random
from pathlib import Path

import msgspec
import pytest
from rdflib import RDF, SH, XSD, Graph, Literal, Namespace, URIRef

from exporters.cpsv_ap.dataset import Distribution
from exporters.cpsv_ap.documents import JSON_LD, TURTLE, Syntax, catalogue, dataset_description, render_card
from exporters.cpsv_ap.nodes import PREFIXES, Node, Value, Words, turtle
from exporters.cpsv_ap.validation import (
    SHAPES,
    mandatory_shapes,
    parsed_json_ld,
    read,
    report,
    shapes,
    shapes_by_property,
    targeted,
    validate,
    violations,
)
from service_catalog.published.card import Card, RelatedCard
from service_catalog.published.office import JurisdictionArea
from tests.exporters.cards_for_tests import model_card, model_cards
from tests.exporters.mutations import full_card
from tests.exporters.published_catalogue import life_event

SITE = "https://katalog.example"
CPSV, CV, DCT = (Namespace(PREFIXES[name]) for name in ("cpsv", "cv", "dct"))


def graph_of(content: bytes, syntax: Syntax = TURTLE) -> Graph:
    if syntax is JSON_LD:
        return parsed_json_ld(content.decode())
    return Graph().parse(data=content, format="turtle")


def whole(*cards: Card, syntax: Syntax = TURTLE) -> bytes:
    symbols = frozenset(card.key for card in cards)
    pieces = catalogue(cards, [life_event()], site=SITE, newest="2026-01-01", symbols=symbols, syntax=syntax)
    return b"".join(pieces)


def test_both_syntaxes_mean_the_same_graph() -> None:
    card = full_card()
    graphs = [graph_of(render_card(card, site=SITE, syntax=syntax), syntax) for syntax in (JSON_LD, TURTLE)]
    assert set(graphs[0]) == set(graphs[1])
    assert len(graphs[0]) > 200
    assert not [value for value in graphs[0].objects() if isinstance(value, Literal) and value.ill_typed]


def test_cards_with_every_field_conform_and_every_mandatory_shape_looks_at_something() -> None:
    graph = graph_of(whole(full_card(), *model_cards()[::40]))
    assert list(violations(graph)) == []
    counts = targeted(graph)
    assert len(mandatory_shapes()) == 13
    assert {name for name in mandatory_shapes() if not counts[name]} == set()
    assert counts["PublicServiceShape"] == 1 + len(model_cards()[::40])


def test_one_card_alone_conforms() -> None:
    for card in (full_card(), model_card("UW-PAS-001")):
        assert list(violations(graph_of(render_card(card, site=SITE, syntax=TURTLE)))) == []


WRONG = {
    "no title": (DCT.title, None, "własność title: brakuje"),
    "two identifiers": (DCT.identifier, Literal("inny"), "własność identifier: ta własność ma więcej wartości"),
    "authority of no type": (CV.hasCompetentAuthority, URIRef("https://x.example/"), "nie ma w tym dokumencie"),
    "title without a language": (DCT.title, Literal("Paszport"), "inny typ danych"),
}


@pytest.mark.parametrize("name", WRONG)
def test_what_is_wrong_is_found(name: str) -> None:
    graph = graph_of(render_card(model_card("UW-PAS-001"), site=SITE, syntax=TURTLE))
    service = next(graph.subjects(RDF.type, CPSV.PublicService))
    predicate, value, sentence = WRONG[name]
    if value is None:
        graph.remove((service, predicate, None))
    else:
        graph.add((service, predicate, value))
    found = list(violations(graph))
    assert len(found) == 1, found
    assert sentence in found[0][1]


def outcome(graph: Graph, wanted: Graph) -> set[tuple[object, ...]]:
    """Every result of a validation, whatever the names of its blank nodes."""
    found = report(graph, wanted)
    parts = (SH.focusNode, SH.resultPath, SH.sourceConstraintComponent, SH.sourceShape, SH.value, SH.resultSeverity)
    results = found.subjects(RDF.type, SH.ValidationResult)
    return {tuple(found.value(result, part) for part in parts) for result in results}


@pytest.mark.parametrize("seed", range(8))
def test_shapes_in_the_order_of_properties_find_exactly_what_the_official_ones_find(seed: int) -> None:
    """Forty random damages: statements left out, said of another node, with a value of another type."""
    chance = random.Random(seed)
    graph = graph_of(whole(full_card(), *model_cards()[::150]))
    statements = sorted(graph)
    for subject, predicate, value in chance.sample(statements, 40):
        graph.remove((subject, predicate, value))
        kind = chance.choice(["left out", "twice", "other type", "other node"])
        if kind == "twice":
            graph.add((subject, predicate, value))
            graph.add((subject, predicate, chance.choice(statements)[2]))
        elif kind == "other type":
            graph.add((subject, predicate, Literal("x", datatype=XSD.integer)))
        elif kind == "other node":
            graph.add((chance.choice(statements)[0], predicate, value))
    found = outcome(graph, shapes_by_property())
    assert found == outcome(graph, shapes())
    assert len(found) > 10


def test_a_file_is_checked_with_its_lines_and_the_nodes_are_counted(tmp_path: Path) -> None:
    path = tmp_path / "karta.ttl"
    content = render_card(model_card("UW-PAS-001"), site=SITE, syntax=TURTLE)
    path.write_bytes(content)
    (note,) = validate(path)
    assert note.is_note
    assert "PublicServiceShape 1" in note.sentence
    path.write_bytes(content.replace(b"dct:description", b"dct:abstract"))
    wrong = [finding for finding in validate(path) if finding.is_error]
    assert wrong
    assert content.decode().splitlines()[wrong[0].line - 1].startswith("<https://katalog.example/")
    with pytest.raises(FileNotFoundError):
        validate(tmp_path / "brak.ttl")


HOSTILE = {
    "a.jsonld": b'{"@context": "https://inny.example/kontekst", "@graph": []}',
    "b.jsonld": b'{"@context": {"@import": "https://inny.example/k"}, "@graph": []}',
    "c.jsonld": b"[" * 200_000,
    "d.jsonld": b"\xff\xfe",
    "e.ttl": b"<a> <b> " + b"[ <b> " * 100_000,
    "f.ttl": b"\xff\xfe",
    "g.ttl": b"",
    "h.jsonld": b"{}",
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_damaged_or_hostile_file_is_a_finding(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_bytes(HOSTILE[name])
    assert [finding for finding in validate(path) if finding.is_error]


def test_no_text_ends_its_literal() -> None:
    text = 'cudzysłów " ukośnik \\ koniec\r\n\ttab \x00 \u2028 """ <https://x> .'
    content = b"".join(turtle([Node("https://x.example/", ("dct:Location",), (("dct:title", Words(text)),))]))
    assert str(next(graph_of(content).objects(predicate=DCT.title))) == text


def test_a_related_service_is_named_as_such_only_when_it_is_described() -> None:
    symbol = "UW-PAS-002"
    related = (RelatedCard(type="next", service="Paszport dziecka", symbol=symbol),)
    card = msgspec.structs.replace(model_card("UW-PAS-001"), related=related)
    target = URIRef(f"{SITE}/karta/{symbol}/")
    assert (None, DCT.relation, target) in graph_of(render_card(card, site=SITE, syntax=TURTLE))
    assert (None, CV.relatedService, target) in graph_of(whole(card, model_card(symbol)))


def test_the_dataset_is_described_beside_it() -> None:
    files = [Distribution(address=f"{SITE}/katalog/cpsv-ap", media_type="text/turtle; charset=utf-8", title="Turtle")]
    content = b"".join(dataset_description(site=SITE, newest="2026-01-01", distributions=files))
    dcat = Namespace(PREFIXES["dcat"])
    graph = graph_of(content, JSON_LD)
    dataset = URIRef(f"{SITE}/katalog/")
    assert (dataset, RDF.type, dcat.Dataset) in graph
    assert (URIRef(f"{SITE}/katalog/#katalog"), dcat.dataset, dataset) in graph
    assert str(graph.value(URIRef(files[0].address), dcat.mediaType)).endswith("/text/turtle")
    assert list(violations(graph)) == []
    assert json.loads(content)["@context"] == PREFIXES


def test_nodes_say_each_thing_once_and_nothing_empty() -> None:
    node = Node("https://x.example/", ("dct:Location",), (("dct:title", Words("")), ("dct:title", Value("a")),
                ("dct:title", Value("a")), ("dct:type", None)))  # fmt: skip
    assert list(node.statements()) == [("dct:title", [Value("a")])]


def test_the_shapes_are_the_official_ones() -> None:
    noted = (SHAPES.parent / "README.md").read_text(encoding="utf-8")
    assert hashlib.sha256(SHAPES.read_bytes()).hexdigest() in noted


def test_the_document_of_a_card_looks_as_it_did() -> None:
    """A wanted change shows here first: read the difference, then replace the file."""
    golden = Path(__file__).parent / "card.ttl"
    assert render_card(model_card("UW-PAS-001"), site=SITE, syntax=TURTLE).decode() == golden.read_text(
        encoding="utf-8"
    )


def test_a_graph_read_from_disk_is_the_graph_written(tmp_path: Path) -> None:
    path = tmp_path / "karta.jsonld"
    path.write_bytes(render_card(full_card(), site=SITE, syntax=JSON_LD))
    assert set(read(path)) == set(graph_of(path.read_bytes(), JSON_LD))


def test_a_service_is_offered_in_the_area_of_its_office() -> None:
    areas = (JurisdictionArea(prefix="10", name="województwo łódzkie"), JurisdictionArea(prefix="26", name="świętokrzyskie"),
             JurisdictionArea(prefix="2601", include=False, name="powiat buski"))  # fmt: skip
    graph = graph_of(render_card(full_card(), site=SITE, syntax=TURTLE, areas=areas))
    (service,) = graph.subjects(RDF.type, CPSV.PublicService)
    places = {URIRef(f"{SITE}/teryt/{teryt}") for teryt in ("10", "26")}
    assert set(graph.objects(service, DCT.spatial)) == places
    assert list(violations(graph)) == []
    without = graph_of(render_card(full_card(), site=SITE, syntax=TURTLE))
    assert list(without.objects(service, DCT.spatial)) == []

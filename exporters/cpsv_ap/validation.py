"""Checks documents against the official SHACL shapes of CPSV-AP 3.2.0, offline, and says how many nodes each shape looked at.

A shape that targets nothing passes without saying anything, so the counts are part of the result.
"""

from __future__ import annotations

import gc
import json
import re
import warnings
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any

from rdflib import RDF, SH, Graph, URIRef
from rdflib.term import Node as Term

from exporters.findings import Finding

LARGEST_FILE = 500_000_000
"""Bytes. A catalogue of 40,000 cards stays below."""
SHAPES = Path(__file__).parent / "shapes" / "cpsv-ap-SHACL.ttl"
REQUIRED = ("PublicServiceShape", "PublicOrganisationShape")
"""Shapes of the classes that every description must have; without a node for them the document describes no service."""
NOT_OURS = frozenset({"ConcessionContractShape", "ServiceConcessionContractShape"})
"""Contracts of concession: public services of this catalogue are rendered by offices themselves."""

_REASONS: dict[Term, str] = {
    SH.MinCountConstraintComponent: "brakuje tej własności",
    SH.MaxCountConstraintComponent: "ta własność ma więcej wartości niż wolno",
    SH.ClassConstraintComponent: "wartość nie ma w tym dokumencie wymaganego typu",
    SH.DatatypeConstraintComponent: "wartość ma inny typ danych niż wymagany",
}
_SUBJECT = re.compile(r'^<([^>]+)> |"@id":"([^"]+)","@type"')


class Unreadable(ValueError):
    """The file is no document that can be checked; the sentence says why."""


@cache
def shapes() -> Graph:
    """The official shapes, read once."""
    return Graph().parse(SHAPES, format="turtle")


@cache
def shapes_by_property() -> Graph:
    """The official shapes with every property shape standing for itself: same nodes, same constraints, a tenth of the time.

    `sh:property` of a shape with `sh:targetClass` says that each node of that class conforms to it (SHACL, 4.7.2); a property
    shape with that `sh:targetClass` of its own says the same (2.1.3.2). pyshacl reads a property shape anew for every node that a
    node shape hands to it, but once for all nodes that it targets itself.
    """
    table = Graph()
    for triple in shapes():
        table.add(triple)
    for shape, kind in shapes().subject_objects(SH.targetClass):
        for part in shapes().objects(shape, SH.property):
            table.add((part, SH.targetClass, kind))
            table.remove((shape, SH.property, part))
    return table


def validate(path: Path) -> list[Finding]:
    """Check one file, `.ttl` or JSON-LD. Raises `FileNotFoundError` when there is no such file."""
    if not path.is_file():
        raise FileNotFoundError(f"Nie ma pliku „{path}”. Podaj plik CPSV-AP: .jsonld albo .ttl.")
    if path.stat().st_size > LARGEST_FILE:
        return [Finding(file=path, line=1, sentence=f"plik ma ponad {LARGEST_FILE // 1_000_000} MB")]
    try:
        graph = read(path)
    except Unreadable as refusal:
        return [Finding(file=path, line=1, sentence=str(refusal))]
    lines = _lines_of_subjects(path)
    found = [Finding(file=path, line=lines.get(focus, 1), sentence=sentence) for focus, sentence in violations(graph)]
    counts = targeted(graph)
    found += [
        Finding(file=path, line=1, sentence=f"żaden węzeł nie podlega wzorowi {name}; dokument nie opisuje usługi")
        for name in REQUIRED
        if not counts[name]
    ]
    said = ", ".join(f"{name} {count}" for name, count in sorted(counts.items()) if count)
    return [
        *found,
        Finding(file=path, line=1, sentence=f"sprawdzone węzły: {said or 'żadne'}", is_error=False, is_note=True),
    ]


def read(path: Path) -> Graph:
    """The graph of a file. Nothing is fetched: JSON-LD must carry its context. Raises `Unreadable`."""
    try:
        text = path.read_text(encoding="utf-8")
        if path.suffix == ".ttl":
            with _uncollected():
                return Graph().parse(data=text, format="turtle")
        _require_own_contexts(json.loads(text))
        return parsed_json_ld(text)
    except RecursionError:
        raise Unreadable("dokument jest zagnieżdżony za głęboko") from None
    except Unreadable:
        raise
    except Exception as error:  # the parsers of rdflib raise whatever they meet
        raise Unreadable("plik nie jest poprawnym dokumentem Turtle ani JSON-LD w UTF-8") from error


@contextmanager
def _uncollected() -> Iterator[None]:
    """Without the search for unreachable cycles: a graph of millions of small parts that all stay is looked through in vain."""
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collecting:
            gc.enable()


def parsed_json_ld(text: str) -> Graph:
    """The graph of a JSON-LD text. The parser of rdflib uses a class that rdflib itself calls outdated."""
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", category=DeprecationWarning, module="rdflib")
        return Graph().parse(data=text, format="json-ld")


def _require_own_contexts(value: Any) -> None:
    """Refuse contexts that would have to be fetched, wherever they stand."""
    if isinstance(value, list):
        for item in value:
            _require_own_contexts(item)
    if not isinstance(value, dict):
        return
    context = value.get("@context", {})
    if not isinstance(context, dict) or "@import" in context:
        raise Unreadable("„@context” musi stać w dokumencie, nie pod innym adresem")
    for item in value.values():
        _require_own_contexts(item)


def report(graph: Graph, wanted: Graph) -> Graph:
    """The validation report of pyshacl for a graph and shapes."""
    from pyshacl import validate as check  # costs half a second to import; only checking needs it

    with _uncollected():
        _, found, _ = check(graph, shacl_graph=wanted, inference=None, advanced=False, do_owl_imports=False)
    assert isinstance(found, Graph)
    return found


def violations(graph: Graph) -> Iterator[tuple[str, str]]:
    """What the shapes refuse: the address of the node and a Polish sentence."""
    found = []
    results = report(graph, shapes_by_property())
    for result in results.subjects(RDF.type, SH.ValidationResult):
        focus, path = results.value(result, SH.focusNode), results.value(result, SH.resultPath)
        component = results.value(result, SH.sourceConstraintComponent)
        value = results.value(result, SH.value)
        reason = _REASONS.get(component, "wartość nie pasuje do wzoru") if component else ""
        shown = f" („{str(value)[:60]}”)" if value is not None else ""
        found.append((str(focus), f"{focus}: własność {_short(path)}: {reason}{shown}"))
    yield from sorted(found)


def _short(path: Term | None) -> str:
    return re.split("[/#]", str(path))[-1]


def targeted(graph: Graph) -> Counter[str]:
    """How many nodes of the graph each shape looks at; shapes without a node count zero."""
    counts: Counter[str] = Counter()
    for shape, kind in shapes().subject_objects(SH.targetClass):
        name = _short(shape)
        counts[name] += sum(1 for _ in graph.subjects(RDF.type, kind))
    return counts


def mandatory_shapes() -> frozenset[str]:
    """Shapes with a property that must be there, of the classes that this catalogue describes."""
    table = shapes()
    found = {
        _short(shape)
        for shape in table.subjects(SH.targetClass)
        if any(table.value(part, SH.minCount) for part in table.objects(shape, SH.property) if isinstance(part, URIRef))
    }
    return frozenset(found) - NOT_OURS


def _lines_of_subjects(path: Path) -> dict[str, int]:
    """On which line each node begins; the exporters write one node per line or block."""
    lines: dict[str, int] = {}
    with path.open(encoding="utf-8") as file:
        for number, line in enumerate(file, start=1):
            match = _SUBJECT.search(line[:2000])
            if match:
                lines.setdefault(match[1] or match[2], number)
    return lines

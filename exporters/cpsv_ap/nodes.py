"""Nodes of a graph and the two syntaxes in which they are written, one node per line or block, so that a catalogue can stream.

The serialisers of rdflib hold the whole graph in memory; here a node is written as soon as it is made. That both syntaxes mean
the same graph is proved by reading them with rdflib.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from urllib.parse import quote

from exporters.json_text import compact, listed

PREFIXES = {
    "adms": "http://www.w3.org/ns/adms#",
    "cpsv": "http://purl.org/vocab/cpsv#",
    "cv": "http://data.europa.eu/m8g/",
    "dcat": "http://www.w3.org/ns/dcat#",
    "dct": "http://purl.org/dc/terms/",
    "eli": "http://data.europa.eu/eli/ontology#",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "locn": "http://www.w3.org/ns/locn#",
    "org": "http://www.w3.org/ns/org#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "time": "http://www.w3.org/2006/time#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
LANGUAGE = "pl"
_ESCAPES = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t"}
_ESCAPED = re.compile(r'[\\"\n\r\t\x00-\x1f\x7f]')
_IN_ADDRESSES = ":/?#[]@!$&'()*+,;=%-._~"


@dataclass(frozen=True)
class Link:
    """Another node, by its address."""

    address: str


@dataclass(frozen=True)
class Words:
    """Polish text."""

    text: str


@dataclass(frozen=True)
class Value:
    """A plain value; `datatype` is a name such as "xsd:double", or empty for text without a language."""

    text: str
    datatype: str = ""


Object = Link | Words | Value


@dataclass(frozen=True)
class Node:
    """A thing with its types and what is said of it, in order. Objects that say nothing (None, empty text) are left out."""

    address: str
    types: tuple[str, ...]
    said: tuple[tuple[str, Object | None], ...] = ()

    def statements(self) -> Iterator[tuple[str, list[Object]]]:
        """Objects per property, in order, without repetition."""
        found: dict[str, dict[Object, None]] = {}
        for name, value in self.said:
            if value is not None and (isinstance(value, Link) or value.text):
                found.setdefault(name, {})[value] = None
        return ((name, list(values)) for name, values in found.items())


def address(text: str) -> str:
    """An address that may stand in RDF: what is not allowed there is percent-encoded."""
    return quote(text, safe=_IN_ADDRESSES)


def segment(text: str) -> str:
    """A text as one segment of an address."""
    return quote(text, safe="")


def link(target: str) -> Link | None:
    """A link to a node; None for no address."""
    return Link(target) if target else None


def without_repetition(nodes: Iterable[Node]) -> Iterator[Node]:
    """Each shared node (a concept, an office, an act) once. Nodes of a card have addresses of their own.

    Two cards that say different things of one shared node both speak: RDF joins them. Only hashes of shared nodes are remembered,
    so the memory hardly grows. Of ten thousand nodes two have the same 64 bits with a chance of one in 10^11.
    """
    seen: set[int] = set()
    for node in nodes:
        if "/karta/" not in node.address:
            known = hash(node)
            if known in seen:
                continue
            seen.add(known)
        yield node


def turtle(nodes: Iterable[Node]) -> Iterator[bytes]:
    """RDF 1.1 Turtle, one block per node."""
    yield "".join(f"@prefix {name}: <{base}> .\n" for name, base in PREFIXES.items()).encode()
    for node in nodes:
        lines = [f"a {', '.join(node.types)}"]
        lines += [f"{name} {', '.join(map(_in_turtle, values))}" for name, values in node.statements()]
        yield (f"\n<{node.address}> " + " ;\n  ".join(lines) + " .\n").encode()


def _in_turtle(value: Object) -> str:
    if isinstance(value, Link):
        return f"<{value.address}>"
    text = _ESCAPED.sub(lambda found: _ESCAPES.get(found[0], f"\\u{ord(found[0]):04X}"), value.text)
    if isinstance(value, Words):
        return f'"{text}"@{LANGUAGE}'
    return f'"{text}"^^{value.datatype}' if value.datatype else f'"{text}"'


def json_ld(nodes: Iterable[Node]) -> Iterator[bytes]:
    """JSON-LD 1.1, one node per line in `@graph`."""
    start = b'{"@context":' + compact(PREFIXES) + b',"@graph":['
    yield from listed(start, map(_in_json, nodes), b"]}\n")


def _in_json(node: Node) -> dict[str, object]:
    statements = {name: [_value_in_json(value) for value in values] for name, values in node.statements()}
    return {"@id": node.address, "@type": list(node.types), **statements}


def _value_in_json(value: Object) -> dict[str, str]:
    if isinstance(value, Link):
        return {"@id": value.address}
    if isinstance(value, Words):
        return {"@value": value.text, "@language": LANGUAGE}
    return {"@value": value.text, "@type": value.datatype} if value.datatype else {"@value": value.text}

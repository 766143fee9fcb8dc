"""Values of code lists as nodes: the shapes want each of them typed in the same graph."""

from __future__ import annotations

from collections.abc import Iterator

from exporters.cpsv_ap.nodes import Link, Node, Value, Words, address, segment
from service_catalog.published.card import ActCitation, TopicPlacement

AUTHORITY = "http://publications.europa.eu/resource/authority"
POLISH = f"{AUTHORITY}/language/POL"
POLAND = f"{AUTHORITY}/country/POL"
_ELI = "https://eli.gov.pl/eli"


class Vocabulary:
    """Collects the shared nodes that a card refers to."""

    def __init__(self, site: str) -> None:
        self.site = site
        self.nodes: list[Node] = []

    def language(self) -> Link:
        """Polish."""
        return self._shared(Node(POLISH, ("dct:LinguisticSystem",), (("skos:prefLabel", Words("polski")),)))

    def country(self) -> Link:
        """Poland as a place."""
        return self._shared(Node(POLAND, ("dct:Location",), (("skos:prefLabel", Words("Polska")),)))

    def place(self, teryt: str, name: str) -> Link:
        """An area of the register TERYT: the commune where an office has its seat, or where it is competent."""
        said = (("skos:notation", Value(teryt)), ("skos:prefLabel", Words(name)))
        return self._shared(Node(f"{self.site}/teryt/{segment(teryt)}", ("dct:Location",), said))

    def concept(self, scheme: str, name: str, code: str = "") -> Link | None:
        """A word of one of our lists; None for no word."""
        if not name:
            return None
        said = (("skos:prefLabel", Words(name)), ("skos:notation", Value(code)))
        return self._shared(Node(f"{self.site}/pojecia/{scheme}/{segment(code or name)}", ("skos:Concept",), said))

    def currency(self, code: str) -> Link:
        """A currency of ISO 4217 in the list of the EU."""
        said = (("skos:notation", Value(code)),)
        return self._shared(Node(f"{AUTHORITY}/currency/{segment(code)}", ("skos:Concept",), said))

    def frequency(self) -> Link:
        """Opening hours repeat every week."""
        return self._shared(Node(f"{AUTHORITY}/frequency/WEEKLY", ("skos:Concept",), ()))

    def topic(self, placement: TopicPlacement) -> Iterator[Link]:
        """The three levels of a place in the topic tree, from the top."""
        levels = (
            (placement.topic_slug, placement.topic),
            (f"{placement.topic_slug}/{placement.category_slug}", placement.category),
            (f"{placement.topic_slug}/{placement.category_slug}/{placement.group_slug}", placement.group),
        )
        above: Link | None = None
        for path, name in levels:
            said = (("skos:prefLabel", Words(name)), ("skos:broader", above))
            above = self._shared(Node(address(f"{self.site}/dzialy/{path}/"), ("skos:Concept",), said))
            yield above

    def act(self, citation: ActCitation) -> Link:
        """A legal act under its address in the European Legislation Identifier, or under ours when it has none."""
        newest = None
        if citation.consolidated_eli and citation.consolidated_eli != citation.eli:
            said = (("dct:identifier", Value(citation.consolidated_eli)), ("dct:title", Words(citation.consolidated)))
            newest = self._shared(Node(address(f"{_ELI}/{citation.consolidated_eli}"), ("eli:LegalResource",), said))
        place = f"{_ELI}/{citation.eli}" if citation.eli else f"{self.site}/akty/{segment(citation.act)}"
        return self._shared(
            Node(
                address(place),
                ("eli:LegalResource",),
                (
                    ("dct:identifier", Value(citation.act)),
                    ("dct:title", Words(citation.title)),
                    ("dct:alternative", Words(citation.display)),
                    ("dct:relation", newest),
                ),
            )
        )

    def page(self, target: str) -> Link | None:
        """A web page; None for no address."""
        return self._shared(Node(address(target), ("foaf:Document",))) if target else None

    def shared(self, node: Node) -> Link:
        """Any other node that cards share."""
        return self._shared(node)

    def _shared(self, node: Node) -> Link:
        self.nodes.append(node)
        return Link(node.address)

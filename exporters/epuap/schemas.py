"""The compiled card schema, loaded offline: known addresses come from this package, every other address is refused."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

from lxml import etree

from exporters.epuap import addresses

_SCHEMAS = Path(__file__).parent / "schemas"
_LOCATIONS = {
    addresses.NAMESPACE + "schemat.xsd": addresses.FOLDER / "schemat.xsd",
    addresses.STRUCTURE + "struktura.xsd": _SCHEMAS / "observed" / "struktura.xsd",
    addresses.METADATA + "meta.xsd": _SCHEMAS / "observed" / "meta.xsd",
    addresses.INSTITUTION + "instytucja.xsd": _SCHEMAS / "observed" / "instytucja.xsd",
    addresses.ADDRESS + "adres.xsd": _SCHEMAS / "observed" / "adres.xsd",
    addresses.PERSON + "osoba.xsd": _SCHEMAS / "observed" / "osoba.xsd",
    **{
        addresses.FINANCE_TYPES + name: _SCHEMAS / "ministry_of_finance" / name
        for name in ("ElementarneTypyDanych_v10-0E.xsd", "KodyKrajow_v10-0E.xsd")
    },
}


class UnknownSchemaAddress(LookupError):
    """A schema asks for an address that is not kept in the project. Nothing is fetched from the network."""


class _KnownAddressesOnly(etree.Resolver):
    """Answers from the table and remembers refusals: libxml2 turns an unresolved import into a mere warning."""

    def __init__(self) -> None:
        super().__init__()
        self.refused: list[str] = []

    # The stubs of lxml leave out the third argument that lxml passes.
    def resolve(self, system_url: str | None, public_id: str | None, context: Any) -> Any:  # type: ignore[override]
        """Text of a known address, with that address as its base. Raises `UnknownSchemaAddress` for another one."""
        path = _LOCATIONS.get(system_url or "")
        if path is None:
            self.refused.append(str(system_url))
            raise UnknownSchemaAddress(_refusal(self.refused))
        return self.resolve_string(path.read_bytes(), context, base_url=system_url)


def _refusal(urls: list[str]) -> str:
    return (
        f"Schemat odwołuje się do nieznanego adresu: {', '.join(urls)}. Dodaj ten schemat do exporters/epuap/schemas/."
    )


def load_schema(source: bytes, *, base_url: str) -> etree.XMLSchema:
    """Compile a schema. Raises `UnknownSchemaAddress` when it imports from an address that is not in the table."""
    resolver = _KnownAddressesOnly()
    parser = etree.XMLParser(no_network=True, resolve_entities=False, load_dtd=False)
    parser.resolvers.add(resolver)
    root = etree.fromstring(source, parser, base_url=base_url)
    try:
        schema = etree.XMLSchema(root)
    except etree.XMLSchemaParseError as error:
        if resolver.refused:
            raise UnknownSchemaAddress(_refusal(resolver.refused)) from error
        raise
    if resolver.refused:
        raise UnknownSchemaAddress(_refusal(resolver.refused))
    return schema


@cache
def card_schema() -> etree.XMLSchema:
    """The published card schema, compiled once per process."""
    address = addresses.NAMESPACE + "schemat.xsd"
    return load_schema(_LOCATIONS[address].read_bytes(), base_url=address)

"""The checks of the formats. Each is imported only when it is asked for: their libraries (lxml, rdflib, jsonschema) would cost
every process, the one that only writes a catalogue too, megabytes and part of a second of its start.
"""

from __future__ import annotations

from pathlib import Path

from exporters.findings import Finding


def epuap(path: Path) -> list[Finding]:
    """Check XML by the published schema and by code. Raises `FileNotFoundError`."""
    from exporters.epuap.validation import validate

    return validate(path)


def schema_org(path: Path) -> list[Finding]:
    """Check JSON-LD by the vocabulary of schema.org. Raises `FileNotFoundError`."""
    from exporters.schema_org.validation import validate

    return validate(path)


def cpsv_ap(path: Path) -> list[Finding]:
    """Check JSON-LD or Turtle by the official shapes of CPSV-AP. Raises `FileNotFoundError`."""
    from exporters.cpsv_ap.validation import validate

    return validate(path)


def hsds_services(path: Path) -> list[Finding]:
    """Check services by the official schemas of HSDS. Raises `FileNotFoundError`."""
    from exporters.hsds.validation import validate

    return validate(path)


def hsds_organizations(path: Path) -> list[Finding]:
    """Check organisations by the official schemas of HSDS. Raises `FileNotFoundError`."""
    from exporters.hsds.validation import validate_organizations

    return validate_organizations(path)


def knowledge_package(path: Path) -> list[Finding]:
    """Check a package in a process with limits. Raises `FileNotFoundError`."""
    from exporters.knowledge_package.checking import validate

    return validate(path)


def address_book(path: Path) -> list[Finding]:
    """Check RESP.xml. Raises `FileNotFoundError`."""
    from exporters.resp.checking import validate

    return validate(path)

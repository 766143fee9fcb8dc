"""Checks exported XML: against the published schema, and by code what XML Schema 1.0 cannot say.

Code checks: check digits of NIP, REGON and bank accounts, the form of an e-Doręczenia address (its check digits follow a rule that
is not confirmed, so there only a warning is possible), and cards that life events name but the folder does not hold.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from lxml import etree
from stdnum.pl import nip, regon

from exporters.epuap import addresses
from exporters.epuap.schemas import card_schema
from exporters.findings import Finding

_CARD = f"{{{addresses.NAMESPACE}}}"
_INSTITUTION = f"{{{addresses.INSTITUTION}}}"
_NAME = re.compile(r"'(?:\{[^}]*\})?([^']+)'")
_VALUE = re.compile(
    r"The value '(.*?)' is not|'([^']*)' is not a valid value|value '(.*?)' (?:has a length|is greater|is less)",
    re.DOTALL,
)
_EXPECTED = re.compile(r"\( ?(.*?) ?\)", re.DOTALL)
_NAMESPACE_IN_TEXT = re.compile(r"\{[^}]*\}")

_SENTENCES = {
    "SCHEMAV_ELEMENT_CONTENT": "element „{element}” stoi w złym miejscu albo czegoś w nim brakuje; oczekiwano: {expected}",
    "SCHEMAV_CVC_ELT_1": "element „{element}” nie jest elementem głównym karty usługi; oczekiwano: Dokument",
    "SCHEMAV_CVC_COMPLEX_TYPE_4": "elementowi „{element}” brakuje obowiązkowego atrybutu „{second}”",
    "SCHEMAV_CVC_COMPLEX_TYPE_3_2_1": "element „{element}” ma nieznany atrybut „{second}”",
    "SCHEMAV_CVC_IDC": "w „{element}” powtarza się identyfikator albo go brakuje",
}
_BAD_VALUE = "wartość „{value}” w „{element}” ma niedozwoloną postać"
_OTHER = "element „{element}” jest niezgodny ze schematem ({type})"


def validate(path: Path) -> list[Finding]:
    """Check a file, or every `*.xml` file of a folder with its subfolders. Findings come in the order of files and lines.

    Raises `FileNotFoundError` when there is no such file or the folder holds no XML file.
    """
    files = [path] if path.is_file() else sorted(file for file in path.rglob("*.xml") if not _hidden(file, path))
    if not files:
        raise FileNotFoundError(f"Nie ma pliku XML pod „{path}”. Podaj plik albo folder z eksportem.")
    findings: list[Finding] = []
    known: set[str] = set()
    steps: list[tuple[Path, int, str]] = []
    for file in files:
        root = _parsed(file, findings)
        if root is None:
            continue
        findings += findings_of(root, file)
        known.update(symbol.text or "" for symbol in root.iter(f"{_CARD}Symbol"))
        steps += [(file, _line(step), step.get("karta", "")) for step in root.iter(f"{_CARD}Krok") if step.get("karta")]
    if path.is_dir():
        findings += _missing_cards(steps, known)
    return findings


def _hidden(file: Path, folder: Path) -> bool:
    """Whether a file belongs to an export that was interrupted and not gone on with."""
    return any(part.startswith(".") for part in file.relative_to(folder).parts)


def findings_of(root: etree._Element, file: Path) -> list[Finding]:
    """What is wrong in one document: by the schema, then by code."""
    return [*_schema_findings(root, file), *_value_findings(root, file)]


def _parsed(file: Path, findings: list[Finding]) -> etree._Element | None:
    """The root of a file; what cannot be read becomes a finding. No DTD, no entities, no network, no huge trees."""
    parser = etree.XMLParser(no_network=True, resolve_entities=False, load_dtd=False, huge_tree=False)
    try:
        tree: Any = etree.parse(str(file), parser)
    except etree.XMLSyntaxError as error:
        line = error.lineno or 1
        findings.append(Finding(file=file, line=line, sentence="plik nie jest poprawnym dokumentem XML"))
        return None
    if tree.docinfo.doctype:
        findings.append(Finding(file=file, line=1, sentence="dokument ma deklarację DOCTYPE; usuń ją"))
        return None
    root: etree._Element = tree.getroot()
    return root


def _schema_findings(root: etree._Element, file: Path) -> Iterator[Finding]:
    schema = card_schema()
    if schema.validate(root):
        return
    seen: set[tuple[int, str]] = set()
    log: Any = schema.error_log  # lxml's stubs do not know that it can be iterated
    for entry in log:
        names = _NAME.findall(entry.message)
        element, second = [*names, "?", "?"][:2]
        if (entry.line, element) in seen:  # libxml2 reports a bad value twice: for the facet and for the type
            continue
        seen.add((entry.line, element))
        sentence = _sentence(entry.type_name, entry.message, element=element, second=second)
        yield Finding(file=file, line=entry.line, sentence=sentence)


def _sentence(type_name: str, message: str, *, element: str, second: str) -> str:
    """libxml2's message in Polish."""
    template = _SENTENCES.get(type_name)
    expected = _EXPECTED.search(message)
    value = _VALUE.search(message)
    if template is None:
        template = _BAD_VALUE if value else _OTHER
    return template.format(
        element=element,
        second=second,
        expected=_NAMESPACE_IN_TEXT.sub("", expected[1]) if expected else "nic więcej",
        value=next((group for group in value.groups() if group is not None), "") if value else "",
        type=type_name,
    )


def _value_findings(root: etree._Element, file: Path) -> Iterator[Finding]:
    checks = {
        f"{_CARD}Nip": ("NIP", nip.is_valid),
        f"{_INSTITUTION}NIP": ("NIP", nip.is_valid),
        f"{_CARD}Regon": ("REGON", regon.is_valid),
        f"{_INSTITUTION}REGON": ("REGON", regon.is_valid),
        f"{_CARD}RachunekBankowy": ("rachunek bankowy", is_bank_account),
    }
    for element in root.iter(*checks):
        label, is_valid = checks[str(element.tag)]
        if not is_valid(element.text or ""):
            sentence = f"{label} „{element.text or ''}” ma złą cyfrę kontrolną; popraw go w kartotece urzędu"
            yield Finding(file=file, line=_line(element), sentence=sentence)


def is_bank_account(number: str) -> bool:
    """Whether 26 digits are a Polish bank account: check digits by ISO 7064 over the number and country "PL"."""
    return bool(re.fullmatch(r"[0-9]{26}", number)) and int(number[2:] + "2521" + number[:2]) % 97 == 1


def _missing_cards(steps: list[tuple[Path, int, str]], known: set[str]) -> Iterator[Finding]:
    for file, line, symbol in steps:
        if symbol not in known:
            sentence = f"krok zdarzenia wskazuje kartę „{symbol}”, której nie ma w tym folderze"
            yield Finding(file=file, line=line, sentence=sentence, is_error=False)


def _line(element: etree._Element) -> int:
    line: Any = element.sourceline
    return int(line or 1)

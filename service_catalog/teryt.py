"""The TERC register of territorial units (TERYT, state of 1 January 2024): names, search, validity of codes.

A code is a text of 2 (voivodeship), 4 (powiat) or 7 digits (commune with the digit of its kind); leading zeros matter.
The register is read on first use and kept as plain tuples: about 4,300 units in under two megabytes.
"""

import csv
import unicodedata
from functools import cache
from pathlib import Path
from typing import NamedTuple

_REGISTER_FILE = Path(__file__).parent / "data" / "teryt_terc_2024.csv"
_VOIVODESHIP_DIGITS = 2
_POWIAT_DIGITS = 4
_CITY_POWIATS = ("miasto na prawach powiatu", "miasto stołeczne, na prawach powiatu")
_STROKED_LETTERS = str.maketrans("łŁ", "lL")


class UnknownTerytCode(LookupError):
    """The code is not in the register."""

    def __init__(self, code: str) -> None:
        """Say which code is unknown and what to do."""
        super().__init__(f"Kodu TERYT „{code}” nie ma w rejestrze TERC. Podaj 2, 4 albo 7 cyfr, z zerem na początku.")


class TerytUnit(NamedTuple):
    """One unit of the register; `kind` is the Polish word of the register, for example „gmina wiejska”."""

    code: str
    name: str
    kind: str


def folded(text: str) -> str:
    """Return the text in lower case without diacritics, so that „Lodz” finds „Łódź”."""
    decomposed = unicodedata.normalize("NFKD", text.translate(_STROKED_LETTERS))
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter)).casefold()


class TerytRegister:
    """The register held in memory; use `teryt_register()` for the one that ships with the project."""

    def __init__(self, units: list[TerytUnit]) -> None:
        """Index the units by code."""
        self._units = {unit.code: unit for unit in units}
        self._folded = [(folded(unit.name), unit.code) for unit in units]

    @classmethod
    def from_file(cls, path: Path) -> "TerytRegister":
        """Read a `;`-separated file with the columns terc, name, kind. Voivodeship names become lower case."""
        with path.open(encoding="utf-8", newline="") as lines:
            rows = csv.DictReader(lines, delimiter=";")
            return cls([_unit(row["terc"], row["name"], row["kind"]) for row in rows])

    def __len__(self) -> int:
        """Return the number of units."""
        return len(self._units)

    def units(self) -> list[TerytUnit]:
        """Return all units in the order of codes."""
        return [self._units[code] for code in sorted(self._units)]

    def lookup(self, code: str) -> TerytUnit:
        """Return the unit.

        Raises:
            UnknownTerytCode: when the register does not have the code.

        """
        try:
            return self._units[code]
        except KeyError:
            raise UnknownTerytCode(code) from None

    def is_valid(self, code: str) -> bool:
        """Tell whether the text is a code of the register."""
        return code in self._units

    def communes_of(self, powiat: str) -> list[TerytUnit]:
        """Return the units of seven digits in the powiat (four digits), in the order of codes."""
        return sorted(unit for code, unit in self._units.items() if len(code) > len(powiat) and code.startswith(powiat))

    def voivodeship_of(self, code: str) -> TerytUnit:
        """Return the voivodeship of a code. Raises `UnknownTerytCode`."""
        return self.lookup(self.lookup(code).code[:_VOIVODESHIP_DIGITS])

    def name_path(self, code: str) -> str:
        """Return the name with the units above, for example „Rzeszów, województwo podkarpackie”.

        Raises:
            UnknownTerytCode: when the register does not have the code.

        """
        unit = self.lookup(code)
        voivodeship = f"województwo {self.voivodeship_of(code).name}"
        if len(code) == _VOIVODESHIP_DIGITS:
            return voivodeship
        powiat = self.lookup(code[:_POWIAT_DIGITS])
        if len(code) == _POWIAT_DIGITS:
            return f"{self._powiat_name(powiat)}, {voivodeship}"
        if powiat.kind in _CITY_POWIATS and powiat.name == unit.name:
            return f"{unit.name}, {voivodeship}"
        return f"{unit.name}, {self._powiat_name(powiat)}, {voivodeship}"

    def search(self, text: str, *, limit: int = 20) -> list[TerytUnit]:
        """Return units whose name holds the text, diacritics and case ignored.

        Exact names come first, then names that begin with the text, then the others; larger units before smaller ones.
        """
        wanted = folded(text.strip())
        if not wanted or limit < 1:
            return []
        hits = [(self._rank(name, wanted), len(code), name, code) for name, code in self._folded if wanted in name]
        return [self._units[code] for *_, code in sorted(hits)[:limit]]

    @staticmethod
    def _rank(name: str, wanted: str) -> int:
        if name == wanted:
            return 0
        return 1 if name.startswith(wanted) else 2

    @staticmethod
    def _powiat_name(powiat: TerytUnit) -> str:
        return powiat.name if powiat.kind in _CITY_POWIATS else f"powiat {powiat.name}"


def _unit(code: str, name: str, kind: str) -> TerytUnit:
    return TerytUnit(code, name.lower() if len(code) == _VOIVODESHIP_DIGITS else name, kind)


@cache
def teryt_register() -> TerytRegister:
    """Return the register of the project, read on the first call."""
    return TerytRegister.from_file(_REGISTER_FILE)

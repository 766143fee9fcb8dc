"""Validators of Polish official identifiers. Each raises `ValidationError` with a sentence that says what is wrong.

Sources: NIP and REGON check digits (register rules, computed by python-stdnum), NRB (PN-F-01102, mod 97 of ISO 13616),
TERYT register of 1 January 2024, ELI and ISAP addresses as used by the Sejm's service, ADE addresses of e-Doręczenia.
"""

from __future__ import annotations

import re

from django.core.exceptions import ValidationError
from django.utils.deconstruct import deconstructible
from stdnum.pl import nip, regon

from service_catalog.teryt import teryt_register

ELI = re.compile(r"^(DU|MP)/(19|20)\d{2}/[1-9]\d{0,4}$")
ISAP = re.compile(r"^W(DU|MP)((?:19|20)\d{2})\d{3}(\d{4})$")
UNIT = re.compile(
    r"^(?:(?:art\.|§|dział) ?\d+(?:\.\d+)*(?:\(\d+\))?[a-z]{0,3}(?:–\d*(?:\(\d+\))?[a-z]{0,3})?"
    r"|zał(?:ącznik|\.)(?: nr \d+| [IVXLC]+)?)"
    r"(?: (?:ust\.|§|pkt|lit\.|zd\.|cz\.|sekcja|rozdział|część) ?[0-9a-zIVXLC]+(?:–[0-9a-z]+)?)*$"
)


@deconstructible
class Pattern:
    """A validator by regular expression with a whole sentence as its message (`{value}` is what was typed)."""

    def __init__(self, expression: str, message: str) -> None:
        self.expression = expression
        self.message = message

    def __call__(self, value: str) -> None:
        """Raise `ValidationError` when `value` does not match."""
        if not re.fullmatch(self.expression, value):
            raise ValidationError(self.message.format(value=value))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Pattern) and (self.expression, self.message) == (other.expression, other.message)

    def __hash__(self) -> int:
        return hash((self.expression, self.message))


validate_office_code = Pattern(
    r"[a-z0-9]+(-[a-z0-9]+)*", "Kod urzędu „{value}” może mieć tylko małe litery bez ogonków, cyfry i łączniki."
)
validate_symbol = Pattern(
    r"[A-Z]{2,7}-[A-Z]{3}-\d{3}", "Symbol karty „{value}” ma zły układ. Poprawny wygląda tak: UW-PAS-001."
)
validate_postal_code = Pattern(r"\d{2}-\d{3}", "Kod pocztowy „{value}” powinien wyglądać tak: 35-959.")
validate_electronic_delivery = Pattern(
    r"AE:PL-\d{5}-\d{5}-[A-Z]{5}-\d{2}",
    "Adres do e-Doręczeń „{value}” powinien wyglądać tak: AE:PL-12345-67890-ABCDE-12.",
)
validate_epuap = Pattern(
    r"/[^/\s]{1,100}/[^/\s]{1,100}", "Adres skrytki „{value}” powinien wyglądać tak: /urzad/skrytka."
)
validate_eli = Pattern(ELI.pattern, "Identyfikator ELI „{value}” powinien wyglądać tak: DU/2022/350.")
validate_isap = Pattern(ISAP.pattern, "Adres ISAP „{value}” powinien wyglądać tak: WDU20220000350.")


def validate_nip(value: str) -> None:
    """Check the ten digits of a NIP (weights 6 5 7 2 3 4 5 6 7, mod 11)."""
    if not (len(value) == 10 and value.isdigit() and nip.is_valid(value)):
        raise ValidationError(f"NIP „{value}” jest błędny: nie zgadza się cyfra kontrolna. Sprawdź 10 cyfr.")


def validate_regon(value: str) -> None:
    """Check the 9 or 14 digits of a REGON."""
    if not (value.isdigit() and len(value) in {9, 14} and regon.is_valid(value)):
        raise ValidationError(f"REGON „{value}” jest błędny: nie zgadza się cyfra kontrolna. Sprawdź 9 albo 14 cyfr.")


def validate_account_number(value: str) -> None:
    """Check the 26 digits of an NRB: (account + "2521" + check digits) mod 97 = 1."""
    if not (len(value) == 26 and value.isdigit() and int(f"{value[2:]}2521{value[:2]}") % 97 == 1):
        raise ValidationError(
            f"Numer rachunku „{value}” jest błędny: suma kontrolna się nie zgadza. Wpisz 26 cyfr bez odstępów."
        )


def validate_teryt(value: str) -> None:
    """Check that a TERC code of 2, 4 or 7 digits stands in the register."""
    if not teryt_register().is_valid(value):
        raise ValidationError(
            f"Kodu TERYT „{value}” nie ma w rejestrze. Wpisz 2 cyfry województwa, 4 powiatu albo 7 gminy."
        )


def validate_legal_units(value: str) -> None:
    """Check every line of a list of units of an act ("art. 129 § 2")."""
    for line in filter(None, map(str.strip, value.splitlines())):
        if not UNIT.match(line):
            raise ValidationError(
                f"Jednostka „{line}” ma zły zapis. Poprawnie: art. 129 § 2, § 2 pkt 3, załącznik cz. III."
            )


def eli_and_isap_agree(eli: str, isap: str) -> bool:
    """Whether both identifiers name the same act: publisher, year and position are equal."""
    match = ISAP.match(isap)
    publisher, year, position = eli.split("/")
    return bool(match) and match is not None and (match[1], match[2], int(match[3])) == (publisher, year, int(position))

"""Invented addresses and telephone numbers; streets exist in any town, no two offices share an address or number."""

from importers.sources.demo.drawing import Draw, TakenValues
from importers.sources.demo.office_profiles import places
from importers.sources.demo.records import Address


class AddressBook:
    """Gives out addresses and telephone numbers and never the same one twice."""

    def __init__(self) -> None:
        """Start with everything free."""
        self._taken = TakenValues()

    def address(self, draw: Draw, *, purpose: str, town: str, postal_pattern: str) -> Address:
        """Return a free address in the town; `#` in the postal pattern becomes a digit."""

        def candidate(attempt: int) -> tuple[str, str]:
            street = draw.pick(f"ulica|{purpose}|{attempt}", places().streets)
            return street, _building(draw, purpose=f"{purpose}|{attempt}")

        street, building = self._taken.claim(town, candidate)
        return Address(
            street=street,
            building=building,
            postal_code=_postal_code(draw, purpose=purpose, pattern=postal_pattern),
            town=town,
        )

    def phone(self, draw: Draw, *, purpose: str, area_code: str) -> str:
        """Return a free number with 555 in the middle, so that it is plainly invented: „+48 17 555 01 23”."""

        def candidate(attempt: int) -> str:
            digits = draw.digits(f"telefon|{purpose}|{attempt}", count=4)
            return f"+48 {area_code} 555 {digits[:2]} {digits[2:]}"

        return self._taken.claim("telefon", candidate)


def _building(draw: Draw, *, purpose: str) -> str:
    number = 1 + draw.number(f"budynek|{purpose}", below=90)
    return f"{number}{draw.pick(f'litera|{purpose}', ('', '', '', '', 'A', 'B'))}"


def _postal_code(draw: Draw, *, purpose: str, pattern: str) -> str:
    return "".join(
        draw.digits(f"kod|{purpose}|{place}", count=1) if sign == "#" else sign for place, sign in enumerate(pattern)
    )

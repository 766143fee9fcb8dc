"""What offices of one type have in common: the head, the units, the names of service points; and where offices are."""

from functools import cache
from pathlib import Path

import msgspec

DATA = Path(__file__).parent / "data"


class UnitPattern(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A unit that every office of the type has."""

    symbol: str
    name: str
    parent: str | None


class OfficeProfile(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The common pattern of an office type; a second point may stand in another town of the voivodeship."""

    office_type: str
    head_title: str
    main_point: str
    second_point: str
    second_point_elsewhere: bool
    price_list: bool
    units: tuple[UnitPattern, ...]


class Town(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A seat of offices; `#` in the postal pattern stands for any digit, the area code is that of land lines."""

    town: str
    postal_pattern: str
    area_code: str


class BranchTown(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A town of a branch in a voivodeship (two TERYT digits) with its name in the locative."""

    voivodeship: str
    town: str
    locative: str
    postal_pattern: str
    area_code: str


class Places(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Towns, branch towns and street names that any town has."""

    towns: tuple[Town, ...]
    branches: tuple[BranchTown, ...]
    streets: tuple[str, ...]


class AreasOfOffices(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Areas that are not simply the voivodeship or powiat of the seat; a leading minus cuts a prefix out."""

    areas: dict[str, tuple[str, ...]]
    districts: dict[str, tuple[str, ...]]


@cache
def profiles() -> dict[str, OfficeProfile]:
    """Return the profiles by the code of the office type."""
    found = msgspec.json.decode((DATA / "office_profiles.json").read_bytes(), type=tuple[OfficeProfile, ...])
    return {profile.office_type: profile for profile in found}


@cache
def places() -> Places:
    """Return the towns and streets."""
    return msgspec.json.decode((DATA / "places.json").read_bytes(), type=Places)


@cache
def areas_of_offices() -> AreasOfOffices:
    """Return the special areas by office code."""
    return msgspec.json.decode((DATA / "jurisdictions.json").read_bytes(), type=AreasOfOffices)


@cache
def special_tasks() -> dict[str, str]:
    """Return the note on what only this office does, by office code."""
    return msgspec.json.decode((DATA / "special_tasks.json").read_bytes(), type=dict[str, str])

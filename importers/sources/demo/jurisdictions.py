"""Areas of the offices as TERYT prefixes; two offices of one type never share a commune.

The area is the voivodeship or the powiat of the seat, unless the data file names another one.
"""

from importers.sources.demo.office_profiles import areas_of_offices
from importers.sources.demo.reading import OfficeEntry, OfficeType
from importers.sources.demo.records import Jurisdiction

_POWIAT_LEVELS = ("powiat", "powiat lub część miasta")


def jurisdiction(*, code: str, office: OfficeEntry, office_type: OfficeType) -> list[Jurisdiction]:
    """Return the prefixes of the office; excluded prefixes follow the included ones."""
    special = areas_of_offices().areas.get(code)
    if special is not None:
        return [Jurisdiction(prefix=prefix.lstrip("-"), include=not prefix.startswith("-")) for prefix in special]
    powiat_level = office_type.level in _POWIAT_LEVELS
    prefix = office.teryt_powiat if powiat_level else office.teryt_voivodeship
    return [Jurisdiction(prefix=prefix, include=True)]


def districts(*, code: str) -> list[str]:
    """Return the districts of a city that is divided between offices; empty when it is not."""
    return list(areas_of_offices().districts.get(code, ()))


def covers(areas: list[Jurisdiction], *, commune: str) -> bool:
    """Tell whether the area holds the commune (seven digits): the longest matching prefix decides."""
    matching = [area for area in areas if commune.startswith(area.prefix)]
    return max(matching, key=lambda area: len(area.prefix)).include if matching else False

"""Readable codes and short names of offices, derived from their official names."""

from importers.sources.demo.polish_text import slug
from importers.sources.demo.reading import OfficeEntry

# In the order of trial: a longer phrase before the one it holds.
_ABBREVIATIONS = (
    ("Jakości Handlowej Artykułów Rolno-Spożywczych", "JHARS"),
    ("Wojewódzki Inspektorat Ochrony Roślin i Nasiennictwa", "WIORiN"),
    ("Powiatowy Inspektorat Nadzoru Budowlanego", "PINB"),
    ("Wojewódzki Inspektorat Nadzoru Budowlanego", "WINB"),
    ("Wojewódzki Inspektorat Inspekcji Handlowej", "WIIH"),
    ("Wojewódzki Inspektorat Ochrony Środowiska", "WIOŚ"),
    ("Wojewódzki Inspektorat Farmaceutyczny", "WIF"),
    ("Wojewódzki Inspektorat Transportu Drogowego", "WITD"),
    ("Wojewódzki Inspektorat Weterynarii", "WIW"),
    ("Powiatowy Inspektorat Weterynarii", "PIW"),
    ("Wojewódzki Inspektorat ", "WI"),
    ("Regionalna Dyrekcja Ochrony Środowiska", "RDOŚ"),
    ("Wojewódzki Urząd Ochrony Zabytków", "WUOZ"),
    ("Wojewódzka Stacja Sanitarno-Epidemiologiczna", "WSSE"),
    ("Powiatowa Stacja Sanitarno-Epidemiologiczna", "PSSE"),
    ("Izba Administracji Skarbowej", "IAS"),
    ("Urząd Celno-Skarbowy", "UCS"),
    ("Urząd Skarbowy", "US"),
    ("Urząd Statystyczny", "Urz. Stat."),
    ("Urząd Wojewódzki", "UW"),
    ("Archiwum Państwowe", "AP"),
    ("Kuratorium Oświaty", "KO"),
    ("Komenda Wojewódzka Policji", "KWP"),
    ("Komenda Miejska Państwowej Straży Pożarnej", "KM PSP"),
    ("Komenda Powiatowa Państwowej Straży Pożarnej", "KP PSP"),
    ("Okręgowy Urząd Górniczy", "OUG"),
    ("Okręgowy Urząd Miar", "OUM"),
    ("Urząd Żeglugi Śródlądowej", "UŻŚ"),
    ("Urząd Morski", "UM"),
)


def short_name(name: str) -> str:
    """Return the official name with the usual abbreviation of the office type."""
    for phrase, abbreviation in _ABBREVIATIONS:
        name = name.replace(phrase, abbreviation)
    return name


def office_code(office: OfficeEntry) -> str:
    """Return type and town, and the district or the number when the name has one: „usk-lodz-baluty”."""
    parts = [office.type, office.town]
    district = office.name.rpartition(f"{office.town}-")[2] if f"{office.town}-" in office.name else ""
    first_word = office.name.split(" ", 1)[0]
    ordinal = first_word if first_word in ("Pierwszy", "Drugi", "Trzeci") else ""
    return slug(" ".join([*parts, district, ordinal]))

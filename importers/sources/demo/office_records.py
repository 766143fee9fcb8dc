"""Invented, valid and repeatable records of the offices of the demonstration catalogue."""

from collections.abc import Iterator

from importers.sources.demo import identifiers
from importers.sources.demo.addresses import AddressBook
from importers.sources.demo.drawing import Draw, TakenValues
from importers.sources.demo.jurisdictions import districts, jurisdiction
from importers.sources.demo.office_codes import office_code, short_name
from importers.sources.demo.office_profiles import OfficeProfile, Town, places, profiles, special_tasks
from importers.sources.demo.polish_text import slug
from importers.sources.demo.reading import OfficeEntry, office_types, offices
from importers.sources.demo.records import Account, AccountPurpose, Jurisdiction, OfficeRecord, Participation, Unit
from importers.sources.demo.service_points import service_points
from service_catalog.teryt import TerytUnit, teryt_register

# The only offices whose part in the project of 2010-2012 is confirmed by the sources.
CONFIRMED_PARTICIPANTS = frozenset(
    {"uw-rzeszow", "uw-gorzow-wielkopolski", "ust-poznan", "wios-lublin", "piw-makow-mazowiecki"}
)
_WARSAW_COMMUNE = "1465011"
_TOWN_KINDS = ("1", "3")


def office_records(*, scale: int = 1) -> Iterator[OfficeRecord]:
    """Yield a record for each of the 100 offices in the order of the data file, then copies up to `scale` times.

    A copy serves load tests: it has its own code, addresses and numbers, and no area, because areas of one type must
    not overlap.

    Raises:
        ValueError: when the scale is below 1.

    """
    if scale < 1:
        raise ValueError(f"Skala danych pokazowych musi wynosić co najmniej 1, a podano {scale}.")
    maker = _RecordMaker()
    for copy in range(1, scale + 1):
        for office in offices():
            yield maker.record(office, copy=copy)


class _RecordMaker:
    """Makes records one after another and keeps addresses and numbers different."""

    def __init__(self) -> None:
        self._addresses = AddressBook()
        self._taken = TakenValues()
        self._types = {office_type.code: office_type for office_type in office_types()}
        self._towns = {town.town: town for town in places().towns}

    def record(self, office: OfficeEntry, *, copy: int) -> OfficeRecord:
        """Return the record of the office, or of its copy when `copy` is above 1."""
        original_code = office_code(office)
        code = original_code if copy == 1 else f"{original_code}-{copy}"
        suffix = "" if copy == 1 else f" – oddział {copy}"
        draw, town, profile = Draw(code), self._towns[office.town], profiles()[office.type]
        seat = self._addresses.address(draw, purpose="siedziba", town=office.town, postal_pattern=town.postal_pattern)
        phone = self._addresses.phone(draw, purpose="centrala", area_code=town.area_code)
        teryt_seat = seat_commune(office)
        return OfficeRecord(
            code=code,
            office_type=office.type,
            name=office.name + suffix,
            short_name=short_name(office.name) + suffix,
            town=office.town,
            teryt_seat=teryt_seat.code,
            jurisdiction=self._jurisdiction(office, code=code, copy=copy),
            districts=districts(code=code),
            address=seat,
            phone=phone,
            email=f"kontakt@{code}.example",
            website=f"https://{code}.example",
            bip_url=f"https://bip.{code}.example",
            nip=self._taken.claim("nip", lambda attempt: identifiers.invented_nip(draw, attempt=attempt)),
            regon=self._taken.claim("regon", lambda attempt: identifiers.invented_regon(draw, attempt=attempt)),
            epuap_address=f"/{code.replace('-', '_')}/SkrytkaESP",
            edelivery_address=self._taken.claim(
                "ade", lambda attempt: identifiers.invented_edelivery_address(draw, attempt=attempt)
            ),
            accounts=self._accounts(draw, owner=office.name + suffix, seat=teryt_seat, profile=profile),
            head_title=profile.head_title,
            accessibility_contact=f"Koordynator dostępności: tel. {phone}, e-mail dostepnosc@{code}.example",
            privacy_notice_url=f"https://{code}.example/ochrona-danych",
            units=self._units(draw, code=code, town=town, profile=profile),
            service_points=service_points(
                draw,
                code=code,
                seat=seat,
                voivodeship=office.teryt_voivodeship,
                profile=profile,
                addresses=self._addresses,
            ),
            participation=_participation(draw, code=code),
            special_task_note=special_tasks().get(code, ""),
        )

    def _jurisdiction(self, office: OfficeEntry, *, code: str, copy: int) -> list[Jurisdiction]:
        if copy > 1:
            return []
        return jurisdiction(code=code, office=office, office_type=self._types[office.type])

    def _accounts(self, draw: Draw, *, owner: str, seat: TerytUnit, profile: OfficeProfile) -> list[Account]:
        accounts = [self._own_account(draw, purpose="dochody", owner=owner), city_stamp_duty_account(seat)]
        if profile.price_list:
            accounts.append(self._own_account(draw, purpose="cennik", owner=owner))
        return accounts

    def _own_account(self, draw: Draw, *, purpose: AccountPurpose, owner: str) -> Account:
        number = self._taken.claim(
            "rachunek",
            lambda attempt: identifiers.invented_account_number(draw, purpose=purpose, attempt=attempt),
        )
        return Account(purpose=purpose, owner=owner, number=number)

    def _units(self, draw: Draw, *, code: str, town: Town, profile: OfficeProfile) -> list[Unit]:
        rooms = draw.sample("pokoje komórek", range(101, 160), size=len(profile.units))
        return [
            Unit(
                symbol=pattern.symbol,
                name=pattern.name,
                parent=pattern.parent,
                phone=self._addresses.phone(draw, purpose=pattern.symbol, area_code=town.area_code),
                email=f"{slug(pattern.symbol)}@{code}.example",
                room=str(room),
            )
            for pattern, room in zip(profile.units, rooms, strict=True)
        ]


def seat_commune(office: OfficeEntry) -> TerytUnit:
    """Return the commune of the seat: the town of that name in the powiat of the office.

    Raises:
        LookupError: when the powiat has no town of that name.

    """
    for kind in _TOWN_KINDS:
        for unit in teryt_register().communes_of(office.teryt_powiat):
            if unit.name == office.town and unit.code.endswith(kind):
                return unit
    raise LookupError(f"W powiecie {office.teryt_powiat} nie ma miasta „{office.town}”. Popraw plik offices.json.")


def city_stamp_duty_account(seat: TerytUnit) -> Account:
    """Return the account of the town of the seat: stamp duty goes there (ustawa o opłacie skarbowej, art. 12).

    Offices of one town get the same account, because it depends on the commune only.
    """
    title = "Miasto" if seat.code.endswith("1") else "Gmina"
    if seat.code == _WARSAW_COMMUNE:
        title = "Miasto stołeczne"
    number = identifiers.invented_account_number(Draw(seat.code), purpose="opłata skarbowa", attempt=0)
    return Account(purpose="opłata skarbowa", owner=f"{title} {seat.name} – opłata skarbowa", number=number)


def _participation(draw: Draw, *, code: str) -> Participation:
    if code in CONFIRMED_PARTICIPANTS or draw.chance("udział", percent=65):
        return "projekt"
    return "przyjął wzorzec"

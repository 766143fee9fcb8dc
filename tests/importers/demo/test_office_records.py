"""The invented office records are valid, different from each other and the same on every run."""

import hashlib
import itertools
import re

import msgspec
import pytest
from stdnum.pl import nip, regon

from importers.sources.demo.facilities import FREE_COPIES, HELPER
from importers.sources.demo.jurisdictions import covers
from importers.sources.demo.office_records import CONFIRMED_PARTICIPANTS, office_records
from importers.sources.demo.reading import office_types, offices
from importers.sources.demo.records import OfficeRecord
from service_catalog.teryt import teryt_register

RECORDS = tuple(office_records())
BY_CODE = {record.code: record for record in RECORDS}
GOLDEN_SHA256 = "2514dbfe59447ade9eba05b532a9ee34664015047c4737a009150f1157081780"
EVERY_COMMUNE = [unit.code for unit in teryt_register().communes_of("") if len(unit.code) == 7]


def _is_valid_nrb(number: str) -> bool:
    return len(number) == 26 and number.isdigit() and int(f"{number[2:]}2521{number[:2]}") % 97 == 1


def test_one_record_per_office_in_the_order_of_the_list() -> None:
    assert [(record.office_type, record.town) for record in RECORDS] == [
        (entry.type, entry.town) for entry in offices()
    ]
    assert len(BY_CODE) == 100
    assert all(re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)+", code) for code in BY_CODE)


@pytest.mark.parametrize("code", ["uw-rzeszow", "usk-lodz-baluty", "piw-makow-mazowiecki", "usk-opole-pierwszy"])
def test_codes_are_readable(code: str) -> None:
    assert code in BY_CODE


def test_two_runs_give_equal_records_and_the_known_digest() -> None:
    first, second = msgspec.json.encode(RECORDS), msgspec.json.encode(tuple(office_records()))
    assert first == second
    assert hashlib.sha256(first).hexdigest() == GOLDEN_SHA256


@pytest.mark.parametrize("scale", [1, 3])
def test_identifiers_are_valid_and_unique(scale: int) -> None:
    records = tuple(office_records(scale=scale))
    for record in records:
        assert nip.is_valid(record.nip)
        assert regon.is_valid(record.regon)
        assert re.fullmatch(r"AE:PL-\d{5}-\d{5}-[A-Z]{5}-\d{2}", record.edelivery_address)
        assert re.fullmatch(r"/\w+/SkrytkaESP", record.epuap_address)
        assert all(_is_valid_nrb(account.number) for account in record.accounts)
        assert re.fullmatch(r"\+48 \d\d 555 \d\d \d\d", record.phone)
        assert re.fullmatch(r"\d\d-\d{3}", record.address.postal_code)
    for name in ("code", "name", "phone", "nip", "regon", "edelivery_address", "epuap_address", "email", "website"):
        assert len({getattr(record, name) for record in records}) == 100 * scale, name
    assert len({(record.town, record.address.street, record.address.building) for record in records}) == 100 * scale
    phones = [phone for record in records for phone in [record.phone, *(unit.phone for unit in record.units)]]
    assert len(phones) == len(set(phones))


def test_a_larger_scale_keeps_the_first_hundred_and_adds_copies_without_area() -> None:
    records = tuple(office_records(scale=2))
    assert records[:100] == RECORDS
    assert records[100].code == f"{RECORDS[0].code}-2"
    assert records[100].name.endswith(" – oddział 2")
    assert records[100].jurisdiction == []
    with pytest.raises(ValueError, match="co najmniej 1"):
        next(office_records(scale=0))


def test_records_of_two_offices_differ_in_their_hours_and_points() -> None:
    points = {msgspec.json.encode(record.service_points) for record in RECORDS}
    weeks = {msgspec.json.encode(record.service_points[0].hours) for record in RECORDS}
    assert len(points) == 100
    assert len(weeks) > 30


def test_seat_is_a_commune_of_the_register_with_the_name_of_the_town() -> None:
    for record in RECORDS:
        assert teryt_register().lookup(record.teryt_seat).name == record.town
    assert BY_CODE["uw-warszawa"].teryt_seat == "1465011"


def test_areas_are_codes_of_the_register_and_hold_the_seat() -> None:
    for record in RECORDS:
        assert record.jurisdiction
        assert all(teryt_register().is_valid(area.prefix) for area in record.jurisdiction), record.code
        assert covers(record.jurisdiction, commune=record.teryt_seat), record.code


def test_areas_of_one_type_never_overlap() -> None:
    for office_type in office_types():
        same_type = [record for record in RECORDS if record.office_type == office_type.code]
        for one, other in itertools.combinations(same_type, 2):
            shared = [
                commune
                for commune in EVERY_COMMUNE
                if covers(one.jurisdiction, commune=commune) and covers(other.jurisdiction, commune=commune)
            ]
            assert shared == [], (one.code, other.code)


def test_excluded_prefixes_are_cut_out_of_the_area() -> None:
    area = BY_CODE["oug-krosno"].jurisdiction
    assert covers(area, commune="1861011")
    assert not covers(area, commune="1864011")


def test_stamp_duty_goes_to_the_town_and_its_offices_share_the_account() -> None:
    accounts: dict[str, set[str]] = {}
    for record in RECORDS:
        stamp_duty = [account for account in record.accounts if account.purpose == "opłata skarbowa"]
        assert len(stamp_duty) == 1
        assert stamp_duty[0].owner.endswith(f"{record.town} – opłata skarbowa")
        accounts.setdefault(record.teryt_seat, set()).add(stamp_duty[0].number)
    assert all(len(numbers) == 1 for numbers in accounts.values())
    assert len(set().union(*accounts.values())) == len(accounts)


def test_own_accounts_are_not_shared() -> None:
    own = [a.number for record in RECORDS for a in record.accounts if a.purpose != "opłata skarbowa"]
    assert len(own) == len(set(own))


def test_units_form_a_tree_within_the_office() -> None:
    for record in RECORDS:
        symbols = [unit.symbol for unit in record.units]
        assert 3 <= len(symbols) == len(set(symbols)) <= 6
        assert all(unit.parent is None or unit.parent in symbols for unit in record.units)


def test_documented_good_practices_are_where_the_sources_say() -> None:
    rzeszow = BY_CODE["uw-rzeszow"].service_points[0]
    assert (rzeszow.name, rzeszow.floor) == ("Biuro obsługi klienta", "parter")
    assert FREE_COPIES in [facility.kind for facility in rzeszow.facilities if facility.availability == "stała"]
    assert HELPER in [facility.kind for facility in BY_CODE["ust-poznan"].service_points[0].facilities]


def test_confirmed_participants_took_part_in_the_project() -> None:
    assert {BY_CODE[code].participation for code in CONFIRMED_PARTICIPANTS} == {"projekt"}
    assert {record.participation for record in RECORDS} == {"projekt", "przyjął wzorzec"}


@pytest.mark.parametrize("record", RECORDS, ids=lambda record: record.code)
def test_service_points_are_consistent(record: OfficeRecord) -> None:
    assert 1 <= len(record.service_points) <= 3
    assert record.service_points[0].address == record.address
    for point in record.service_points:
        assert [hours.weekday for hours in point.hours] == [0, 1, 2, 3, 4]
        assert all(hours.opens < hours.closes for hours in point.hours)
        assert any(exception.date_from == "2026-12-24" and exception.closed for exception in point.exceptions)
        for exception in point.exceptions:
            assert "2026-01-01" <= exception.date_from <= exception.date_to <= "2027-12-31"
            assert exception.closed == (exception.opens is None) == (exception.closes is None)
        kinds = [facility.kind for facility in point.facilities]
        assert 3 <= len(kinds) == len(set(kinds)) <= 7
        for facility in point.facilities:
            assert (facility.availability == "okresowa") == (facility.available_from is not None)
            assert (facility.available_from is None) == (facility.available_to is None)

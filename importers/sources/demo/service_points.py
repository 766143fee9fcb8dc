"""Invented service points of an office: one to three places, the first is the main one."""

from importers.sources.demo.addresses import AddressBook
from importers.sources.demo.drawing import Draw
from importers.sources.demo.facilities import FREE_COPIES, HELPER, INDUCTION_LOOP, WHEELCHAIR_DESK, facilities
from importers.sources.demo.office_profiles import BranchTown, OfficeProfile, places
from importers.sources.demo.opening_hours import hours_exceptions, weekly_hours
from importers.sources.demo.records import Address, PaymentMethod, ServicePointRecord

# The two good practices of the source documents that name an office.
_DOCUMENTED_FACILITIES = {"uw-rzeszow": (FREE_COPIES,), "ust-poznan": (HELPER,)}
_FLOORS = ("parter", "parter", "parter", "I piętro", "II piętro")
_BOOKING = (
    "Bez umawiania. Weź numer przy wejściu.",
    "Umów godzinę na stronie urzędu albo przyjdź i weź numer.",
    "Umów godzinę przez telefon. Do 10:00 przyjmujemy też bez umówienia.",
    "Tylko po umówieniu. Zadzwoń lub wybierz godzinę na stronie urzędu.",
)
_PAYMENTS: tuple[tuple[PaymentMethod, ...], ...] = (
    ("przelew",),
    ("karta", "przelew"),
    ("karta", "BLIK", "przelew"),
    ("gotówka", "karta", "przelew"),
    ("gotówka", "karta", "BLIK", "przelew"),
)
_CASH_MACHINE = (
    "Bankomat stoi w holu przy wejściu.",
    "Najbliższy bankomat jest naprzeciwko, obok apteki.",
    "Bankomat jest w sklepie za rogiem, około 150 m stąd.",
    "W pobliżu nie ma bankomatu. Zapłać kartą lub przelewem.",
    "Bankomat jest na dworcu, około 400 m stąd.",
)


def service_points(
    draw: Draw, *, code: str, seat: Address, voivodeship: str, profile: OfficeProfile, addresses: AddressBook
) -> list[ServicePointRecord]:
    """Return the points of the office; types with branches get theirs in other towns of the voivodeship."""
    always = _DOCUMENTED_FACILITIES.get(code, ())
    points = [_point(draw, number=0, name=profile.main_point, address=seat, profile=profile, always=always)]
    if profile.second_point_elsewhere:
        branches = [branch for branch in places().branches if branch.voivodeship == voivodeship]
        branches = [branch for branch in branches if branch.town != seat.town]
        for branch in branches[: 1 + draw.number("liczba delegatur", below=2)]:
            points.append(_branch(draw, branch, number=len(points), profile=profile, addresses=addresses))
    elif draw.chance("drugi punkt", percent=45):
        points.append(_point(draw, number=1, name=profile.second_point, address=seat, profile=profile, always=()))
    return points


def _branch(
    draw: Draw, branch: BranchTown, *, number: int, profile: OfficeProfile, addresses: AddressBook
) -> ServicePointRecord:
    address = addresses.address(draw, purpose=f"punkt {number}", town=branch.town, postal_pattern=branch.postal_pattern)
    name = f"{profile.second_point} {branch.locative}"
    return _point(draw, number=number, name=name, address=address, profile=profile, always=())


def _point(
    draw: Draw, *, number: int, name: str, address: Address, profile: OfficeProfile, always: tuple[str, ...]
) -> ServicePointRecord:
    # The good practice of Rzeszów is documented for the client service office on the ground floor.
    floor = "parter" if always else draw.pick(f"piętro|{number}", _FLOORS)
    hours = weekly_hours(draw, point=number)
    lift = draw.chance(f"winda|{number}", percent=60)
    found = facilities(draw, point=number, office_type=profile.office_type, always=always)
    kinds = {facility.kind for facility in found}
    return ServicePointRecord(
        name=name,
        address=address,
        floor=floor,
        room=_room(draw, floor=floor, number=number),
        hours=hours,
        exceptions=hours_exceptions(draw, point=number, hours=hours),
        booking=draw.pick(f"umawianie|{number}", _BOOKING),
        payment_methods=list(draw.pick(f"płatności|{number}", _PAYMENTS)),
        cash_machine_note=draw.pick(f"bankomat|{number}", _CASH_MACHINE),
        # Upstairs is step-free only with a lift.
        step_free_access=(floor == "parter" or lift)
        and (WHEELCHAIR_DESK in kinds or draw.chance(f"bez schodów|{number}", percent=80)),
        lift=lift,
        induction_loop=INDUCTION_LOOP in kinds or draw.chance(f"pętla|{number}", percent=40),
        accessible_toilet=draw.chance(f"toaleta|{number}", percent=65),
        parking=draw.chance(f"parking|{number}", percent=50),
        facilities=found,
    )


def _room(draw: Draw, *, floor: str, number: int) -> str:
    storey = _STOREYS[floor]
    return f"{storey}{1 + draw.number(f'pokój|{number}', below=24):02d}".lstrip("0")


_STOREYS = {"parter": 0, "I piętro": 1, "II piętro": 2}

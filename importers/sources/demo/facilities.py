"""Invented facilities of service points, from the start list of the domain model, with the documented good practices.

Two offices keep what the collection of good practices says of them: free copies in Rzeszów, a helper in Poznań.
"""

from importers.sources.demo.drawing import Draw
from importers.sources.demo.records import Availability, FacilityRecord

FREE_COPIES = "bezpłatne ksero"
HELPER = "osoba pomagająca przy e-usługach"
INDUCTION_LOOP = "pętla indukcyjna"
WHEELCHAIR_DESK = "stanowisko dla osoby na wózku"

HOW_TO_ASK: dict[str, tuple[str, ...]] = {
    "komputer z internetem": ("Podejdź do stolika przy wejściu.", "Poproś w okienku o hasło dla gościa."),
    "drukarka": ("Poproś pracownika o wydruk.", "Wyślij plik na adres z tabliczki i odbierz kartkę w okienku."),
    "skaner": ("Poproś pracownika o skan.", "Skaner stoi obok komputera, instrukcja wisi na ścianie."),
    FREE_COPIES: ("Poproś o kopię w okienku numer 1.", "Ksero stoi przy wejściu. Skopiuj dokument samodzielnie."),
    HELPER: ("Poproś pracownika przy wejściu. Wezwie osobę, która pomoże.", "Zadzwoń z telefonu na ladzie, wybierz 1."),
    "kącik dla dziecka": ("Kącik jest obok poczekalni.", "Zapytaj o klocki i kredki przy ladzie."),
    WHEELCHAIR_DESK: ("Naciśnij w automacie przycisk z wózkiem.", "Podejdź do niskiej lady."),
    INDUCTION_LOOP: ("Przełącz aparat na T przy oznaczonym okienku.", "Poproś o przenośną pętlę."),
    "tłumacz PJM (na miejscu)": ("Zgłoś potrzebę co najmniej 3 dni robocze wcześniej.",),
    "tłumacz PJM (wideo)": ("Poproś o tablet z tłumaczem.", "Powiedz pracownikowi gestem lub na kartce: PJM."),
    "obsługa w języku obcym": ("Zapytaj przy wejściu o pracownika, który zna twój język.",),
    "przewijak": ("Przewijak jest w toalecie na parterze.",),
    "kolejkomat": ("Wybierz sprawę na ekranie. Numer wywoła głos i tablica.",),
    "wrzutnia": ("Wrzuć kopertę do skrzynki przy drzwiach. Opróżniamy ją codziennie.",),
}
_COUNTED = frozenset({"komputer z internetem", "drukarka", "skaner", WHEELCHAIR_DESK})
_SEASONS = {
    "PIT": ("2027-02-15", "2027-04-30"),
    "lato": ("2027-06-01", "2027-08-31"),
    "spis": ("2027-09-01", "2027-11-30"),
}
_SEASON_OF_TYPE = {"USK": "PIT", "IAS": "PIT", "UM": "lato", "PSSE": "lato", "UST": "spis"}
# Some confirmations are older than 12 months, so that the public page has something to warn about.
_CONFIRMED_ON = ("2025-03-14", "2025-10-02", "2026-01-19", "2026-02-27", "2026-04-08", "2026-05-21")
_RECENTLY = "2026-05-21"


def facilities(draw: Draw, *, point: int, office_type: str, always: tuple[str, ...]) -> list[FacilityRecord]:
    """Return three to seven facilities of a point; the kinds in `always` stand first and are permanent and free."""
    wanted = 3 + draw.number(f"ile udogodnień|{point}", below=5)
    others = [kind for kind in HOW_TO_ASK if kind not in always]
    chosen = draw.sample(f"udogodnienia|{point}", others, size=max(0, wanted - len(always)))
    permanent = [_permanent(draw, kind) for kind in always]
    return permanent + [_drawn(draw, kind, point=point, office_type=office_type) for kind in chosen]


def _permanent(draw: Draw, kind: str) -> FacilityRecord:
    return FacilityRecord(
        kind=kind,
        count=1,
        cost="0.00",
        how_to_ask=draw.pick(f"prośba|{kind}", HOW_TO_ASK[kind]),
        availability="stała",
        available_from=None,
        available_to=None,
        confirmed_on=_RECENTLY,
    )


def _drawn(draw: Draw, kind: str, *, point: int, office_type: str) -> FacilityRecord:
    season = _SEASON_OF_TYPE.get(office_type)
    periodic = season is not None and kind in (HELPER, "komputer z internetem", "obsługa w języku obcym")
    availability: Availability = "okresowa" if periodic else "stała"
    starts, ends = _SEASONS[season] if season is not None and periodic else (None, None)
    return FacilityRecord(
        kind=kind,
        count=1 + draw.number(f"liczba|{kind}|{point}", below=3) if kind in _COUNTED else None,
        cost=draw.pick(f"cena|{point}", ("0.00", "0.20", "0.50")) if kind == "drukarka" else "0.00",
        how_to_ask=draw.pick(f"prośba|{kind}|{point}", HOW_TO_ASK[kind]),
        availability=availability,
        available_from=starts,
        available_to=ends,
        confirmed_on=draw.pick(f"potwierdzono|{kind}|{point}", _CONFIRMED_ON),
    )

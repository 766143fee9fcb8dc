"""The reports as a browser asks for them: what they count, what a filter leaves, who sees what, how much they ask the database."""

from __future__ import annotations

import csv
import datetime
import io
import re
from decimal import Decimal

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from cms import roles
from cms.editorial import workflow
from cms.editorial.models import Standing
from cms.editorial.states import State
from publication.calendar import today
from service_catalog.authoring.rights import sync_rights
from service_catalog.models import NotOffered, OfficeCard, OfficePage, OfficePrice, Reconciliation
from tests.service_catalog.editorial.office import Staff, office_card, staff

PLACE = "/admin/zestawienia/"
NAMES = ("kompletnosc", "przeglady", "do-uzgodnienia", "praca-osob")


@pytest.fixture
def people(db: None) -> Staff:
    found = staff()
    User.objects.filter(username="autor").update(first_name="Anna", last_name="Pisząca")
    return found


@pytest.fixture
def card(people: Staff) -> OfficeCard:
    """The card of the office in Rzeszów: sent by its author, its review late by 31 days, one field to reconcile."""
    page = office_card()
    page.save_revision(user=people["autor"])
    workflow.submit(OfficeCard.objects.get(pk=page.pk), people["autor"], moment=timezone.now())
    Standing.objects.filter(page=page).update(next_review=today() - datetime.timedelta(days=31))
    Reconciliation.objects.create(
        office_card=page, field="mistakes", old_model="=stare", new_model="nowe", ours="nasze", since_sequence=1,
        since_day=today() - datetime.timedelta(days=3), opened_at=timezone.now(),
    )  # fmt: skip
    return page


def lines(client: Client, address: str, **filters: str) -> list[dict[str, str]]:
    """The rows of a report's CSV; the last is the row of totals."""
    answer = client.get(address, filters | {"plik": "csv"})
    assert answer.status_code == 200, answer.content.decode()
    text = answer.content.decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline=""), delimiter=";"))


def test_completeness_counts_what_is_planned_published_and_late(people: Staff, card: OfficeCard) -> None:
    client = people.client("redakcja")
    *offices, whole = lines(client, f"{PLACE}kompletnosc/")
    row = next(one for one in offices if one["Urząd"] == card.get_parent().title)
    expected = {
        "Planowane": "1", "Opublikowane": "1", "Procent planu": "100,0", "W sprawdzaniu": "1", "Nierozpoczęte": "0",
        "Do uzgodnienia": "1", "Przegląd po terminie": "1", "w tym ponad 30 dni": "1", "Województwo": "podkarpackie",
    }  # fmt: skip
    assert {name: row[name] for name in expected} == expected
    *types, by_type = lines(client, f"{PLACE}kompletnosc/", uklad="typy")
    for name in (
        "Planowane",
        "Opublikowane",
        "W sprawdzaniu",
        "Nierozpoczęte",
        "Do uzgodnienia",
        "Przegląd po terminie",
    ):
        assert int(whole[name]) == sum(int(one[name]) for one in offices) == int(by_type[name])
        assert int(by_type[name]) == sum(int(one[name]) for one in types)
    assert by_type["Urzędy"] == str(len(offices))


def test_a_card_that_is_not_offered_or_suspended_leaves_the_plan_or_the_published(
    people: Staff, card: OfficeCard
) -> None:
    client = people.client("koordynator")
    Standing.objects.filter(page=card).update(state=State.SUSPENDED)
    row = lines(client, f"{PLACE}kompletnosc/")[0]
    assert (row["Planowane"], row["Opublikowane"], row["Wstrzymane"], row["Procent planu"]) == ("1", "0", "1", "0,0")
    office = OfficePage.objects.get(code="uw-rzeszow")
    NotOffered.objects.create(office=office, model_card=card.model_card, reason="Robi to inny urząd.")
    row = lines(client, f"{PLACE}kompletnosc/")[0]
    assert (row["Planowane"], row["Nierozpoczęte"], row["Procent planu"]) == ("0", "0", "")


def test_filters_narrow_to_what_fits(people: Staff, card: OfficeCard) -> None:
    client = people.client("redakcja")
    late = f"{PLACE}przeglady/"
    assert len(lines(client, late, spoznienie="miesiac", stan="approve", urzad="uw-rzeszow", typ="UW")) == 2
    assert lines(client, late)[-1]["Ponad 30 dni"] == "1"
    for nothing in ({"urzad": "uw-gdansk"}, {"stan": "draft"}, {"od": today().isoformat()}):
        assert len(lines(client, late, **nothing)) == 1, nothing
    waiting = f"{PLACE}do-uzgodnienia/"
    assert lines(client, waiting)[0]["Wzorzec przed zmianą"] == "'=stare"
    assert lines(client, waiting)[0]["Czeka dni"] == "3"
    assert len(lines(client, waiting, stan="kept")) == 1
    work = f"{PLACE}praca-osob/"
    assert lines(client, work, osoba="piszaca")[0]["Wysłał w tych dniach"] == "1"
    assert len(lines(client, work, osoba="kto inny")) == 1
    ended = (today() - datetime.timedelta(days=5)).isoformat()
    assert lines(client, work, do=ended, od=ended)[-1]["Wysłał w tych dniach"] == "0"
    assert lines(client, work, nieznane="x")[-1]["Wysłane, czekają na sprawdzenie"] == "1"


@pytest.mark.parametrize(
    "wrong",
    [{"urzad": "nie-ma"}, {"od": "wczoraj"}, {"od": "0001-01-01"}, {"do": "2026-01-01", "od": "2026-01-02"}, {"stan": "nie-ma"}],
)  # fmt: skip
def test_a_filter_that_cannot_be_understood_is_refused_with_a_sentence(people: Staff, wrong: dict[str, str]) -> None:
    answer = people.client("redakcja").get(f"{PLACE}przeglady/", wrong)
    assert answer.status_code == 400
    told = re.search(r'role="alert".*?<li>([^<]+\.)</li>', answer.content.decode(), re.DOTALL)
    assert told, answer.content.decode()


def test_an_office_sees_itself_and_people_who_work_in_it(people: Staff, card: OfficeCard) -> None:
    Standing.objects.filter(page=card).update(submitted_by=people["redakcja"])
    own, other = people.client("koordynator"), people.client("obcy")
    for name in NAMES:
        assert card.title in own.get(f"{PLACE}{name}/").content.decode() or name in ("kompletnosc", "praca-osob")
        html = other.get(f"{PLACE}{name}/").content.decode()
        assert card.title not in html
        assert "uw-rzeszow" not in html
        assert "Pisząca" not in html
        assert other.get(f"{PLACE}{name}/", {"urzad": "uw-rzeszow"}).status_code == 400
    work = own.get(f"{PLACE}praca-osob/").content.decode()
    assert "Anna Pisząca" in work
    assert "osoba spoza urzędu" in work
    assert "redakcja</td>" not in work
    assert "redakcja" in {row["Osoba"] for row in lines(people.client("redakcja"), f"{PLACE}praca-osob/")}


def test_those_without_an_office_and_advisers_are_refused(people: Staff) -> None:
    for role, code in ((roles.DATA_PROTECTION_OFFICER, ""), (roles.OFFICE_ADVISOR, "uw-rzeszow")):
        user = User.objects.create_user(f"osoba-{code}")
        user.groups.add(*(roles.groups_of(role, code=code) if code else _group(role)))
        client = Client()
        client.force_login(user)
        answer = client.get(f"{PLACE}kompletnosc/")
        assert (answer.status_code, answer["Location"]) == (302, "/admin/")
        assert PLACE not in client.get("/admin/").content.decode()
    assert PLACE in people.client("koordynator").get("/admin/").content.decode()


def _group(role: roles.Role) -> list[object]:
    from django.contrib.auth.models import Group

    return list(Group.objects.filter(name=role.name))


@pytest.mark.parametrize("name", NAMES)
def test_more_offices_cost_no_more_queries(people: Staff, card: OfficeCard, name: str) -> None:
    client = people.client("redakcja")
    client.get(f"{PLACE}{name}/")
    with CaptureQueriesContext(connection) as few:
        client.get(f"{PLACE}{name}/")
    first = OfficePage.objects.get(code="uw-rzeszow")
    for number in range(30):
        code = f"uw-nowy-{number}"
        page = OfficePage(**{one.name: getattr(first, one.name) for one in OfficePage._meta.local_concrete_fields
                             if one.name != "page_ptr"} | {"title": code, "slug": code, "code": code})  # fmt: skip
        first.get_parent().add_child(instance=page)
        Standing.objects.create(
            page=page, state=State.NEEDS_REVIEW, since=timezone.now(), next_review=datetime.date(2026, 1, 1)
        )
    sync_rights()
    client.get(f"{PLACE}{name}/")
    with CaptureQueriesContext(connection) as many:
        client.get(f"{PLACE}{name}/")
    assert len(many) <= len(few), [query["sql"][:200] for query in many.captured_queries]


def test_the_history_of_a_card_says_who_changed_what_from_what_to_what(people: Staff, card: OfficeCard) -> None:
    draft = card.get_latest_revision_as_object()
    draft.contact_room, draft.internal_note = "14", "=1+1"
    draft.prices = [OfficePrice(code="kopia", amount=Decimal("7.50"))]
    draft.mistakes = [("item", "Brak podpisu.")]
    draft.save_revision(user=people["drugi.autor"])
    address = f"/admin/karty/{card.pk}/zmiany/"
    client = people.client("naczelnik")
    assert address in client.get(f"/admin/karty/{card.pk}/historia/").content.decode()
    found = {row["Co"]: row for row in reversed(lines(client, address))}
    assert (found["pokój"]["Było"], found["pokój"]["Jest"], found["pokój"]["Kto"]) == ("12", "14", "drugi.autor")
    assert "5.00" in found["ceny"]["Było"]
    assert "7.50" in found["ceny"]["Jest"]
    assert found["notatka dla konsultanta (nigdy publiczna)"]["Jest"] == "'=1+1"
    assert found["najczęstsze błędy – dodatkowo"]["Jest"] == "Brak podpisu."
    assert found["wysłanie do sprawdzenia"]["Kto"] == "Anna Pisząca"
    assert "zatwierdzenia" in found["wysłanie do sprawdzenia"]["Jest"]
    rooms = [(row["Było"], row["Jest"]) for row in lines(client, address, pole="pokoj")[:-1]]
    assert rooms == [("12", "14"), ("", "12")]
    second = lines(client, address, osoba="drugi")[:-1]
    assert {row["Kto"] for row in second} == {"drugi.autor"}
    assert {"pokój", "ceny", "najczęstsze błędy – dodatkowo"} <= {row["Co"] for row in second}
    assert len(lines(client, address, do="2020-01-01")) == 1


def test_the_history_of_a_card_stays_inside_its_office(people: Staff, card: OfficeCard) -> None:
    assert people.client("obcy").get(f"/admin/karty/{card.pk}/zmiany/").status_code == 403
    assert people.client("redakcja").get("/admin/karty/1/zmiany/").status_code == 409


def test_a_longer_history_costs_no_more_queries(people: Staff, card: OfficeCard) -> None:
    client, address = people.client("naczelnik"), f"/admin/karty/{card.pk}/zmiany/"
    client.get(address)
    with CaptureQueriesContext(connection) as few:
        client.get(address)
    for number in range(10):
        draft = card.get_latest_revision_as_object()
        draft.contact_room = str(number)
        draft.save_revision(user=people["drugi.autor"])
    with CaptureQueriesContext(connection) as many:
        client.get(address)
    assert len(many) <= len(few)

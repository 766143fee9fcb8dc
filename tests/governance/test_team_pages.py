"""The pages of teams and notifications, asked like a browser does."""

from __future__ import annotations

import datetime
import re
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.utils import timezone
from wagtail.models import ModelLogEntry

from cms import roles
from governance.acting import Post
from governance.assignments import assign, report_absence
from governance.models import Absence, AdvisorAssignment, CoordinatorAssignment, Notification, NotificationChoice
from governance.notifying import tell
from governance.teams import acting_coordinator
from publication.calendar import today
from service_catalog.models import OfficePage
from tests.governance.conftest import add_office, person


def browser(user: User) -> Client:
    client = Client(raise_request_exception=False)
    client.force_login(user)
    return client


def after(days: int) -> str:
    return (today() + datetime.timedelta(days=days)).isoformat()


@pytest.fixture
def coordinator(rzeszow: OfficePage) -> User:
    user = person("kinga", roles.OFFICE_COORDINATOR, code="uw-rzeszow")
    assign(rzeszow, user, Post.COORDINATOR, begins=today(), moment=timezone.now())
    return user


@pytest.fixture
def colleague(rzeszow: OfficePage) -> User:
    return person("zenon", roles.OFFICE_AUTHOR, code="uw-rzeszow")


def new_post(who: User, **changes: str) -> dict[str, str]:
    form = {"person": str(who.pk), "post": "deputy", "begins": after(0), "ends": "", "order": "1"} | changes
    return {f"assign-{name}": value for name, value in form.items()}


def test_a_coordinator_appoints_a_deputy_and_reports_an_absence(
    rzeszow: OfficePage, coordinator: User, colleague: User
) -> None:
    client = browser(coordinator)
    assert client.get("/admin/zespoly/", follow=True).redirect_chain[-1][0] == "/admin/zespoly/uw-rzeszow/"
    page = client.post("/admin/zespoly/uw-rzeszow/funkcja/", new_post(colleague), follow=True).content.decode()
    assert "Funkcja została nadana." in page
    absence = {"absence-person": str(coordinator.pk), "absence-begins": after(0), "absence-ends": after(2)}
    page = client.post("/admin/zespoly/uw-rzeszow/nieobecnosc/", absence, follow=True).content.decode()
    assert "zastępuje nieobecnego koordynatora" in page
    assert acting_coordinator(rzeszow, on=today()) == colleague
    back = f"/admin/zespoly/uw-rzeszow/nieobecnosc/{Absence.objects.get().pk}/"
    client.post(back)
    assert acting_coordinator(rzeszow, on=today()) == coordinator


def test_a_refusal_is_shown_with_its_reason_and_saves_nothing(
    rzeszow: OfficePage, coordinator: User, colleague: User
) -> None:
    client = browser(coordinator)
    client.post("/admin/zespoly/uw-rzeszow/funkcja/", new_post(colleague))
    deputy = CoordinatorAssignment.objects.get(person=colleague)
    response = client.post(f"/admin/zespoly/uw-rzeszow/funkcja/{deputy.pk}/", {"deed": "end", "last": after(3)})
    assert response.status_code == 400
    assert "nie miałby żadnego zastępcy" in response.content.decode()
    deputy.refresh_from_db()
    assert deputy.ends is None


def test_a_post_is_handed_over_on_the_page(rzeszow: OfficePage, coordinator: User, colleague: User) -> None:
    client = browser(coordinator)
    row = CoordinatorAssignment.objects.get(person=coordinator)
    form = {"hand_over-person": str(colleague.pk), "hand_over-begins": after(5), "hand_over-last": after(9)}
    address = f"/admin/zespoly/uw-rzeszow/funkcja/{row.pk}/"
    assert client.post(address, form | {"deed": "hand_over"}).status_code == 302
    assert acting_coordinator(rzeszow, on=today() + datetime.timedelta(days=10)) == colleague


@pytest.mark.parametrize(
    "form",
    [
        {"assign-begins": "31.02.2026"},
        {"assign-begins": "0000-00-00"},
        {"assign-person": "999999"},
        {"assign-person": "\x00"},
        {"assign-post": "cesarz"},
        {"assign-order": "9" * 400},
        {"assign-ends": "1999-01-01"},
        {"assign-ends": "9999-12-31"},
    ],
    ids=["no day", "year 0", "nobody", "NUL", "no post", "long number", "ends before", "last day"],
)
def test_bad_input_is_answered_with_a_sentence(
    rzeszow: OfficePage, coordinator: User, colleague: User, form: dict[str, str]
) -> None:
    response = browser(coordinator).post("/admin/zespoly/uw-rzeszow/funkcja/", new_post(colleague) | form)
    if form.get("assign-ends") == "9999-12-31":
        assert response.status_code == 302
        return
    assert response.status_code == 400
    assert not CoordinatorAssignment.objects.filter(person=colleague).exists()


@pytest.mark.parametrize(
    "deed", [{}, {"deed": "sell"}, {"deed": "end"}, {"deed": "end", "last": "jutro"}, {"deed": "order"}]
)
def test_a_hand_made_change_is_refused(rzeszow: OfficePage, coordinator: User, deed: dict[str, str]) -> None:
    row = CoordinatorAssignment.objects.get(person=coordinator)
    response = browser(coordinator).post(f"/admin/zespoly/uw-rzeszow/funkcja/{row.pk}/", deed)
    assert response.status_code == 400


def asked(office: OfficePage) -> list[tuple[str, str]]:
    """Every page about the team of an office."""
    row = CoordinatorAssignment.objects.filter(office=office).first()
    absence = Absence.objects.filter(person__posts__office=office).first()
    advisor = AdvisorAssignment.objects.filter(office=office).first()
    assert row is not None
    assert absence is not None
    assert advisor is not None
    start = f"/admin/zespoly/{office.code}/"
    return [
        ("get", start), ("post", f"{start}funkcja/"), ("post", f"{start}funkcja/{row.pk}/"),
        ("post", f"{start}nieobecnosc/"), ("post", f"{start}nieobecnosc/{absence.pk}/"),
        ("post", f"{start}doradca/"), ("post", f"{start}doradca/{advisor.pk}/"),
    ]  # fmt: skip


def state() -> Any:
    return [
        list(model.objects.order_by("pk").values()) for model in (CoordinatorAssignment, Absence, AdvisorAssignment)
    ]


def test_another_offices_team_is_out_of_reach(rzeszow: OfficePage, coordinator: User, colleague: User) -> None:
    gdansk = add_office("uw-gdansk")
    stranger = person("obcyczlowiek", roles.OFFICE_AUTHOR, code="uw-gdansk")
    assign(gdansk, stranger, Post.COORDINATOR, begins=today(), moment=timezone.now())
    report_absence(stranger, begins=today(), ends=today(), moment=timezone.now())
    AdvisorAssignment.objects.create(office=gdansk, person=colleague, begins=today(), ends=today())
    before = state()
    form = new_post(stranger) | {"deed": "end", "last": after(1), "absence-person": str(stranger.pk)}
    form |= {"absence-begins": after(3), "absence-ends": after(4)}
    for who in (coordinator, colleague, person("nikt", roles.CONSULTANT)):
        client = browser(who)
        for method, address in asked(gdansk):
            response = getattr(client, method)(address, form)
            assert response.status_code in {302, 403}, address
            assert "obcyczlowiek" not in response.content.decode().lower(), address
        own = client.post("/admin/zespoly/uw-rzeszow/funkcja/", new_post(stranger))
        assert own.status_code in {302, 400, 403}
        row = CoordinatorAssignment.objects.get(person=stranger)
        assert client.post(f"/admin/zespoly/uw-rzeszow/funkcja/{row.pk}/", form).status_code in {302, 403, 404}
    assert state() == before
    national = browser(person("krystyna", roles.NATIONAL_COORDINATOR))
    assert "obcyczlowiek" in national.get("/admin/zespoly/uw-gdansk/").content.decode().lower()


def test_national_staff_see_who_needs_them(rzeszow: OfficePage, coordinator: User) -> None:
    add_office("uw-gdansk", participation="projekt")
    report_absence(
        coordinator,
        begins=today() + datetime.timedelta(days=3),
        ends=today() + datetime.timedelta(days=4),
        moment=timezone.now(),
    )
    client = browser(person("krystyna", roles.NATIONAL_COORDINATOR))
    page = client.get("/admin/kto-mnie-potrzebuje/").content.decode()
    assert "Dziś nikt nie koordynuje: 1" in page
    assert "W ciągu dwóch tygodni zabraknie koordynatora: 1" in page
    assert "Bez zastępcy: 1" in page
    assert browser(coordinator).get("/admin/kto-mnie-potrzebuje/").status_code == 302
    listed = client.get("/admin/zespoly/").content.decode()
    assert "Urząd uw-gdansk" in listed
    assert "Urząd uw-rzeszow" in listed
    assert "Urząd uw-rzeszow" not in client.get("/admin/zespoly/?q=gdansk").content.decode()


def test_national_staff_appoint_an_advisor_until_a_day(rzeszow: OfficePage) -> None:
    advisor = person("ekspert")
    (group,) = roles.groups_of(roles.OFFICE_ADVISOR, code="uw-rzeszow")
    client = browser(person("krystyna", roles.NATIONAL_COORDINATOR))
    form = {"advisor-username": advisor.username, "advisor-begins": after(0), "advisor-ends": after(30)}
    assert client.post("/admin/zespoly/uw-rzeszow/doradca/", form).status_code == 302
    assert list(group.user_set.all()) == [advisor]
    wrong = client.post("/admin/zespoly/uw-rzeszow/doradca/", form | {"advisor-username": "nie.ma"})
    assert (wrong.status_code, "Nie ma czynnego konta" in wrong.content.decode()) == (400, True)
    client.post(f"/admin/zespoly/uw-rzeszow/doradca/{AdvisorAssignment.objects.get().pk}/")
    assert not group.user_set.exists()


def test_notifications_are_listed_with_their_number_and_opened(rzeszow: OfficePage, colleague: User) -> None:
    client = browser(colleague)
    tell([colleague], key="a", subject="Sprawa A", text="Opis", link="/admin/account/", moment=timezone.now())
    tell([colleague], key="b", subject="Sprawa <b>B</b>", link="https://zlo.example/", moment=timezone.now())
    assert "Powiadomienia (2)" in client.get("/admin/account/").content.decode()
    page = client.get("/admin/powiadomienia/").content.decode()
    assert "Sprawa A" in page
    assert "Sprawa &lt;b&gt;B" in page
    opened = client.post(f"/admin/powiadomienia/{Notification.objects.get(key='a').pk}/")
    assert opened.headers["Location"] == "/admin/account/"
    outside = client.post(f"/admin/powiadomienia/{Notification.objects.get(key='b').pk}/")
    assert outside.headers["Location"] == "/admin/powiadomienia/"
    assert re.search(r"Powiadomienia \(\d", client.get("/admin/account/").content.decode()) is None


def test_nobody_opens_a_foreign_notification(rzeszow: OfficePage, colleague: User, coordinator: User) -> None:
    tell([coordinator], key="a", subject="Cudza sprawa", moment=timezone.now())
    row = Notification.objects.get()
    client = browser(colleague)
    assert client.post(f"/admin/powiadomienia/{row.pk}/").status_code == 404
    assert "Cudza sprawa" not in client.get("/admin/powiadomienia/").content.decode()
    row.refresh_from_db()
    assert row.read_at is None


def test_a_person_chooses_how_to_be_told(rzeszow: OfficePage, colleague: User) -> None:
    client = browser(colleague)
    assert "raz dziennie" in client.get("/admin/powiadomienia/ustawienia/").content.decode()
    assert client.post("/admin/powiadomienia/ustawienia/", {"mail": "daily"}).status_code == 302
    assert NotificationChoice.objects.get(person=colleague).mail == "daily"
    assert client.post("/admin/powiadomienia/ustawienia/", {"mail": "listem"}).status_code == 400


@pytest.fixture
def administrator(rzeszow: OfficePage) -> User:
    return person("adam", roles.ADMINISTRATOR)


def account_form(user: User, *groups: int) -> dict[str, Any]:
    return {
        "username": user.username, "email": user.email, "first_name": "A", "last_name": "B", "is_active": "on",
        "groups": [str(group) for group in groups],
    }  # fmt: skip


def test_an_administrator_gives_roles_to_others_and_it_is_written_down(administrator: User, colleague: User) -> None:
    (group,) = roles.groups_of(roles.OFFICE_APPROVER, code="uw-rzeszow")
    client = browser(administrator)
    page = client.get(f"/admin/users/edit/{colleague.pk}/").content.decode()
    assert 'name="groups"' in page
    assert 'name="is_superuser"' not in page
    assert 'name="password1"' not in page
    response = client.post(
        f"/admin/users/edit/{colleague.pk}/", account_form(colleague, group.pk) | {"is_superuser": "on"}
    )
    assert response.status_code == 302
    colleague.refresh_from_db()
    assert list(colleague.groups.all()) == [group]
    assert not colleague.is_superuser
    entry = ModelLogEntry.objects.get(action="governance.role_given", object_id=str(colleague.pk), user=administrator)
    assert entry.data["roles"] == [group.name]


def test_nobody_changes_his_own_roles(administrator: User) -> None:
    (group,) = roles.groups_of(roles.OFFICE_APPROVER, code="uw-rzeszow")
    own = administrator.groups.get()
    client = browser(administrator)
    response = client.post(f"/admin/users/edit/{administrator.pk}/", account_form(administrator, own.pk, group.pk))
    assert "Nie możesz zmienić własnych ról." in response.content.decode()
    bulk = f"/admin/bulk/auth/user/assign_role/?id={administrator.pk}"
    page = client.post(bulk, {"role": str(group.pk)}, follow=True).content.decode()
    assert "Nie możesz zmienić własnych ról." in page
    assert client.post(f"/admin/users/edit/{administrator.pk}/", account_form(administrator, own.pk)).status_code == 302
    for address in (f"/admin/groups/edit/{own.pk}/", "/admin/groups/new/"):
        assert client.get(address).status_code == 302
        assert client.post(address, {"name": "Wszystkomogący"}).status_code == 302
    administrator.refresh_from_db()
    assert list(administrator.groups.all()) == [own]
    assert not administrator.is_superuser


def test_a_new_account_has_no_password_until_its_owner_sets_one(administrator: User) -> None:
    client = browser(administrator)
    form = account_form(User(username="nowa.osoba", email="nowa@urzad.example"))
    assert client.post("/admin/users/new/", form | {"password1": "", "is_superuser": "on"}).status_code == 302
    made = User.objects.get(username="nowa.osoba")
    assert not made.has_usable_password()
    assert not made.is_superuser

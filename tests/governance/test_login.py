"""Logging in through the real pages: password, second factor, reset, limits, closed accounts, idle sessions."""

from __future__ import annotations

import re
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import generate_totp_secret, hotp_value, yield_hotp_counters_from_time
from django.conf import settings as project
from django.contrib.auth.models import User
from django.contrib.sessions.models import Session
from django.core import mail
from django.core.cache import cache
from django.test import Client
from pytest_django import Settings
from wagtail.models import APIToken

from cms import roles
from governance.login.sessions import LAST_DEED, end_sessions
from service_catalog.models import OfficePage
from tests.governance.conftest import person

PASSWORD = "zielona-herbata-o-piatej"


@pytest.fixture(autouse=True)
def _no_counted_attempts() -> None:
    """Every test counts from zero."""
    cache.clear()


@pytest.fixture
def author(rzeszow: OfficePage) -> User:
    user = person("autor", roles.OFFICE_AUTHOR, code="uw-rzeszow")
    user.set_password(PASSWORD)
    user.save()
    return user


def log_in(client: Client, name: str, password: str = PASSWORD, **more: Any) -> Any:
    return client.post("/admin/login/", {"login": name, "password": password} | more)


def logged_in(client: Client) -> bool:
    return bool(client.get("/admin/").status_code == 200)


def code_now(secret: str) -> str:
    return f"{hotp_value(secret, next(iter(yield_hotp_counters_from_time()))):06d}"


def give_totp(user: User) -> str:
    from allauth.mfa.totp.internal.auth import TOTP

    secret = generate_totp_secret()
    TOTP.activate(user, secret)
    return str(secret)


def test_the_login_page_speaks_polish_and_has_a_strict_policy(db: None) -> None:
    response = Client().get("/admin/login/")
    text = response.content.decode()
    assert response.status_code == 200
    assert 'lang="pl"' in text
    assert "Zaloguj się do Okienka" in text
    assert "Wagtail</" not in text.split("capabilitymessage")[0]
    assert "Sign" not in text
    assert "frame-ancestors 'self'" in response.headers["Content-Security-Policy"]
    assert text.count("<h1") == 1


def test_logging_in_and_out(author: User) -> None:
    client = Client()
    response = log_in(client, author.username)
    assert (response.status_code, response.headers["Location"]) == (302, "/admin/")
    assert logged_in(client)
    assert client.get("/admin/logout/").status_code in {200, 302}
    response = client.post("/admin/logout/")
    assert (response.status_code, response.headers["Location"]) == (302, "/admin/login/")
    assert not logged_in(client)


def test_one_returns_to_where_one_wanted_to_go_and_not_to_another_site(author: User) -> None:
    assert Client().get("/admin/pages/").headers["Location"] == "/admin/login/?next=/admin/pages/"
    assert log_in(Client(), author.username, next="/admin/pages/").headers["Location"] == "/admin/pages/"
    assert log_in(Client(), author.username, next="https://zlo.example/").headers["Location"] == "/admin/"


def test_a_consultant_comes_to_his_account_and_not_into_a_circle(rzeszow: OfficePage) -> None:
    consultant = person("konsultant", roles.CONSULTANT)
    consultant.set_password(PASSWORD)
    consultant.save()
    client = Client()
    response = log_in(client, consultant.username)
    assert response.headers["Location"] == "/admin/konto/drugi-skladnik/"
    assert client.get(response.headers["Location"]).status_code == 200
    assert client.get("/admin/", follow=True).status_code == 200


def without_keys(text: str) -> str:
    """The page without what differs at every request."""
    return re.sub(r'(csrfmiddlewaretoken" value=|CSRF_TOKEN": )"\w+"', "", text)


def confirm(client: Client, address: str) -> Any:
    """Open a page of the account that asks for the password once more."""
    response = client.get(address)
    assert response.headers["Location"].startswith("/admin/konto/potwierdz/?next=")
    assert "Potwierdź dostęp" in client.get(response.headers["Location"]).content.decode()
    return client.post(response.headers["Location"], {"password": PASSWORD}, follow=True)


def answers_to(name: str, count: int) -> list[tuple[int, str]]:
    cache.clear()
    found = []
    for _ in range(count):
        response = log_in(Client(), name, "zle-haslo")
        found.append((response.status_code, without_keys(response.content.decode()).replace(name, "NAZWA")))
    return found


def test_wrong_passwords_are_throttled_and_no_answer_tells_whether_the_account_exists(author: User) -> None:
    known, unknown = answers_to(author.username, 8), answers_to("nie.ma.takiego", 8)
    assert known == unknown
    assert "Zbyt wiele nieudanych prób logowania" in known[7][1]
    assert "Zbyt wiele" not in known[3][1]
    cache.clear()
    answers_to(author.username, 8)
    client = Client()
    log_in(client, author.username)
    assert not logged_in(client), "the right password must not help during the pause"


def test_a_closed_account_is_told_so_only_with_its_password(author: User) -> None:
    User.objects.filter(pk=author.pk).update(is_active=False)
    closed, unknown = answers_to(author.username, 1), answers_to("nie.ma.takiego", 1)
    assert closed == unknown
    client = Client()
    log_in(client, author.username)
    assert not logged_in(client)


def test_resetting_a_password_reveals_no_account_and_works_once(author: User) -> None:
    client = Client()
    pages = [
        without_keys(client.post("/admin/password_reset/", {"email": address}, follow=True).content.decode())
        for address in (author.email, "nikt@urzad.example")
    ]
    assert pages[0] == pages[1]
    assert "Jeśli jest u nas konto z tym adresem" in pages[0]
    (message,) = mail.outbox
    assert message.to == [author.email]
    assert message.subject == "Okienko: Ustaw hasło"
    link = re.search(r"https?://[^/]+(/admin/password_reset/klucz/\S+)", str(message.body))
    assert link is not None
    form = client.get(link[1], follow=True)
    address = form.redirect_chain[-1][0]
    new = "czerwony-autobus-pod-szkola"
    assert client.post(address, {"password1": new, "password2": new}).status_code == 302
    assert log_in(Client(), author.username, new).status_code == 302
    assert log_in(Client(), author.username).status_code == 200
    again = Client().get(link[1], follow=True).content.decode()
    assert 'name="password1"' not in again


def test_a_new_account_without_password_gets_one_through_the_letter(rzeszow: OfficePage) -> None:
    newcomer = person("nowa", roles.OFFICE_AUTHOR, code="uw-rzeszow")
    newcomer.set_unusable_password()
    newcomer.save()
    Client().post("/admin/password_reset/", {"email": newcomer.email})
    assert [message.to for message in mail.outbox] == [[newcomer.email]]


def test_with_a_second_factor_the_password_alone_does_not_log_in(author: User) -> None:
    secret = give_totp(author)
    client = Client()
    response = log_in(client, author.username)
    assert response.headers["Location"].startswith("/admin/konto/drugi-skladnik/authenticate/")
    assert not logged_in(client)
    page = client.get(response.headers["Location"]).content.decode()
    assert "Użyj klucza bezpieczeństwa" in page
    assert client.post(response.headers["Location"], {"code": "000000"}).status_code == 200
    assert not logged_in(client)
    assert client.post(response.headers["Location"], {"code": code_now(secret)}).status_code == 302
    assert logged_in(client)


def test_a_recovery_code_logs_in_once(author: User) -> None:
    from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes

    give_totp(author)
    code = RecoveryCodes.activate(author).get_unused_codes()[0]
    outcomes = []
    for _ in range(2):
        client = Client()
        address = log_in(client, author.username).headers["Location"]
        client.post(address, {"code": code})
        outcomes.append(logged_in(client))
    assert outcomes == [True, False]


def test_setting_up_an_application_gives_recovery_codes(author: User) -> None:
    client = Client()
    log_in(client, author.username)
    page = confirm(client, "/admin/konto/drugi-skladnik/totp/activate/")
    secret = page.context["form"].secret
    assert "data:image/svg+xml" in page.content.decode()
    response = client.post("/admin/konto/drugi-skladnik/totp/activate/", {"code": code_now(secret)}, follow=True)
    assert "Kody odzyskiwania" in response.content.decode()
    kinds = set(Authenticator.objects.filter(user=author).values_list("type", flat=True))
    assert kinds == {Authenticator.Type.TOTP, Authenticator.Type.RECOVERY_CODES}


@pytest.mark.parametrize(
    "address",
    ["", "totp/activate/", "webauthn/", "webauthn/add/", "recovery-codes/generate/"],
)
def test_pages_of_the_account_speak_polish(author: User, address: str) -> None:
    client = Client()
    log_in(client, author.username)
    address = f"/admin/konto/drugi-skladnik/{address}"
    if "activate" in address or "generate" in address or "add" in address:
        response = confirm(client, address)
    else:
        response = client.get(address)
    text = response.content.decode()
    assert response.status_code == 200
    assert 'lang="pl"' in text
    body = text.split('id="main"')[1]
    for word in ("Sign", "Security", "Activate", "Recovery", "Please", "codes"):
        assert f" {word} " not in re.sub(r"<[^>]*>|\{.*?\}", " ", body), word


def test_a_role_may_demand_a_second_factor(author: User, settings: Settings) -> None:
    settings.MFA_ROLES = ["autorzy"]
    client = Client()
    log_in(client, author.username)
    assert client.get("/admin/pages/").headers["Location"] == "/admin/konto/drugi-skladnik/"
    assert confirm(client, "/admin/konto/drugi-skladnik/totp/activate/").status_code == 200
    give_totp(author)
    assert client.get("/admin/pages/").status_code in {200, 302}
    assert "drugi-skladnik" not in client.get("/admin/pages/").headers.get("Location", "")
    settings.MFA_ROLES = ["zatwierdzający"]
    Authenticator.objects.all().delete()
    assert logged_in(client)


def test_closing_an_account_ends_its_session_and_its_token_at_once(author: User) -> None:
    author.groups.add(*roles_named(roles.CONSULTANT))
    _, secret = APIToken.create_token(user=author, name="infolinia")
    api = Client(headers={"Authorization": f"Bearer {secret}"})
    client, other = Client(), Client()
    log_in(client, author.username)
    log_in(other, author.username)
    assert logged_in(client)
    assert api.get("/api/v1/search?q=paszport").status_code == 200

    account = User.objects.get(pk=author.pk)
    account.is_active = False
    account.save()

    assert not logged_in(client)
    assert not logged_in(other)
    assert api.get("/api/v1/search?q=paszport").status_code == 401
    account.is_active = True
    account.save()
    assert not logged_in(client), "opening the account again must not revive an old session"
    assert api.get("/api/v1/search?q=paszport").status_code == 401


def test_closing_past_the_signals_is_seen_at_the_next_request(author: User) -> None:
    """A bulk action writes with one UPDATE."""
    _, secret = APIToken.create_token(user=author, name="infolinia")
    api, client = Client(headers={"Authorization": f"Bearer {secret}"}), Client()
    log_in(client, author.username)
    User.objects.filter(pk=author.pk).update(is_active=False)
    assert not logged_in(client)
    assert api.get("/api/v1/search?q=paszport").status_code == 401


def test_ending_sessions_leaves_those_of_others(author: User, rzeszow: OfficePage) -> None:
    other = person("inny", roles.OFFICE_AUTHOR, code="uw-rzeszow")
    clients = [Client(), Client()]
    clients[0].force_login(author)
    clients[1].force_login(other)
    end_sessions([author.pk])
    assert [logged_in(client) for client in clients] == [False, True]


def test_fifteen_minutes_without_a_deed_end_a_session(author: User) -> None:
    assert project.SESSION_COOKIE_AGE == 900
    client = Client()
    log_in(client, author.username)
    assert logged_in(client)
    idle(client, 800)
    assert logged_in(client)
    idle(client, 901)
    assert not logged_in(client)


def test_an_open_page_that_asks_by_itself_does_not_keep_the_session(author: User) -> None:
    client = Client()
    log_in(client, author.username)
    assert logged_in(client)
    idle(client, 850)
    client.get("/admin/sprite/")
    assert 849 <= age(client) <= 860
    client.get("/admin/pages/")
    assert age(client) < 60


def idle(client: Client, seconds: int) -> None:
    session = client.session
    session[LAST_DEED] -= seconds
    session.save()


def age(client: Client) -> int:
    import time

    return int(time.time()) - int(client.session[LAST_DEED])


def roles_named(*wanted: roles.Role) -> Any:
    from django.contrib.auth.models import Group

    return Group.objects.filter(name__in=[role.name for role in wanted])


def test_nobody_registers(db: None) -> None:
    for address in ("/admin/signup/", "/admin/konto/nowe/", "/admin/konto/signup/"):
        response = Client().get(address)
        assert response.status_code in {302, 404}
        assert "/admin/login/" in response.headers.get("Location", "/admin/login/")


def test_public_pages_set_no_cookie_even_for_a_logged_in_official(author: User) -> None:
    client = Client()
    log_in(client, author.username)
    before = Session.objects.count()
    for address in ("/", "/api/v1/search?q=paszport", "/nie-ma/"):
        response = client.get(address)
        assert response.cookies == {}
        assert "Cookie" not in response.headers.get("Vary", "")
    assert Session.objects.count() == before


def test_too_many_letters_are_refused_with_a_polish_page(db: None) -> None:
    answers = [Client().post("/admin/password_reset/", {"email": f"a{number}@x.pl"}) for number in range(21)]
    assert {answer.status_code for answer in answers[:20]} == {302}
    assert answers[20].status_code == 429
    assert "Za dużo prób" in answers[20].content.decode()
    assert mail.outbox == []


def test_a_changed_password_is_confirmed_and_the_old_one_is_asked_for(author: User) -> None:
    client = Client()
    log_in(client, author.username)
    new = "czerwony-autobus-pod-szkola"
    form = {"oldpassword": "zle", "password1": new, "password2": new}
    assert client.post("/admin/konto/haslo/", form).status_code == 200
    page = client.post("/admin/konto/haslo/", form | {"oldpassword": PASSWORD}, follow=True).content.decode()
    assert "Hasło zostało zmienione." in page
    assert log_in(Client(), author.username, new).status_code == 302

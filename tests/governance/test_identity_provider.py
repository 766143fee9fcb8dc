"""Logging in through an OpenID Connect provider: a real one on a port of this machine, with nothing but what the protocol needs."""

from __future__ import annotations

import json
import threading
import urllib.parse
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.cache import cache
from django.test import Client
from pytest_django import Settings

from cms import roles
from config import environment
from service_catalog.models import OfficePage
from tests.governance.conftest import person


class Provider(ThreadingHTTPServer):
    """The provider and the one person it knows."""

    daemon_threads = True
    person: dict[str, Any] = {}

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}"


class Answers(BaseHTTPRequestHandler):
    """What the provider is asked: its description, a token for a code, the person of a token."""

    server: Provider

    def do_GET(self) -> None:
        here = self.server.address
        if self.path.endswith("/.well-known/openid-configuration"):
            self.answer(
                {
                    "issuer": here,
                    "authorization_endpoint": f"{here}/authorize",
                    "token_endpoint": f"{here}/token",
                    "userinfo_endpoint": f"{here}/person",
                    "jwks_uri": f"{here}/keys",
                    "token_endpoint_auth_methods_supported": ["client_secret_post"],
                }
            )
        elif self.path == "/person" and self.headers["Authorization"] == "Bearer prawdziwy":
            self.answer(self.server.person)

    def do_POST(self) -> None:
        sent = urllib.parse.parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode())
        known = sent["code"] == ["kod"] and sent["client_secret"] == ["tajne"] and "code_verifier" in sent
        self.answer({"access_token": "prawdziwy" if known else "obcy", "token_type": "Bearer", "expires_in": 60})

    def answer(self, body: dict[str, Any]) -> None:
        text = json.dumps(body).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(text)))
        self.end_headers()
        self.wfile.write(text)

    def log_message(self, *arguments: Any) -> None:
        """Say nothing."""


@pytest.fixture
def provider(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Iterator[Provider]:
    cache.clear()
    with Provider(("127.0.0.1", 0), Answers) as found:
        thread = threading.Thread(target=found.serve_forever, daemon=True)
        thread.start()
        for name, value in {"OIDC_URL": found.address, "OIDC_CLIENT": "okienko", "OIDC_SECRET": "tajne"}.items():
            monkeypatch.setenv(name, value)
        monkeypatch.setenv("OIDC_NAME", "login.urzad")
        settings.SOCIALACCOUNT_PROVIDERS = environment.identity_provider()
        yield found
        found.shutdown()
        thread.join()


def log_in(client: Client) -> Any:
    """Go to the provider and come back with a code, as the browser would."""
    there = client.post("/admin/konto/zewnetrzne/oidc/oidc/login/")
    asked = urllib.parse.parse_qs(urllib.parse.urlsplit(there.headers["Location"]).query)
    assert asked["code_challenge_method"] == ["S256"]
    back = urllib.parse.urlsplit(asked["redirect_uri"][0]).path
    return client.get(back, {"code": "kod", "state": asked["state"][0]}, follow=True)


def logged_in(client: Client) -> bool:
    return bool(client.get("/admin/").status_code == 200)


def test_a_known_person_logs_in_and_keeps_his_roles(provider: Provider, rzeszow: OfficePage) -> None:
    author = person("autor", roles.OFFICE_AUTHOR, code="uw-rzeszow")
    provider.person = {"sub": "1", "email": author.email, "email_verified": True, "name": "Kto inny"}
    client = Client()
    assert "Zaloguj się przez login.urzad" in client.get("/admin/login/").content.decode()
    log_in(client)
    assert logged_in(client)
    assert client.session["_auth_user_id"] == str(author.pk)
    author.refresh_from_db()
    assert author.first_name == "Autor"
    assert User.objects.count() == 1


@pytest.mark.parametrize("known", [True, False], ids=["not verified", "unknown"])
def test_others_do_not_come_in_and_no_account_is_made(provider: Provider, rzeszow: OfficePage, known: bool) -> None:
    author = person("autor", roles.OFFICE_AUTHOR, code="uw-rzeszow")
    address = author.email if known else "obcy@example.pl"
    provider.person = {"sub": "1", "email": address, "email_verified": not known}
    client = Client()
    log_in(client)
    assert not logged_in(client)
    assert User.objects.count() == 1


def test_a_closed_account_does_not_come_in(provider: Provider, rzeszow: OfficePage) -> None:
    author = person("autor", roles.OFFICE_AUTHOR, code="uw-rzeszow")
    User.objects.filter(pk=author.pk).update(is_active=False)
    provider.person = {"sub": "1", "email": author.email, "email_verified": True}
    client = Client()
    log_in(client)
    assert not logged_in(client)


def test_half_a_provider_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    assert environment.identity_provider() == {}
    monkeypatch.setenv("OIDC_URL", "https://logowanie.example.gov.pl")
    with pytest.raises(environment.UnusableSetting, match="OIDC_CLIENT, OIDC_SECRET"):
        environment.identity_provider()


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("smtp://ja:ha%40slo@poczta.example:2525", ("poczta.example", 2525, "ja", "ha@slo", True, False)),
        ("smtp://poczta.example?tls=0", ("poczta.example", 587, "", "", False, False)),
        ("smtps://poczta.example", ("poczta.example", 465, "", "", False, True)),
    ],
)
def test_the_mail_server_is_one_address(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Any, address: str, expected: tuple[object, ...]
) -> None:
    monkeypatch.setenv("MAIL_URL", address)
    found = environment.mail(tmp_path)
    names = ("HOST", "PORT", "HOST_USER", "HOST_PASSWORD", "USE_TLS", "USE_SSL")
    assert tuple(found[f"EMAIL_{name}"] for name in names) == expected


@pytest.mark.parametrize("address", ["http://poczta.example", "smtp://", "smtp://x:99999", "poczta"])
def test_an_unusable_mail_server_is_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Any, address: str) -> None:
    monkeypatch.setenv("MAIL_URL", address)
    with pytest.raises(environment.UnusableSetting, match="MAIL_URL nie jest adresem"):
        environment.mail(tmp_path)


def test_without_a_mail_server_nothing_leaves_the_machine(monkeypatch: pytest.MonkeyPatch, tmp_path: Any) -> None:
    monkeypatch.delenv("MAIL_URL", raising=False)
    assert environment.mail(tmp_path)["EMAIL_BACKEND"].endswith("filebased.EmailBackend")

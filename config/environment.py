"""The one reader of the environment. Every setting read here is explained in `.env.example`."""

from __future__ import annotations

import os
import secrets
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

PROJECT = Path(__file__).resolve().parent.parent
MAIL_BACKENDS = "django.core.mail.backends"


class UnusableSetting(RuntimeError):
    """A setting of the environment cannot be used; the message says which, why and what to write."""


def text(name: str, default: str = "") -> str:
    """Value of a setting as text without outer white space."""
    return os.environ.get(name, default).strip()


def flag(name: str, *, default: bool) -> bool:
    """Value of a setting as yes (1, true, tak) or no (0, false, nie). Raises `UnusableSetting` for anything else."""
    value = text(name).lower()
    if not value:
        return default
    if value in {"1", "true", "tak", "yes"}:
        return True
    if value in {"0", "false", "nie", "no"}:
        return False
    raise UnusableSetting(f"{name} ma wartość „{value}”. Wpisz 1 albo 0.")


def number(name: str, *, default: int) -> int:
    """Value of a setting as a whole number. Raises `UnusableSetting` for anything else."""
    value = text(name)
    if not value:
        return default
    try:
        return int(value)
    except ValueError:
        raise UnusableSetting(f"{name} ma wartość „{value}”. Wpisz liczbę całkowitą.") from None


def names(name: str, default: str) -> list[str]:
    """Value of a setting as a list separated by commas."""
    return [part.strip() for part in text(name, default).split(",") if part.strip()]


def search_url() -> str:
    """`SEARCH_URL`: an address of http or https, empty when not set. Raises `UnusableSetting` for anything else."""
    value = text("SEARCH_URL")
    try:
        parts = urlsplit(value)
        usable = parts.scheme in {"http", "https"} and bool(parts.hostname) and parts.port != 0
    except ValueError:
        usable = False
    if value and not usable:
        raise UnusableSetting("SEARCH_URL nie jest adresem HTTP. Wpisz na przykład http://localhost:9200/okienko.")
    return value


def mail(directory: Path) -> dict[str, Any]:
    """Django's mail settings from `MAIL_URL`; without it, every message is a file in the data directory.

    Raises `UnusableSetting` for an address that is none of `smtp://`, `smtps://`, `console:` and `file:`.
    """
    url = text("MAIL_URL", "file:") or "file:"
    if url == "file:":
        return {"EMAIL_BACKEND": f"{MAIL_BACKENDS}.filebased.EmailBackend", "EMAIL_FILE_PATH": directory / "mail"}
    if url == "console:":
        return {"EMAIL_BACKEND": f"{MAIL_BACKENDS}.console.EmailBackend"}
    try:
        parts = urlsplit(url)
        usable = parts.scheme in {"smtp", "smtps"} and bool(parts.hostname) and parts.port != 0
    except ValueError:
        usable = False
    if not usable:
        raise UnusableSetting(
            "MAIL_URL nie jest adresem serwera poczty. Wpisz smtp://nazwa:haslo@host:587, smtps://…, file: albo console:."
        )
    secure = parts.scheme == "smtps"
    return {
        "EMAIL_BACKEND": f"{MAIL_BACKENDS}.smtp.EmailBackend",
        "EMAIL_HOST": parts.hostname,
        "EMAIL_PORT": parts.port or (465 if secure else 587),
        "EMAIL_HOST_USER": unquote(parts.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        "EMAIL_USE_SSL": secure,
        "EMAIL_USE_TLS": not secure and "tls=0" not in parts.query,
        "EMAIL_TIMEOUT": 10,
    }


def identity_provider() -> dict[str, Any]:
    """Settings of an OpenID Connect provider from `OIDC_URL`, `OIDC_CLIENT`, `OIDC_SECRET` and `OIDC_NAME`; empty without them.

    Raises `UnusableSetting` when some are given and others are missing.
    """
    given = {"OIDC_URL": text("OIDC_URL"), "OIDC_CLIENT": text("OIDC_CLIENT"), "OIDC_SECRET": text("OIDC_SECRET")}
    if not any(given.values()):
        return {}
    missing = sorted(name for name, value in given.items() if not value)
    if missing:
        raise UnusableSetting(f"Logowanie przez dostawcę tożsamości wymaga też ustawień: {', '.join(missing)}.")
    app = {
        "provider_id": "oidc",
        "name": text("OIDC_NAME", "konto urzędowe"),
        "client_id": given["OIDC_CLIENT"],
        "secret": given["OIDC_SECRET"],
        "settings": {"server_url": given["OIDC_URL"]},
    }
    return {"openid_connect": {"APPS": [app], "OAUTH_PKCE_ENABLED": True}}


def data_directory() -> Path:
    """The one directory for everything written at run time (`OKIENKO_DATA`, default `var/` in the project)."""
    directory = Path(text("OKIENKO_DATA") or PROJECT / "var").expanduser().resolve()
    directory.mkdir(parents=True, exist_ok=True)
    return directory


def secret_key(directory: Path) -> str:
    """`SECRET_KEY` of the environment, or one generated once and kept in the data directory, readable by the owner only."""
    given = text("SECRET_KEY")
    if given:
        return given
    path = directory / "secret_key"
    if not path.exists():
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT, 0o600)
        with os.fdopen(descriptor, "w", encoding="ascii") as file:
            file.write(secrets.token_urlsafe(48))
    return path.read_text(encoding="ascii")


def database(directory: Path, *, mapped: bool = True) -> dict[str, Any]:
    """Django's database settings from `DATABASE_URL`; without it, embedded SQLite in the data directory.

    `mapped` maps the file of SQLite into memory, which speeds up reading the same pages again.

    Raises `UnusableSetting` for an address that is neither `postgresql://` nor `sqlite:///`.
    """
    url = text("DATABASE_URL")
    if not url:
        return _sqlite(directory / "okienko.sqlite3", mapped=mapped)
    parts = urlsplit(url)
    if parts.scheme == "sqlite":
        return _sqlite(Path(unquote(parts.path.removeprefix("/"))), mapped=mapped)
    if parts.scheme not in {"postgresql", "postgres"}:
        raise UnusableSetting(f"DATABASE_URL zaczyna się od „{parts.scheme}”. Wpisz postgresql://… albo sqlite:///….")
    options = dict(parse_qsl(parts.query))
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": options.pop("host", "") or unquote(parts.hostname or ""),
        "PORT": str(parts.port or options.pop("port", "")),
        "CONN_MAX_AGE": 60,
        "OPTIONS": options,
    }


MAPPED_BYTES = 134_217_728
"""How much of an SQLite file is mapped into memory."""


def _sqlite(path: Path, *, mapped: bool) -> dict[str, Any]:
    """SQLite for several processes: write-ahead log, transactions that take the write lock at once, patient waiting."""
    pragmas = {"journal_mode": "WAL", "synchronous": "NORMAL", "mmap_size": MAPPED_BYTES if mapped else 0}
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": str(path),
        "CONN_MAX_AGE": None,
        # Tests use a file too: a database in memory knows no write-ahead log and refuses a second writer.
        "TEST": {"NAME": str(path.with_suffix(f".test-{os.getpid()}.sqlite3"))},
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": " ".join(f"PRAGMA {name}={value};" for name, value in pragmas.items()),
        },
    }

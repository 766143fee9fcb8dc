"""The one reader of the environment. Every setting read here is explained in `.env.example`."""

from __future__ import annotations

import os
import secrets
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

PROJECT = Path(__file__).resolve().parent.parent


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


def database(directory: Path) -> dict[str, Any]:
    """Django's database settings from `DATABASE_URL`; without it, embedded SQLite in the data directory.

    Raises `UnusableSetting` for an address that is neither `postgresql://` nor `sqlite:///`.
    """
    url = text("DATABASE_URL")
    if not url:
        return _sqlite(directory / "okienko.sqlite3")
    parts = urlsplit(url)
    if parts.scheme == "sqlite":
        return _sqlite(Path(unquote(parts.path.removeprefix("/"))))
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


def _sqlite(path: Path) -> dict[str, Any]:
    """SQLite for several processes: write-ahead log, transactions that take the write lock at once, patient waiting."""
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": str(path),
        "CONN_MAX_AGE": None,
        # Tests use a file too: a database in memory knows no write-ahead log and refuses a second writer.
        "TEST": {"NAME": str(path.with_suffix(f".test-{os.getpid()}.sqlite3"))},
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA mmap_size=134217728;",
        },
    }

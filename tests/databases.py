"""Test databases that are made once and copied afterwards.

Running two hundred migrations takes half a minute of CPU, loading the catalogue as long again, in every test process. Both are
done once; the result is kept in the system's temporary directory under a key of everything it was made from, and copied with the
database's own tools. A changed migration (or, for the catalogue, any changed source or data file) makes another key.
"""

from __future__ import annotations

import fcntl
import hashlib
import importlib.metadata
import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.db import connection

from tests.servers.postgresql import program

PROJECT = Path(__file__).parent.parent
UNREAD = frozenset({"tests", "docs", "benchmarks", "examples", "var", "node_modules"})
"""Folders that no database is made from."""


def is_sqlite() -> bool:
    """Whether the test database is one of SQLite, in memory."""
    return connection.vendor == "sqlite"


def migrations() -> Iterable[Path]:
    """Files that decide what an empty database looks like."""
    return PROJECT.glob("*/migrations/*.py")


def sources() -> Iterable[Path]:
    """Files that decide what the loaded catalogue looks like."""
    for folder in sorted(PROJECT.iterdir()):
        if folder.is_dir() and folder.name not in UNREAD and not folder.name.startswith("."):
            yield from (path for path in folder.rglob("*") if path.is_file() and path.suffix != ".pyc")


def kept_under(name: str, files: Iterable[Path]) -> Path:
    """Where a database made from these files and the installed libraries is kept."""
    digest = hashlib.sha256(sys.version.encode())
    for library in sorted(f"{one.name} {one.version}" for one in importlib.metadata.distributions()):
        digest.update(library.encode())
    for path in sorted(files):
        digest.update(str(path.relative_to(PROJECT)).encode())
        digest.update(path.read_bytes())
    folder = Path(tempfile.gettempdir()) / f"okienko-test-databases-{os.getuid()}"
    folder.mkdir(mode=0o700, exist_ok=True)
    return folder / f"{name}-{digest.hexdigest()[:24]}"


@contextmanager
def one_at_a_time(place: Path) -> Iterator[None]:
    """Of several test processes one makes the database; the others wait and copy it."""
    with place.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def migrate_once() -> None:
    """Let Django's own creation of the test database run its migrations only when no copy is kept."""
    creation: Any = connection.creation
    ordinary: Callable[..., str] = creation.create_test_db
    place = kept_under(f"empty-{connection.vendor}", migrations())

    def create_test_db(*arguments: Any, **options: Any) -> str:
        with one_at_a_time(place):
            if place.exists():
                name = _new_database(creation)
                _read(place)
                return name
            name = ordinary(*arguments, **options)
            _write(place)
            return name

    creation.create_test_db = create_test_db


def copy_empty(target: Path) -> None:
    """Put an empty, migrated SQLite database there, for a test that runs an installation of its own in other processes."""
    place = kept_under("empty-sqlite", migrations())
    if not place.exists():
        raise FileNotFoundError(f"Nie ma {place}. Ten test biegnie po tych, które robią bazę SQLite.")
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(place, target)


def _new_database(creation: Any) -> str:
    """Make an empty test database and turn the connection to it, as Django does before it migrates."""
    name = str(creation._get_test_db_name())
    if not is_sqlite():
        creation._create_test_db(verbosity=0, autoclobber=True, keepdb=False)
    connection.close()
    connection.settings_dict["NAME"] = name
    return name


def load_once(load: Callable[[], None], directory: Path) -> None:
    """Load the catalogue, or copy it as it was loaded before, together with the directory that belongs to it."""
    place = kept_under(f"catalogue-{connection.vendor}", sources())
    beside = place.with_suffix(".directory")
    with one_at_a_time(place):
        if place.exists():
            _read(place)
            shutil.copytree(beside, directory, dirs_exist_ok=True)
            return
        load()
        shutil.rmtree(beside, ignore_errors=True)
        shutil.copytree(directory, beside)
        _write(place)


def _read(place: Path) -> None:
    """Fill the open test database from a kept one."""
    if not is_sqlite():
        connection.close()
        _client_program("pg_restore", "--clean", "--if-exists", "--no-owner", f"--dbname={_name()}", str(place))
        return
    connection.ensure_connection()
    with sqlite3.connect(place) as kept:
        kept.backup(connection.connection)
    kept.close()


def _write(place: Path) -> None:
    """Keep the open test database, whole or not at all."""
    unfinished = place.with_suffix(".unfinished")
    unfinished.unlink(missing_ok=True)
    if is_sqlite():
        kept = sqlite3.connect(unfinished)
        connection.connection.backup(kept)
        kept.close()
    else:
        _client_program("pg_dump", "--format=custom", "--compress=0", f"--file={unfinished}", _name())
    unfinished.rename(place)


def _name() -> str:
    return str(connection.settings_dict["NAME"])


def _client_program(name: str, *arguments: str) -> None:
    """Run a program of PostgreSQL on the server of the tests. Raises `CalledProcessError`."""
    parameters = connection.get_connection_params()
    address = [f"--host={parameters['host']}", f"--username={parameters['user']}"]
    subprocess.run([program(name), *address, *arguments], check=True, cwd="/")

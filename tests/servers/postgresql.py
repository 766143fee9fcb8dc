"""A real PostgreSQL for one command, on a private socket, gone afterwards.

    python -m tests.servers.postgresql pytest tests/publication

starts a fresh server that listens on no port, sets `DATABASE_URL`, runs the command and stops the server.
"""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

SERVER_ACCOUNT = "postgres"
"""PostgreSQL refuses to run as root; Debian's package brings this account."""


class NoPostgresql(RuntimeError):
    """No PostgreSQL server is installed."""


def program(name: str) -> str:
    """Path of a server program; Debian keeps them per version. Raises `NoPostgresql`."""
    found = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"))
    path = str(found[-1]) if found else shutil.which(name)
    if path is None:
        raise NoPostgresql(f"Brakuje programu {name}. Zainstaluj PostgreSQL: make setup.")
    return path


def as_server(command: list[str]) -> list[str]:
    """The command under an account that PostgreSQL accepts."""
    if os.geteuid() != 0:
        return command
    return ["runuser", "-u", SERVER_ACCOUNT, "--", *command]


def quietly(command: list[str]) -> None:
    """Run a server program; its errors are shown, its chatter is not. Raises `CalledProcessError`."""
    subprocess.run(command, stdout=subprocess.DEVNULL, check=True, cwd="/")


@contextmanager
def server() -> Iterator[str]:
    """Run a server; give its `DATABASE_URL`. Durability is off: the data die with the server."""
    directory = Path(tempfile.mkdtemp(prefix="okienko-postgresql-"))
    if os.geteuid() == 0:
        account = pwd.getpwnam(SERVER_ACCOUNT)
        os.chown(directory, account.pw_uid, account.pw_gid)
    data = directory / "data"
    options = (
        f"-c listen_addresses= -c unix_socket_directories={directory} "
        "-c fsync=off -c synchronous_commit=off -c full_page_writes=off"
    )
    quietly(as_server([program("initdb"), "-D", str(data), "-U", "okienko", "-A", "trust", "-E", "UTF8", "--no-sync"]))
    control = as_server([program("pg_ctl"), "-D", str(data), "-w", "-l", str(directory / "log"), "-o", options])
    quietly([*control, "start"])
    try:
        yield f"postgresql://okienko@/postgres?host={directory}"
    finally:
        quietly([*control, "-m", "immediate", "stop"])
        shutil.rmtree(directory, ignore_errors=True)


def main(command: list[str]) -> int:
    """Run a command with `DATABASE_URL` set; return its exit code."""
    with server() as url:
        return subprocess.run(command, env=os.environ | {"DATABASE_URL": url}, check=False).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

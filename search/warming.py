"""What the first search of a process would wait for, done before the process takes requests."""

from __future__ import annotations

from django.db import connections

from search import analysis, vocabulary


def warm_up() -> None:
    """Read the dictionary and compile the registers; about two seconds.

    A web server calls this before it forks, so that its processes share the memory; so the connection of the database, which they
    must not share, is closed again. Without a database the registers are compiled by the first search.
    """
    analysis.word("sprawa")
    vocabulary.current()
    connections.close_all()

"""The feed while eight writers record at the same time: nothing is lost, nothing comes twice."""

from __future__ import annotations

import threading

from django.db import connection

from exporters.catalogue_api.changes import changes_after
from publication.models import EditionKind
from publication.recording import Proposal, record
from tests.public_site import catalogue

WRITERS = 8
EACH = 25


def test_eight_writers_lose_and_repeat_nothing(real_transactions: None) -> None:
    errors: list[BaseException] = []

    def write(writer: int) -> None:
        try:
            for number in range(EACH):
                proposal = Proposal(
                    kind=EditionKind.CARD,
                    key=f"K-{writer}",
                    payload=b'{"n":%d}' % number,
                    valid_from=catalogue.BEGINNING,
                )
                record([proposal], recorded_at=catalogue.NOON)
        except BaseException as error:  # noqa: BLE001 - reported below
            errors.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=write, args=(writer,)) for writer in range(WRITERS)]
    for thread in threads:
        thread.start()
    seen: list[tuple[int, str]] = []
    since = 0
    while len(seen) < WRITERS * EACH and not errors:
        page = changes_after(since, limit=7)
        assert [row.sequence for row in page.items] == list(range(since + 1, since + 1 + len(page.items)))
        seen += [(row.sequence, row.sha256) for row in page.items]
        since = page.next
        if not page.items and not any(thread.is_alive() for thread in threads):
            break
    for thread in threads:
        thread.join()
    assert errors == []
    assert [sequence for sequence, _ in seen] == list(range(1, WRITERS * EACH + 1))
    assert len(set(seen)) == WRITERS * EACH
    assert changes_after(since, limit=7).items == []

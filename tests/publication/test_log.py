"""The log: what it takes, what it refuses, what is in force."""

from __future__ import annotations

import datetime
import threading

import pytest
from django.db import DatabaseError, connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase as HypothesisTestCase

from publication.calendar import day_of
from publication.models import Edition, EditionLabel, EditionState, LogHead
from publication.reading import NotInForce, editions, head_sequence, in_force, latest, restricted_editions
from publication.verification import first_damage
from tests.publication.builders import day, proposal, text_of, write

empty_log = pytest.mark.django_db


@empty_log
def test_equal_text_writes_no_edition() -> None:
    assert len(write(proposal("A"))) == 1
    assert write(proposal("A")) == []
    assert [edition.sequence for edition in write(proposal("A", "b"))] == [2]


@empty_log
def test_a_change_of_dates_state_or_restricted_text_is_a_change() -> None:
    write(proposal("A"))
    assert len(write(proposal("A", valid_to=day("2026-12-31")))) == 1
    assert len(write(proposal("A", state=EditionState.SUSPENDED))) == 1
    assert len(write(proposal("A", restricted=b'{"note":"x"}'))) == 1


@empty_log
def test_sequence_has_no_gap_and_chain_holds() -> None:
    write(*(proposal(f"K{number}") for number in range(20)))
    write(proposal("K3", "b"), proposal("K3", "b"), proposal("K4"))
    assert list(editions().values_list("sequence", flat=True)) == list(range(1, 22))
    assert head_sequence() == 21
    assert first_damage() is None


@empty_log
def test_a_failing_proposal_leaves_the_log_as_it_was() -> None:
    write(proposal("A"))
    with pytest.raises(DatabaseError), transaction.atomic():
        write(proposal("B"), proposal("C", state=None))
    assert head_sequence() == 1
    assert first_damage() is None


@empty_log
@pytest.mark.parametrize(
    ("statement", "table"),
    [
        ("UPDATE publication_edition SET key = 'other'", "edition"),
        ("DELETE FROM publication_edition", "edition"),
        ("UPDATE publication_editionlabel SET value = 'other'", "label"),
        ("DELETE FROM publication_editionlabel", "label"),
    ],
)
def test_the_database_refuses_to_change_the_log(statement: str, table: str) -> None:
    write(proposal("A", labels=frozenset({("office", "x")})))
    with pytest.raises(DatabaseError, match="tylko przyrasta"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
    assert text_of(latest("A", on=day("2026-02-01"))) == "a"


@empty_log
@pytest.mark.skipif("connection.vendor != 'postgresql'", reason="SQLite has no TRUNCATE")
def test_postgresql_refuses_to_empty_the_log() -> None:
    write(proposal("A"))
    with pytest.raises(DatabaseError, match="tylko przyrasta"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("TRUNCATE publication_edition CASCADE")


@empty_log
def test_in_force_is_the_latest_start_then_the_latest_record() -> None:
    write(proposal("A", "january"), proposal("A", "march", since="2026-03-01"))
    write(proposal("A", "february", since="2026-02-01"))
    write(proposal("A", "march corrected", since="2026-03-01"))
    read = {month: text_of(latest("A", on=day(f"2026-{month}-15"))) for month in ("01", "02", "03")}
    assert read == {"01": "january", "02": "february", "03": "march corrected"}
    assert latest("A", on=day("2025-12-31")) is None


@empty_log
def test_a_tombstone_is_found_but_not_readable() -> None:
    write(proposal("A"), proposal("A", "gone", since="2026-02-01", state=EditionState.WITHDRAWN))
    assert in_force("A", on=day("2026-01-31")).covers(day("2026-01-31"))
    with pytest.raises(NotInForce) as refusal:
        in_force("A", on=day("2026-02-01"))
    assert refusal.value.edition is not None
    assert refusal.value.edition.state == EditionState.WITHDRAWN
    assert not editions().readable(on=day("2026-02-01")).exists()


@empty_log
def test_an_expired_text_is_not_readable_and_the_one_before_does_not_come_back() -> None:
    write(proposal("A", "old"), proposal("A", "new", since="2026-02-01", valid_to=day("2026-02-28")))
    assert text_of(in_force("A", on=day("2026-02-28"))) == "new"
    with pytest.raises(NotInForce):
        in_force("A", on=day("2026-03-01"))


@empty_log
def test_labels_find_editions_of_their_own_version_only() -> None:
    write(proposal("A", labels=frozenset({("topic", "firma")})))
    write(proposal("A", "b", since="2026-02-01", labels=frozenset({("topic", "podatki")})))
    found = editions().labelled("topic", "firma")
    assert [edition.key for edition in found.readable(on=day("2026-01-15"))] == ["A"]
    assert list(found.readable(on=day("2026-02-15"))) == []
    assert EditionLabel.objects.count() == 2


@empty_log
def test_public_reading_does_not_select_the_restricted_column() -> None:
    write(proposal("A", restricted=b'{"note":"secret"}'))
    assert "restricted" in editions().get().get_deferred_fields()
    assert bytes(restricted_editions().get().restricted) == b'{"note":"secret"}'


@pytest.mark.parametrize(
    ("moment", "expected"),
    [
        ("2026-03-28T22:59:59+00:00", "2026-03-28"),
        ("2026-03-28T23:00:00+00:00", "2026-03-29"),  # the clock goes forward that night
        ("2026-03-29T22:00:00+00:00", "2026-03-30"),
        ("2026-10-24T21:59:59+00:00", "2026-10-24"),
        ("2026-10-24T22:00:00+00:00", "2026-10-25"),  # the clock goes back that night
        ("2026-10-25T23:00:00+00:00", "2026-10-26"),
    ],
)
def test_a_day_begins_at_midnight_in_poland(moment: str, expected: str) -> None:
    assert day_of(datetime.datetime.fromisoformat(moment)) == day(expected)


def damage(sql: str) -> None:
    """Change the log behind the back of its triggers, as only an intruder could."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            for verb in ("update", "delete"):
                cursor.execute(f"DROP TRIGGER publication_edition_no_{verb}")
        else:
            cursor.execute("ALTER TABLE publication_edition DISABLE TRIGGER USER")
        cursor.execute(sql)


@empty_log
@pytest.mark.parametrize(
    ("sql", "sequence", "reason"),
    [
        ("UPDATE publication_edition SET payload = restricted WHERE sequence = 2", 2, "treść"),
        ("UPDATE publication_edition SET key = 'other' WHERE sequence = 3", 3, "łańcuch"),
        ("UPDATE publication_edition SET valid_from = '2020-01-01' WHERE sequence = 1", 1, "łańcuch"),
        ("DELETE FROM publication_edition WHERE sequence = 2", 3, "brakuje wydania numer 2"),
        ("DELETE FROM publication_edition WHERE sequence = 4", 4, "brakuje wydań"),
    ],
)
def test_verification_names_the_first_damaged_row(sql: str, sequence: int, reason: str) -> None:
    write(*(proposal(f"K{number}") for number in range(4)))
    damage(sql)
    found = first_damage()
    assert found is not None
    assert (found.sequence, reason in found.reason) == (sequence, True)


STARTS = st.integers(1, 6)


class ReadingAgreesWithADefinition(HypothesisTestCase):
    """Any history of a few keys: reading equals the definition, word by word."""

    @settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
    @given(st.lists(st.tuples(st.sampled_from("AB"), st.sampled_from("xyz"), STARTS), max_size=12), STARTS)
    def test_in_force(self, history: list[tuple[str, str, int]], month: int) -> None:
        for key, text, start in history:
            write(proposal(key, text, since=f"2026-{start:02d}-01"))
        on = day(f"2026-{month:02d}-15")
        rows = list(Edition.objects.all())
        expected = {}
        for key in "AB":
            past = [row for row in rows if row.key == key and row.valid_from <= on]
            if past:
                expected[key] = max(past, key=lambda row: (row.valid_from, row.sequence)).sequence
        assert {row.key: row.sequence for row in editions().in_force(on=on)} == expected
        assert [row.sequence for row in rows] == list(range(1, len(rows) + 1))
        assert first_damage() is None


def test_writers_at_the_same_time_leave_no_gap(real_transactions: None) -> None:
    """Eight writers; a reader of the feed that comes back later misses nothing."""
    errors: list[BaseException] = []

    def writer(number: int) -> None:
        try:
            for text in "abc":
                write(proposal(f"W{number}", text))
        except BaseException as error:  # noqa: BLE001 - reported below
            errors.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=writer, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert errors == []
    assert list(editions().values_list("sequence", flat=True)) == list(range(1, 25))
    assert LogHead.objects.get().sequence == 24
    assert first_damage() is None

"""Who acts, for random teams and absences; the rules are checked day by day against a plain reading of the text."""

from __future__ import annotations

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from governance.acting import LONGEST_HANDOVER, Acting, Away, Post, Term, acting, days_between, line, refusals

START = datetime.date(2026, 3, 2)
LAST = START + datetime.timedelta(days=90)
DAYS = st.dates(START, LAST)


def day(number: int) -> datetime.date:
    return START + datetime.timedelta(days=number)


@st.composite
def terms(draw: st.DrawFn, key: int = 0) -> Term:
    begins = draw(DAYS)
    ends = draw(st.none() | st.dates(begins, LAST))
    return Term(key, draw(st.integers(1, 6)), draw(st.sampled_from(Post)), begins, ends, draw(st.integers(1, 3)))


@st.composite
def teams(draw: st.DrawFn) -> list[Term]:
    return [draw(terms(key)) for key in range(1, draw(st.integers(0, 6)) + 1)]


@st.composite
def absences(draw: st.DrawFn) -> list[Away]:
    found = []
    for _ in range(draw(st.integers(0, 6))):
        begins = draw(DAYS)
        found.append(Away(draw(st.integers(1, 6)), begins, draw(st.dates(begins, LAST))))
    return found


@given(teams(), absences(), DAYS)
def test_whoever_acts_holds_the_post_and_is_there(team: list[Term], away: list[Away], on: datetime.date) -> None:
    found = acting(team, away, on=on)
    if found is None:
        there = [term for term in team if term.post in {Post.COORDINATOR, Post.DEPUTY} and term.covers(on)]
        assert all(any(one.person == term.person and one.covers(on) for one in away) for term in there)
        return
    assert found.term in team
    assert found.term.covers(on)
    assert found.term.post in {Post.COORDINATOR, Post.DEPUTY}
    assert not any(one.person == found.term.person and one.covers(on) for one in away)


@given(teams(), absences(), DAYS)
def test_a_deputy_acts_only_when_no_coordinator_is_there(team: list[Term], away: list[Away], on: datetime.date) -> None:
    found = acting(team, away, on=on)
    if found is not None and found.stands_in:
        absent = {one.person for one in away if one.covers(on)}
        assert all(term.person in absent for term in team if term.post is Post.COORDINATOR and term.covers(on))
        earlier = line(team, on=on)[: line(team, on=on).index(found.term)]
        assert all(term.person in absent for term in earlier)
        assert all(term.order <= found.term.order for term in earlier if term.post is Post.DEPUTY)


@given(teams(), absences(), DAYS, st.randoms(use_true_random=False))
def test_the_order_of_rows_does_not_matter(
    team: list[Term], away: list[Away], on: datetime.date, random: object
) -> None:
    shuffled = list(team)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert acting(shuffled, away, on=on) == acting(team, away, on=on)


@given(teams(), teams(), DAYS)
def test_an_accepted_change_loses_nobody_and_doubles_nobody(
    before: list[Term], after: list[Term], on: datetime.date
) -> None:
    if refusals(before, after, on=on):
        return
    for each in days_between(on, LAST + datetime.timedelta(days=30)):
        held_before, held_after = line(before, on=each), line(after, on=each)
        for post in (Post.COORDINATOR, Post.DEPUTY):
            if any(term.post is post for term in held_before):
                assert any(term.post is post for term in held_after), each
        assert len({term.person for term in held_after}) == len(held_after)
        together = [term for term in held_after if term.post is Post.COORDINATOR]
        assert len(together) <= 2
        if len(together) == 2:
            shared = [
                day for day in days_between(START, LAST + LONGEST_HANDOVER * 3) if all(t.covers(day) for t in together)
            ]
            assert len(shared) <= 14


@given(teams(), DAYS)
def test_an_empty_office_may_be_filled_and_nothing_changed_is_nothing_lost(team: list[Term], on: datetime.date) -> None:
    lost = [sentence for sentence in refusals(team, team, on=on) if "nie miałby" in sentence]
    assert lost == []
    assert not [sentence for sentence in refusals([], team, on=on) if "nie miałby" in sentence]


OLD = Term(1, 1, Post.COORDINATOR, day(0))
NEW = Term(2, 2, Post.COORDINATOR, day(20))
DEPUTY = Term(3, 3, Post.DEPUTY, day(0))
SECOND = Term(4, 4, Post.DEPUTY, day(0), order=2)


def until(term: Term, last: int) -> Term:
    return Term(term.key, term.person, term.post, term.begins, day(last), term.order)


def test_a_gap_between_coordinators_is_refused_by_its_first_day() -> None:
    (sentence,) = refusals([OLD, DEPUTY], [until(OLD, 18), NEW, DEPUTY], on=day(5))
    assert sentence.startswith(f"Od dnia {day(19)} urząd nie miałby koordynatora.")


def test_a_handover_without_a_gap_is_accepted() -> None:
    assert refusals([OLD, DEPUTY], [until(OLD, 19), NEW, DEPUTY], on=day(5)) == []


@pytest.mark.parametrize(("last", "accepted"), [(33, True), (34, False)])
def test_a_handover_lasts_at_most_fourteen_days(last: int, accepted: bool) -> None:
    """From day 20 to day 33 are fourteen days, both included."""
    found = refusals([OLD, DEPUTY], [until(OLD, last), NEW, DEPUTY], on=day(5))
    assert (found == []) is accepted
    assert accepted or "dłużej niż 14 dni" in found[0]
    assert datetime.timedelta(days=14) == LONGEST_HANDOVER


def test_removing_the_last_deputy_is_refused_and_the_last_but_one_is_not() -> None:
    assert refusals([OLD, DEPUTY, SECOND], [OLD, SECOND], on=day(5)) == []
    (sentence,) = refusals([OLD, SECOND], [OLD], on=day(5))
    assert "żadnego zastępcy" in sentence


def test_during_a_handover_the_leaving_coordinator_acts_until_his_last_day() -> None:
    team = [until(OLD, 25), NEW, DEPUTY]
    assert acting(team, [], on=day(25)) == Acting(team[0], stands_in=False)
    assert acting(team, [], on=day(26)) == Acting(NEW, stands_in=False)
    assert acting(team, [Away(1, day(22), day(22))], on=day(22)) == Acting(NEW, stands_in=False)


def test_deputies_act_in_their_order_and_then_nobody_does() -> None:
    team = [OLD, SECOND, DEPUTY]
    away = [Away(1, day(3), day(9))]
    assert acting(team, away, on=day(3)) == Acting(DEPUTY, stands_in=True)
    away.append(Away(3, day(4), day(4)))
    assert acting(team, away, on=day(4)) == Acting(SECOND, stands_in=True)
    assert acting(team, [*away, Away(4, day(4), day(4))], on=day(4)) is None
    assert acting(team, away, on=day(10)) == Acting(OLD, stands_in=False)


def test_nobody_deputises_for_himself() -> None:
    twice = Term(5, 1, Post.DEPUTY, day(0), order=3)
    (sentence,) = refusals([OLD, DEPUTY], [OLD, DEPUTY, twice], on=day(5))
    assert "ta sama osoba" in sentence


def test_reversed_days_are_refused() -> None:
    (sentence,) = refusals([], [Term(1, 1, Post.MEMBER, day(5), day(4))], on=day(0))
    assert "Zamień daty" in sentence

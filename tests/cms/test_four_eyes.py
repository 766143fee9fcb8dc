"""The rule of four eyes and the lifecycle table, for every combination of people."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from cms.editorial.four_eyes import SMALL_OFFICE, Approval, objections, refusal
from cms.editorial.states import FOLLOWING, FULL_PATH, SHORT_PATH, State, Step

PEOPLE = st.integers(1, 5)
AUTHORS = st.frozensets(PEOPLE, min_size=1, max_size=3)
APPROVALS = st.lists(st.builds(Approval, step=st.sampled_from(Step), person=PEOPLE), max_size=8)


@given(APPROVALS, AUTHORS, st.integers(1, 10))
def test_a_version_without_objections_was_seen_by_three_different_people(
    approvals: list[Approval], authors: frozenset[int], people: int
) -> None:
    if objections(FULL_PATH, approvals, authors, people_at_office=people):
        return
    merit, language, approval = ({one.person for one in approvals if one.step == step} for step in FULL_PATH)
    assert any(a != b for a in merit - authors for b in approval - authors)
    assert language - authors or (language and people < SMALL_OFFICE)


@given(APPROVALS, AUTHORS)
def test_a_version_seen_by_three_others_has_no_objections(approvals: list[Approval], authors: frozenset[int]) -> None:
    others = [Approval(step, person) for step, person in zip(FULL_PATH, (11, 12, 13), strict=True)]
    assert objections(FULL_PATH, [*approvals, *others], authors, people_at_office=9) == []


@given(APPROVALS, AUTHORS)
def test_acceptance_alone_needs_one_other_person(approvals: list[Approval], authors: frozenset[int]) -> None:
    accepted = {one.person for one in approvals if one.step == Step.APPROVAL}
    assert (objections(SHORT_PATH, approvals, authors, people_at_office=9) == []) == bool(accepted - authors)


@given(APPROVALS, AUTHORS, PEOPLE, st.sampled_from([Step.MERIT, Step.APPROVAL]))
def test_an_author_is_refused_at_once(
    approvals: list[Approval], authors: frozenset[int], person: int, step: Step
) -> None:
    refused = refusal(step, person, approvals, authors, people_at_office=1)
    assert refused is not None if person in authors else True


def test_every_state_can_be_left_and_reached() -> None:
    reached = {after for following in FOLLOWING.values() for after in following}
    assert set(FOLLOWING) == set(State)
    assert reached == set(State) - {State.DRAFT}

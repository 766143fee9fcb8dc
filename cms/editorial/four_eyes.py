"""Four eyes: author, merit reviewer and approver of one version are different people. Pure: no clock, no database."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from cms.editorial.states import Step

SMALL_OFFICE = 5
"""Below so many people the author may check the language of his own text (lifecycle of a card); it is written down."""
NOT_AUTHOR = {
    Step.MERIT: "Sprawdzić merytorycznie musi osoba, która nie pisała tej wersji.",
    Step.LANGUAGE: "Język musi sprawdzić osoba, która nie pisała tej wersji.",
    Step.APPROVAL: "Zatwierdzić musi osoba, która nie pisała tej wersji.",
}
DIFFERENT = "Sprawdzić merytorycznie i zatwierdzić muszą dwie różne osoby."
MISSING = {
    Step.MERIT: "Nikt jeszcze nie sprawdził tej wersji merytorycznie.",
    Step.LANGUAGE: "Nikt jeszcze nie sprawdził języka tej wersji.",
    Step.APPROVAL: "Nikt jeszcze nie zatwierdził tej wersji.",
}


@dataclass(frozen=True)
class Approval:
    """A person agreed to one version in one step."""

    step: Step
    person: int


def objections(
    steps: Iterable[Step], approvals: Collection[Approval], authors: Collection[int], *, people_at_office: int
) -> list[str]:
    """Why a version may not be published, a sentence for each missing or worthless check; [] when it may."""
    found = []
    for step in steps:
        given = [approval.person for approval in approvals if approval.step == step]
        if not given:
            found.append(MISSING[step])
        elif not any(may_check(step, person, authors, people_at_office=people_at_office) for person in given):
            found.append(NOT_AUTHOR[step])
    return found or _same_hands(steps, approvals, authors)


def _same_hands(steps: Iterable[Step], approvals: Collection[Approval], authors: Collection[int]) -> list[str]:
    """The merit reviewer and the approver must be two people: some pair of different people must exist."""
    if not {Step.MERIT, Step.APPROVAL} <= set(steps):
        return []
    reviewers, approvers = (
        {approval.person for approval in approvals if approval.step == step} - set(authors)
        for step in (Step.MERIT, Step.APPROVAL)
    )
    return [] if len(reviewers | approvers) > 1 and reviewers and approvers else [DIFFERENT]


def may_check(step: Step, person: int, authors: Collection[int], *, people_at_office: int) -> bool:
    """Whether a person may take a step, as far as authorship says."""
    if person not in authors:
        return True
    return step == Step.LANGUAGE and people_at_office < SMALL_OFFICE


def refusal(
    step: Step, person: int, approvals: Collection[Approval], authors: Collection[int], *, people_at_office: int
) -> str | None:
    """Why a person may not take a step of a version now; None when he may."""
    if not may_check(step, person, authors, people_at_office=people_at_office):
        return NOT_AUTHOR[step]
    other = {Step.MERIT: Step.APPROVAL, Step.APPROVAL: Step.MERIT}.get(step)
    if other is not None and {a.person for a in approvals if a.step == other} == {person}:
        return DIFFERENT
    return None

from __future__ import annotations

import pytest
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from pytest_django import DjangoAssertNumQueries

from cms import roles
from governance.acting import Post
from governance.assignments import (
    assign,
    end,
    end_absence,
    hand_over,
    remove,
    reorder,
    report_absence,
    sync_all_members,
)
from governance.models import AdvisorAssignment, CoordinatorAssignment
from governance.teams import acting_coordinator, standings
from service_catalog.models import OfficePage
from tests.governance.conftest import MONDAY, add_office, day, days_later, person


def give(office: OfficePage, who: User, post: Post, *, begins: int = 0, order: int = 1) -> CoordinatorAssignment:
    return assign(office, who, post, begins=day(begins), order=order, moment=MONDAY)


@pytest.fixture
def team(rzeszow: OfficePage) -> tuple[CoordinatorAssignment, CoordinatorAssignment]:
    return (
        give(rzeszow, person("kinga"), Post.COORDINATOR),
        give(rzeszow, person("zenon"), Post.DEPUTY),
    )


Team = tuple[CoordinatorAssignment, CoordinatorAssignment]


def test_the_deputy_acts_while_the_coordinator_is_away(rzeszow: OfficePage, team: Team) -> None:
    coordinator, deputy = team
    report_absence(coordinator.person, begins=day(2), ends=day(4), moment=MONDAY)
    acting = [acting_coordinator(rzeszow, on=day(number)) for number in range(1, 6)]
    assert acting == [coordinator.person, deputy.person, deputy.person, deputy.person, coordinator.person]


def test_nobody_acts_when_all_are_away(rzeszow: OfficePage, team: Team) -> None:
    for row in team:
        report_absence(row.person, begins=day(2), ends=day(2), moment=MONDAY)
    (standing,) = standings([rzeszow], on=day(2))
    assert standing.alarm
    assert standing.deputies == 1
    assert acting_coordinator(rzeszow, on=day(3)) == team[0].person


def test_a_closed_account_never_acts(rzeszow: OfficePage, team: Team) -> None:
    User.objects.filter(pk=team[0].person_id).update(is_active=False)
    assert acting_coordinator(rzeszow, on=day(1)) == team[1].person


def test_the_last_deputy_cannot_be_removed_and_nothing_is_half_saved(rzeszow: OfficePage, team: Team) -> None:
    _, deputy = team
    with pytest.raises(ValidationError, match="żadnego zastępcy"):
        end(deputy, last=day(5), moment=MONDAY)
    assert CoordinatorAssignment.objects.get(pk=deputy.pk).ends is None
    give(rzeszow, person("olga"), Post.DEPUTY, begins=6, order=2)
    end(deputy, last=day(5), moment=MONDAY)
    assert CoordinatorAssignment.objects.get(pk=deputy.pk).ends == day(5)


def test_a_coordinator_leaves_only_when_somebody_follows(rzeszow: OfficePage, team: Team) -> None:
    coordinator, _ = team
    with pytest.raises(ValidationError, match="nie miałby koordynatora"):
        end(coordinator, last=day(5), moment=MONDAY)
    with pytest.raises(ValidationError, match="dłużej niż 14 dni"):
        give(rzeszow, person("nowa"), Post.COORDINATOR, begins=3)


def test_a_handover_is_made_in_one_step(rzeszow: OfficePage, team: Team) -> None:
    coordinator, _ = team
    newcomer = person("nowa")
    hand_over(coordinator, newcomer, begins=day(10), last=day(15), moment=MONDAY)
    assert acting_coordinator(rzeszow, on=day(15)) == coordinator.person
    assert acting_coordinator(rzeszow, on=day(16)) == newcomer
    with pytest.raises(ValidationError, match="dłużej niż 14 dni"):
        hand_over(
            CoordinatorAssignment.objects.get(person=newcomer),
            person("inna"),
            begins=day(30),
            last=day(44),
            moment=MONDAY,
        )
    with pytest.raises(ValidationError, match="nie miałby koordynatora"):
        hand_over(
            CoordinatorAssignment.objects.get(person=newcomer),
            person("inna"),
            begins=day(30),
            last=day(28),
            moment=MONDAY,
        )
    assert CoordinatorAssignment.objects.get(person=newcomer).ends is None


@pytest.mark.parametrize(
    ("begins", "sentence"), [(-1, "najwcześniej dzisiaj"), (0, "ta sama osoba")], ids=["past", "twice"]
)
def test_an_assignment_that_cannot_be_is_refused(rzeszow: OfficePage, team: Team, begins: int, sentence: str) -> None:
    with pytest.raises(ValidationError, match=sentence):
        give(rzeszow, team[0].person, Post.DEPUTY, begins=begins)
    assert CoordinatorAssignment.objects.count() == 2


def test_a_closed_account_gets_no_post(rzeszow: OfficePage) -> None:
    closed = person("dawny")
    closed.is_active = False
    closed.save()
    with pytest.raises(ValidationError, match="jest wyłączone"):
        give(rzeszow, closed, Post.COORDINATOR)


def test_what_has_begun_is_ended_and_not_removed(rzeszow: OfficePage, team: Team) -> None:
    with pytest.raises(ValidationError, match="już trwa"):
        remove(team[1], moment=MONDAY)
    future = give(rzeszow, person("olga"), Post.DEPUTY, begins=6, order=2)
    remove(future, moment=MONDAY)
    assert CoordinatorAssignment.objects.count() == 2


def test_deputies_change_places(rzeszow: OfficePage, team: Team) -> None:
    second = give(rzeszow, person("olga"), Post.DEPUTY, order=2)
    report_absence(team[0].person, begins=day(0), ends=day(0), moment=MONDAY)
    assert acting_coordinator(rzeszow, on=day(0)) == team[1].person
    reorder(team[1], order=3, moment=MONDAY)
    assert acting_coordinator(rzeszow, on=day(0)) == second.person


@pytest.mark.parametrize(
    ("begins", "ends", "sentence"), [(5, 4, "Zamień daty"), (-3, -1, "skończyła się"), (4, 9, "w tych dniach")]
)
def test_an_absence_that_cannot_be_is_refused(team: Team, begins: int, ends: int, sentence: str) -> None:
    report_absence(team[0].person, begins=day(3), ends=day(6), moment=MONDAY)
    with pytest.raises(ValidationError, match=sentence):
        report_absence(team[0].person, begins=day(begins), ends=day(ends), moment=MONDAY)


def test_an_absence_that_has_begun_ends_with_yesterday(rzeszow: OfficePage, team: Team) -> None:
    absence = report_absence(team[0].person, begins=day(0), ends=day(6), moment=MONDAY)
    end_absence(absence, moment=days_later(3))
    assert acting_coordinator(rzeszow, on=day(2)) == team[1].person
    assert acting_coordinator(rzeszow, on=day(3)) == team[0].person


def test_the_group_of_coordinators_follows_the_terms(rzeszow: OfficePage, team: Team) -> None:
    (group,) = roles.groups_of(roles.OFFICE_COORDINATOR, code="uw-rzeszow")
    by_hand = person("reczny", roles.OFFICE_COORDINATOR, code="uw-rzeszow")
    newcomer = give(rzeszow, person("olga"), Post.DEPUTY, begins=6, order=2).person
    assert set(group.user_set.all()) == {team[0].person, team[1].person, by_hand}
    end(team[1], last=day(5), moment=MONDAY)
    sync_all_members(on=day(6))
    assert set(group.user_set.all()) == {team[0].person, newcomer, by_hand}


def test_an_advisor_has_his_right_until_his_day(rzeszow: OfficePage) -> None:
    (group,) = roles.groups_of(roles.OFFICE_ADVISOR, code="uw-rzeszow")
    advisor = person("doradca")
    AdvisorAssignment.objects.create(office=rzeszow, person=advisor, begins=day(1), ends=day(2))
    members = []
    for number in range(4):
        sync_all_members(on=day(number))
        members.append(group.user_set.filter(pk=advisor.pk).exists())
    assert members == [False, True, True, False]


def test_a_hundred_offices_are_read_in_three_queries(
    rzeszow: OfficePage, team: Team, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    offices = [rzeszow, add_office("uw-gdansk"), add_office("uw-opole")]
    with django_assert_num_queries(3):
        assert [standing.alarm for standing in standings(offices, on=day(0))] == [False, True, True]

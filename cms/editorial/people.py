"""Who may take which step of which page: people with the right role at the office, or type of office, of the page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.db.models import Q, QuerySet
from wagtail.models import GroupPagePermission, Page

from cms import roles
from cms.editorial.states import Step

ROLES_OF_STEP = {
    Step.MERIT: (roles.OFFICE_REVIEWER, roles.MODEL_REVIEWER, roles.CENTRAL),
    Step.LANGUAGE: (roles.OFFICE_LANGUAGE_EDITOR, roles.MODEL_LANGUAGE_EDITOR, roles.CENTRAL),
    Step.APPROVAL: (roles.OFFICE_APPROVER, roles.MODEL_APPROVER, roles.CENTRAL),
}
ACCEPTING = (roles.OFFICE_COORDINATOR,)
"""Beside approvers, who may accept a version of the short path."""
LEADING = (*ROLES_OF_STEP[Step.APPROVAL], roles.NATIONAL_COORDINATOR)
"""Who may suspend and resume a page, put it away, and let a hard text pass with a reason."""

REMEMBERED = "editorial_posts"
"""Attribute under which a user's posts stay with him for a request."""


@dataclass(frozen=True)
class Post:
    """A role of a person at a branch of the page tree."""

    role: roles.Role
    path: str

    def covers(self, page_path: str) -> bool:
        """Whether a page lies in the branch."""
        return page_path.startswith(self.path)


def posts_of(user: Any) -> list[Post]:
    """The posts of a user. One query; remembered with the user for the request."""
    if not user.is_authenticated or not user.is_active:
        return []
    kept: list[Post] | None = getattr(user, REMEMBERED, None)
    if kept is None:
        rows = (
            GroupPagePermission.objects.filter(group__in=user.groups.all())
            .values_list("group__name", "page__path")
            .distinct()
        )
        kept = [Post(role, path) for name, path in rows for role in _roles_named(name)]
        setattr(user, REMEMBERED, kept)
    return kept


def _roles_named(group_name: str) -> list[roles.Role]:
    known = {role for held in (*ROLES_OF_STEP.values(), ACCEPTING, LEADING) for role in held}
    return [role for role in known if group_name == role.name or group_name.endswith(f"] {role.ending}")]


def may_take_step(user: Any, page: Page, step: Step) -> bool:
    """Whether the user's role lets him take the step at this page. A superuser without the role may not.

    The language of a text that is too hard is also the business of whoever leads: only he may let it pass.
    """
    accepted: tuple[roles.Role, ...] = ROLES_OF_STEP[step]
    if step == Step.APPROVAL and takes_short_path(page):
        accepted = (*accepted, *ACCEPTING)
    if any(post.role in accepted and post.covers(page.path) for post in posts_of(user)):
        return True
    return step == Step.LANGUAGE and leads(user, page) and is_too_hard(page)


def is_too_hard(page: Page) -> bool:
    """Whether the latest version of the page is beyond what the language check may let pass."""
    specific: Any = page.specific
    gate = specific.get_latest_revision_as_object().language_gate()
    return gate is not None and gate.colour == "red"


def takes_short_path(page: Page) -> bool:
    """Whether the latest version of the page needs nothing but acceptance."""
    specific: Any = page.specific
    steps: tuple[Step, ...] = specific.get_latest_revision_as_object().required_steps()
    return steps == (Step.APPROVAL,)


def leads(user: Any, page: Page) -> bool:
    """Whether the user is the head of the page's office or type of office, or central staff."""
    return any(post.role in LEADING and post.covers(page.path) for post in posts_of(user))


def people_for_step(page: Page, step: Step) -> QuerySet[Any]:
    """Active people who may take the step, nearest first is not promised."""
    return _people_with(ROLES_OF_STEP[step], page)


def heads_of(page: Page) -> QuerySet[Any]:
    """Active people who approve at the page's own office or type of office."""
    return _people_with((roles.OFFICE_APPROVER, roles.MODEL_APPROVER), page)


def _people_with(held: tuple[roles.Role, ...], page: Page) -> QuerySet[Any]:
    endings = Q()
    for role in held:
        endings |= Q(name=role.name) if "{place}" not in role.name else Q(name__endswith=f"] {role.ending}")
    groups = Group.objects.filter(endings, page_permissions__page__in=branch_of(page))
    return get_user_model().objects.filter(is_active=True, groups__in=groups.values("pk")).distinct()


def branch_of(page: Page) -> list[int]:
    """Keys of the page and of everything above it."""
    paths = [page.path[:end] for end in range(page.steplen, len(page.path) + 1, page.steplen)]
    return list(Page.objects.filter(path__in=paths).values_list("pk", flat=True))


def people_at_office(page: Page) -> int:
    """How many active people work on the page's own branch: its office or model catalogue, not the whole country."""
    above = Page.objects.filter(pk__in=branch_of(page), depth__gt=3).values("pk")
    groups = Group.objects.filter(page_permissions__page__in=above)
    return get_user_model().objects.filter(is_active=True, groups__in=groups.values("pk")).distinct().count()

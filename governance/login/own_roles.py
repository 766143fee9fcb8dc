"""Nobody changes his own roles, and every change of roles is written down: who, whose, what."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.core.exceptions import PermissionDenied
from django.db import models
from wagtail.log_actions import LogContext, get_active_log_context, log

OWN_ROLE = "Nie możesz zmienić własnych ról. Poproś o to drugiego administratora."
BEFORE = frozenset({"pre_add", "pre_remove", "pre_clear"})
AFTER = {"post_add": "governance.role_given", "post_remove": "governance.role_taken"}


def by_rule() -> LogContext:
    """For memberships that follow from data (terms in a team): they are nobody's choice, so nobody is refused."""
    return LogContext(user=None)


def watch_roles(
    sender: type[models.Model],
    instance: Any,
    action: str,
    reverse: bool,
    pk_set: set[int] | None,
    **context: object,
) -> None:
    """Receiver of changed memberships, on whatever way they change. Raises `PermissionDenied` for one's own roles."""
    actor = get_active_log_context().user
    if action in BEFORE and actor is not None and actor.pk in _people(instance, reverse, pk_set):
        raise PermissionDenied(OWN_ROLE)
    if action in AFTER and pk_set:
        users, groups = (pk_set, {instance.pk}) if reverse else ({instance.pk}, pk_set)
        names = sorted(Group.objects.filter(pk__in=groups).values_list("name", flat=True))
        for user in get_user_model().objects.filter(pk__in=users):
            log(user, AFTER[action], user=actor, data={"roles": names})


def _people(instance: Any, reverse: bool, keys: set[int] | None) -> set[int]:
    """Accounts whose groups change."""
    if not reverse:
        return {instance.pk}
    return keys if keys is not None else set(instance.user_set.values_list("pk", flat=True))


def refuses_bulk_action(actor: Any, action: str, objects: Sequence[Any]) -> bool:
    """Whether a bulk action would change the actor's own roles."""
    return action == "assign_role" and any(isinstance(one, get_user_model()) and one.pk == actor.pk for one in objects)


def connect() -> None:
    """Follow memberships."""
    through = get_user_model().groups.through
    models.signals.m2m_changed.connect(watch_roles, sender=through, dispatch_uid="governance.watch_roles")

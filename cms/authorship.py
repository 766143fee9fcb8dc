"""Who wrote, sent or decided something stays known: the account of such a person is closed, never deleted.

Without the account a version would have no author to compare its checkers with, so four eyes would see only two.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.contrib.auth import get_user_model
from django.db import models
from django.db.models.deletion import get_candidate_relations_to_delete
from django.db.models.signals import pre_delete

from cms.people import name_of

OF_THE_PERSON_ONLY = frozenset(
    {"wagtailcore.Page.locked_by", "wagtailcore.UploadedFile.uploaded_by_user", "governance.FollowedTask.person"}
)
"""Rows that outlive the account and yet say nothing about what the person did."""
WRITTEN_BUT_DELETED_WITH_THE_PERSON = frozenset({"wagtailcore.Comment.user", "wagtailcore.CommentReply.user"})


class AuthorKept(models.ProtectedError):
    """Somebody tried to delete the account of a person who did something. `sentence` says what to do instead."""

    def __init__(self, user: Any) -> None:
        self.sentence = refusal(user)
        super().__init__(self.sentence, {user})


def refusal(user: Any) -> str:
    """Why the account cannot be deleted, and what to do instead."""
    return (
        f"Konta „{name_of(user)}” nie można usunąć: ta osoba pisała, wysyłała albo zatwierdzała treści i musi być wiadomo, "
        "że to ona. Zamiast tego wyłącz konto: otwórz je i odznacz „Aktywny”. Nikt się wtedy na nie nie zaloguje."
    )


def did_anything(user: Any) -> bool:
    """Whether any row that outlives the account names the person: a version, an entry of history, a decision, a remark."""
    options: Any = get_user_model()._meta
    relations: Iterable[Any] = get_candidate_relations_to_delete(options)
    return any(
        relation.related_model._base_manager.filter(**{relation.field.name: user}).exists()
        for relation in relations
        if _tells_of_a_deed(relation)
    )


def _tells_of_a_deed(relation: Any) -> bool:
    name = f"{relation.related_model._meta.label}.{relation.field.name}"
    if relation.on_delete is models.CASCADE:
        return name in WRITTEN_BUT_DELETED_WITH_THE_PERSON
    return name not in OF_THE_PERSON_ONLY


def keep_authors(sender: type, instance: Any, **kwargs: Any) -> None:
    """Refuse the deletion, by whatever path it comes. Raises `AuthorKept`."""
    if did_anything(instance):
        raise AuthorKept(instance)


def connect() -> None:
    """Stand before every deletion of an account."""
    pre_delete.connect(keep_authors, sender=get_user_model(), dispatch_uid="authors are kept")

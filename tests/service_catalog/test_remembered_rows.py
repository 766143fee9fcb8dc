"""Rows that are put back are the rows that were written, and are put back only where they fit."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import Group, User
from django.db import transaction

from tests import remembered_rows
from tests.remembered_rows import write_once
from tests.service_catalog.builders import write_catalogue

pytestmark = pytest.mark.django_db


class Writer:
    """Writes the small catalogue and a person, renames a group, deletes another, and counts how often."""

    def __init__(self) -> None:
        self.times = 0

    def __call__(self) -> None:
        self.times += 1
        write_catalogue()
        Group.objects.filter(name="stara").update(name="nowa")
        Group.objects.filter(name="zbędna").delete()
        User.objects.create_user(f"autor.{self.times}").groups.set(Group.objects.filter(name="nowa"))


@pytest.fixture
def groups(db: None) -> None:
    for name in ("stara", "zbędna"):
        Group.objects.create(name=name)


@pytest.mark.usefixtures("groups")
def test_rows_put_back_are_the_rows_that_were_written() -> None:
    write, left = Writer(), []
    for _ in range(2):
        with transaction.atomic():
            write_once("rows put back", write)
            left.append(remembered_rows._everything())
            assert User.objects.get(groups__name="nowa").get_username() == "autor.1"
            transaction.set_rollback(True)
    assert write.times == 1
    assert left[0] == left[1]


@pytest.mark.usefixtures("groups")
def test_a_database_with_other_rows_is_written_anew() -> None:
    write = Writer()
    with transaction.atomic():
        write_once("other rows", write)
        transaction.set_rollback(True)
    User.objects.create_user("ktoś")
    write_once("other rows", write)
    assert write.times == 2
    assert User.objects.filter(username="autor.2").exists()

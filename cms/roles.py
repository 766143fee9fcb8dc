"""Roles as data: who may do what, in one table, written to the database by `manage.py sync_offices`.

An office has two groups with rights on its page and everything below it; an office type has one for its model catalogue; central
staff sit in one group with rights on the root, because a membership in a hundred office groups is too large a question for SQLite.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.contrib.auth.models import Group, Permission
from wagtail.models import GroupPagePermission, Page

AUTHOR = ("add_page", "change_page")
APPROVER = ("add_page", "change_page", "publish_page", "lock_page", "unlock_page")


@dataclass(frozen=True)
class Role:
    """A role: the name of its group (with the place filled in) and its rights on pages and on registers.

    `models` lists "app.model" whose entries the role may add, change and delete.
    """

    name: str
    pages: tuple[str, ...] = ()
    models: tuple[str, ...] = ()
    admin: bool = True


REGISTERS = (
    "service_catalog.officetype",
    "service_catalog.topic",
    "service_catalog.topiccategory",
    "service_catalog.servicegroup",
    "service_catalog.service",
    "service_catalog.legalact",
    "service_catalog.formfamily",
    "life_events.lifeevent",
    "life_events.externalprovider",
    "search.synonymentry",
    "search.glossaryterm",
    "search.stopphrase",
    "search.hint",
    "wagtaildocs.document",
)

OFFICE_AUTHOR = Role("{place} – autorzy", AUTHOR)
OFFICE_APPROVER = Role("{place} – zatwierdzający", APPROVER)
MODEL_OWNER = Role("{place} – opiekunowie wzorca", APPROVER)
CENTRAL = Role("Redakcja centralna", APPROVER, REGISTERS)
ADMINISTRATOR = Role("Administratorzy", (), ("auth.user", "auth.group"))
CONSULTANT = Role("Konsultanci", admin=False)
INTEGRATOR = Role("Integratorzy", admin=False)

COUNTRYWIDE = (CENTRAL, ADMINISTRATOR, CONSULTANT, INTEGRATOR)
NEVER_USED = ("Editors", "Moderators")
"""Groups that Wagtail makes with rights on the whole tree; nobody of ours belongs to them."""


def group_of(role: Role, *, place: str = "", code: str = "") -> Group:
    """The group of a role at a place, made or renamed when needed. `code` keeps the name unique and short."""
    shown = f"{place[:90]} [{code}]" if code else place
    name = role.name.format(place=shown)
    group, _ = Group.objects.get_or_create(name=name)
    return group


def grant(role: Role, group: Group, pages: Iterable[Page]) -> bool:
    """Make the rights of the group exactly those of the role on these pages; return whether something changed."""
    wanted_pages = {(page.pk, codename) for page in pages for codename in role.pages}
    standing = {
        (row.page_id, row.permission.codename): row
        for row in GroupPagePermission.objects.filter(group=group).select_related("permission")
    }
    permissions = {
        permission.codename: permission
        for permission in Permission.objects.filter(content_type__app_label="wagtailcore", codename__in=role.pages)
    }
    GroupPagePermission.objects.bulk_create(
        GroupPagePermission(group=group, page_id=page, permission=permissions[codename])
        for page, codename in sorted(wanted_pages - set(standing))
    )
    surplus = [row.pk for place, row in standing.items() if place not in wanted_pages]
    GroupPagePermission.objects.filter(pk__in=surplus).delete()
    before = set(group.permissions.values_list("pk", flat=True))
    after = set(_model_permissions(role))
    if before != after:
        group.permissions.set(after)
    return bool(surplus or wanted_pages - set(standing) or before != after)


def _model_permissions(role: Role) -> list[int]:
    """Permissions on registers and, for who works in the editor's screen, the right to enter it."""
    found: list[int] = []
    for name in role.models:
        app, model = name.split(".")
        rows = Permission.objects.filter(content_type__app_label=app, content_type__model=model)
        found += rows.values_list("pk", flat=True)
    if role.admin:
        found += Permission.objects.filter(content_type__app_label="wagtailadmin", codename="access_admin").values_list(
            "pk", flat=True
        )
    return found


def remove_unused_groups() -> int:
    """Delete Wagtail's groups with rights on the whole tree, as long as nobody is in them."""
    deleted, _ = Group.objects.filter(name__in=NEVER_USED, user__isnull=True).delete()
    return deleted

"""Roles as data: who may do what, in one table, written to the database by `manage.py sync_roles`.

An office has a group for each of its roles, with rights on its page and everything below it and on a collection of its documents
and images; an office type has four for its model catalogue. Central staff sit in one group with rights on the root, because a
membership in a hundred office groups is too large a question for SQLite. Only approvers may publish: whoever writes or checks
never holds that right through the same group. Source: the table of roles in section 2.3 of the domain document.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.contrib.auth.models import Group, Permission
from wagtail.models import Collection, GroupCollectionPermission, GroupPagePermission, Page

CHECK = ("change_page",)
AUTHOR = ("add_page", "change_page")
COORDINATE = ("add_page", "change_page", "lock_page", "unlock_page")
OVERSEE = ("lock_page", "unlock_page")
"""Sees every page of the branch and may hold one back from editing, changes none."""
APPROVER = ("add_page", "change_page", "publish_page", "lock_page", "unlock_page")
USE_FILES = ("choose_document", "choose_image")
KEEP_FILES = (*USE_FILES, "add_document", "change_document", "add_image", "change_image")


@dataclass(frozen=True)
class Role:
    """A role: the name of its group (with the place filled in) and its rights on pages, files and registers.

    `models` lists "app.model" whose entries the role may add, change and delete.
    """

    name: str
    pages: tuple[str, ...] = ()
    models: tuple[str, ...] = ()
    admin: bool = True
    files: tuple[str, ...] = ()

    @property
    def ending(self) -> str:
        """The name without the place, by which a group is recognised after its place was renamed."""
        return self.name.format(place="").strip()


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
    "search.judgedqueryentry",
    "service_catalog.wordswap",
    "handbooks.handbook",
    "handbooks.goodpractice",
    "exporters.publicationset",
)
TYPES_AND_TOPICS = REGISTERS[:5]
LAW = ("service_catalog.legalact", "service_catalog.formfamily")

OFFICE_AUTHOR = Role("{place} – autorzy", AUTHOR, files=KEEP_FILES)
OFFICE_REVIEWER = Role("{place} – sprawdzający merytorycznie", CHECK, files=USE_FILES)
OFFICE_LANGUAGE_EDITOR = Role("{place} – redaktorzy języka", CHECK, files=USE_FILES)
OFFICE_APPROVER = Role("{place} – zatwierdzający", APPROVER, files=KEEP_FILES)
OFFICE_COORDINATOR = Role("{place} – koordynatorzy", COORDINATE, files=KEEP_FILES)
OFFICE_ADVISOR = Role("{place} – doradcy", AUTHOR, files=USE_FILES)
"""An expert from outside who drafts on behalf of an office until a day (`governance`)."""
MODEL_OWNER = Role("{place} – opiekunowie wzorca", AUTHOR, files=KEEP_FILES)
MODEL_REVIEWER = Role("{place} – sprawdzający merytorycznie", CHECK, files=USE_FILES)
MODEL_LANGUAGE_EDITOR = Role("{place} – redaktorzy języka", CHECK, files=USE_FILES)
MODEL_APPROVER = Role("{place} – zatwierdzający wzorzec", APPROVER, files=KEEP_FILES)
CENTRAL = Role("Redakcja centralna", APPROVER, REGISTERS, files=KEEP_FILES)
LEGAL_EDITOR = Role("Redaktorzy prawni", (), LAW)
NATIONAL_COORDINATOR = Role("Koordynatorzy krajowi", OVERSEE, TYPES_AND_TOPICS)
DATA_PROTECTION_OFFICER = Role("Inspektorzy ochrony danych")
ADMINISTRATOR = Role(
    "Administratorzy",
    (),
    ("auth.user", "wagtailcore.apitoken", "exporters.webhookreceiver", "exporters.webhookdelivery"),
)
"""Accounts and settings. No right on pages, and none on groups: rights are data, so nobody widens his own."""
CONSULTANT = Role("Konsultanci", admin=False)
INTEGRATOR = Role("Integratorzy", admin=False)

OF_OFFICE = (
    OFFICE_AUTHOR, OFFICE_REVIEWER, OFFICE_LANGUAGE_EDITOR, OFFICE_APPROVER, OFFICE_COORDINATOR, OFFICE_ADVISOR,
)  # fmt: skip
OF_MODEL_CATALOGUE = (MODEL_OWNER, MODEL_REVIEWER, MODEL_LANGUAGE_EDITOR, MODEL_APPROVER)
COUNTRYWIDE = (
    CENTRAL, LEGAL_EDITOR, NATIONAL_COORDINATOR, DATA_PROTECTION_OFFICER, ADMINISTRATOR, CONSULTANT, INTEGRATOR,
)  # fmt: skip
APPROVING = (OFFICE_APPROVER, MODEL_APPROVER, CENTRAL)
"""The only roles with the right to publish."""
NEVER_USED = ("Editors", "Moderators")
"""Groups that Wagtail makes with rights on the whole tree; nobody of ours belongs to them."""


@dataclass(frozen=True)
class Place:
    """Where roles hold: a branch of the tree with its name and its short code. The whole country has no code."""

    name: str
    code: str
    page: Page

    @property
    def shown(self) -> str:
        """Name with the code, short enough for the name of a group."""
        return f"{self.name[:90]} [{self.code}]"


def group_name(role: Role, *, place: str = "", code: str = "") -> str:
    """Name of the group of a role at a place. The code keeps it unique and short."""
    return role.name.format(place=f"{place[:90]} [{code}]" if code else place)


def groups_of(role: Role, *, code: str) -> list[Group]:
    """The group of a role at the place with this code, as a list that is empty before `sync_roles` made it."""
    return list(Group.objects.filter(name__contains=f"[{code}]", name__endswith=f"] {role.ending}"))


def sync(places: Iterable[tuple[Place, tuple[Role, ...]]]) -> int:
    """Make the groups, collections and rights of the roles at these places as the table says; return how many groups changed.

    A group whose place was renamed is renamed with its members. Reads everything once, so a hundred offices cost a second.
    """
    found = {_key(name): group for name, group in Group.objects.in_bulk(field_name="name").items()}
    wanted: list[tuple[Role, Group, Page | None, Collection | None]] = []
    changed: set[int] = set()
    collections = _Collections()
    for place, held in places:
        collection = collections.of(place) if any(role.files for role in held) else None
        for role in held:
            name = group_name(role, place=place.name, code=place.code)
            group = found.get(_key(name))
            if group is None:
                group = Group.objects.create(name=name)
            elif group.name != name:
                group.name = name
                group.save(update_fields=["name"])
                changed.add(group.pk)
            wanted.append((role, group, place.page if role.pages else None, collection if role.files else None))
    return len(changed | _grant_pages(wanted) | _grant_files(wanted) | _grant_models(wanted))


def _key(name: str) -> str:
    """What stays of a group's name when its place gets another name: code and role."""
    return name[name.rindex("[") :] if "[" in name else name


class _Collections:
    """Collections by code; the country's is the root."""

    def __init__(self) -> None:
        self.root = Collection.get_first_root_node()
        self.found = {_key(collection.name): collection for collection in Collection.objects.all()}

    def of(self, place: Place) -> Collection:
        """The collection of a place, made or renamed when needed."""
        if not place.code:
            return self.root
        collection = self.found.get(f"[{place.code}]")
        if collection is None:
            collection = self.root.add_child(name=place.shown)
            self.root.refresh_from_db()
        elif collection.name != place.shown:
            collection.name = place.shown
            collection.save()
        return collection


Wanted = list[tuple[Role, Group, Page | None, Collection | None]]


def _grant_pages(wanted: Wanted) -> set[int]:
    """Page rights exactly as wanted; return the groups that changed."""
    permissions = _permissions("wagtailcore", {name for role, *_ in wanted for name in role.pages})
    rights = {
        (group.pk, page.pk, permissions[name])
        for role, group, page, _ in wanted
        if page is not None
        for name in role.pages
    }
    rows = GroupPagePermission.objects.filter(group__in=[group.pk for _, group, *_ in wanted])
    standing = {(row.group_id, row.page_id, row.permission_id): row.pk for row in rows}
    GroupPagePermission.objects.bulk_create(
        GroupPagePermission(group_id=group, page_id=page, permission_id=permission)
        for group, page, permission in sorted(rights - standing.keys())
    )
    surplus = standing.keys() - rights
    GroupPagePermission.objects.filter(pk__in=[standing[right] for right in surplus]).delete()
    return {group for group, *_ in surplus | (rights - standing.keys())}


def _grant_files(wanted: Wanted) -> set[int]:
    """Rights on collections exactly as wanted; return the groups that changed."""
    names = {name for role, *_ in wanted for name in role.files}
    permissions = _permissions("wagtaildocs", names) | _permissions("wagtailimages", names)
    rights = {
        (group.pk, collection.pk, permissions[name])
        for role, group, _, collection in wanted
        if collection is not None
        for name in role.files
    }
    rows = GroupCollectionPermission.objects.filter(group__in=[group.pk for _, group, *_ in wanted])
    standing = {(row.group_id, row.collection_id, row.permission_id): row.pk for row in rows}
    GroupCollectionPermission.objects.bulk_create(
        GroupCollectionPermission(group_id=group, collection_id=collection, permission_id=permission)
        for group, collection, permission in sorted(rights - standing.keys())
    )
    surplus = standing.keys() - rights
    GroupCollectionPermission.objects.filter(pk__in=[standing[right] for right in surplus]).delete()
    return {group for group, *_ in surplus | (rights - standing.keys())}


def _grant_models(wanted: Wanted) -> set[int]:
    """Rights on registers and, for who works in the editor's screen, the right to enter it; return the groups that changed."""
    permissions = defaultdict(set)
    for row in Permission.objects.select_related("content_type"):
        permissions[f"{row.content_type.app_label}.{row.content_type.model}"].add(row.pk)
    enter = _permissions("wagtailadmin", {"access_admin"})["access_admin"]
    standing = defaultdict(set)
    through = Group.permissions.through
    for link in through.objects.filter(group__in=[group.pk for _, group, *_ in wanted]):
        standing[link.group_id].add(link.permission_id)
    changed = set()
    for role, group, *_ in wanted:
        rights = {key for name in role.models for key in permissions[name]} | ({enter} if role.admin else set())
        if rights != standing[group.pk]:
            group.permissions.set(rights)
            changed.add(group.pk)
    return changed


def _permissions(app: str, names: set[str]) -> dict[str, int]:
    """Numbers of permissions of an app by their names."""
    rows = Permission.objects.filter(content_type__app_label=app, codename__in=names)
    return dict(rows.values_list("codename", "pk"))


def remove_unused_groups() -> int:
    """Delete Wagtail's groups with rights on the whole tree, as long as nobody is in them."""
    deleted, _ = Group.objects.filter(name__in=NEVER_USED, user__isnull=True).delete()
    return deleted

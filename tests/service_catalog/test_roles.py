from __future__ import annotations

import pytest
from django.contrib.auth.models import Group, Permission, User
from django.core.management import call_command
from pytest_django import DjangoAssertNumQueries
from wagtail.models import Collection, GroupPagePermission, Page
from wagtail.permissions import page_permission_policy, policy_registry

from cms import roles
from service_catalog.authoring.office_pages import office_page
from service_catalog.authoring.rights import sync_rights, sync_rights_of
from service_catalog.models import ModelCataloguePage, OfficePage, OfficeType
from tests.service_catalog.builders import OFFICE_TYPE, office

pytestmark = pytest.mark.django_db


def add_office(code: str) -> OfficePage:
    OfficeType.objects.get_or_create(code=OFFICE_TYPE.code, defaults={"name": OFFICE_TYPE.name})
    page = office_page(office(code))
    Page.get_first_root_node().add_child(instance=page)
    return page


def catalogue_of_type(office_type: OfficeType) -> ModelCataloguePage:
    page = ModelCataloguePage(title="Urzędy wojewódzkie", slug="uw", office_type=office_type)
    Page.get_first_root_node().add_child(instance=page)
    return page


@pytest.fixture
def rzeszow() -> OfficePage:
    office = add_office("uw-rzeszow")
    sync_rights()
    return office


def member(role: roles.Role, code: str = "") -> User:
    user = User.objects.create_user(f"osoba.{User.objects.count()}")
    groups = roles.groups_of(role, code=code) if code else Group.objects.filter(name=role.name)
    user.groups.add(*groups)
    assert user.groups.count() == 1
    return user


def may(user: User, page: Page) -> set[str]:
    actions = ("add", "change", "publish", "lock", "unlock")
    return {name for name in actions if page_permission_policy.user_has_permission_for_instance(user, name, page)}


@pytest.mark.parametrize(
    ("role", "rights"),
    [
        (roles.OFFICE_AUTHOR, {"add", "change"}),
        (roles.OFFICE_REVIEWER, {"change"}),
        (roles.OFFICE_LANGUAGE_EDITOR, {"change"}),
        (roles.OFFICE_APPROVER, {"add", "change", "publish", "lock", "unlock"}),
        (roles.OFFICE_COORDINATOR, {"add", "change", "lock", "unlock"}),
        (roles.OFFICE_ADVISOR, {"add", "change"}),
    ],
)
def test_a_role_of_an_office_has_its_rights_there_and_nowhere_else(
    rzeszow: OfficePage, role: roles.Role, rights: set[str]
) -> None:
    gdansk = add_office("uw-gdansk")
    sync_rights()
    person = member(role, "uw-rzeszow")
    assert may(person, rzeszow) == rights
    assert may(person, gdansk) == set()


@pytest.mark.parametrize(
    ("role", "rights"),
    [
        (roles.MODEL_OWNER, {"add", "change"}),
        (roles.MODEL_REVIEWER, {"change"}),
        (roles.MODEL_LANGUAGE_EDITOR, {"change"}),
        (roles.MODEL_APPROVER, {"add", "change", "publish", "lock", "unlock"}),
    ],
)
def test_a_role_of_a_model_catalogue_has_its_rights_there(
    rzeszow: OfficePage, role: roles.Role, rights: set[str]
) -> None:
    catalogue = catalogue_of_type(rzeszow.office_type)
    sync_rights()
    person = member(role, rzeszow.office_type.code)
    assert may(person, catalogue) == rights
    assert may(person, rzeszow) == set()


def test_only_approving_groups_may_publish(rzeszow: OfficePage) -> None:
    catalogue_of_type(rzeszow.office_type)
    sync_rights()
    rows = GroupPagePermission.objects.filter(permission__codename="publish_page").select_related("group")
    endings = {row.group.name.rpartition("] ")[2] for row in rows}
    assert endings == {role.ending for role in roles.APPROVING}


def test_administrators_hold_no_right_on_content(rzeszow: OfficePage) -> None:
    administrator = member(roles.ADMINISTRATOR)
    assert may(administrator, rzeszow) == set()
    assert not page_permission_policy.explorable_instances(administrator).exists()
    assert administrator.has_perm("auth.change_user")
    assert not any(administrator.has_perm(f"auth.{name}_group") for name in ("add", "change", "delete"))


def test_the_national_coordinator_sees_every_office_and_changes_no_card(rzeszow: OfficePage) -> None:
    coordinator = member(roles.NATIONAL_COORDINATOR)
    assert may(coordinator, rzeszow) == {"lock", "unlock"}
    assert page_permission_policy.explorable_instances(coordinator).filter(pk=rzeszow.pk).exists()


def test_central_staff_have_one_group_for_all_offices(rzeszow: OfficePage) -> None:
    central = member(roles.CENTRAL)
    assert may(central, rzeszow) == {"add", "change", "publish", "lock", "unlock"}
    assert GroupPagePermission.objects.filter(group__user=central).count() == len(roles.CENTRAL.pages)


def test_files_of_an_office_are_for_its_groups(rzeszow: OfficePage) -> None:
    from wagtail.documents.models import Document

    add_office("uw-gdansk")
    sync_rights()
    own = Collection.objects.get(name__contains="[uw-rzeszow]")
    policy = policy_registry.get_by_type(Document)
    own_author, other_author = member(roles.OFFICE_AUTHOR, "uw-rzeszow"), member(roles.OFFICE_AUTHOR, "uw-gdansk")
    document = Document.objects.create(title="Mapa", file="mapa.pdf", collection=own)
    assert policy.user_has_permission_for_instance(own_author, "change", document)
    assert not policy.user_has_any_permission_for_instance(other_author, ["change", "choose"], document)
    assert policy.user_has_permission_for_instance(member(roles.CENTRAL), "change", document)
    reviewer = member(roles.OFFICE_REVIEWER, "uw-rzeszow")
    assert policy.user_has_permission_for_instance(reviewer, "choose", document)
    assert not policy.user_has_permission_for_instance(reviewer, "change", document)


def test_synchronising_again_changes_nothing(rzeszow: OfficePage) -> None:
    before = sorted(GroupPagePermission.objects.values_list("pk", flat=True))
    assert sync_rights() == 0
    assert sorted(GroupPagePermission.objects.values_list("pk", flat=True)) == before


def test_a_stray_right_is_taken_back(rzeszow: OfficePage) -> None:
    (group,) = roles.groups_of(roles.OFFICE_AUTHOR, code="uw-rzeszow")
    publish = Permission.objects.get(content_type__app_label="wagtailcore", codename="publish_page")
    GroupPagePermission.objects.create(group=group, page=rzeszow, permission=publish)
    group.permissions.add(Permission.objects.get(codename="change_user"))
    assert sync_rights() == 1
    author = member(roles.OFFICE_AUTHOR, "uw-rzeszow")
    assert may(author, rzeszow) == {"add", "change"}
    assert not author.has_perm("auth.change_user")


def test_a_renamed_office_keeps_its_people_and_files(rzeszow: OfficePage) -> None:
    author = member(roles.OFFICE_AUTHOR, "uw-rzeszow")
    groups, collections = Group.objects.count(), Collection.objects.count()
    rzeszow.title = "Urząd Wojewódzki (nowa nazwa)"
    rzeszow.save()
    assert sync_rights() == len(roles.OF_OFFICE)
    assert author.groups.get().name == "Urząd Wojewódzki (nowa nazwa) [uw-rzeszow] – autorzy"
    assert (Group.objects.count(), Collection.objects.count()) == (groups, collections)
    assert Collection.objects.filter(name="Urząd Wojewódzki (nowa nazwa) [uw-rzeszow]").exists()


def test_a_new_office_gets_its_groups_alone(rzeszow: OfficePage) -> None:
    office = add_office("uw-gdansk")
    sync_rights_of(office)
    assert sync_rights_of(office) == 0
    assert all(roles.groups_of(role, code="uw-gdansk") for role in roles.OF_OFFICE)
    assert may(member(roles.OFFICE_APPROVER, "uw-gdansk"), office) == set(may(member(roles.CENTRAL), office))


def test_rights_are_read_once_for_all_offices(
    rzeszow: OfficePage, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(5):
        add_office(f"uw-miasto-{number}")
    sync_rights()
    with django_assert_max_num_queries(25):
        sync_rights()


def test_the_command_says_what_it_did(rzeszow: OfficePage, capsys: pytest.CaptureFixture[str]) -> None:
    call_command("sync_roles")
    assert "Zmieniono grup: 0." in capsys.readouterr().out
    assert ModelCataloguePage.objects.count() == 0

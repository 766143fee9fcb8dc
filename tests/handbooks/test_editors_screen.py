"""Handbooks in the editor's screen: chapters, editions, the second person."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import Permission, User
from django.test import Client

from handbooks.authoring.starting_texts import write_handbook
from handbooks.models import Handbook, HandbookEdition
from service_catalog.models import OfficeType
from tests.exporters.cards_for_tests import model_card
from tests.exporters.pdf.printed import text_of
from tests.exporters.published_catalogue import record_small_catalogue

pytestmark = pytest.mark.django_db


@pytest.fixture
def book() -> Handbook:
    record_small_catalogue()
    kind = OfficeType.objects.create(code="UW", name="urząd wojewódzki", name_plural="urzędy wojewódzkie")
    return write_handbook(kind, [model_card("UW-PAS-001")])


def editor(name: str, *rights: str) -> Client:
    user = User.objects.create_user(name, last_name=name.title())
    user.user_permissions.set(Permission.objects.filter(codename__in=("access_admin", *rights)))
    client = Client()
    client.force_login(user)
    return client


RIGHTS = ("add_handbook", "change_handbook", "view_handbook")


def test_two_people_issue_an_edition(book: Handbook) -> None:
    first, second = editor("pierwsza", *RIGHTS), editor("druga", *RIGHTS)
    page = first.get(f"/admin/podreczniki/{book.pk}/wydania/").content.decode()
    assert "Przygotuj nowe wydanie" in page
    first.post(f"/admin/podreczniki/{book.pk}/przygotuj/")
    edition = HandbookEdition.objects.get()
    own = first.get(f"/admin/podreczniki/{book.pk}/wydania/").content.decode()
    assert "zatwierdza je inna osoba" in own
    assert "Zatwierdź wydanie" not in own
    first.post(f"/admin/podreczniki/wydanie/{edition.pk}/zatwierdz/")
    edition.refresh_from_db()
    assert edition.state == HandbookEdition.State.PREPARED
    second.post(f"/admin/podreczniki/wydanie/{edition.pk}/zatwierdz/")
    edition.refresh_from_db()
    assert edition.state == HandbookEdition.State.APPROVED
    history = second.get(f"/admin/podreczniki/{book.pk}/wydania/").content.decode()
    assert "Pierwsza" in history
    assert "Druga" in history


def test_the_second_person_sees_the_book_before_deciding(book: Handbook) -> None:
    first, second, stranger = editor("pierwsza", *RIGHTS), editor("druga", *RIGHTS), editor("obca")
    first.post(f"/admin/podreczniki/{book.pk}/przygotuj/")
    edition = HandbookEdition.objects.get()
    address = f"/admin/podreczniki/wydanie/{edition.pk}/podglad.pdf"
    assert address in second.get(f"/admin/podreczniki/{book.pk}/wydania/").content.decode()

    answer = second.get(address)

    assert answer["Content-Type"] == "application/pdf"
    assert "no-store" in answer["Cache-Control"]
    text = text_of(answer.content)
    assert "Jak pisać kartę" in text
    assert "Paszport dla osoby dorosłej" in text
    assert stranger.get(address).status_code in {302, 403}
    edition.refresh_from_db()
    assert edition.state == HandbookEdition.State.PREPARED


def test_an_edition_in_which_nothing_changed_is_refused(book: Handbook) -> None:
    first, second = editor("pierwsza", *RIGHTS), editor("druga", *RIGHTS)
    first.post(f"/admin/podreczniki/{book.pk}/przygotuj/")
    second.post(f"/admin/podreczniki/wydanie/{HandbookEdition.objects.get().pk}/zatwierdz/")
    again = first.post(f"/admin/podreczniki/{book.pk}/przygotuj/", follow=True).content.decode()
    assert "nic się nie zmieniło" in again
    book.refresh_from_db()
    book.imprint = "Nowa stopka"
    book.save()
    first.post(f"/admin/podreczniki/{book.pk}/przygotuj/")
    assert sorted(HandbookEdition.objects.values_list("number", flat=True)) == [1, 2]


def test_a_rejected_edition_shows_its_reason(book: Handbook) -> None:
    client = editor("redaktorka", *RIGHTS)
    client.post(f"/admin/podreczniki/{book.pk}/przygotuj/")
    edition = HandbookEdition.objects.get()
    client.post(f"/admin/podreczniki/wydanie/{edition.pk}/odrzuc/", {"reason": "Brak wzorów."})
    assert "Brak wzorów." in client.get(f"/admin/podreczniki/{book.pk}/wydania/").content.decode()


def test_the_form_of_a_handbook_opens_with_its_chapters(book: Handbook) -> None:
    page = editor("redaktorka", *RIGHTS).get(f"/admin/snippets/handbooks/handbook/edit/{book.pk}/")
    assert page.status_code == 200
    assert "Jak pisać kartę" in page.content.decode()


def test_the_list_leads_to_the_editions(book: Handbook) -> None:
    page = editor("redaktorka", *RIGHTS).get("/admin/snippets/handbooks/handbook/").content.decode()
    assert f"/admin/podreczniki/{book.pk}/wydania/" in page


@pytest.mark.parametrize("address", ["{0}/wydania/", "{0}/przygotuj/", "wydanie/1/zatwierdz/", "wydanie/1/odrzuc/"])
def test_who_has_no_right_is_refused(book: Handbook, address: str) -> None:
    client = editor("obcy")
    path = f"/admin/podreczniki/{address.format(book.pk)}"
    answers = {client.get(path).status_code, client.post(path).status_code}
    assert answers <= {302, 403, 405}
    assert not HandbookEdition.objects.exists()


def test_a_handbook_with_editions_is_not_deleted(book: Handbook) -> None:
    client = editor("redaktorka", *RIGHTS, "delete_handbook")
    client.post(f"/admin/podreczniki/{book.pk}/przygotuj/")
    client.post(f"/admin/snippets/handbooks/handbook/delete/{book.pk}/")
    assert Handbook.objects.filter(pk=book.pk).exists()

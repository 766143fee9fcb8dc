"""The 101st office: from nothing to a public card, with everything refused that belongs to somebody else."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.utils import timezone
from wagtail.models import Page

from cms.editorial.standing import state_of
from cms.editorial.states import State as PageState
from cms.editorial.workflow import approve
from publication.calendar import today
from service_catalog.authoring.drafts import CardDraft, write_model_cards
from service_catalog.authoring.publishing import record_model_cards
from service_catalog.authoring.registers import load_registers
from service_catalog.inheritance.adoption import Choice, adoption_lines, make_cards, save_choices, start_adoption
from service_catalog.inheritance.offers import stop_offering
from service_catalog.inheritance.office_data import OfficeDataForm, data_gaps, data_of
from service_catalog.inheritance.refusals import Refusal
from service_catalog.models import (
    Adoption,
    CardFee,
    LegalAct,
    ModelCard,
    NotOffered,
    OfficeCard,
    OfficePage,
    OrganisationalUnit,
    ServicePoint,
)
from service_catalog.published import reading
from service_catalog.published.card import RestrictedCard
from tests.service_catalog.builders import CAUSE, MOMENT, TODAY, model_card
from tests.service_catalog.inheritance.conftest import Country, browser, person

OFFICE = {
    "title": "Lubuski Urząd Wojewódzki",
    "short_name": "Lubuski UW",
    "code": "uw-gorzow",
    "street": "ul. Jagiellończyka",
    "building": "8",
    "postal_code": "66-400",
    "town": "Gorzów Wielkopolski",
    "teryt": "0861011",
    "area": "",
    "phone": "+48 95 785 00 00",
    "email": "kontakt@uw-gorzow.example",
    "regon": "000514408",
    "privacy_notice_url": "https://uw-gorzow.example/rodo",
    "income_account": "28999005592042261517632637",
    "city": "Miasto Gorzów",
    "stamp_duty_account": "88999095233640834621138887",
    "point_name": "Biuro obsługi klienta",
    "point_floor": "parter",
    "opens_0": "07:30",
    "closes_0": "15:30",
    "unit_symbol_0": "OP",
    "unit_name_0": "Oddział Paszportów",
    "unit_symbol_1": "BOK",
    "unit_name_1": "Biuro obsługi",
}


def form_of(country: Country, **changes: str) -> dict[str, Any]:
    """The form of step 1 as the browser sends it."""
    return OFFICE | {"office_type": str(country.model.office_type_id)} | changes


def founded(country: Country) -> OfficePage:
    """A new office, made by central staff on the screen."""
    answer = browser(country.central).post("/admin/nowy-urzad/dodaj/", form_of(country))
    office: OfficePage = OfficePage.objects.get(code="uw-gorzow")
    assert answer["Location"] == f"/admin/nowy-urzad/{office.pk}/karty/"
    return office


def test_the_101st_office_reaches_its_public_page(country: Country) -> None:
    LegalAct.objects.update(status=LegalAct.Status.IN_FORCE)
    country.model.fees = [CardFee(kind="opłata paszportowa", amount=Decimal("140.00"), payee="urząd")]
    record_model_cards([country.model], cause=CAUSE, moment=timezone.now())
    office = founded(country)
    author, head = person("autor.gorzow", "uw-gorzow autorzy"), person("naczelnik.gorzow", "uw-gorzow zatwierdzający")
    assert not office.live
    client = browser(author)
    table = f"/admin/nowy-urzad/{office.pk}/karty/"
    assert country.model.title in client.get(table).content.decode()
    unit, point = office.units.get(symbol="OP"), office.service_points.get()
    key = str(country.model.pk)
    fill = {"action": "fill", "fill_rows": "all", "fill_offered": "tak", "fill_unit": str(unit.pk), f"row-{key}": "1"}
    assert client.post(table, fill | {"fill_point": str(point.pk), "fill_room": "12"}).status_code == 302
    summary = f"/admin/nowy-urzad/{office.pk}/podsumowanie/"
    assert "Utwórz karty" in client.get(summary).content.decode()
    assert client.post(f"/admin/nowy-urzad/{office.pk}/zakoncz/", {"action": "make"}).status_code == 302
    card = OfficeCard.objects.child_of(office).get()
    assert (card.live, card.responsible_unit, card.service_point, card.contact_room) == (False, unit, point, "12")
    assert card.get_latest_revision().user == author
    assert Page.find_problems() == ([], [], [], [], [])

    sent = client.post(f"/admin/nowy-urzad/{office.pk}/zakoncz/", {"action": "send"}).content.decode()
    assert "Wysłano do zatwierdzenia: 1." in sent
    approve(office, head, moment=timezone.now())
    assert OfficePage.objects.get(pk=office.pk).live
    sent = client.post(f"/admin/nowy-urzad/{office.pk}/zakoncz/", {"action": "send"}).content.decode()
    assert "Wysłano do zatwierdzenia: 1. Nie wysłano: 0." in sent, sent[sent.find("Wynik wysyłania") :][:900]
    assert state_of(card) == PageState.APPROVAL
    card.refresh_from_db()
    approve(card, head, moment=timezone.now())
    shown = reading.card("UW-PAS-001/uw-gorzow", on=today())[1]
    assert shown.responsible_unit and shown.responsible_unit.symbol == "OP"
    assert shown.contact and shown.contact.room == "12"
    page = client.get("/karta/UW-PAS-001/uw-gorzow/")
    assert (page.status_code, "Lubuski Urząd Wojewódzki" in page.content.decode()) == (200, True)


def test_progress_is_kept_and_a_refusal_needs_its_reason(country: Country) -> None:
    office, key = founded(country), country.model.pk
    client = browser(country.central)
    table = f"/admin/nowy-urzad/{office.pk}/karty/"
    client.post(table, {f"row-{key}": "1", f"offered-{key}": "nie", f"room-{key}": "7", "action": "save"})
    html = client.get(table).content.decode()
    assert 'value="7"' in html
    assert "Napisz powód." in html
    client.post(f"/admin/nowy-urzad/{office.pk}/zakoncz/", {"action": "make"})
    assert NotOffered.objects.count() == 0
    client.post(
        table, {f"row-{key}": "1", f"offered-{key}": "nie", f"reason-{key}": "Robi to Zielona Góra.", "action": "save"}
    )
    client.post(f"/admin/nowy-urzad/{office.pk}/zakoncz/", {"action": "make"})
    assert NotOffered.objects.get().reason == "Robi to Zielona Góra."
    assert OfficeCard.objects.child_of(office).count() == 0


def test_only_chosen_rows_are_filled(country: Country) -> None:
    office, key = founded(country), country.model.pk
    client, table = browser(country.central), f"/admin/nowy-urzad/{office.pk}/karty/"
    client.post(table, {f"row-{key}": "1", "action": "fill", "fill_rows": "chosen", "fill_room": "9"})
    (line,) = adoption_lines(Adoption.objects.get())
    assert line.choice and line.choice.room == ""
    client.post(
        table, {f"row-{key}": "1", f"chosen-{key}": "on", "action": "fill", "fill_rows": "chosen", "fill_room": "9"}
    )
    (line,) = adoption_lines(Adoption.objects.get())
    assert line.choice and line.choice.room == "9"


def test_an_office_that_has_its_cards_is_asked_about_nothing(country: Country) -> None:
    adoption = start_adoption(country.rzeszow, user=country.author, moment=MOMENT)
    (line,) = adoption_lines(adoption)
    assert (line.is_open, line.card) == (False, country.card)
    save_choices(adoption, [Choice(model_card=country.model.pk, offered=True)])
    with pytest.raises(Refusal, match="Zaznacz"):
        make_cards(adoption, user=country.author, moment=MOMENT)
    assert OfficeCard.objects.child_of(country.rzeszow).count() == 1


def test_what_belongs_to_others_is_refused_and_nothing_is_kept(country: Country) -> None:
    office = founded(country)
    client, table, key = browser(country.central), f"/admin/nowy-urzad/{office.pk}/karty/", country.model.pk
    unit = OrganisationalUnit.objects.filter(office=country.gdansk)[0].pk
    point = ServicePoint.objects.filter(office=country.gdansk)[0].pk
    foreign = [
        {f"row-{key}": "1", f"unit-{key}": str(unit)},
        {f"row-{key}": "1", f"point-{key}": str(point)},
        {f"row-{key}": "1", f"unit-{key}": "zmyslona"},
        {"row-999999": "1"},
        {"row-zmyslony": "1"},
        {f"row-{country.card.pk}": "1"},
    ]
    for form in foreign:
        answer = client.post(table, {f"offered-{key}": "tak", "action": "save"} | form)
        assert answer.status_code == 400, form
        assert "Niczego nie zmieniono." in answer.content.decode()
    assert Adoption.objects.get().choices.count() == 0


def test_another_office_and_a_stranger_are_kept_out(country: Country) -> None:
    client = browser(country.stranger)
    for end in ("", "karty/", "podsumowanie/"):
        assert client.get(f"/admin/nowy-urzad/{country.rzeszow.pk}/{end}").status_code == 403
    assert client.post(f"/admin/nowy-urzad/{country.rzeszow.pk}/zakoncz/", {"action": "make"}).status_code == 403
    client.post("/admin/nowy-urzad/dodaj/", form_of(country))
    assert not OfficePage.objects.filter(code="uw-gorzow").exists()
    assert "uw-rzeszow" not in client.get("/admin/nowy-urzad/").content.decode()


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"code": "uw-rzeszow"}, "code"),
        ({"income_account": "12345"}, "income_account"),
        ({"teryt": "9999999"}, "teryt"),
        ({"area": "08 9999"}, "area"),
        ({"closes_0": ""}, "closes_0"),
        ({"opens_0": "", "closes_0": ""}, "opens_0"),
        ({"closes_0": "06:00"}, "closes_0"),
        ({"city": ""}, "city"),
        ({"unit_name_1": ""}, "unit_name_1"),
        ({"unit_symbol_1": "OP"}, "unit_symbol_0"),
        ({"unit_symbol_0": "", "unit_name_0": "", "unit_symbol_1": "", "unit_name_1": ""}, "unit_symbol_0"),
        ({"privacy_notice_url": ""}, "privacy_notice_url"),
    ],
)
def test_wrong_office_data_is_named_under_its_field(country: Country, changes: dict[str, str], field: str) -> None:
    assert field in OfficeDataForm(form_of(country, **changes)).errors


def test_changing_the_data_keeps_the_rows_to_which_cards_point(country: Country) -> None:
    office = founded(country)
    units = dict(office.units.values_list("symbol", "pk"))
    point = office.service_points.get().pk
    client = browser(country.central)
    assert client.get(f"/admin/nowy-urzad/{office.pk}/").status_code == 200
    form = form_of(
        country, unit_name_0="Oddział Paszportowy", unit_symbol_1="", unit_name_1="", phone="+48 95 111 11 11"
    )
    assert client.post(f"/admin/nowy-urzad/{office.pk}/", form).status_code == 302
    office = OfficePage.objects.get(pk=office.pk)
    assert dict(office.units.values_list("symbol", "pk")) == {"OP": units["OP"]}
    assert (office.service_points.get().pk, office.phone) == (point, "+48 95 111 11 11")
    assert office.units.get().name == "Oddział Paszportowy"
    assert data_of(office)["income_account"] == OFFICE["income_account"]
    assert data_gaps(office) == []


def test_a_public_office_changes_its_data_only_in_its_own_form(country: Country) -> None:
    client = browser(country.author)
    address = f"/admin/nowy-urzad/{country.rzeszow.pk}/"
    html = client.get(address).content.decode()
    assert "Brakuje godzin otwarcia." in html
    client.post(address, form_of(country, phone="+48 000"))
    assert OfficePage.objects.get(pk=country.rzeszow.pk).phone == "+48 17 555 00 00"


def test_many_cards_are_made_at_once_or_not_at_all(country: Country, monkeypatch: pytest.MonkeyPatch) -> None:
    office = founded(country)
    adoption = Adoption.objects.get()
    drafts = [
        CardDraft(
            card=model_card(key=f"UW-PAS-00{number}", symbol=f"UW-PAS-00{number}", title=f"Paszport {number}"),
            restricted=RestrictedCard(),
        )
        for number in range(2, 6)
    ]
    write_model_cards("UW", drafts, registers=load_registers(on=TODAY), cause=CAUSE, moment=MOMENT)
    models = list(ModelCard.objects.order_by("symbol"))
    assert len(models) == 5
    last = models[-1].pk
    choices = [Choice(model_card=model.pk, offered=model.pk != last, reason="nie u nas") for model in models]
    save_choices(adoption, choices)

    def fail(*args: object, **kwargs: object) -> None:
        raise OSError("disk full")

    with monkeypatch.context() as broken:
        broken.setattr(NotOffered.objects, "get_or_create", fail)
        with pytest.raises(OSError, match="disk full"):
            make_cards(adoption, user=country.central, moment=MOMENT)
    assert OfficeCard.objects.child_of(office).count() == 0
    made = make_cards(adoption, user=country.central, moment=MOMENT)
    assert (made.cards, made.not_offered, OfficeCard.objects.child_of(office).count()) == (4, 1, 4)
    assert Page.find_problems() == ([], [], [], [], [])


def test_groups_of_the_new_office_exist_with_rights(country: Country) -> None:
    founded(country)
    assert Group.objects.filter(name__contains="[uw-gorzow]").count() >= 2
    author = person("autor.gorzow", "uw-gorzow autorzy")
    assert browser(author).get(f"/admin/pages/{OfficePage.objects.get(code='uw-gorzow').pk}/").status_code == 200


def test_a_card_is_begun_from_the_list_of_services(country: Country) -> None:
    second = CardDraft(card=model_card(key="UW-PAS-002", symbol="UW-PAS-002"), restricted=RestrictedCard())
    write_model_cards("UW", [second], registers=load_registers(on=TODAY), cause=CAUSE, moment=MOMENT)
    model, office = ModelCard.objects.get(symbol="UW-PAS-002"), country.rzeszow
    author = browser(country.author)
    address = f"/admin/uslugi-urzedu/{office.pk}/"
    blank = f"/admin/pages/add/service_catalog/officecard/{office.pk}/"
    begun = {"model_card": str(model.pk), "change": "write"}
    choice = f'<option value="{model.pk}">'
    assert choice in author.get(blank).content.decode()
    stop_offering(office, model, reason="Robi to delegatura.", user=country.author, moment=MOMENT)
    assert choice not in author.get(blank).content.decode()
    refused = author.post(f"{address}zmiana/", begun)
    assert (refused.status_code, "Najpierw to cofnij" in refused.content.decode()) == (400, True)
    assert author.post(f"{address}zmiana/", begun | {"change": "again"}).status_code == 302
    answer = author.post(f"{address}zmiana/", begun)
    card = OfficeCard.objects.child_of(office).get(model_card=model)
    assert (answer.status_code, answer["Location"]) == (302, f"/admin/pages/{card.pk}/edit/")
    assert (card.live, card.title, card.owner, state_of(card)) == (False, model.title, country.author, PageState.DRAFT)
    assert "data-card-progress" in author.get(answer["Location"]).content.decode()
    again = author.post(f"{address}zmiana/", begun)
    assert (again.status_code, "ma już tę kartę" in again.content.decode()) == (400, True)
    assert browser(country.stranger).post(f"{address}zmiana/", begun).status_code == 403

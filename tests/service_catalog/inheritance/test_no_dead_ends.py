"""Nobody is offered what is always refused to him."""

from __future__ import annotations

from tests.service_catalog.builders import add_local_card
from tests.service_catalog.inheritance.conftest import Country, browser


def test_no_page_with_a_symbol_or_code_of_its_own_offers_to_copy_it(country: Country) -> None:
    local = add_local_card("uw-rzeszow")
    central = browser(country.central)
    for client, pages in (
        (browser(country.author), (local, country.card, country.rzeszow)),
        (central, (local, country.card, country.rzeszow, country.model)),
    ):
        for page in pages:
            text = client.get(f"/admin/pages/{page.pk}/edit/").content.decode()
            assert f"/admin/pages/{page.pk}/history/" in text  # the menu with the actions is there
            assert f"/admin/pages/{page.pk}/copy/" not in text
    assert not local.permissions_for_user(country.central).can_copy()


def test_choosing_the_kind_of_a_new_card_leads_to_no_list_of_all_offices(country: Country) -> None:
    text = browser(country.author).get(f"/admin/pages/{country.rzeszow.pk}/add_subpage/").content.decode()
    assert f"/admin/pages/add/service_catalog/localcard/{country.rzeszow.pk}/" in text
    assert "/admin/pages/usage/" not in text

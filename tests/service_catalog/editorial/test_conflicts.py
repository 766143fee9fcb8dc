"""Two people write in the same card: the second is told to save and chooses between both texts; no advice loses his words."""

from __future__ import annotations

from django.utils import translation
from django.utils.translation import gettext

from tests.service_catalog.editorial.office import office_card, staff

MINE, THEIRS = "Moje słowa.", "Słowa koleżanki."


def test_the_banner_leads_to_the_page_with_both_texts(db: None) -> None:
    people, card = staff(), office_card()
    began = card.save_revision(user=people["autor"])
    card.pickup = THEIRS
    card.save_revision(user=people["drugi.autor"])
    form = {
        "pickup": MINE, "loaded_revision_id": str(began.pk), "loaded_revision_created_at": began.created_at.isoformat(),
    }  # fmt: skip
    client, address = people.client("autor"), f"/admin/pages/{card.pk}/edit/"
    banner = client.post(address, form, headers={"Accept": "application/json"})
    assert banner.status_code == 409
    told = banner.json()["error_message"]
    assert "Zapisz swoją wersję" in told
    assert "dśwież" not in told
    saved = client.post(address, form)
    assert saved.status_code == 409
    for text in (MINE, THEIRS):
        assert text in saved.content.decode()


def test_the_question_before_saving_threatens_with_no_loss() -> None:
    """Wagtail's own words say that saving overwrites; here saving shows both versions first."""
    with translation.override("pl"):
        for words in (
            "Proceeding will overwrite the changes made by %(user_name)s.",
            "Proceeding will overwrite the changes you made in that window.",
        ):
            assert "zobaczysz obie wersje" in gettext(words)

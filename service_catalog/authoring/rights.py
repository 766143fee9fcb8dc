"""Groups and rights from the catalogue: who may edit which office and which model catalogue."""

from __future__ import annotations

from django.db import transaction
from wagtail.models import Page

from cms import roles
from service_catalog.models import ModelCataloguePage, OfficePage


def place_of(office: OfficePage) -> roles.Place:
    """The office as a place where roles hold."""
    return roles.Place(office.title, office.code, office)


def sync_rights() -> int:
    """Make groups and rights agree with the table of roles; return how many groups changed. Idempotent."""
    offices = OfficePage.objects.order_by("code")
    catalogues = ModelCataloguePage.objects.select_related("office_type").order_by("office_type__code")
    with transaction.atomic():
        roles.remove_unused_groups()
        return roles.sync(
            [
                (roles.Place("", "", Page.get_first_root_node()), roles.COUNTRYWIDE),
                *((place_of(office), roles.OF_OFFICE) for office in offices),
                *(
                    (roles.Place(catalogue.title, catalogue.office_type.code, catalogue), roles.OF_MODEL_CATALOGUE)
                    for catalogue in catalogues
                ),
            ]
        )


def sync_rights_of(office: OfficePage) -> int:
    """Make the groups of one office, as soon as there is one more; return how many changed."""
    with transaction.atomic():
        return roles.sync([(place_of(office), roles.OF_OFFICE)])

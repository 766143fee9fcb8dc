"""Addresses of exported documents. Mounted at the root of the site: they stand beside the pages of the cards."""

from __future__ import annotations

from django.urls import URLPattern, path

from exporters import views
from exporters.epuap import addresses
from exporters.formats import CARD_FORMATS

app_name = "exporters"


def _card_routes() -> list[URLPattern]:
    """For each format the address of a general or local card and of the card of one office."""
    routes = []
    for extension in CARD_FORMATS:
        options = {"extension": extension}
        routes += [
            path(f"karta/<slug:symbol>/{extension}", views.card_file, options, name=f"card_{extension}"),
            path(
                f"karta/<slug:symbol>/<slug:office>/{extension}",
                views.card_file,
                options,
                name=f"office_card_{extension}",
            ),
        ]
    return routes


urlpatterns = [
    *_card_routes(),
    path("katalog/<slug:segment>", views.catalogue_file, name="catalogue"),
    *(
        path(
            f"{addresses.PUBLISHED_PATH.lstrip('/')}{name}",
            views.schema_file,
            {"name": name},
            name=name.replace(".", "_"),
        )
        for name in addresses.PUBLISHED_FILES
    ),
]

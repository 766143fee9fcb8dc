"""Addresses of exported documents. Mounted at the root of the site: they stand beside the pages of the cards."""

from __future__ import annotations

from django.urls import URLPattern, path

from exporters import publication_pages, views
from exporters.atom.views import card_feed, office_feed, topic_feed
from exporters.epuap import addresses
from exporters.formats import CARD_FORMATS
from exporters.validator.views import validator

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
    path("publikacje/", publication_pages.publications, name="publications"),
    path("publikacje/typ/<slug:code>/", publication_pages.publications_of_type, name="publications_of_type"),
    path("publikacje/urzad/<slug:code>/", publication_pages.publications_of_office, name="publications_of_office"),
    path("publikacje/plik/<str:name>", publication_pages.publication_file, name="publication_file"),
    path("publikacje/sumy-kontrolne", publication_pages.checksums, name="publication_checksums"),
    path("atom/dzialy/<slug:topic>.xml", topic_feed, name="topic_feed"),
    path("atom/urzedy/<slug:code>.xml", office_feed, name="office_feed"),
    path("atom/karty/<slug:symbol>.xml", card_feed, name="card_feed"),
    path("atom/karty/<slug:symbol>/<slug:code>.xml", card_feed, name="office_card_feed"),
    path("walidator/", validator, name="validator"),
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

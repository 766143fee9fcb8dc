"""What the author's screen adds to every page of the editor: its addresses, its style and its script."""

from __future__ import annotations

from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import URLPattern, reverse
from django.utils.html import format_html
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from service_catalog.editor.views import urlpatterns

ABOUT_WAGTAIL = ("editor-guide", "whats-new-in-wagtail")
"""Items of the help menu that lead to pages about Wagtail, in English."""


@hooks.register("register_admin_urls")
def addresses_of_the_screen() -> list[URLPattern]:
    """Hints, counter and examples."""
    return urlpatterns


@hooks.register("construct_help_menu")
def our_own_help(request: HttpRequest, items: list[MenuItem]) -> None:
    """Help about the catalogue and its language instead of Wagtail's pages about itself."""
    items[:] = [item for item in items if not item.name.startswith(ABOUT_WAGTAIL)]
    items.append(
        MenuItem("Jak pisać prosto", reverse("language_help"), name="language-help", icon_name="help", order=10)
    )


@hooks.register("insert_global_admin_css")
def style_of_the_screen() -> str:
    """Grey parts, counter, hints."""
    return format_html('<link rel="stylesheet" href="{}">', static("service_catalog/author.css"))


@hooks.register("insert_editor_js")
def script_of_the_screen() -> str:
    """Hints while typing. The script learns its addresses from attributes, so it holds none."""
    return format_html(
        '<script src="{}" id="author-screen" data-hints="{}" data-example="{}"></script>',
        static("service_catalog/author.js"),
        reverse("text_hints"),
        reverse("simple_example", args=(0,)),
    )

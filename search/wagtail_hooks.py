"""Registers of the search in the editor's screen."""

from __future__ import annotations

from django.http import HttpRequest
from django.urls import URLPattern, include, path, reverse
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from search import glossary_screen, reports
from search.models import GlossaryTerm, Hint, JudgedQueryEntry, StopPhrase, SynonymEntry


class SynonymViewSet(SnippetViewSet):
    """Synonimy."""

    model = SynonymEntry
    icon = "link"
    list_display = ["phrase", "kind", "target_kind", "target", "candidate", "owner"]
    list_filter = ["candidate", "kind", "target_kind"]
    search_fields = ["phrase", "target"]
    list_per_page = 50


class GlossaryViewSet(SnippetViewSet):
    """Słowniczek."""

    model = GlossaryTerm
    icon = "openquote"
    list_display = ["term", "definition", "recommended", "owner"]
    search_fields = ["term", "definition"]


class StopPhraseViewSet(SnippetViewSet):
    """Pomijane zwroty."""

    model = StopPhrase
    icon = "cross"
    list_display = ["phrase", "owner"]
    search_fields = ["phrase"]


class HintViewSet(SnippetViewSet):
    """Podpowiedzi."""

    model = Hint
    icon = "help"
    list_display = ["phrase", "sentence", "outside_catalogue", "owner"]
    list_filter = ["outside_catalogue"]
    search_fields = ["phrase", "sentence"]


class JudgedQueryViewSet(SnippetViewSet):
    """Oceniane zapytania."""

    model = JudgedQueryEntry
    icon = "tick"
    list_display = ["query", "part", "tags", "qid"]
    list_filter = ["part"]
    search_fields = ["query", "qid", "tags"]
    list_per_page = 50


class SearchRegistersGroup(SnippetViewSetGroup):
    """The registers of the search in one menu."""

    menu_label = "Wyszukiwarka"
    menu_name = "search-registers"
    menu_icon = "search"
    menu_order = 210
    items = (SynonymViewSet, GlossaryViewSet, StopPhraseViewSet, HintViewSet, JudgedQueryViewSet)


register_snippet(SearchRegistersGroup)


class ReportItem(MenuItem):
    """A report in the menu, for those who keep the synonyms."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Whether the user may read the reports."""
        return bool(request.user.has_perm(reports.MAY_READ))


@hooks.register("register_admin_urls")
def addresses_of_reports() -> list[object]:
    """The reports and the making of a candidate."""
    views = {"without_result": reports.WithoutResult, "without_opening": reports.WithoutOpening}
    patterns = [path("candidate/", reports.make_candidate, name="candidate")]
    for name, view in views.items():
        place = name.replace("_", "-")
        patterns.append(path(f"{place}/", view.as_view(), name=name))
        patterns.append(path(f"{place}/results/", view.as_view(results_only=True), name=f"{name}_results"))
    return [path("search-reports/", include((patterns, "search_reports")))]


@hooks.register("register_reports_menu_item")
def searches_without_result() -> MenuItem:
    """What people looked for in vain."""
    address = reverse("search_reports:without_result")
    return ReportItem(reports.WithoutResult.page_title, address, name="search-without-result", icon_name="search")


@hooks.register("register_reports_menu_item")
def searches_without_opening() -> MenuItem:
    """What people looked for and did not open."""
    address = reverse("search_reports:without_opening")
    return ReportItem(reports.WithoutOpening.page_title, address, name="search-without-opening", icon_name="search")


@hooks.register("register_admin_urls")
def address_of_the_glossary() -> list[URLPattern]:
    """Where authors read what official words mean."""
    return [path("slowniczek/", glossary_screen.glossary, name="author_glossary")]


@hooks.register("construct_help_menu")
def glossary_among_help(request: HttpRequest, items: list[MenuItem]) -> None:
    """The glossary in the help menu, after the rules of plain language."""
    address = reverse("author_glossary")
    items.append(MenuItem("Słowniczek", address, name="author-glossary", icon_name="openquote", order=20))

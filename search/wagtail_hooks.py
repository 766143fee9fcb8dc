"""Registers of the search in the editor's screen."""

from __future__ import annotations

from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from search.models import GlossaryTerm, Hint, StopPhrase, SynonymEntry


class SynonymViewSet(SnippetViewSet):
    """Synonimy."""

    model = SynonymEntry
    icon = "link"
    list_display = ["phrase", "kind", "target_kind", "target", "owner"]
    list_filter = ["kind", "target_kind"]
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
    list_display = ["phrase", "sentence", "owner"]
    search_fields = ["phrase", "sentence"]


class SearchRegistersGroup(SnippetViewSetGroup):
    """The registers of the search in one menu."""

    menu_label = "Wyszukiwarka"
    menu_name = "search-registers"
    menu_icon = "search"
    menu_order = 210
    items = (SynonymViewSet, GlossaryViewSet, StopPhraseViewSet, HintViewSet)


register_snippet(SearchRegistersGroup)

"""Two reports for central staff: what gave no result, and what gave results that nobody opened. A row makes a synonym candidate."""

from __future__ import annotations

from typing import Any

import django_filters  # type: ignore[import-untyped]
from django.core.exceptions import PermissionDenied
from django.db.models import F, Max, QuerySet, Sum
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest, HttpResponseRedirect
from django.middleware.csrf import get_token
from django.urls import reverse
from django.views.decorators.http import require_POST
from wagtail.admin import messages
from wagtail.admin.filters import DateRangePickerWidget, WagtailFilterSet
from wagtail.admin.ui.tables import Column, NumberColumn, Table
from wagtail.admin.views.reports import ReportView
from wagtail.permission_policies import ModelPermissionPolicy

from cms.spreadsheet_cells import neutralised
from search.models import LONGEST_PHRASE, SearchedPhrase, SynonymEntry

MAY_READ = "search.add_synonymentry"
"""Who keeps the synonyms reads the reports."""

Rows = QuerySet[Any, dict[str, Any]]
"""Counted phrases; the names of the counts are not fields of the model."""


class PhraseFilters(WagtailFilterSet):
    """Days, where the phrase was typed, and a part of it."""

    day = django_filters.DateFromToRangeFilter(label="Dni", widget=DateRangePickerWidget)
    text = django_filters.CharFilter(label="Fraza zawiera", lookup_expr="icontains")

    class Meta:
        model = SearchedPhrase
        fields = ("day", "source", "text")


class CandidateColumn(Column):
    """The button that makes a candidate of the phrase, or a link to the synonym that exists already."""

    cell_template_name = "search/reports/candidate_cell.html"

    def get_cell_context_data(self, instance: Any, parent_context: Any) -> dict[str, Any]:
        """Add the entry that the phrase has, and where to go back to."""
        context: dict[str, Any] = super().get_cell_context_data(instance, parent_context)
        table = parent_context["table"]
        return {
            **context,
            "entry": table.known.get(instance["text"]),
            "fits": len(instance["text"]) <= LONGEST_PHRASE,
            "back": table.report,
            "csrf_token": get_token(parent_context["request"]),
        }


class PhraseReport(ReportView):
    """Phrases with their counts over the days chosen."""

    model = SearchedPhrase
    header_icon = "search"
    filterset_class = PhraseFilters
    permission_policy = ModelPermissionPolicy(SynonymEntry)
    permission_required = "add"
    paginate_by = 50
    index_url_name = ""
    export_headings = {
        "text": "Fraza",
        "searches": "Ile razy szukano",
        "empty": "Bez wyniku",
        "clicks": "Otwarto wyników",
        "last": "Ostatnio",
    }
    list_export = ["text", "searches", "empty", "clicks", "last"]
    custom_field_preprocess = {"text": {"csv": neutralised, "xlsx": neutralised}}
    columns = [
        Column("text", label="Fraza"),
        NumberColumn("searches", label="Ile razy szukano"),
        NumberColumn("empty", label="Bez wyniku"),
        NumberColumn("clicks", label="Otwarto wyników"),
        Column("last", label="Ostatnio"),
        CandidateColumn("candidate", label="Synonim"),
    ]

    def get_queryset(self) -> Any:
        """One row per phrase within the filters, the commonest first."""
        within = self.filter_queryset(self.get_base_queryset())
        counted = within.values("text").annotate(
            searches=Sum("asked"), empty=Sum("without_result"), clicks=Sum("opened"), last=Max("day")
        )
        return self.chosen(counted)

    def get_filtered_queryset(self) -> Any:
        """The same rows: filters apply before counting."""
        return self.get_queryset()

    def chosen(self, rows: Rows) -> Rows:
        """The rows of the report."""
        raise NotImplementedError

    def get_table(self, object_list: Any) -> Table:
        """The table, which knows the synonyms and candidates of its phrases."""
        table: Table = super().get_table(object_list)
        entries = SynonymEntry.objects.filter(phrase__in=[row["text"] for row in object_list])
        table.known = {entry.phrase: entry for entry in entries}
        table.report = self.index_url_name.partition(":")[2]
        return table


class WithoutResult(PhraseReport):
    """Searches that found nothing."""

    page_title = "Szukane bez wyniku"
    export_filename = "szukane-bez-wyniku"
    index_url_name = "search_reports:without_result"
    index_results_url_name = "search_reports:without_result_results"

    def chosen(self, rows: Rows) -> Rows:
        """Phrases that found nothing at least once."""
        return rows.filter(empty__gt=0).order_by("-empty", "text")


class WithoutOpening(PhraseReport):
    """Searches on the page that found something nobody opened."""

    page_title = "Szukane bez otwarcia wyniku"
    export_filename = "szukane-bez-otwarcia"
    index_url_name = "search_reports:without_opening"
    index_results_url_name = "search_reports:without_opening_results"

    def get_base_queryset(self) -> QuerySet[SearchedPhrase]:
        """Only the page of results tells what was opened."""
        return SearchedPhrase.objects.filter(source="strona")

    def chosen(self, rows: Rows) -> Rows:
        """Phrases that had results of which none was opened."""
        return rows.filter(clicks=0, searches__gt=F("empty")).order_by("-searches", "text")


def make_candidate(request: HttpRequest) -> HttpResponse:
    """Add the phrase of a row as a candidate without a target; central staff give it one later."""
    if not request.user.has_perm(MAY_READ):
        raise PermissionDenied("Synonimy prowadzi redakcja centralna.")
    return _candidate(request)


@require_POST
def _candidate(request: HttpRequest) -> HttpResponse:
    phrase = request.POST.get("phrase", "").strip()
    back = request.POST.get("back", "")
    if not phrase or len(phrase) > LONGEST_PHRASE or back not in {"without_result", "without_opening"}:
        return HttpResponseBadRequest(f"Fraza musi mieć od 1 do {LONGEST_PHRASE} znaków.")
    entry = SynonymEntry.objects.filter(phrase=phrase).first()
    if entry is None:
        entry = SynonymEntry(phrase=phrase, candidate=True)
        entry.full_clean()
        entry.save()
    edit = reverse("wagtailsnippets_search_synonymentry:edit", args=[entry.pk])
    messages.success(
        request, f"„{phrase}” czeka wśród kandydatów na synonimy.", buttons=[messages.button(edit, "Wpisz cel")]
    )
    return HttpResponseRedirect(reverse(f"search_reports:{back}"))

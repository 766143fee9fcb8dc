"""The glossary for authors: which official word means what in plain words, and which words to keep out of a text."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from search.analysis import folded
from search.models import GlossaryTerm

LONGEST_QUESTION = 100


@require_GET
def glossary(request: HttpRequest) -> HttpResponse:
    """All terms by the alphabet, or those in which the words of `q` occur. Letters without Polish marks are enough."""
    question = request.GET.get("q", "").strip()[:LONGEST_QUESTION]
    terms = list(GlossaryTerm.objects.order_by("term"))
    wanted = folded(question)
    found = [one for one in terms if wanted in folded(f"{one.term} {one.definition}")]
    return render(request, "search/glossary_screen.html", {"terms": found, "question": question, "total": len(terms)})

"""Screens of the way to readers: send, check, suspend, resume, archive, review. Each says who may do what, and why not."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST
from wagtail.models import Page

from cms.editorial import reviews, suspension, workflow
from cms.editorial.comparison import changed_fields
from cms.editorial.gate import PublicationRefused, content_reasons
from cms.editorial.people import heads_of, leads, people_for_step
from cms.editorial.standing import state_of, suspension_of
from cms.editorial.states import CHECKS, STEP_OF_STATE, ForbiddenTransition, Step
from cms.editorial.versions import authors_of, names_of
from cms.editorial.workflow import NotPossible, latest_of
from cms.people import name_of
from cms.refusals import refused

CONFLICT = 409
"""HTTP status when the page is not in the state that the person saw (RFC 9110, 15.5.10)."""
LONGEST_TEXT = 2000
"""Letters of a comment, a reason or an evidence."""
NO_SUCH = "Tej strony nie publikuje się w ten sposób."


def page_under_four_eyes(page_id: int) -> Any:
    """The page in its own class. Raises `Http404`, and `NotPossible` for a page that needs no checks."""
    page: Any = get_object_or_404(Page, pk=page_id).specific
    if not getattr(page, "under_four_eyes", False):
        raise NotPossible(NO_SUCH)
    return page


def answered(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Answer what cannot be done with a page of reasons instead of an error; nothing is half-saved then."""

    def wrapped(request: HttpRequest, page_id: int, **kwargs: Any) -> HttpResponse:
        try:
            return view(request, page_id, **kwargs)
        except PublicationRefused as refusal:
            return refused(request, refusal.reasons, page_id=page_id, status=CONFLICT)
        except (NotPossible, ForbiddenTransition) as refusal:
            return refused(request, [str(refusal)], page_id=page_id, status=CONFLICT)

    return wrapped


@answered
@require_http_methods(["GET", "HEAD", "POST"])
def send(request: HttpRequest, page_id: int) -> HttpResponse:
    """What is missing, what changed, who will check; with POST: send."""
    page = page_under_four_eyes(page_id)
    draft = page.get_latest_revision_as_object()
    _require_editor(page, request.user)
    if request.method == "POST":
        state = workflow.submit(page, request.user, moment=timezone.now(), comment=words_of(request, "comment"))
        messages.success(request, f"Wysłano. Teraz: {state.label}.")
        return redirect("wagtailadmin_home")
    steps = draft.required_steps()
    context = {
        "page": page,
        "state": state_of(page),
        "reasons": content_reasons(draft),
        "steps": [(step.label, _names(people_for_step(page, step))) for step in steps],
        "gate": draft.language_gate() if Step.LANGUAGE in steps else None,
        "changes": changed_fields(page, request),
        "notices": notices(page, draft),
        "waits": state_of(page) in CHECKS,
        "unchanged": page.live and page.latest_revision_id == page.live_revision_id,
    }
    return render(request, "cms/editorial/send.html", context)


@answered
@require_http_methods(["GET", "HEAD", "POST"])
def check(request: HttpRequest, page_id: int) -> HttpResponse:
    """The version with its changes and what the checker may decide; with POST: his decision."""
    page = page_under_four_eyes(page_id)
    if request.method == "POST":
        return _decide(request, page)
    state = state_of(page)
    step = STEP_OF_STATE.get(state)
    draft = page.get_latest_revision_as_object()
    context = {
        "page": page,
        "state": state,
        "step": step,
        "why_not": workflow.why_not(page, request.user, moment=timezone.now()),
        "authors": names_of(authors_of(page, latest_of(page))),
        "gate": draft.language_gate(),
        "language_step": step == Step.LANGUAGE,
        "heads": _names(heads_of(page)),
        "reasons": content_reasons(draft),
        "changes": changed_fields(page, request),
        "notices": notices(page, draft),
        "transitions": page.transitions.order_by("-pk")[:20],
        "leads": leads(request.user, page),
    }
    return render(request, "cms/editorial/check.html", context)


def _decide(request: HttpRequest, page: Any) -> HttpResponse:
    """Agree or return, as the pressed button says."""
    comment, moment = words_of(request, "comment"), timezone.now()
    if request.POST.get("decision") == "return":
        workflow.send_back(page, request.user, moment=moment, comment=comment)
        messages.success(request, "Zwrócono autorowi do poprawy.")
    elif request.POST.get("decision") == "approve":
        seen = request.POST.get("digest", "")
        state = workflow.approve(page, request.user, moment=moment, comment=comment, seen=seen)
        messages.success(request, f"Zapisano zgodę. Teraz: {state.label}.")
    else:
        raise NotPossible("Wybierz: zgoda albo zwrot do poprawy.")
    return redirect("wagtailadmin_home")


@answered
@require_POST
def recall(request: HttpRequest, page_id: int) -> HttpResponse:
    """Take a version back from checking."""
    page = page_under_four_eyes(page_id)
    workflow.recall(page, request.user, moment=timezone.now())
    messages.success(request, "Wycofano ze sprawdzenia. Możesz dalej pisać.")
    return redirect("wagtailadmin_pages:edit", page_id)


ACTIONS: dict[str, tuple[str, str, Callable[..., Any]]] = {
    "wstrzymaj": (
        "Wstrzymaj",
        "Klienci od razu zobaczą zamiast tekstu ten powód i telefon urzędu.",
        suspension.suspend,
    ),
    "wznow": ("Wznów", "Klienci znowu zobaczą wersję sprzed wstrzymania.", suspension.resume),
    "archiwum": (
        "Przenieś do archiwum",
        "Karta zniknie z wyszukiwarki i list. Pod jej adresem zostanie informacja i przejście do ostatniego tekstu.",
        suspension.archive,
    ),
}
"""Word in the address: label, what happens, and what does it. Each asks for a reason."""


@answered
@require_http_methods(["GET", "HEAD", "POST"])
def act(request: HttpRequest, page_id: int, action: str) -> HttpResponse:
    """Ask for a reason and do one of `ACTIONS`."""
    page = page_under_four_eyes(page_id)
    label, consequence, do = ACTIONS[action]
    if not leads(request.user, page):
        raise NotPossible("Może to zrobić tylko zatwierdzający w tym urzędzie albo redakcja centralna.")
    if request.method == "POST":
        do(page, request.user, reason=words_of(request, "reason"), moment=timezone.now())
        messages.success(request, f"{label}: zrobione.")
        return redirect("editorial_history", page_id)
    return render(
        request, "cms/editorial/act.html", {"page": page, "label": label, "consequence": consequence, "action": action}
    )


@answered
@require_http_methods(["GET", "HEAD", "POST"])
def review(request: HttpRequest, page_id: int) -> HttpResponse:
    """Review a public page: unchanged, to be changed, or suspended; with the evidence."""
    page = page_under_four_eyes(page_id)
    _require_editor(page, request.user)
    if request.method == "POST":
        deeds: dict[str, Callable[..., Any]] = {
            "unchanged": reviews.confirm_unchanged,
            "changed": reviews.note_change_needed,
            "suspended": reviews.suspend_after_review,
        }
        deed = deeds.get(request.POST.get("result", ""))
        if deed is None:
            raise NotPossible("Wybierz wynik przeglądu.")
        deed(page, request.user, evidence=words_of(request, "evidence"), moment=timezone.now())
        messages.success(request, "Zapisano przegląd.")
        if deed is reviews.note_change_needed:
            return redirect("wagtailadmin_pages:edit", page_id)
        return redirect("editorial_history", page_id)
    context = {
        "page": page,
        "state": state_of(page),
        "leads": leads(request.user, page),
        "reviews": page.reviews.all()[:10],
        "standing": getattr(page, "standing", None),
    }
    return render(request, "cms/editorial/review.html", context)


@answered
@require_GET
def history(request: HttpRequest, page_id: int) -> HttpResponse:
    """Every step of the page: who, when, what, why."""
    page = page_under_four_eyes(page_id)
    context = {
        "page": page,
        "state": state_of(page),
        "transitions": page.transitions.select_related("person").order_by("-pk")[:200],
        "leads": leads(request.user, page),
        "suspended": suspension_of(page) is not None,
        "may_be_archived": suspension.may_be_archived(page),
    }
    return render(request, "cms/editorial/history.html", context)


def words_of(request: HttpRequest, name: str) -> str:
    """A text that the person wrote. Raises `NotPossible` for one that cannot be kept."""
    text = request.POST.get(name, "")
    if "\x00" in text:
        raise NotPossible("Tekst zawiera znak, którego nie można zapisać. Wpisz go jeszcze raz z klawiatury.")
    if len(text) > LONGEST_TEXT:
        raise NotPossible(f"Tekst ma {len(text)} znaków. Skróć go do {LONGEST_TEXT}.")
    return text.strip()


def notices(page: Any, draft: Any) -> list[str]:
    """What else the person should know before deciding; other apps add sentences through `NOTICES`."""
    return [sentence for notice in NOTICES for sentence in notice(page, draft)]


NOTICES: list[Callable[[Any, Any], list[str]]] = []
"""Functions (page, draft) -> sentences, for example how many offices a model card touches. Apps append theirs when ready."""


def _require_editor(page: Any, user: Any) -> None:
    if not page.permissions_for_user(user).can_edit() and not leads(user, page):
        raise NotPossible("Ta strona należy do innego urzędu.")


def _names(people: Any) -> str:
    """At most five names."""
    named = sorted(name_of(person) for person in people[:6])
    return ", ".join(named[:5]) + (" i inni" if len(named) > 5 else "")

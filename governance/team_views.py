"""Pages of teams: who acts where, changing posts and absences, and who needs the national coordinator today."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from governance import assignments, forms
from governance.access import is_national, managed_office, managed_offices, people_of
from governance.acting import Post, days_without_acting
from governance.daily import offices_that_need_a_team
from governance.models import Absence, CoordinatorAssignment
from governance.teams import absences_of, standings, terms_of
from publication.calendar import day_of
from service_catalog.models import OfficePage

AHEAD = datetime.timedelta(days=14)
"""How far the list of offices that will need somebody looks ahead."""
FORMS: dict[str, type[Any]] = {
    "assign": forms.AssignmentForm,
    "hand_over": forms.HandOverForm,
    "absence": forms.AbsenceForm,
    "advisor": forms.AdvisorForm,
}


@require_safe
def teams(request: HttpRequest) -> HttpResponse:
    """Offices whose teams the user manages, with who acts today."""
    offices = managed_offices(request.user).select_related("office_type")
    if not offices.exists():
        raise PermissionDenied("Nie kierujesz zespołem żadnego urzędu.")
    word = request.GET.get("q", "").strip()[:80]
    if word:
        offices = offices.filter(title__icontains=word)
    found = standings(offices, on=day_of(timezone.now()))
    if len(found) == 1 and not is_national(request.user):
        return redirect("governance_team", found[0].office.code)
    return render(request, "governance/teams.html", {"standings": found, "word": word})


@require_safe
def who_needs_me(request: HttpRequest) -> HttpResponse:
    """Offices without acting coordinator today or soon, and those without any deputy. For national staff."""
    if not is_national(request.user):
        raise PermissionDenied("To zestawienie obejmuje wszystkie urzędy, więc widzi je koordynator krajowy.")
    return render(request, "governance/who_needs_me.html", needs(on=day_of(timezone.now())))


def needs(*, on: datetime.date) -> dict[str, Any]:
    """What the national coordinator has to look at on a day."""
    found = standings(offices_that_need_a_team(), on=on)
    soon = []
    for standing in found:
        if not standing.alarm:
            days = _uncovered(standing.office, on=on)
            if days:
                soon.append({"office": standing.office, "days": days})
    return {
        "alarms": [standing for standing in found if standing.alarm],
        "soon": soon,
        "without_deputy": [standing for standing in found if not standing.alarm and not standing.deputies],
        "offices": len(found),
    }


def _uncovered(office: OfficePage, *, on: datetime.date) -> list[datetime.date]:
    """Days of the coming fortnight on which nobody will act."""
    terms = terms_of(office)
    absences = [away for away in absences_of(term.person for term in terms) if away.ends >= on]
    ending = any(term.ends is not None and on <= term.ends <= on + AHEAD for term in terms)
    return days_without_acting(terms, absences, first=on, last=on + AHEAD) if absences or ending else []


@require_safe
def team(request: HttpRequest, code: str) -> HttpResponse:
    """The team of an office."""
    return _team_page(request, managed_office(request.user, code))


def _team_page(
    request: HttpRequest, office: OfficePage, *, status: int = 200, faults: list[str] | None = None, **bound: Any
) -> HttpResponse:
    """The page with its forms, and with what was refused."""
    on = day_of(timezone.now())
    rows = CoordinatorAssignment.objects.filter(office=office).exclude(ends__lt=on).select_related("person")
    people = people_of(office)
    context: dict[str, Any] = {
        "office": office,
        "standing": standings([office], on=on)[0],
        "rows": rows.order_by("begins", "order"),
        "past": CoordinatorAssignment.objects.filter(office=office, ends__lt=on).select_related("person"),
        "absences": Absence.objects.filter(person__in=people, ends__gte=on).select_related("person"),
        "advisors": office.advisors.filter(ends__gte=on).select_related("person"),
        "national": is_national(request.user),
        "uncovered": _uncovered(office, on=on),
        "faults": faults or [],
        "today": on,
    }
    for name, form in FORMS.items():
        about = {} if name == "advisor" else {"office": office}
        context[f"{name}_form"] = bound.get(name) or form(prefix=name, initial={"begins": on}, **about)
    return render(request, "governance/team.html", context, status=status)


def _do(request: HttpRequest, office: OfficePage, deed: Callable[[], object], done: str, **bound: Any) -> HttpResponse:
    """Do it and return to the team, or show the page with the reasons."""
    try:
        deed()
    except ValidationError as refused:
        return _team_page(request, office, status=400, faults=refused.messages, **bound)
    messages.success(request, done)
    return redirect("governance_team", office.code)


@require_POST
def assign(request: HttpRequest, code: str) -> HttpResponse:
    """Give somebody a post."""
    office = managed_office(request.user, code)
    form = forms.AssignmentForm(request.POST, prefix="assign", office=office)
    if not form.is_valid():
        return _team_page(request, office, status=400, assign=form)
    said = form.cleaned_data

    def deed() -> None:
        assignments.assign(
            office, said["person"], Post(said["post"]), begins=said["begins"], ends=said["ends"], order=said["order"],
            moment=timezone.now(),
        )  # fmt: skip

    return _do(request, office, deed, "Funkcja została nadana.", assign=form)


@require_POST
def change_assignment(request: HttpRequest, code: str, assignment_id: int) -> HttpResponse:
    """End, hand over, reorder or take back a post of the office."""
    office = managed_office(request.user, code)
    row = CoordinatorAssignment.objects.filter(office=office, pk=assignment_id).first()
    if row is None:
        raise Http404("Ten urząd nie ma takiej funkcji.")
    deeds = {"end": _end, "hand_over": _hand_over, "order": _reorder, "remove": _remove}
    deed = deeds.get(request.POST.get("deed", ""))
    if deed is None:
        return _team_page(request, office, status=400, faults=["Wybierz, co zrobić z tą funkcją."])
    return deed(request, office, row)


def _end(request: HttpRequest, office: OfficePage, row: CoordinatorAssignment) -> HttpResponse:
    form = forms.EndForm(request.POST)
    if not form.is_valid():
        return _team_page(request, office, status=400, faults=["Wpisz ostatni dzień funkcji."])
    last = form.cleaned_data["last"]
    return _do(
        request, office, lambda: assignments.end(row, last=last, moment=timezone.now()), "Zapisano ostatni dzień."
    )


def _hand_over(request: HttpRequest, office: OfficePage, row: CoordinatorAssignment) -> HttpResponse:
    form = forms.HandOverForm(request.POST, prefix="hand_over", office=office)
    if not form.is_valid():
        return _team_page(request, office, status=400, hand_over=form)
    said = form.cleaned_data

    def deed() -> None:
        assignments.hand_over(row, said["person"], begins=said["begins"], last=said["last"], moment=timezone.now())

    return _do(request, office, deed, "Funkcja została przekazana.", hand_over=form)


def _reorder(request: HttpRequest, office: OfficePage, row: CoordinatorAssignment) -> HttpResponse:
    form = forms.OrderForm(request.POST)
    if not form.is_valid():
        return _team_page(request, office, status=400, faults=["Wpisz kolejność od 1 do 9."])
    order = form.cleaned_data["order"]
    return _do(
        request, office, lambda: assignments.reorder(row, order=order, moment=timezone.now()), "Zmieniono kolejność."
    )


def _remove(request: HttpRequest, office: OfficePage, row: CoordinatorAssignment) -> HttpResponse:
    return _do(request, office, lambda: assignments.remove(row, moment=timezone.now()), "Funkcja została odwołana.")


@require_POST
def report_absence(request: HttpRequest, code: str) -> HttpResponse:
    """Write down that somebody of the office is away."""
    office = managed_office(request.user, code)
    form = forms.AbsenceForm(request.POST, prefix="absence", office=office)
    if not form.is_valid():
        return _team_page(request, office, status=400, absence=form)
    said = form.cleaned_data

    def deed() -> None:
        assignments.report_absence(said["person"], begins=said["begins"], ends=said["ends"], moment=timezone.now())

    return _do(request, office, deed, "Nieobecność została zapisana.", absence=form)


@require_POST
def end_absence(request: HttpRequest, code: str, absence_id: int) -> HttpResponse:
    """Somebody of the office is back, or does not go."""
    office = managed_office(request.user, code)
    row = Absence.objects.filter(pk=absence_id, person__in=people_of(office)).first()
    if row is None:
        raise Http404("W tym urzędzie nie ma takiej nieobecności.")
    return _do(request, office, lambda: assignments.end_absence(row, moment=timezone.now()), "Nieobecność zakończona.")


@require_POST
def appoint_advisor(request: HttpRequest, code: str) -> HttpResponse:
    """Let an expert draft on behalf of an office until a day. For national staff."""
    office = _national_office(request, code)
    form = forms.AdvisorForm(request.POST, prefix="advisor")
    if not form.is_valid():
        return _team_page(request, office, status=400, advisor=form)
    on = day_of(timezone.now())

    def deed() -> None:
        form.advisor(office, on=on).save()
        assignments.sync_members(office, on=on)

    return _do(request, office, deed, "Doradca został wyznaczony.", advisor=form)


@require_POST
def dismiss_advisor(request: HttpRequest, code: str, advisor_id: int) -> HttpResponse:
    """End the right of an expert today. For national staff."""
    office = _national_office(request, code)
    row = office.advisors.filter(pk=advisor_id).first()
    if row is None:
        raise Http404("Ten urząd nie ma takiego doradcy.")

    def deed() -> None:
        assignments.dismiss(row, moment=timezone.now())

    return _do(request, office, deed, "Doradca nie ma już praw w tym urzędzie.")


def _national_office(request: HttpRequest, code: str) -> OfficePage:
    if not is_national(request.user):
        raise PermissionDenied("Doradców wyznacza koordynator krajowy.")
    return managed_office(request.user, code)

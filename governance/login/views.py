"""The login page, and what stands in its way."""

from __future__ import annotations

from http import HTTPStatus

from allauth.account import views
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render


def sign_in(request: HttpRequest) -> HttpResponse:
    """Log in. Who is logged in and may not enter the editor's screen comes to his account, not round in a circle."""
    if request.user.is_authenticated and not request.user.has_perm("wagtailadmin.access_admin"):
        return redirect("mfa_index")
    response: HttpResponse = views.login(request)
    return response


def too_many_attempts(request: HttpRequest) -> HttpResponse:
    """Somebody tries too often. The answer is the same for every account and for none."""
    return render(request, "governance/too_many_attempts.html", status=HTTPStatus.TOO_MANY_REQUESTS)

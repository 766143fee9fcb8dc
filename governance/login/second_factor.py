"""A second factor for those whose role demands it (`MFA_ROLES`)."""

from __future__ import annotations

from collections.abc import Callable

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

ALLOWED = ("/admin/konto/", "/admin/logout/", "/admin/login/", "/admin/sprite/", "/admin/jsi18n/")
"""What somebody may still open who has to set up his second factor first."""


class RequiredSecondFactor:
    """Sends people whose role demands a second factor to its settings until they have one."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass on, or redirect to the settings of the account."""
        if not settings.MFA_ROLES or not request.path.startswith("/admin/") or request.path.startswith(ALLOWED):
            return self.get_response(request)
        if not request.user.is_authenticated or not is_demanded(request) or has_second_factor(request):
            return self.get_response(request)
        messages.warning(
            request, "Twoja rola wymaga drugiego składnika logowania. Ustaw go teraz, zanim przejdziesz dalej."
        )
        return redirect("mfa_index")


def is_demanded(request: HttpRequest) -> bool:
    """Whether a group of the user is named in `MFA_ROLES`: by its whole name or by its role, such as "zatwierdzający"."""
    names = request.user.groups.values_list("name", flat=True)
    return any(name in settings.MFA_ROLES or name.rpartition("– ")[2] in settings.MFA_ROLES for name in names)


def has_second_factor(request: HttpRequest) -> bool:
    """Whether the user has an application or a key; recovery codes alone do not count."""
    kinds = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)
    return bool(Authenticator.objects.filter(user=request.user, type__in=kinds).exists())

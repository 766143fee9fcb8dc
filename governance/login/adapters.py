"""What allauth asks the project: who may register (nobody) and where a person goes after logging in."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.http import HttpRequest
from django.urls import reverse

UNSAID = frozenset({"account/messages/logged_in.txt", "account/messages/logged_out.txt"})


class AccountAdapter(DefaultAccountAdapter):
    """Accounts are made by administrators."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Nobody registers."""
        return False

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """Editors go to the editor's screen, others to the settings of their account, which is all they have here."""
        enters = request.user.has_perm("wagtailadmin.access_admin")
        return reverse("wagtailadmin_home" if enters else "mfa_index")

    def get_logout_redirect_url(self, request: HttpRequest) -> str:
        """Back to the login page."""
        return reverse("account_login")

    def add_message(
        self, request: HttpRequest, level: int, message_template: Any = None, *rest: Any, **named: Any
    ) -> None:
        """Say what was done, except that one is logged in or out: the page one comes to says so."""
        if message_template not in UNSAID:
            super().add_message(request, level, message_template, *rest, **named)


class ExternalAccountAdapter(DefaultSocialAccountAdapter):
    """An account of an identity provider opens an account that exists here; it never makes one."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:
        """Nobody registers."""
        return False

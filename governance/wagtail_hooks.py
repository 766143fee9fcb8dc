"""What teams, notifications and accounts add to the editor's screen."""

from __future__ import annotations

from collections.abc import Sequence
from copy import copy
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse, reverse_lazy
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.log_actions import LogActionRegistry, LogFormatter

from governance import urls
from governance.access import is_national, managed_offices
from governance.login.own_roles import OWN_ROLE, refuses_bulk_action
from governance.notifying import unread
from governance.reporting import hooks as reports  # noqa: F401  # registers its own


@hooks.register("register_log_actions")
def name_log_entries(actions: LogActionRegistry) -> None:
    """Entries about roles in the history of an account."""

    def told(label: str) -> type[LogFormatter]:
        class Told(LogFormatter):
            def format_message(self, log_entry: Any) -> str:
                """Which roles."""
                return f"{label}: {', '.join(log_entry.data.get('roles', []))}"

        Told.label = label
        return Told

    actions.register_action("governance.role_given")(told("Nadano rolę"))
    actions.register_action("governance.role_taken")(told("Odebrano rolę"))


@hooks.register("register_admin_urls")
def pages_of_teams() -> list[Any]:
    """Pages of teams and notifications."""
    return urls.urlpatterns


class TeamsItem(MenuItem):
    """For those who manage a team."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Whether the user manages the team of any office."""
        return managed_offices(request.user).exists()


class NeedsItem(MenuItem):
    """For national staff."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Whether the user looks after all offices."""
        return is_national(request.user)


class NotificationsItem(MenuItem):
    """Notifications, with the number of unread ones."""

    def render_component(self, request: HttpRequest) -> Any:
        """The item with the number in its label."""
        shown = copy(self)
        count = unread(request.user)
        shown.label = f"{self.label} ({count})" if count else self.label
        return super(NotificationsItem, shown).render_component(request)


@hooks.register("register_admin_menu_item")
def menu_of_teams() -> MenuItem:
    """Zespoły."""
    return TeamsItem("Zespoły", reverse_lazy("governance_teams"), name="teams", icon_name="group", order=310)


@hooks.register("register_admin_menu_item")
def menu_of_needs() -> MenuItem:
    """Kto mnie potrzebuje."""
    address = reverse_lazy("governance_who_needs_me")
    return NeedsItem("Potrzebują mnie", address, name="who-needs-me", icon_name="warning", order=305)


@hooks.register("register_admin_menu_item")
def menu_of_notifications() -> MenuItem:
    """Powiadomienia."""
    address = reverse_lazy("governance_notifications")
    return NotificationsItem("Powiadomienia", address, name="notifications", icon_name="mail", order=320)


@hooks.register("register_account_menu_item")
def settings_of_notifications(request: HttpRequest) -> dict[str, str]:
    """Settings of notifications among those of the account."""
    return {
        "url": reverse("governance_choose"),
        "label": "Powiadomienia",
        "help_text": "Wybierz, czy wiadomości przychodzą od razu, raz dziennie, czy wcale.",
    }


@hooks.register("register_account_menu_item")
def settings_of_the_password(request: HttpRequest) -> dict[str, str]:
    """The password among the settings of the account."""
    return {
        "url": reverse("account_change_password"),
        "label": "Hasło",
        "help_text": "Zmień hasło. Zapytamy o dotychczasowe.",
    }


@hooks.register("register_account_menu_item")
def settings_of_the_second_factor(request: HttpRequest) -> dict[str, str]:
    """The second factor among the settings of the account."""
    return {
        "url": reverse("mfa_index"),
        "label": "Drugi składnik logowania",
        "help_text": "Aplikacja w telefonie albo klucz bezpieczeństwa, i kody na wypadek ich utraty.",
    }


@hooks.register("before_bulk_action")
def nobody_gives_himself_a_role(
    request: HttpRequest, action_type: str, objects: Sequence[Any], action: object
) -> HttpResponse | None:
    """A bulk action on accounts may not include one's own."""
    if refuses_bulk_action(request.user, action_type, objects):
        messages.error(request, OWN_ROLE)
        return redirect("wagtailusers_users:index")
    return None

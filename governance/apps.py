"""Django app `governance`, and Wagtail's accounts with forms of our own."""

from django.apps import AppConfig
from wagtail.users.apps import WagtailUsersAppConfig


class GovernanceConfig(AppConfig):
    """Registers the app under its Polish name."""

    name = "governance"
    verbose_name = "Zespoły i powiadomienia"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Follow accounts, memberships and new offices."""
        from governance import new_offices, task_sources
        from governance.login import own_roles, sessions

        sessions.connect()
        own_roles.connect()
        new_offices.connect()
        task_sources.connect()


class AccountsConfig(WagtailUsersAppConfig):
    """Wagtail's screen of accounts."""

    user_viewset = "governance.login.user_accounts.AccountViewSet"

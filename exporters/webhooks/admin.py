"""Screens for administrators: receivers with their keys, and the log of what was sent to them."""

from __future__ import annotations

from typing import Any

from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.permission_policies import ModelPermissionPolicy
from wagtail.permissions import register_permission_policy
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from exporters.webhooks.models import WebhookDelivery, WebhookReceiver


class ReceiverViewSet(SnippetViewSet):
    """Odbiorcy powiadomień."""

    model = WebhookReceiver
    icon = "mail"
    list_display = ["name", "address", "active", "failures", "stopped_at"]
    list_filter = ["active"]
    search_fields = ["name", "address"]
    inspect_view_enabled = True
    inspect_view_fields = [
        "name",
        "address",
        "mail",
        "active",
        "secret",
        "failures",
        "stopped_at",
        "cursor",
        "created_at",
    ]
    panels = [
        FieldPanel("name"),
        FieldPanel("address"),
        FieldPanel("mail"),
        MultiFieldPanel(
            [
                FieldPanel("card_published"),
                FieldPanel("card_suspended"),
                FieldPanel("card_withdrawn"),
                FieldPanel("catalogue_rebuilt"),
            ],
            heading="O czym powiadamiać",
        ),
        FieldPanel("active"),
    ]


class _OnlySentAgain(ModelPermissionPolicy):
    """Letters are written by the system: nobody adds one, and one can only be sent again or deleted."""

    def user_has_permission(self, user: Any, action: str) -> bool:
        """Whether the user may do it to letters at all."""
        return action != "add" and bool(super().user_has_permission(user, action))


class DeliveryViewSet(SnippetViewSet):
    """Powiadomienia dla programów: the log, with those that were given up."""

    model = WebhookDelivery
    icon = "history"
    list_display = ["event", "receiver", "sequence", "state", "attempts", "answer", "created_at", "delivered_at"]
    list_filter = ["state", "event", "receiver"]
    list_per_page = 50
    inspect_view_enabled = True
    copy_view_enabled = False
    panels = [FieldPanel("state")]


register_permission_policy(WebhookDelivery, _OnlySentAgain(WebhookDelivery))


class WebhooksGroup(SnippetViewSetGroup):
    """Both in one menu."""

    menu_label = "Powiadomienia dla programów"
    menu_name = "webhooks"
    menu_icon = "mail"
    menu_order = 240
    items = (ReceiverViewSet, DeliveryViewSet)

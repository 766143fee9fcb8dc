"""Addresses of the pages of teams and notifications, below `/admin/` and behind the right to enter it."""

from __future__ import annotations

from django.urls import URLPattern, path

from governance import notification_views, team_views

urlpatterns: list[URLPattern] = [
    path("zespoly/", team_views.teams, name="governance_teams"),
    path("zespoly/<slug:code>/", team_views.team, name="governance_team"),
    path("zespoly/<slug:code>/funkcja/", team_views.assign, name="governance_assign"),
    path(
        "zespoly/<slug:code>/funkcja/<int:assignment_id>/",
        team_views.change_assignment,
        name="governance_change_assignment",
    ),
    path("zespoly/<slug:code>/nieobecnosc/", team_views.report_absence, name="governance_report_absence"),
    path("zespoly/<slug:code>/nieobecnosc/<int:absence_id>/", team_views.end_absence, name="governance_end_absence"),
    path("zespoly/<slug:code>/doradca/", team_views.appoint_advisor, name="governance_appoint_advisor"),
    path(
        "zespoly/<slug:code>/doradca/<int:advisor_id>/", team_views.dismiss_advisor, name="governance_dismiss_advisor"
    ),
    path("kto-mnie-potrzebuje/", team_views.who_needs_me, name="governance_who_needs_me"),
    path("powiadomienia/", notification_views.notifications, name="governance_notifications"),
    path("powiadomienia/przeczytane/", notification_views.mark_all_read, name="governance_mark_all_read"),
    path("powiadomienia/ustawienia/", notification_views.choose, name="governance_choose"),
    path(
        "powiadomienia/<int:notification_id>/",
        notification_views.open_notification,
        name="governance_open_notification",
    ),
]

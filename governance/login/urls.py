"""Addresses of logging in, all below `/admin/`, because a cookie may be set there only. They stand in front of Wagtail's own.

Nobody registers, adds an address of mail or logs in by a code from a letter, so those pages of allauth are not mounted.
"""

from __future__ import annotations

from allauth.account import views
from django.urls import URLPattern, URLResolver, include, path, re_path

from governance.login.views import sign_in

urlpatterns: list[URLPattern | URLResolver] = [
    path("login/", sign_in, name="account_login"),
    path("logout/", views.logout, name="account_logout"),
    path("konto/wylaczone/", views.account_inactive, name="account_inactive"),
    path("konto/potwierdz/", views.reauthenticate, name="account_reauthenticate"),
    path("konto/haslo/", views.password_change, name="account_change_password"),
    path("konto/pierwsze-haslo/", views.password_set, name="account_set_password"),
    path("password_reset/", views.password_reset, name="account_reset_password"),
    path("password_reset/wyslane/", views.password_reset_done, name="account_reset_password_done"),
    path("password_reset/zmienione/", views.password_reset_from_key_done, name="account_reset_password_from_key_done"),
    re_path(
        r"^password_reset/klucz/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        views.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    path("konto/drugi-skladnik/", include("allauth.mfa.urls")),
    path("konto/zewnetrzne/", include("allauth.socialaccount.urls")),
    path("konto/zewnetrzne/", include("allauth.socialaccount.providers.openid_connect.urls")),
]

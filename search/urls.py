"""Addresses of the search page and of its results."""

from __future__ import annotations

from django.urls import path, re_path

from search import views

app_name = "search"

urlpatterns = [
    path("szukaj/", views.results, name="results"),
    re_path(r"^szukaj/karta/([A-Z0-9-]{1,40}(?:/[a-z0-9-]{1,120})?)/$", views.opened, name="opened"),
]

"""Address of the search page."""

from __future__ import annotations

from django.urls import path

from search import views

app_name = "search"

urlpatterns = [path("szukaj/", views.results, name="results")]

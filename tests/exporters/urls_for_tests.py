"""Only the addresses of the exporters, as the site mounts them."""

from __future__ import annotations

from django.urls import include, path

urlpatterns = [path("", include("exporters.urls"))]

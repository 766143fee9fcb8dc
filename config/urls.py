"""Addresses: the public site at the root, the API under `/api/v1/`, the editor's screen under `/admin/`."""

from __future__ import annotations

from django.conf import settings
from django.conf.urls.static import static
from django.urls import URLPattern, URLResolver, include, path
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls

from cms.editorial.preview_views import shared
from config.api import api

handler400 = "config.error_pages.bad_request"
handler403 = "public_site.views.permission_denied"
handler404 = "public_site.views.page_not_found"
handler429 = "governance.login.views.too_many_attempts"
handler500 = "public_site.views.server_error"

urlpatterns: list[URLPattern | URLResolver] = [
    path("admin/", include("governance.login.urls")),
    path("admin/", include(wagtailadmin_urls)),
    path("dokumenty/", include(wagtaildocs_urls)),
    path("api/v1/", api.urls),
    path("podglad/<str:token>/", shared, name="shared_preview"),
    path("", include("search.urls")),
    path("", include("exporters.urls")),
    path("", include("public_site.urls")),
]
if settings.DEBUG:
    urlpatterns += static(settings.MEDIA_URL, document_root=settings.MEDIA_ROOT)

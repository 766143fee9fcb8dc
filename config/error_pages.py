"""Error pages: officials read theirs in the editor's layout, everybody else on the public site. The two do not know each other."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from cms.refusals import unreadable
from public_site import views
from public_site.middleware import is_staff_address


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400 and 413: the request cannot be read."""
    user = getattr(request, "user", None)
    if is_staff_address(request.path_info) and user is not None and user.has_perm("wagtailadmin.access_admin"):
        return unreadable(request, exception)
    return views.bad_request(request, exception)

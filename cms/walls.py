"""Walls between offices: whoever works in the editor's screen reaches only pages of his own branches.

Wagtail checks rights for what a view does, but some views show titles of pages that the user may not open (bulk actions, choosers,
parents of a listing, countrywide reports), and the editor's API lists documents for anybody. These walls stand before every view
of the editor's screen, so a new view is behind them as well; `tests/contracts/test_isolation.py` tries every address.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from django.apps import apps
from django.contrib import messages
from django.contrib.auth import get_user_model
from django.core.exceptions import PermissionDenied
from django.db import models
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from wagtail.admin.utils import get_valid_next_url_from_request
from wagtail.models import CollectionMember, Page, PageQuerySet
from wagtail.permissions import page_permission_policy, policy_registry

ADDRESS_PARTS = ("page_id", "parent_page_id", "page_to_move_id", "destination_id", "parent_id", "page_pk")
"""Names under which addresses of the editor's screen carry a page."""
NAMED_BY_KEY = ("wagtailadmin_pages:", "wagtailadmin_api:pages:")
"""Views whose `pk` is a page."""
CLOSED = frozenset(
    {
        "wagtailadmin_api:pages:action",  # deletes, copies and moves past the hooks that keep published pages
        "wagtailadmin_choose_page_external_link",  # links of rich text, which no field of ours has
        "wagtailadmin_choose_page_email_link",
        "wagtailadmin_choose_page_phone_link",
        "wagtailadmin_choose_page_anchor_link",
        "wagtailadmin_error_test",
        "wagtailadmin_reports:workflow",  # the reports of governance say the same in the words of offices
        "wagtailadmin_reports:workflow_results",
        "wagtailadmin_reports:workflow_tasks",
        "wagtailadmin_reports:workflow_tasks_results",
    }
)
"""Views of Wagtail that nobody needs here and that go round a rule."""
COUNTRYWIDE = (
    "wagtailadmin_pages:type_use",
    "wagtailadmin_reports:site_history",
    "wagtailadmin_reports:page_types_usage",
)
"""Views that show pages and people of every office: for central staff only. A view's `_results` twin is meant too."""
COUNTRYWIDE_MENU = frozenset({"site-history", "page-types-usage"})
CLOSED_MENU = frozenset({"workflows", "workflow-tasks"})
"""Items of the menu of reports that lead to closed views."""
LIBRARIES = {"wagtailadmin_api:documents:": "wagtaildocs.Document", "wagtailadmin_api:images:": "wagtailimages.Image"}
"""Views of the editor's API that list files, and whose they are."""
BULK = "wagtail_bulk_action"
UNPUBLISH = "wagtailadmin_pages:unpublish"


class PageWalls:
    """Refuses with 403 an address of the editor's screen that names something outside the user's branches."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass the request on; the work is in `process_view`."""
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., HttpResponse], args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> HttpResponse | None:
        """Check everything that the address names, and lead to our own screen where Wagtail's would ask for no reason.

        Raises `PermissionDenied`, and `Http404` for a closed view.
        """
        if not request.path.startswith("/admin/") or not request.user.is_authenticated:
            return None
        name = request.resolver_match.view_name if request.resolver_match else ""
        if name in CLOSED:
            raise Http404("Ta funkcja edytora jest wyłączona.")
        if name.startswith(COUNTRYWIDE) and not is_countrywide(request.user):
            raise PermissionDenied("To zestawienie obejmuje wszystkie urzędy, więc widzi je tylko redakcja centralna.")
        for page in named_pages(request, name, kwargs):
            if not reachable(request.user, page):
                raise PermissionDenied("Ta strona należy do innego urzędu.")
        library = named_library(name, kwargs)
        if library is not None and not may_work_with_named(request, name, library):
            raise PermissionDenied("Tych zasobów nie ma wśród uprawnień Twojej grupy.")
        return with_a_reason(request, name, kwargs)


def with_a_reason(request: HttpRequest, name: str, kwargs: dict[str, Any]) -> HttpResponse | None:
    """Lead away from views of Wagtail that withdraw or change pages without a reason; None for every other view.

    Suspending and putting away have screens of their own (`cms.editorial.views.ACTIONS`), one page at a time.
    """
    if name == UNPUBLISH:
        page = Page.objects.filter(pk=kwargs["page_id"]).first()
        if page is None or not getattr(page.specific_class, "under_four_eyes", False):
            return None
        messages.warning(request, NO_WITHDRAWAL)
        return redirect("editorial_history", page.pk)
    if name == BULK and named_library(name, kwargs) is None:
        messages.warning(request, ONE_BY_ONE)
        return redirect(get_valid_next_url_from_request(request) or "wagtailadmin_home")
    return None


NO_WITHDRAWAL = (
    "Strony nie wycofuje się bez powodu. Wybierz tutaj „Wstrzymaj” albo „Przenieś do archiwum” i napisz, dlaczego."
)
ONE_BY_ONE = (
    "Wielu stron nie publikuje się, nie wycofuje, nie przenosi i nie usuwa naraz. Otwórz historię każdej z nich: tam są "
    "„Wstrzymaj” i „Przenieś do archiwum”."
)


def named_pages(request: HttpRequest, name: str, kwargs: dict[str, Any]) -> Iterator[int | str]:
    """Pages named in the path of an address and, where views take them from there, in its query."""
    for part in ADDRESS_PARTS:
        if kwargs.get(part):
            yield kwargs[part]
    if name.startswith(NAMED_BY_KEY) and kwargs.get("pk"):
        yield kwargs["pk"]
    if name.startswith("wagtailadmin_choose_page") or (name == BULK and kwargs["model_name"] == "page"):
        queried = [*request.GET.getlist("id"), request.GET.get("childOf", "")]
        yield from (page for page in queried if page.isdecimal())
        if "all" in queried and not request.GET.get("childOf", "").isdecimal() and not is_countrywide(request.user):
            raise PermissionDenied("Zaznacz strony na liście swojego urzędu.")


def named_library(name: str, kwargs: dict[str, Any]) -> type[models.Model] | None:
    """Model whose rows a bulk action or a listing of the editor's API shows; None for pages and other views."""
    if name == BULK:
        try:
            model = apps.get_model(kwargs["app_label"], kwargs["model_name"])
        except LookupError as error:
            raise Http404("Nie ma takiego rodzaju zasobów.") from error
        return None if issubclass(model, Page) else model
    return next((apps.get_model(label) for prefix, label in LIBRARIES.items() if name.startswith(prefix)), None)


def reachable(user: Any, page: int | str) -> bool:
    """Whether a page lies in the user's branches or on the way to them. Unknown pages are left to the view (404)."""
    if user.is_superuser or not Page.objects.filter(pk=page).exists():
        return True
    return bool(page_permission_policy.explorable_instances(user).filter(pk=page).exists())


def may_work_with(user: Any, model: type[models.Model]) -> bool:
    """Whether a user may add, change or delete any row of a model."""
    policy = policy_registry.get_by_type(model)
    return bool(policy.user_has_any_permission(user, {"add", "change", "delete"}))


def may_work_with_named(request: HttpRequest, name: str, model: type[models.Model]) -> bool:
    """Whether a user may work with the rows that an address names: files of his own collections, entries of his registers.

    Wagtail's bulk actions show the titles of files that the user may not change, and the editor's API lists all files.
    """
    if not issubclass(model, CollectionMember):
        return may_work_with(request.user, model)
    if name != BULK:
        return is_countrywide(request.user)
    policy = policy_registry.get_by_type(model)
    own = policy.instances_user_has_any_permission_for(request.user, {"change", "delete"})
    named = {key for key in request.GET.getlist("id") if key.isdecimal()}
    return bool(may_work_with(request.user, model) and own.filter(pk__in=named).count() == len(named))


def is_countrywide(user: Any) -> bool:
    """Whether a user has rights on the root of the tree: central staff and administrators."""
    root = page_permission_policy.explorable_root_instance(user)
    return bool(user.is_superuser or (root is not None and root.depth == 1))


def own_pages(pages: PageQuerySet, request: HttpRequest) -> PageQuerySet:
    """Of pages offered in a chooser, those in the user's branches."""
    if request.user.is_superuser:
        return pages
    return pages.filter(pk__in=page_permission_policy.explorable_instances(request.user).values("pk"))


def colleagues(people: models.QuerySet[Any], user: Any) -> models.QuerySet[Any]:
    """Of people offered in the filter of a list, those who work on the same branches as the user."""
    if is_countrywide(user):
        return people
    branches = [right.page_id for right in page_permission_policy.get_cached_permissions_for_user(user)]
    beside = get_user_model().objects.filter(groups__page_permissions__page__in=branches)
    return people.filter(models.Q(pk__in=beside.values("pk")) | models.Q(pk=user.pk))


def narrow_filters_of_people() -> None:
    """Make every filter of Wagtail's lists that offers people offer colleagues only.

    Wagtail has no hook for the choices of a filter, so the declared querysets are wrapped once, when the apps are ready.
    """
    import wagtail.admin.views.pages.listing
    import wagtail.admin.views.pages.usage
    import wagtail.admin.views.reports.aging_pages
    import wagtail.admin.views.reports.locked_pages
    import wagtail.admin.views.reports.workflows  # noqa: F401
    from wagtail.admin.filters import WagtailFilterSet

    for filters in _with_subclasses(WagtailFilterSet):
        for declared in filters.base_filters.values():
            offered = getattr(declared, "queryset", None)
            if callable(offered) and not isinstance(offered, _Narrowed):
                declared.queryset = _Narrowed(offered)


class _Narrowed:
    """The queryset of a filter, narrowed to colleagues when it offers people."""

    def __init__(self, offered: Callable[[HttpRequest], models.QuerySet[Any]]) -> None:
        self.offered = offered

    def __call__(self, request: HttpRequest) -> models.QuerySet[Any]:
        rows = self.offered(request)
        return colleagues(rows, request.user) if rows is not None and rows.model is get_user_model() else rows


def _with_subclasses(parent: type) -> Iterator[Any]:
    yield parent
    children: list[type] = parent.__subclasses__()
    for child in children:
        yield from _with_subclasses(child)

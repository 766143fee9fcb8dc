"""Pages that belong to no part of the catalogue, and what every page of ours can do."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING, Any, ClassVar

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from wagtail.models import Page, Revision

from cms.editorial.gate import guard
from cms.editorial.models import (
    EditorialCheck,
    Review,
    SharedPreview,
    SharedPreviewOpening,
    Standing,
    Transition,
)
from cms.editorial.obstacles import LanguageGate, Obstacle
from cms.editorial.states import SHORT_PATH, State, Step
from cms.editorial.workflow import note_edit

if TYPE_CHECKING:
    from django.contrib.auth.base_user import AbstractBaseUser

__all__ = [
    "EditorialCheck", "FlatAddressPage", "HomePage", "Review", "SharedPreview", "SharedPreviewOpening", "Standing",
    "Transition",
]  # fmt: skip


class FlatAddressPage(Page):
    """A page whose public address does not follow the page tree: readers are served by outlets from editions."""

    preview_modes: list[tuple[str, str]] = []
    promote_panels: list[Any] = []
    settings_panels: list[Any] = []
    """Neither an address of its own nor dates of publication in the page tree: outlets give a page its address and its day."""
    under_four_eyes: ClassVar[bool] = False
    """Whether the page becomes public only after other people checked it."""
    absence_reason: str = ""
    """Why the page is being taken off, for readers; set just before it is withdrawn or suspended."""
    absence_is_temporary: bool = False
    comes_back: bool = False
    """Whether the page is being shown again as it was before a suspension; set just before that."""

    class Meta:
        abstract = True

    def public_path(self) -> str:
        """Public address of the page without the host."""
        return "/"

    # What a page under four eyes says about itself; cards answer more precisely.

    def required_steps(self) -> tuple[Step, ...]:
        """The checks that this version needs, in their order."""
        return SHORT_PATH

    def obstacles(self, *, on: datetime.date) -> list[Obstacle]:
        """What in this version keeps it from readers on the day."""
        return []

    def language_gate(self) -> LanguageGate | None:
        """How hard the text of this version is; None where it is not measured."""
        return None

    def takes_effect(self, *, on: datetime.date) -> datetime.date:
        """From which day this version counts when it is published on the day."""
        return on

    def expires(self) -> datetime.date | None:
        """The last day of this version, if it has one."""
        return None

    def first_review(self) -> datetime.date | None:
        """The day of the next review, if the page itself names it."""
        return None

    def review_interval(self) -> int:
        """Months from one review to the next."""
        return 12

    def confirm_legal_state(self, *, on: datetime.date) -> None:
        """Write into this version that it was checked on the day and nothing had to change."""

    def state_when_back(self, before: State) -> State:
        """The state of a public page that comes back from a suspension, when it stood in this state before."""
        return before

    # Where these pages become public.

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save the page; one that would become public passes the gate first. Raises `PublicationRefused`."""
        if self.under_four_eyes:
            guard(self, fields=kwargs.get("update_fields"))
        super().save(*args, **kwargs)

    def save_revision(self, user: AbstractBaseUser | None = None, **kwargs: Any) -> Revision:
        """Save a version. A page that was public or being checked is in work again."""
        with transaction.atomic():
            revision: Revision = super().save_revision(user=user, **kwargs)
            if self.under_four_eyes:
                note_edit(self, revision, user, moment=timezone.now())
            return revision

    def publish(self, revision: Revision, *args: Any, **kwargs: Any) -> None:
        """Publish the page and whatever is recorded because of it, or nothing at all. Raises `PublicationRefused`."""
        with transaction.atomic():
            super().publish(revision, *args, **kwargs)

    def unpublish(self, *args: Any, **kwargs: Any) -> None:
        """Withdraw the page and record it, or nothing at all."""
        with transaction.atomic():
            super().unpublish(*args, **kwargs)

    # The button of Wagtail for sending is off: pages are sent from `cms.editorial.views`, where what is missing is shown.

    @property
    def has_workflow(self) -> bool:
        """Wagtail's question whether its own button should be shown."""
        return False

    def get_workflow(self) -> None:
        """Wagtail's question which workflow its own button should start."""
        return

    def get_url_parts(self, request: HttpRequest | None = None) -> tuple[int, str, str] | None:
        """Wagtail's question for the address: the flat one of this page."""
        site = self._get_relevant_site_root_paths(request)
        if not site:
            return None
        return site[0].site_id, site[0].root_url, self.public_path()

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Any address inside the tree leads to the public one."""
        return redirect(self.public_path())


class HomePage(FlatAddressPage):
    """Root of the tree. The public home page is composed from editions; this page only holds the branches."""

    max_count = 1
    parent_page_types = ["wagtailcore.Page"]
    subpage_types = ["service_catalog.OfficesPage", "service_catalog.ModelCataloguesPage"]

    class Meta:
        verbose_name = "strona główna"
        verbose_name_plural = "strony główne"

"""What cards say about themselves before other people check them: which checks they need, what is wrong, when to look again."""

from __future__ import annotations

import datetime
from typing import Any

from wagtail.models import PagePermissionTester

from cms.editorial.obstacles import LanguageGate, Obstacle
from cms.editorial.states import FULL_PATH, SHORT_PATH, Step
from cms.models import FlatAddressPage

DATES_OF_A_REVIEW = frozenset({"legal_state_date", "last_verified", "next_review"})
"""What a review without changes writes."""
PLACES = frozenset({"responsible_unit", "service_point"})
"""Which unit or service point of the office a card names. Moving a card there changes none of its texts."""
USUAL, WITH_FEES, FOREIGNERS_AND_TAX = 12, 6, 3
"""Months between reviews (section 2.2, ReviewCycle)."""


class NeverCopied(PagePermissionTester):
    """Rights on a page whose symbol or code names it alone: nobody is offered to copy it, because every copy is refused."""

    def can_copy(self) -> bool:
        """No."""
        return False


class CheckedCard(FlatAddressPage):
    """A card that becomes public only after other people checked it."""

    under_four_eyes = True

    class Meta:
        abstract = True

    def permissions_for_user(self, user: Any) -> PagePermissionTester:
        """What the user may do with the card."""
        return NeverCopied(user, self)

    def says_something_of_its_own(self) -> bool:
        """Whether the version holds texts that nobody but its author has read."""
        return True

    def required_steps(self) -> tuple[Step, ...]:
        """All checks for own texts; acceptance by another person where no text is new: none at all, a review, another unit."""
        if not self.says_something_of_its_own() or self.changes_no_text():
            return SHORT_PATH
        return FULL_PATH

    def changes_no_text(self) -> bool:
        """Whether the version differs from the public one only in the dates of a review and the place at the office."""
        if not self.live or not self.live_revision_id or not self._at_review:
            return False
        public = type(self)._default_manager.get(pk=self.pk).serializable_data()
        return _content(self.serializable_data()) == _content(public)

    @property
    def _at_review(self) -> bool:
        names = {field.name for field in self._meta.concrete_fields}
        return bool(DATES_OF_A_REVIEW & names)

    def obstacles(self, *, on: datetime.date) -> list[Obstacle]:
        """What keeps the version from readers. How hard the text is decides the check of the language, not this list."""
        from service_catalog.completeness import publication_obstacles

        version: Any = self
        found = publication_obstacles(version, on=on)
        return [Obstacle(one.field, one.sentence) for one in found if one.kind != "language"]

    def language_gate(self) -> LanguageGate | None:
        """FOG of the whole card as the gate of section 6.1 sees it."""
        from service_catalog.language import language_gate

        version: Any = self
        result = language_gate(version)
        return LanguageGate(result.colour, f"FOG {result.fog:.1f}".replace(".", ","))

    def confirm_legal_state(self, *, on: datetime.date) -> None:
        """Write the day of a review without changes."""
        names = {field.name for field in self._meta.concrete_fields}
        for name, value in (("legal_state_date", on), ("last_verified", on), ("next_review", None)):
            if name in names:
                setattr(self, name, value)


def _content(data: dict[str, Any]) -> dict[str, Any]:
    """The content of a version without what Wagtail keeps beside it, the dates of a review and the place at the office."""
    from cms.editorial.versions import BESIDE_THE_CONTENT

    return {name: value for name, value in data.items() if name not in BESIDE_THE_CONTENT | DATES_OF_A_REVIEW | PLACES}

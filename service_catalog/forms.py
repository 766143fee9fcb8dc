"""Forms of the editor's screen: choices limited to what belongs to the office."""

from __future__ import annotations

from typing import Any

from wagtail.admin.forms import WagtailAdminPageForm


class CardAtOfficeForm(WagtailAdminPageForm):
    """Form of an office card or local card: places, units and model cards of this office only."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        office = self.parent_page.specific if self.parent_page else None
        if office is None:
            return
        if "service_point" in self.fields:
            self.fields["service_point"].queryset = office.service_points.all()
        if "responsible_unit" in self.fields:
            self.fields["responsible_unit"].queryset = office.units.filter(closed=False)
        if "model_card" in self.fields:
            self._limit_model_cards(office)
        if "office_type" in self.fields:
            self.fields["office_type"].queryset = type(office.office_type).objects.filter(pk=office.office_type_id)
            self.fields["office_type"].initial = office.office_type_id

    def _limit_model_cards(self, office: Any) -> None:
        """A new card may adopt a model card of the office's type that it has not adopted; an old one keeps its own."""
        field = self.fields["model_card"]
        cards = field.queryset.filter(office_type=office.office_type, live=True)
        if self.instance.pk:
            field.queryset = field.queryset.filter(pk=self.instance.model_card_id)
            field.disabled = True
            return
        adopted = type(self.instance)._default_manager.child_of(office).values("model_card")
        field.queryset = cards.exclude(pk__in=adopted)

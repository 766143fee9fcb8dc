"""Forms of the editor's screen: choices limited to what belongs to the office, and to what the model card leaves open."""

from __future__ import annotations

from typing import Any

from django import forms
from wagtail.admin.forms import WagtailAdminPageForm

from publication.calendar import today
from service_catalog.editor.law import Law
from service_catalog.editor.locked_parts import price_name
from service_catalog.symbols import GIVEN_BY_SYSTEM, LOCAL, NO_NUMBER_LEFT, next_local_symbol

Choices = list[tuple[str, str]]


class CardForm(WagtailAdminPageForm):
    """Form of any card. While a draft is saved, answers may still be missing or too few: publication asks for them."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("valid_from", "legal_state_date"):
            if name in self.fields and not self.instance.pk:
                self.initial[name] = today()
        if "symbol" in self.fields:
            self._settle_symbol()

    def _settle_symbol(self) -> None:
        """A symbol that readers know stays; whether a new card may have its symbol depends on where it will stand."""
        if not self.instance.pk:
            self.instance.planned_parent = self.parent_page
        elif self.instance.live or self.instance.first_published_at:
            self.fields["symbol"].disabled = True
            self.fields["symbol"].help_text = "Karta była już opublikowana, więc symbol się nie zmienia."

    def clean(self) -> dict[str, Any]:
        """Refuse a symbol that was sent although it cannot be changed."""
        data: dict[str, Any] = super().clean()
        if "symbol" in self.fields and self.fields["symbol"].disabled and self._sends_another_symbol():
            self.add_error("symbol", self.symbol_is_fixed)
        return data

    symbol_is_fixed = "Karta była już opublikowana, więc jej symbol się nie zmienia. Zostaw ten, który jest."

    def _sends_another_symbol(self) -> bool:
        sent = self.data.get(self.add_prefix("symbol"), "")
        return bool(sent) and sent != self.initial.get("symbol")

    def defer_required_fields(self) -> None:
        """A draft is saved: the card itself must not ask for everything either."""
        super().defer_required_fields()
        self.instance.is_being_drafted = True

    def restore_required_fields(self) -> None:
        """The card is to be complete again."""
        super().restore_required_fields()
        self.instance.is_being_drafted = False


class CardAtOfficeForm(CardForm):
    """Form of an office card or local card: places, units and model cards of this office only."""

    symbol_is_fixed = GIVEN_BY_SYSTEM

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        office = self.parent_page.specific if self.parent_page else None
        if office is None:
            return
        self._limit_places(office)
        if "model_card" in self.fields:
            self._limit_model_cards(office)
        if "office_type" in self.fields:
            self.fields["office_type"].queryset = type(office.office_type).objects.filter(pk=office.office_type_id)
            self.initial["office_type"] = office.office_type_id
        law = getattr(self.instance, "law_today", None) if getattr(self.instance, "model_card_id", None) else None
        if law is not None:
            self._limit_rows(law)

    def _settle_symbol(self) -> None:
        """The system gives a local card its symbol: a new card gets the number that is free when it is saved."""
        super()._settle_symbol()
        field, office = self.fields["symbol"], self.parent_page.specific if self.parent_page else None
        field.disabled = True
        field.help_text = field.help_text or "Nadaje go system. Stoi w adresie karty i nie zmienia się."
        if not self.instance.pk and office is not None:
            self.initial["symbol"] = next_local_symbol(type(self.instance), office.office_type.code)
            field.error_messages["required"] = NO_NUMBER_LEFT

    def _sends_another_symbol(self) -> bool:
        """A form opened before somebody else took the number still names that number; it simply gets the next one."""
        sent = self.data.get(self.add_prefix("symbol"), "")
        is_old_proposal = not self.instance.pk and bool(LOCAL.fullmatch(sent))
        return super()._sends_another_symbol() and not is_old_proposal

    def _limit_places(self, office: Any) -> None:
        """Places and units of this office; where there is only one, it is chosen already."""
        for name, rows in (
            ("service_point", office.service_points.all()),
            ("responsible_unit", office.units.filter(closed=False)),
        ):
            if name not in self.fields:
                continue
            self.fields[name].queryset = rows
            self.fields[name].empty_label = "– wybierz –"
            if not getattr(self.instance, f"{name}_id") and len(rows) == 1:
                self.initial[name] = rows[0].pk

    def _limit_model_cards(self, office: Any) -> None:
        """A new card may adopt a model card of the office's type that it offers and has not adopted; an old one keeps its own."""
        field = self.fields["model_card"]
        cards = field.queryset.filter(office_type=office.office_type, live=True)
        if self.instance.pk:
            field.queryset = field.queryset.filter(pk=self.instance.model_card_id)
            field.disabled = True
            return
        adopted = type(self.instance)._default_manager.child_of(office).values("model_card")
        refused = office.not_offered.values("model_card")
        field.queryset = cards.exclude(pk__in=adopted).exclude(pk__in=refused).order_by("title")
        if not field.queryset:
            field.help_text = (
                "Urząd ma już karty wszystkich spraw, które oferuje. Sprawę zgłoszoną jako nieoferowana"
                " przywrócisz na stronie „Usługi urzędu”."
            )

    def _limit_rows(self, law: Law) -> None:
        """Prices only for what the model card leaves to the office, remarks only on its channels."""
        card, _ = law
        prices = [(fee.code, price_name(fee)) for fee in card.fees if fee.code]
        if "prices" in self.formsets:
            self._choose_from("prices", "code", prices)
            told = {row.code for row in self.instance.prices.all()}
            self._propose("prices", [{"code": code} for code, _ in prices if code not in told])
        if "channel_words" in self.formsets:
            self._choose_from("channel_words", "channel", [(one.channel, one.channel) for one in card.channels])

    def _choose_from(self, relation: str, column: str, choices: Choices) -> None:
        """Let a column of the rows be chosen from a list; a value that is no longer offered stays visible."""
        formset = self.formsets[relation]
        kept = [(getattr(row, column), getattr(row, column)) for row in formset.queryset]
        offered = [*choices, *(one for one in kept if one[0] not in dict(choices))]
        field = forms.ChoiceField(choices=[("", "– wybierz –"), *offered], label=formset.form.base_fields[column].label)
        formset.form = type(
            formset.form.__name__, (formset.form,), {column: field, "Meta": formset.form.Meta, "__module__": __name__}
        )

    def _propose(self, relation: str, rows: list[dict[str, str]]) -> None:
        """Begin a row for each thing to fill in; one left as it is, is not saved."""
        formset = self.formsets[relation]
        if not formset.is_bound:
            formset.extra, formset.initial_extra = len(rows), rows
        else:
            formset.initial_extra = rows

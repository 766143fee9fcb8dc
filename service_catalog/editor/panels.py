"""Panels of the author's screen: questions, locked parts of the model card, the office record, optional parts, the counter."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.urls import reverse
from wagtail.admin.panels import FieldPanel, InlinePanel, MultiFieldPanel, ObjectList, Panel

from publication.calendar import today


class QuestionList(ObjectList):
    """The whole form: questions one below the other, the counter above them."""

    class BoundPanel(ObjectList.BoundPanel):
        """Panels without a heading (counter, comments) stand without a frame."""

        template_name = "service_catalog/editor/question_list.html"

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            """Whether only the first choice is asked: a new office card shows the rest once its model card is known."""
            context: dict[str, Any] = super().get_context_data(parent_context)
            first = self.instance.pk is None and any(isinstance(child.panel, FirstChoice) for child in self.children)
            return context | {"first_choice_only": first and not self.form.errors}


class Question(MultiFieldPanel):
    """A question of the client with everything that answers it."""


class OptionalPart(MultiFieldPanel):
    """Fields that nobody has to fill, folded away until they say something. `summary` is the line to unfold them by.

    With `stays_folded` a value does not unfold them (they nearly always have one); an error does.
    """

    def __init__(
        self, children: Any = (), *args: Any, summary: str = "", stays_folded: bool = False, **kwargs: Any
    ) -> None:
        super().__init__(children, *args, **kwargs)
        self.summary = summary
        self.stays_folded = stays_folded

    def clone_kwargs(self) -> dict[str, Any]:
        """Keep the summary when Wagtail binds the panel to its model."""
        return {**super().clone_kwargs(), "summary": self.summary, "stays_folded": self.stays_folded}

    class BoundPanel(MultiFieldPanel.BoundPanel):
        """Unfolded when a field inside has a value or an error."""

        template_name = "service_catalog/editor/optional_part.html"

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            """The fields, and whether to unfold them."""
            context: dict[str, Any] = super().get_context_data(parent_context)
            return context | {
                "summary": self.panel.summary,
                "is_open": any(_speaks(child) for child in _with_children(self)),
            }


def _with_children(panel: Any) -> Iterator[Any]:
    for child in panel.children:
        yield child
        if hasattr(child, "children") and not hasattr(child, "formset"):
            yield from _with_children(child)


def _speaks(panel: Any) -> bool:
    """Whether a bound panel holds something to read: a value, a row or an error."""
    formset = getattr(panel, "formset", None)
    if formset is not None:
        return bool(formset.initial_forms or formset.total_error_count())
    field = getattr(panel, "bound_field", None)
    if field is None:
        return False
    value = field.value()
    return bool(field.errors or (len(value) if hasattr(value, "raw_data") else value))


def _has_errors(panel: Any) -> bool:
    field = getattr(panel, "bound_field", None)
    return bool(field is not None and field.errors)


class FirstChoice(FieldPanel):
    """A field that is chosen when the card is made and never asked again."""

    class BoundPanel(FieldPanel.BoundPanel):
        """Shown on a new card only."""

        def is_shown(self) -> bool:
            """Hide it once the card exists."""
            return self.instance.pk is None and super().is_shown()


class PriceRows(InlinePanel):
    """Prices of the office's price list. Out of sight when the model card leaves no price to the office."""

    class BoundPanel(InlinePanel.BoundPanel):
        """The rows stay in the form, because a form without them would not be whole."""

        def classes(self) -> list[str]:
            """Hide what nobody may fill."""
            law = self.instance.law_today if self.instance.model_card_id else None
            asked = law is not None and any(fee.code and fee.amount is None for fee in law[0].fees)
            return [*super().classes(), *([] if asked or self.formset.initial_forms else ["unused-part"])]


class _Known(Panel):
    """Base of panels that show what is known already; `part` names the part of the form."""

    def __init__(self, part: str = "", **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.part = part

    def clone_kwargs(self) -> dict[str, Any]:
        """Keep the part when Wagtail binds the panel to its model."""
        return {**super().clone_kwargs(), "part": self.part}

    class BoundPanel(Panel.BoundPanel):
        """Knows the facts to show; nothing is drawn without any."""

        def facts(self) -> list[Any]:
            """The facts of this part."""
            raise NotImplementedError

        def is_shown(self) -> bool:
            """Only when something is known."""
            return self.instance is not None and bool(self.facts())


class LockedPart(_Known):
    """What the model card says here, in grey with a padlock."""

    class BoundPanel(_Known.BoundPanel):
        """Facts of the model card in force today."""

        template_name = "service_catalog/editor/locked_part.html"

        def facts(self) -> list[Any]:
            """Facts of this part; none while no model card is chosen or in force."""
            from service_catalog.editor.locked_parts import locked_facts

            law = self.instance.law_today if self.instance.model_card_id else None
            return locked_facts(self.panel.part, *law) if law else []

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            """The facts and the card on which they stand."""
            return {"facts": self.facts(), "model_card": self.instance.model_card, "card": self.instance}


class FromOfficeRecord(_Known):
    """What the office record already knows, with a way to correct it there."""

    class BoundPanel(_Known.BoundPanel):
        """Facts of the office of this card."""

        template_name = "service_catalog/editor/office_record.html"

        def facts(self) -> list[Any]:
            """Facts of this part; none for a card that is only being made."""
            from service_catalog.editor.record_parts import record_facts

            return record_facts(self.panel.part, self.instance, self.instance.own_office) if self.instance.pk else []

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            """The facts and the address of the office record."""
            office = self.instance.own_office
            return {"facts": self.facts(), "record": reverse("wagtailadmin_pages:edit", args=(office.pk,))}


class Progress(Panel):
    """What is still missing, with links to the questions, and how plain the language is."""

    class BoundPanel(Panel.BoundPanel):
        """Drawn with the page and asked for again after each automatic save."""

        template_name = "service_catalog/editor/progress.html"

        def is_shown(self) -> bool:
            """A card that is not saved yet has no place in the tree, so nothing can be counted."""
            return self.instance is not None and self.instance.pk is not None

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            """The counter of this version of the card."""
            from service_catalog.editor.progress import progress_of

            return progress_of(self.instance, on=today())

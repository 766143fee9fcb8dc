"""Choosing the roles of an account: hundreds of them, so they stand folded by office and can be searched."""

from __future__ import annotations

from typing import Any

from django import forms

BETWEEN = " – "
"""Between an office and a role in the name of a group; see `cms.roles`."""
OF_EVERYTHING = "Role bez urzędu"


class RolesByOffice(forms.CheckboxSelectMultiple):
    """Boxes to tick, folded by office. An office in which something is ticked stands open and first.

    Works without scripts; with them a field above the list hides what does not match.
    """

    template_name = "governance/widgets/roles_by_office.html"

    class Media:
        """The search field."""

        js = ("governance/roles.js",)
        css = {"all": ("governance/roles.css",)}

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """The boxes by office."""
        context = super().get_context(name, value, attrs)
        offices: dict[str, list[Any]] = {}
        for _, options, _ in context["widget"]["optgroups"]:
            for option in options:
                office, separated, role = str(option["label"]).rpartition(BETWEEN)
                option["role"] = role if separated else str(option["label"])
                offices.setdefault(office if separated else OF_EVERYTHING, []).append(option)
        ordered = sorted(offices.items(), key=lambda one: (not _ticked(one[1]), one[0] != OF_EVERYTHING))
        context["offices"] = [(office, options, _ticked(options)) for office, options in ordered]
        return context


def _ticked(options: list[Any]) -> int:
    """How many of the boxes are ticked."""
    return sum(1 for option in options if option["selected"])

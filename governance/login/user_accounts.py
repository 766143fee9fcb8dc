"""Accounts in the editor's screen: administrators give roles to others, and nobody else's password goes through their hands."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.contrib.auth.models import Group
from wagtail.users.forms import UserCreationForm, UserEditForm
from wagtail.users.views.users import UserViewSet

from governance.login.own_roles import OWN_ROLE
from governance.login.role_choice import RolesByOffice


def _fold_roles(form: forms.ModelForm[Any]) -> None:
    """Show the roles by office."""
    field = cast("forms.ModelMultipleChoiceField[Group]", form.fields["groups"])
    field.label, field.help_text = "Role", "Zaznacz, co ta osoba robi i w którym urzędzie."
    field.widget = RolesByOffice(choices=cast("Any", field.choices))


class AccountCreationForm(UserCreationForm):
    """A new account. Its owner sets the password through "Nie pamiętam hasła"."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["is_superuser"]
        _fold_roles(self)

    def save(self, commit: bool = True) -> Any:
        """Without a password nobody can log in until the owner sets one."""
        self.instance.set_unusable_password()
        return super().save(commit)


class AccountEditForm(UserEditForm):
    """An account. Rights over everything are given on the server only; one's own roles cannot be changed."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        editing_self = kwargs.get("editing_self", False)
        super().__init__(*args, **kwargs)
        self.fields.pop("is_superuser", None)
        _fold_roles(self)
        if editing_self:
            self.fields["groups"].help_text = OWN_ROLE
            self.fields["groups"].disabled = True

    def clean(self) -> dict[str, Any] | None:
        """Refuse a form that asks for other own roles than those one has. A browser sends none, because the field is off."""
        cleaned: dict[str, Any] | None = super().clean()
        if self.fields["groups"].disabled and "groups" in self.data:
            asked = set(self.data.getlist("groups"))
            if asked != {str(key) for key in self.instance.groups.values_list("pk", flat=True)}:
                raise forms.ValidationError(OWN_ROLE)
        return cleaned


class AccountViewSet(UserViewSet):
    """Konta."""

    create_template_name = "wagtailadmin/generic/form.html"
    """Wagtail's own page of a new account prints "None" where the right over everything would stand."""

    def get_form_class(self, for_update: bool = False) -> type[forms.BaseForm]:
        """The forms above."""
        return AccountEditForm if for_update else AccountCreationForm

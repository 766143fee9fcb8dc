"""Forms of the login page and of the second factor."""

from __future__ import annotations

from typing import Any

from allauth.account.forms import LoginForm
from allauth.mfa.webauthn.forms import AddWebAuthnForm


class SignInForm(LoginForm):
    """Name of the account and password, without texts inside the boxes, which vanish while one types."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"].label = "Nazwa użytkownika"
        self.fields["password"].label = "Hasło"
        self.fields["password"].help_text = ""
        for field in self.fields.values():
            field.widget.attrs.pop("placeholder", None)


class KeyForm(AddWebAuthnForm):
    """A new security key."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].label = "Nazwa klucza"

"""Names of people as other people of the office know them."""

from __future__ import annotations

from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser


def name_of(user: AbstractBaseUser | AnonymousUser | None) -> str:
    """First and last name, or the account name; "" for nobody."""
    if user is None or user.is_anonymous:
        return ""
    full_name = getattr(user, "get_full_name", str)()
    return str(full_name or user.get_username())

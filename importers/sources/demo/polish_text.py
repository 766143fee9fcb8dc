"""Polish letters in ASCII, for codes and addresses."""

import re

_ASCII = str.maketrans("ąćęłńóśźżĄĆĘŁŃÓŚŹŻ", "acelnoszzACELNOSZZ")


def slug(text: str) -> str:
    """Return lower-case ASCII words joined by hyphens, for example „Maków Mazowiecki” gives „makow-mazowiecki”."""
    return re.sub(r"[^a-z0-9]+", "-", text.translate(_ASCII).lower()).strip("-")

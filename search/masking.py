"""Personal numbers and addresses in typed queries, replaced before anything is written down.

Masked are PESEL, NIP, bank accounts, phone numbers, e-mail addresses, series and numbers of identity documents, and any other
run of nine or more digits. Years, amounts and codes of forms ("PIT-37", "800+") stay. The expressions have bounded repeats, so
their time grows with the length of the text and not with its square.
"""

from __future__ import annotations

import re

EMAIL = "[e-mail]"
ACCOUNT = "[konto]"
PESEL = "[PESEL]"
NIP = "[NIP]"
PHONE = "[telefon]"
DOCUMENT = "[dokument]"
NUMBER = "[numer]"

_EMAIL = re.compile(r"[^\s@]{1,64}\s?(?:@|\(at\)|\[at\])\s?[^\s@]{1,190}", re.IGNORECASE)
_DOCUMENT = re.compile(r"\b[a-z]{2,3} ?\d{6,7}\b", re.IGNORECASE)
_DIGITS = re.compile(
    r"(?:\b(?:pl|nip|pesel|regon|tel) ?)?(?:\+|\b00)?(?<!\d)\d(?:[ .,/()_-]{0,2}\d){8,63}", re.IGNORECASE
)
_COUNTRY = re.compile(r"^(?:\+|00)?48(?=\d{9}$)")
_BY_LENGTH = {9: PHONE, 10: NIP, 11: PESEL, 26: ACCOUNT, 28: ACCOUNT}


def masked(text: str) -> str:
    """The text with everything that may name a person replaced by what it was."""
    text = _EMAIL.sub(EMAIL, text)
    text = _DIGITS.sub(_what, text)
    return _DOCUMENT.sub(DOCUMENT, text)


def _what(found: re.Match[str]) -> str:
    """What a run of digits is: by its length, and a phone number also by the code of the country."""
    written = found.group()
    digits = "".join(character for character in written if character.isdigit())
    international = _COUNTRY.sub("", digits)
    if international != digits and (len(digits) > len(international) + 2 or "+" in written):
        return PHONE
    return _BY_LENGTH.get(len(digits), NUMBER)

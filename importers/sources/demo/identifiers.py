"""Invented but valid identifiers of offices: NIP, REGON, NRB, the e-delivery address.

Checksums follow the public rules: NIP and REGON modulo 11, NRB by ISO 7064 modulo 97. Numbers begin with 99 or 999
so that nobody takes them for the numbers of the real office, and no transfer reaches a real account.
"""

from importers.sources.demo.drawing import Draw

_NIP_WEIGHTS = (6, 5, 7, 2, 3, 4, 5, 6, 7)
_REGON_WEIGHTS = (8, 9, 2, 3, 4, 5, 6, 7)
_SORT_CODE_WEIGHTS = (3, 9, 7, 1, 3, 9, 7)
_POLAND_IN_DIGITS = "2521"
_LETTERS = "ABCDEFGHIJKLMNOPRSTUWYZ"


def _weighted_sum(digits: str, weights: tuple[int, ...]) -> int:
    return sum(int(digit) * weight for digit, weight in zip(digits, weights, strict=True))


def invented_nip(draw: Draw, *, attempt: int) -> str:
    """Return ten digits with a valid check digit; bodies whose check would be 10 are skipped."""
    start = draw.number(f"nip|{attempt}", below=10**6)
    for step in range(10**6):
        body = f"999{(start + step) % 10**6:06d}"
        check = _weighted_sum(body, _NIP_WEIGHTS) % 11
        if check < 10:
            return f"{body}{check}"
    raise AssertionError("w każdym ciągu kolejnych liczb jest poprawny NIP")


def invented_regon(draw: Draw, *, attempt: int) -> str:
    """Return nine digits with a valid check digit (10 counts as 0)."""
    body = f"99{draw.digits(f'regon|{attempt}', count=6)}"
    return f"{body}{_weighted_sum(body, _REGON_WEIGHTS) % 11 % 10}"


def invented_account_number(draw: Draw, *, purpose: str, attempt: int) -> str:
    """Return the 26 digits of an NRB of a bank that does not exist (sort code 999…)."""
    sort_code = f"9990{draw.digits(f'oddział|{purpose}|{attempt}', count=3)}"
    sort_code += str(-_weighted_sum(sort_code, _SORT_CODE_WEIGHTS) % 10)
    bban = sort_code + draw.digits(f"rachunek|{purpose}|{attempt}", count=16)
    check = 98 - int(f"{bban}{_POLAND_IN_DIGITS}00") % 97
    return f"{check:02d}{bban}"


def invented_edelivery_address(draw: Draw, *, attempt: int) -> str:
    """Return an ADE in the public pattern AE:PL-ddddd-ddddd-LLLLL-dd; the rule of its last digits is not public."""
    letters = "".join(draw.pick(f"ade|{attempt}|{place}", _LETTERS) for place in range(5))
    digits = draw.digits(f"ade|{attempt}", count=12)
    return f"AE:PL-{digits[:5]}-{digits[5:10]}-{letters}-{digits[10:]}"

"""What a matter costs, in one line: for lists of results and for what a consultant reads aloud."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from service_catalog.published.card import Fee
from service_catalog.published.wording import amount

SHOWN = 2
FREE = "bezpłatnie"
PRICE_LIST = "cennik urzędu"
WITHOUT_PURPOSE = frozenset({"opłata skarbowa", "opłata ustawowa", PRICE_LIST})
"""Kinds that do not say what is paid for; the condition of the fee does."""
LONGEST_CONDITION = 60


def is_free_of_charge(fees: Iterable[Fee]) -> bool:
    """Whether the client pays nothing: no fee is named, or every one is zero. A price of a price list is a fee."""
    return all(_is_zero(fee) for fee in fees)


def fees_in_short(fees: Iterable[Fee]) -> str:
    """The first two fees with what they are for; "bezpłatnie" when the client pays nothing, so it is never empty."""
    known = tuple(fees)
    if is_free_of_charge(known):
        return FREE
    if len(known) == 1:
        return _alone(known[0])
    names = Counter(fee.kind for fee in known)
    said = [_one_of_many(fee, repeated=names[fee.kind] > 1) for fee in known[:SHOWN]]
    return "; ".join(said) + (" i inne" if len(known) > SHOWN else "")


def _alone(fee: Fee) -> str:
    condition = _shortened(fee.condition)
    if fee.amount is None:
        return _open_price(fee)
    if fee.kind == PRICE_LIST and "cennik" in condition:
        condition = ""
    return f"{fee.kind} {amount(fee.amount)}" + (f" ({condition})" if condition else "")


def _one_of_many(fee: Fee, *, repeated: bool) -> str:
    """A fee named by its condition where its kind does not tell it from the others."""
    if fee.amount is None:
        return _open_price(fee)
    price = FREE if _is_zero(fee) else amount(fee.amount)
    condition = _shortened(fee.condition)
    by_condition = condition and (repeated or fee.kind in WITHOUT_PURPOSE)
    return f"{condition}: {price}" if by_condition else f"{fee.kind} {price}"


def _open_price(fee: Fee) -> str:
    """A fee without one amount: a price of the office's list has a code or is of that kind; others say on what it depends."""
    condition = "" if fee.code and fee.kind != PRICE_LIST else _shortened(fee.condition)
    if fee.kind != PRICE_LIST and not fee.code:
        return f"{fee.kind}: {condition or 'kwota zależy od sprawy'}"
    if "według" in condition:
        return condition
    subject = condition if fee.kind == PRICE_LIST else fee.kind
    separator = ": " if condition else " "
    return f"{subject}{separator}{amount(None)}" if subject else amount(None)


def _is_zero(fee: Fee) -> bool:
    return fee.amount is not None and not fee.amount.strip("0.")


def _shortened(condition: str) -> str:
    """The first part of a condition, cut at a word when it is long."""
    text = condition.partition(";")[0].strip().rstrip(".")
    if len(text) <= LONGEST_CONDITION:
        return text
    return text[: LONGEST_CONDITION + 1].rpartition(" ")[0].rstrip(" ,") + "…"

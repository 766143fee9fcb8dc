"""Canonical JSON: one value, one sequence of bytes."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from publication.canonical import FloatInPayload, canonical_json, sha256_hex

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=20,
)


@given(VALUES)
def test_reading_back_gives_the_same_value_and_the_same_bytes(value: Any) -> None:
    encoded = canonical_json(value)
    assert json.loads(encoded) == value
    assert canonical_json(json.loads(encoded)) == encoded


@given(st.dictionaries(st.text(), st.integers(), min_size=2, max_size=6))
def test_order_of_keys_does_not_matter(value: dict[str, int]) -> None:
    turned = dict(reversed(list(value.items())))
    assert canonical_json(turned) == canonical_json(value)


def test_polish_letters_stay_readable_and_there_is_no_white_space() -> None:
    assert canonical_json({"b": "zażółć", "a": [1, None]}) == '{"a":[1,null],"b":"zażółć"}'.encode()


@pytest.mark.parametrize("value", [1.5, [1.0], {"a": {"b": [2.5]}}])
def test_floating_point_is_refused(value: Any) -> None:
    with pytest.raises(FloatInPayload, match="tekst"):
        canonical_json(value)


def test_sha256_is_the_published_one() -> None:
    assert sha256_hex(b"abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"

"""Repeatable choices: every invented value is drawn from a digest of the office code and the purpose."""

import hashlib
from collections.abc import Callable, Sequence
from typing import TypeVar

Option = TypeVar("Option")
Value = TypeVar("Value")


class Draw:
    """Draws values from a seed text; equal seeds and purposes always give equal values."""

    def __init__(self, seed: str) -> None:
        """Remember the seed, usually the code of an office."""
        self._seed = seed

    def number(self, purpose: str, *, below: int) -> int:
        """Return an integer in [0, below) for the purpose."""
        digest = hashlib.sha256(f"{self._seed}|{purpose}".encode()).digest()
        return int.from_bytes(digest[:8], "big") % below

    def pick(self, purpose: str, options: Sequence[Option]) -> Option:
        """Return one of the options."""
        return options[self.number(purpose, below=len(options))]

    def chance(self, purpose: str, *, percent: int) -> bool:
        """Return True in about `percent` of the seeds."""
        return self.number(purpose, below=100) < percent

    def sample(self, purpose: str, options: Sequence[Option], *, size: int) -> list[Option]:
        """Return `size` different options in the order of `options`."""
        ranked = sorted(range(len(options)), key=lambda index: self.number(f"{purpose}|{index}", below=1 << 60))
        return [options[index] for index in sorted(ranked[:size])]

    def digits(self, purpose: str, *, count: int) -> str:
        """Return a text of `count` decimal digits."""
        return f"{self.number(purpose, below=10**count):0{count}d}"


class TakenValues:
    """Remembers values that must not repeat between offices and asks for another one on a collision."""

    _ATTEMPTS = 10_000

    def __init__(self) -> None:
        """Start with nothing taken."""
        self._taken: set[tuple[str, object]] = set()

    def claim(self, kind: str, candidate: Callable[[int], Value]) -> Value:
        """Return the first free candidate; `candidate` gets the number of the attempt, from 0.

        Raises:
            RuntimeError: when 10,000 candidates in a row were taken.

        """
        for attempt in range(self._ATTEMPTS):
            value = candidate(attempt)
            if (kind, value) not in self._taken:
                self._taken.add((kind, value))
                return value
        raise RuntimeError(f"Zabrakło wolnych wartości rodzaju „{kind}”. Zmniejsz skalę danych pokazowych.")

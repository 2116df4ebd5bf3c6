"""Checks a value once and remembers the answer: files say the same things over and over."""

from collections.abc import Callable, Hashable
from dataclasses import dataclass
from typing import Generic, TypeVar

Key = TypeVar("Key", bound=Hashable)
Value = TypeVar("Value")

MOST = 20_000
"""Answers kept by one memory; beyond it the memory begins anew, so that it never grows with the file."""


@dataclass(frozen=True, slots=True)
class Wrong:
    """Why a value cannot be used."""

    why: str


class Remembered(dict[Key, Value | Wrong], Generic[Key, Value]):
    """A memory in front of a check: `memory[text]` is the checked value or what is wrong with it."""

    def __init__(self, check: Callable[[Key], Value | Wrong]) -> None:
        """Begin empty."""
        super().__init__()
        self._check = check

    def __missing__(self, key: Key) -> Value | Wrong:
        """Check a value not seen lately; a `ValueError` of the check becomes its sentence."""
        found: Value | Wrong
        try:
            found = self._check(key)
        except ValueError as error:
            found = Wrong(str(error))
        if len(self) >= MOST:
            self.clear()
        self[key] = found
        return found

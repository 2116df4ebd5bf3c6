"""What a fact method is: a pure fold over plain whole-number state, with its formula in words.

State is None, text, whole numbers, lists and objects of those: it is stored in a snapshot as JSON
and read back as the same thing. `step` returns a new state and changes nothing it was given.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction
from typing import Any, TypeAlias

from msgspec import Struct

from ledger.facts.backing import Backing
from ledger.facts.items import Item
from ledger.facts.ratios import Pair, pair_of
from ledger.policy.facts import FactType, Reads
from ledger.policy.sheet import ABSENT, Missing, Value

State: TypeAlias = Any
"""Plain JSON-able data; None before the first item."""

Arguments: TypeAlias = Mapping[str, Value]
"""The resolved arguments of a definition, every one the method declares."""

Raw: TypeAlias = "Pair | int | str | bool | date | Missing | list[dict[str, Any]] | None"
"""A result before it takes its declared type; None where there is none."""

MEASURES = frozenset({"level", "percent", "value", "passed", "presence"})
NUMBERS = frozenset({"level", "percent", "value"})


class Sighting(Struct, frozen=True, gc=False):
    """One counted item as a method sees it: the item, its day in the fact's order, its exact number."""

    item: Item
    day: str
    number: Pair


class Better(StrEnum):
    """Whether raising one score, all else equal, can lower the result."""

    NEVER_LOWERS = "never lowers"
    NEVER_LOWERS_UNCUT = "never lowers where no score is cut off"
    MAY_LOWER = "may lower"


@dataclass(frozen=True, slots=True)
class Limits:
    """Which numbers an argument may be: in words, and as a test."""

    says: str
    hold: Callable[[int | Fraction], bool]


DIVISORS_OF_A_YEAR = Limits("1, 2, 3, 4, 6 or 12", lambda number: number in {1, 2, 3, 4, 6, 12})
UP_TO_1000 = Limits("from 1 to 1000", lambda number: 1 <= number <= 1000)
PERCENT = Limits("from 0 to 100", lambda number: 0 <= number <= 100)
ABOVE_NOTHING = Limits("more than 0", lambda number: number > 0)


@dataclass(frozen=True, slots=True)
class ArgumentWanted:
    """An argument a method takes: its name, what it means, its kinds, and the value if none is given.

    It must be given where `default` is null, and may be left out altogether where that is ABSENT.
    `folds` is false where it shapes the result alone, so that facts share a state whatever its value.
    """

    name: str
    says: str
    kinds: tuple[type, ...]
    default: Value | None = None
    choices: tuple[str, ...] = ()
    limits: Limits | None = None
    folds: bool = True

    @property
    def optional(self) -> bool:
        """Say whether the method does without it."""
        return self.default is ABSENT

    def within(self, value: object) -> bool:
        """Say whether a number keeps the limits; what is no number has none."""
        return self.limits is None or not isinstance(value, int | Fraction) or self.limits.hold(value)

    def refuse(self, value: object) -> None:
        """Raise `ValueError` where a text is none of the choices, or a number beyond the limits."""
        if self.choices and isinstance(value, str) and value not in self.choices:
            raise ValueError(f"the argument {self.name!r} is {value!r}; give one of {', '.join(self.choices)}")
        if self.limits and not self.within(value):
            raise ValueError(f"the argument {self.name!r} is {value}; give {self.limits.says}")


@dataclass(frozen=True, slots=True)
class Method:
    """One version of a fold over items: never changed once released, never removed.

    `formula` states the exact formula, its unit and what it gives of nothing; `title` is the name
    people know it by and `source` where a formula known under several names comes from. `ordered`
    says that it asks which item comes first; other folds give the same in any order.
    """

    name: str
    formula: str
    initial: Callable[[Arguments], State]
    step: Callable[[State, Sighting, Arguments], State]
    result: Callable[[State, Arguments], tuple[Raw, Backing]]
    types: frozenset[FactType]
    measures: frozenset[str] = MEASURES
    arguments: tuple[ArgumentWanted, ...] = ()
    better: Better = Better.MAY_LOWER
    reads: frozenset[Reads] = frozenset({Reads.EVIDENCE, Reads.PREPARATION, Reads.APPROVAL, Reads.SUPPORT})
    title: str = ""
    source: str = ""
    ordered: bool = False


def nothing(_arguments: Arguments) -> State:
    """Return the state before the first item."""
    return None


def whole(arguments: Arguments, name: str) -> int:
    """Return an argument that is a whole number; raise `TypeError` where it is not."""
    value = arguments[name]
    if isinstance(value, bool) or not isinstance(value, int):
        raise TypeError(f"the argument {name!r} is {value!r}; give a whole number")
    return value


def number(arguments: Arguments, name: str) -> Pair:
    """Return an argument that is a number; raise `TypeError` where it is not."""
    value = arguments[name]
    if isinstance(value, bool) or not isinstance(value, int | Fraction):
        raise TypeError(f"the argument {name!r} is {value!r}; give a whole number or a fraction")
    return pair_of(value)


def words(arguments: Arguments, name: str) -> str:
    """Return an argument that is a text; raise `TypeError` where it is not."""
    value = arguments[name]
    if not isinstance(value, str):
        raise TypeError(f"the argument {name!r} is {value!r}; give a text")
    return value

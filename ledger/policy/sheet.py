"""What a fact or a parameter can be: an exact value, known to be missing, or not known.

A sheet is a mapping from fact names to such values; a list holds one sub-sheet per member.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import Enum
from fractions import Fraction
from typing import Literal, NamedTuple, TypeAlias

from ledger.values import Json, plain_number


class Missing(Enum):
    """The two ways in which there is no value."""

    ABSENT = "absent"
    """We know that there is none: no such test is on record, or that route is not in force."""

    UNKNOWN = "unknown"
    """The ledger cannot tell."""

    def __repr__(self) -> str:
        return self.name


ABSENT: Literal[Missing.ABSENT] = Missing.ABSENT
UNKNOWN: Literal[Missing.UNKNOWN] = Missing.UNKNOWN

Scalar: TypeAlias = int | Fraction | bool | str | date
Key: TypeAlias = str | int | bool | date


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of a table: the keys it stands under and its value."""

    keys: tuple[Key, ...]
    value: "Scalar | tuple[str, ...]"


@dataclass(frozen=True, slots=True)
class Table:
    """The value of a parameter that depends on keys, such as a cut per area."""

    entries: tuple[Entry, ...]

    def look_up(self, *keys: object) -> "Scalar | tuple[str, ...] | Missing":
        """Return the value under these keys; ABSENT where the table has none, for that option does not exist."""
        for entry in self.entries:
            if entry.keys == keys:
                return entry.value
        return ABSENT


def table(lines: "Mapping[Key | tuple[Key, ...], Scalar | tuple[str, ...]]") -> Table:
    """Write a table as a mapping from a key, or a tuple of keys, to its value."""
    return Table(tuple(Entry(keys if isinstance(keys, tuple) else (keys,), value) for keys, value in lines.items()))


class Between(NamedTuple):
    """A whole number not known exactly: a count over members some of which are not known."""

    lowest: int | Fraction
    highest: int | Fraction


Value: TypeAlias = Scalar | Missing | tuple[str, ...] | Table | tuple["Sheet", ...]
"""Facts are never tables nor tuples of text; parameters are never lists of sheets."""

Sheet: TypeAlias = Mapping[str, Value]
"""What is known of a learner: the facts of a policy by name, or those of one member of a list."""


def value_data(value: "Value | Between") -> Json:
    """Return the JSON data that stands for a value, with a form of its own for each kind."""
    if isinstance(value, bool | int | str):
        return value
    if isinstance(value, Fraction):
        return {"fraction": [value.numerator, value.denominator]}
    if isinstance(value, date):
        return {"date": value.isoformat()}
    if isinstance(value, Missing):
        return None if value is ABSENT else {"unknown": True}
    if isinstance(value, Between):
        return {"between": [value_data(value.lowest), value_data(value.highest)]}
    if isinstance(value, Table):
        return {"table": [[[value_data(key) for key in line.keys], value_data(line.value)] for line in value.entries]}
    return [_member_data(part) for part in value]


def _member_data(part: "str | Sheet") -> Json:
    if isinstance(part, str):
        return part
    return {name: value_data(value) for name, value in part.items()}


def value_words(value: "Value | Between") -> str:
    """Write a value for people: 84.5, 2026-05-30, yes, "none on record", "not known"."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int | Fraction):
        return plain_number(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Missing):
        return "none on record" if value is ABSENT else "not known"
    return _composite_words(value)


def _composite_words(value: "str | tuple[str, ...] | Table | Between | tuple[Sheet, ...]") -> str:
    if isinstance(value, str):
        return value
    if isinstance(value, Between):
        return f"between {value_words(value.lowest)} and {value_words(value.highest)}"
    if isinstance(value, Table):
        return f"a table of {len(value.entries)} entries"
    texts = [part for part in value if isinstance(part, str)]
    if not value:
        return "none"
    if len(texts) == len(value):
        return ", ".join(texts)
    return "1 entry" if len(value) == 1 else f"{len(value)} entries"

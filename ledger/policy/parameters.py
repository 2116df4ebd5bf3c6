"""Parameters: the dated, cited numbers and tables of a policy, and which value holds when.

Dates of law are bitemporal: on day v as known on day k, of the entries adopted by k that cover v
the latest adopted holds. Both ends of a span are inclusive.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING, TypeAlias

from ledger.policy.citation import Citation, Confidence
from ledger.policy.sheet import ABSENT, UNKNOWN, Missing, Scalar, Sheet, Table, Value

if TYPE_CHECKING:
    from ledger.policy.model import Policy

NONE = ABSENT
"""The value of a parameter that is not in force: that route is shut."""

DECISION = "decision"
"""The clock that reads the day of decision."""

ParameterValue: TypeAlias = Scalar | tuple[str, ...] | Table | Missing


class ParameterType(StrEnum):
    """What kind of value a parameter has."""

    INTEGER = "integer"
    FRACTION = "fraction"
    BOOLEAN = "boolean"
    DATE = "date"
    CHOICE = "choice"
    TEXT = "text"
    NAMES = "names"
    """Several texts: a menu, a list of examinations."""
    TABLE = "table"


class Keep(StrEnum):
    """What a lower level may do with a value set above."""

    EXACT = "exact"
    AT_LEAST = "at_least"
    AT_MOST = "at_most"
    LOCAL = "local"


@dataclass(frozen=True, slots=True)
class DatedValue:
    """A value and the days it holds; a bound of None is open, the value NONE says "not in force".

    `adopted` is the day the value became law, before or after it takes effect.
    """

    first_day: date | None
    last_day: date | None
    value: ParameterValue
    adopted: date
    cites: Citation
    confidence: Confidence = Confidence.MEMORY

    def covers(self, day: date) -> bool:
        """Say whether it speaks about a day."""
        return (self.first_day is None or self.first_day <= day) and (self.last_day is None or day <= self.last_day)


@dataclass(frozen=True, slots=True)
class ParameterDefinition:
    """A named parameter: type, smallest unit, who may change it, which day governs, its dated values.

    `clock` is empty for the policy's own, `decision` for the day of decision, else the name of a
    fact that holds a date, or a year (its first of January). `entries` is the type of a table's
    values and `choices` the closed set of a CHOICE, or of the NAMES a value or an entry may hold.
    """

    name: str
    says: str
    type: ParameterType
    unit: str = ""
    keep: Keep = Keep.EXACT
    clock: str = ""
    values: tuple[DatedValue, ...] = ()
    entries: ParameterType = ParameterType.INTEGER
    choices: tuple[str, ...] = ()


def value_on(definition: ParameterDefinition, day: date, known_on: date | None = None) -> ParameterValue:
    """Return the value on a day, as known on another (None: all entries are known); UNKNOWN for a gap."""
    held: DatedValue | None = None
    for value in definition.values:
        if known_on is not None and value.adopted > known_on:
            continue
        if value.covers(day) and (held is None or held.adopted <= value.adopted):
            held = value
    return UNKNOWN if held is None else held.value


def clock_day(clock: str, on: date, sheet: Sheet) -> date | None:
    """Return the day a clock shows, None where the fact it reads is not known or is no date."""
    if clock == DECISION:
        return on
    value = sheet.get(clock, UNKNOWN)
    if isinstance(value, date):
        return value
    if isinstance(value, int) and not isinstance(value, bool) and date.min.year <= value <= date.max.year:
        return date(value, 1, 1)
    return None


def in_force(
    definition: ParameterDefinition,
    day: date | None,
    overrides: Mapping[str, Value],
    known_on: date | None = None,
) -> Value:
    """Return the value on a day, with the override in its place wherever the parameter is in force.

    A parameter that is NONE on that day stays ABSENT: an override sets a value, it opens no route.
    """
    dated = UNKNOWN if day is None else value_on(definition, day, known_on)
    if definition.name not in overrides or dated is ABSENT:
        return dated
    if day is None and any(value.value is ABSENT for value in definition.values):
        return UNKNOWN
    return overrides[definition.name]


def resolve(
    policy: "Policy",
    on: date,
    sheet: Sheet,
    overrides: Mapping[str, Value] | None = None,
    known_on: date | None = None,
) -> dict[str, Value]:
    """Return the value of every parameter of a policy, each by its own clock.

    A clock that reads a fact of a list's members is UNKNOWN here: it is read member by member.
    """
    given = overrides or {}
    return {
        definition.name: in_force(definition, clock_day(definition.clock or policy.clock, on, sheet), given, known_on)
        for definition in policy.parameters
    }

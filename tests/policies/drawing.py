"""Fact sheets of any policy, drawn near the lines its own rule draws."""

from collections.abc import Iterator
from datetime import date, timedelta
from fractions import Fraction
from functools import cache
from typing import Any

from hypothesis import strategies as st

from ledger.policy import ABSENT, UNKNOWN, FactDefinition, FactType, Policy
from ledger.policy.checks.places import Subject
from ledger.policy.sheet import Table
from ledger.policy.terms import Comparison

STEP = Fraction(1)
OTHER = "something else"


@cache
def numbers(policy: Policy) -> tuple[Fraction, ...]:
    """Return every number the rule compares with, one below and one above it."""
    found = {value for value in _constants(policy) if isinstance(value, int | Fraction) and not isinstance(value, bool)}
    near = {Fraction(value) + step for value in found for step in (-STEP, 0, STEP, STEP / 2)}
    return tuple(sorted({*near, Fraction(0), Fraction(1)}))


@cache
def days(policy: Policy) -> tuple[date, ...]:
    """Return every day the rule or its parameters change on, with the days around it."""
    found = {value for value in _constants(policy) if isinstance(value, date)}
    for definition in policy.parameters:
        found |= {day for value in definition.values for day in (value.first_day, value.last_day) if day}
    near = {day + timedelta(days=step) for day in found for step in (-1, 0, 1)}
    return tuple(sorted({*near, date(2013, 6, 14), date(2026, 5, 30)}))


@cache
def texts(policy: Policy) -> tuple[str, ...]:
    """Return every text the rule or its parameters name, and one they do not."""
    found = {text for value in _constants(policy) for text in _texts_in(value)}
    return (*sorted(found), OTHER)


def _constants(policy: Policy) -> Iterator[Any]:
    for node, _ in Subject(policy).nodes:
        if isinstance(node, Comparison):
            yield from (node.left, *(node.right if isinstance(node.right, tuple) else (node.right,)))
    for definition in policy.parameters:
        for value in definition.values:
            yield value.value
            if isinstance(value.value, Table):
                yield from (part for line in value.value.entries for part in (*line.keys, line.value))


def _texts_in(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple):
        yield from (part for part in value if isinstance(part, str))


def values(policy: Policy, definition: FactDefinition) -> st.SearchStrategy[Any]:
    """Draw a value of a fact, or ABSENT where there may be none."""
    known = _known(policy, definition)
    return st.one_of(known, st.just(ABSENT)) if definition.when_none is ABSENT else known


def _known(policy: Policy, definition: FactDefinition) -> st.SearchStrategy[Any]:
    if definition.type is FactType.LIST:
        return st.lists(sheets(policy, definition.members), max_size=3).map(tuple)
    if definition.type is FactType.INTEGER:
        low = 0 if definition.lowest is None else definition.lowest
        high = 10_000 if definition.highest is None else definition.highest
        return st.sampled_from([int(n) for n in numbers(policy) if n.denominator == 1 and low <= n <= high] or [low])
    drawn: dict[FactType, tuple[Any, ...]] = {
        FactType.FRACTION: numbers(policy),
        FactType.BOOLEAN: (True, False),
        FactType.DATE: days(policy),
        FactType.CHOICE: definition.choices or texts(policy),
        FactType.TEXT: definition.choices or texts(policy),
    }
    return st.sampled_from(drawn[definition.type])


def sheets(policy: Policy, definitions: tuple[FactDefinition, ...] | None = None) -> st.SearchStrategy[dict[str, Any]]:
    """Draw a whole fact sheet."""
    drawn = policy.sheet if definitions is None else definitions
    return st.fixed_dictionaries({definition.name: values(policy, definition) for definition in drawn})


@st.composite
def masked(draw: Any, sheet: dict[str, Any]) -> dict[str, Any]:
    """Hide some facts of a sheet, inside lists as well."""
    hidden: dict[str, Any] = {}
    for name, value in sheet.items():
        whole = tuple(draw(masked(member)) for member in value) if isinstance(value, tuple) else value
        hidden[name] = UNKNOWN if draw(st.integers(0, 3)) == 0 else whole
    return hidden

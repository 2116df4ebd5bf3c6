"""Mistakes in the parameters a rule reads: a value a step off, a name left out, a boundary a day off.

Parameters that facts alone read are left out: a case begins with the facts, so it cannot notice them.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from typing import Any, NamedTuple

from ledger.policy.checks.places import Subject
from ledger.policy.kit.change import Change
from ledger.policy.kit.notation import noted
from ledger.policy.kit.steps import ONE_DAY, is_measured, moved
from ledger.policy.model import Policy
from ledger.policy.parameters import DECISION, DatedValue, ParameterDefinition
from ledger.policy.sheet import Entry, Table, value_words
from ledger.policy.terms import ParamTerm

Parameters = tuple[ParameterDefinition, ...]


class _Other(NamedTuple):
    """A value in place of another, and what is different."""

    value: Any
    what: str


def read_by_the_rule(policy: Policy) -> Parameters:
    """Return the parameters the rule itself reads, grants and level included."""
    names = {node.name for node, _ in Subject(policy).nodes if isinstance(node, ParamTerm)}
    return tuple(definition for definition in policy.parameters if definition.name in names)


def may_hold(policy: Policy, definition: ParameterDefinition, value: DatedValue) -> bool:
    """Say whether a dated value can be in force for a decision of this edition."""
    if (definition.clock or policy.clock) != DECISION:
        return True
    begun = value.first_day is None or policy.until is None or value.first_day <= policy.until
    return begun and (value.last_day is None or policy.effective <= value.last_day)


def label(definition: ParameterDefinition, value: DatedValue) -> str:
    """Write a dated value the way sentences name it: `80 from 2013-06-14`."""
    since = f" from {value.first_day}" if value.first_day and len(definition.values) > 1 else ""
    return f"{noted(value.value)}{since}"


def amounts(policy: Policy) -> Iterator[tuple[Parameters, Change]]:
    """Yield the parameters of a policy with one mistake in them."""
    for definition in read_by_the_rule(policy):
        about = f"param.{definition.name}"
        for values, what in (*_values(policy, definition), *_boundaries(policy, definition)):
            changed = tuple(
                replace(each, values=values) if each.name == definition.name else each for each in policy.parameters
            )
            yield changed, Change(about, what, f"in {about}, {what}")


def _values(policy: Policy, definition: ParameterDefinition) -> Iterator[_Other]:
    for number, dated in enumerate(definition.values):
        if may_hold(policy, definition, dated):
            since = label(definition, dated).removeprefix(noted(dated.value))
            for value, what in _others(dated.value):
                values = list(definition.values)
                values[number] = replace(dated, value=value)
                yield _Other(tuple(values), what.format(since=since))


def _others(value: object) -> Iterator[_Other]:
    """Yield what a value could be by mistake; the words leave room for the day it holds from."""
    if isinstance(value, Table):
        for number, line in enumerate(value.entries):
            yield from _other_lines(value.entries, number, line)
    elif isinstance(value, bool):
        yield _Other(not value, f"{value_words(value)}{{since}} becomes {value_words(not value)}")
    elif is_measured(value):
        for other in moved(value):
            yield _Other(other, f"{value_words(value)}{{since}} becomes {value_words(other)}")
    elif isinstance(value, tuple):
        for name in value:
            yield _Other(tuple(other for other in value if other != name), f"{name}{{since}} is left out")


def _other_lines(entries: Sequence[Entry], number: int, line: Entry) -> Iterator[_Other]:
    keys = ", ".join(value_words(key) for key in line.keys)
    before, after = entries[:number], entries[number + 1 :]
    if isinstance(line.value, str):
        yield _Other(Table((*before, *after)), f"[{keys}]{{since}} is left out")
    for other, what in _others(line.value):
        yield _Other(Table((*before, replace(line, value=other), *after)), f"[{keys}] {what}")


def _boundaries(policy: Policy, definition: ParameterDefinition) -> Iterator[_Other]:
    """Yield the values with a boundary a day earlier and a day later, on both sides of it at once."""
    days = {value.first_day for value in definition.values if value.first_day}
    days |= {value.last_day + ONE_DAY for value in definition.values if value.last_day and value.last_day < date.max}
    for day in sorted(days):
        for step in (-ONE_DAY, ONE_DAY):
            first_touched = min(day, day + step)
            if _is_asked(policy, definition, first_touched):
                values = tuple(_shifted(value, day, day + step) for value in definition.values)
                yield _Other(values, f"{day} becomes {day + step}")


def _is_asked(policy: Policy, definition: ParameterDefinition, day: date) -> bool:
    if (definition.clock or policy.clock) != DECISION:
        return True
    return policy.effective <= day and (policy.until is None or day <= policy.until)


def _shifted(value: DatedValue, day: date, instead: date) -> DatedValue:
    first = instead if value.first_day == day else value.first_day
    last = instead - ONE_DAY if value.last_day == day - ONE_DAY else value.last_day
    return replace(value, first_day=first, last_day=last)

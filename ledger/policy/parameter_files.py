"""The reader of parameter files: dated, cited numbers and tables in TOML beside a rule.

    [score]
    says = "percent correct on an approved test"
    type = "integer"        # integer, fraction, boolean, date, choice, text, names, table
    unit = "percent"
    keep = "exact"          # exact, at_least, at_most, local
    clock = "taken_on"      # empty: the policy's own

    [[score.value]]
    first_day = 2013-06-14  # left out: open; so is last_day
    value = 80              # or none = true: not in force then
    adopted = 2013-06-14    # left out: the first day
    cites = "19 TAC §74.24(c)"
    confidence = "V"        # V, S or M

A table lists its lines: `value = [{keys = ["writing"], value = 3}]`. An exact decimal is text:
"2.5". Nothing is raised one by one: every problem of a file is reported, with its place.
"""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from difflib import get_close_matches
from enum import StrEnum
from typing import Any, TypeVar

from ledger.errors import Problem
from ledger.policy.citation import Citation, Confidence
from ledger.policy.parameter_values import PlainDecimal, Shape, read_value, shown
from ledger.policy.parameters import NONE, DatedValue, Keep, ParameterDefinition, ParameterType, ParameterValue

_DEFINITION = ("says", "type", "unit", "keep", "clock", "entries", "choices", "value")
_VALUE = ("first_day", "last_day", "value", "none", "adopted", "cites", "confidence")
_Choice = TypeVar("_Choice", bound=StrEnum)


@dataclass(slots=True)
class _Reading:
    """One file being read: where we are, and what is wrong so far."""

    file: str
    problems: list[Problem] = field(default_factory=list)

    def refuse(self, where: str, what: str) -> None:
        self.problems.append(Problem(self.file, "", where, what))


@dataclass(frozen=True, slots=True)
class ParameterFile:
    """What a parameter file holds: its sound definitions, the names of all, and every problem found."""

    definitions: tuple[ParameterDefinition, ...]
    names: tuple[str, ...]
    problems: tuple[Problem, ...]


def parameters_from_toml(text: str, file: str) -> ParameterFile:
    """Read a parameter file; `file` is the name its problems give.

    Definitions come in order of name; one with a problem is left out.
    """
    reading = _Reading(file)
    try:
        tables = tomllib.loads(text, parse_float=PlainDecimal)
    except tomllib.TOMLDecodeError as error:
        reading.refuse("", f"is not TOML: {error}")
        return ParameterFile((), (), tuple(reading.problems))
    found = [_definition(reading, name, tables[name]) for name in sorted(tables)]
    sound = tuple(definition for definition in found if definition)
    return ParameterFile(sound, tuple(sorted(tables)), tuple(reading.problems))


def _definition(reading: _Reading, name: str, raw: object) -> ParameterDefinition | None:
    before = len(reading.problems)
    if not isinstance(raw, Mapping):
        reading.refuse(name, f"is not a parameter: write [{name}] and its keys below it")
        return None
    _refuse_unknown_keys(reading, name, raw, _DEFINITION)
    says = _text(reading, name, raw, "says", needed=True)
    kind = _choice(reading, name, raw, "type", ParameterType, None)
    keep = _choice(reading, name, raw, "keep", Keep, Keep.EXACT)
    entries = _choice(reading, name, raw, "entries", ParameterType, ParameterType.INTEGER)
    unit, clock = _text(reading, name, raw, "unit"), _text(reading, name, raw, "clock")
    if kind is None or entries is None:
        return None
    shape = Shape(kind, entries, _texts(reading, name, raw.get("choices", [])))
    values = _values(reading, name, raw.get("value", []), shape)
    if keep is None or len(reading.problems) > before:
        return None
    return ParameterDefinition(name, says, kind, unit, keep, clock, values, entries, shape.choices)


def _refuse_unknown_keys(reading: _Reading, where: str, raw: Mapping[str, Any], allowed: Sequence[str]) -> None:
    for key in raw:
        if key not in allowed:
            near = get_close_matches(key, allowed, 1)
            hint = f"did you mean {near[0]!r}?" if near else f"allowed are {', '.join(allowed)}"
            reading.refuse(where, f"{key!r} is not a key here ({hint})")


def _text(reading: _Reading, where: str, raw: Mapping[str, Any], key: str, *, needed: bool = False) -> str:
    value = raw.get(key, "")
    if not isinstance(value, str) or isinstance(value, PlainDecimal):
        reading.refuse(where, f"{key} is not a text in quotation marks")
    elif needed and not value.strip():
        reading.refuse(where, f"{key} is missing")
    else:
        return value
    return ""


def _texts(reading: _Reading, where: str, raw: object) -> tuple[str, ...]:
    if isinstance(raw, list) and all(isinstance(part, str) and not isinstance(part, PlainDecimal) for part in raw):
        return tuple(raw)
    reading.refuse(where, f"{shown(raw)} is not a list of texts")
    return ()


def _choice(
    reading: _Reading, where: str, raw: Mapping[str, Any], key: str, kind: type[_Choice], default: _Choice | None
) -> _Choice | None:
    value = raw.get(key, default)
    allowed = [choice.value for choice in kind]
    if value is None:
        reading.refuse(where, f"{key} is missing: one of {', '.join(allowed)}")
        return None
    if value not in allowed:
        near = get_close_matches(str(value), allowed, 1)
        hint = f" (did you mean {near[0]!r}?)" if near else ""
        reading.refuse(where, f"{key} {shown(value)} is not one of {', '.join(allowed)}{hint}")
        return None
    return kind(value)


def _values(reading: _Reading, name: str, raw: object, shape: Shape) -> tuple[DatedValue, ...]:
    if not isinstance(raw, list) or not raw or not all(isinstance(part, Mapping) for part in raw):
        reading.refuse(name, f"has no value: write [[{name}.value]]")
        return ()
    found = [_dated_value(reading, f"{name}, value {place}", part, shape) for place, part in enumerate(raw, 1)]
    return tuple(value for value in found if value)


def _dated_value(reading: _Reading, where: str, raw: Mapping[str, Any], shape: Shape) -> DatedValue | None:
    before = len(reading.problems)
    _refuse_unknown_keys(reading, where, raw, _VALUE)
    first, last, adopted = (_day(reading, where, raw, key) for key in ("first_day", "last_day", "adopted"))
    if first and last and last < first:
        reading.refuse(where, f"ends on {last} before it begins on {first}")
    cites = _text(reading, where, raw, "cites")
    if not cites.strip():
        reading.refuse(where, "a citation is missing: say in `cites` where this value comes from")
    confidence = _choice(reading, where, raw, "confidence", Confidence, None)
    value = _value_or_none(reading, where, raw, shape)
    if len(reading.problems) > before or value is None or confidence is None:
        return None
    source = Citation(cites, confidence=confidence)
    return DatedValue(first, last, value, adopted or first or date.min, source, confidence)


def _day(reading: _Reading, where: str, raw: Mapping[str, Any], key: str) -> date | None:
    value = raw.get(key)
    if value is None or (isinstance(value, date) and not isinstance(value, datetime)):
        return value
    reading.refuse(where, f"{key} {shown(value)} is not a day such as 2013-06-14, without quotation marks")
    return None


def _value_or_none(reading: _Reading, where: str, raw: Mapping[str, Any], shape: Shape) -> "ParameterValue | None":
    if ("value" in raw) == ("none" in raw):
        reading.refuse(where, "needs either a value, or none = true where the rule had no such route")
        return None
    if "none" in raw:
        if raw["none"] is not True:
            reading.refuse(where, "none is either true or left out")
        return NONE
    try:
        return read_value(raw["value"], shape)
    except ValueError as error:
        reading.refuse(where, str(error))
        return None

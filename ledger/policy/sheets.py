"""Fact sheets written as plain data, in a case file or a JSON file, and the schema of such a sheet.

A number is whole, or an exact decimal as text ("2.5"); a day is a date or its text; null and "absent"
say that there is none, "unknown" that nobody can tell; a list holds an object for each member.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from difflib import get_close_matches
from fractions import Fraction
from typing import Any

from ledger.policy.facts import FactDefinition, FactType
from ledger.policy.model import Policy
from ledger.policy.sheet import ABSENT, UNKNOWN, Missing, Value, value_data
from ledger.values import Json, decimal_text, exact


def sheet_from_data(policy: Policy, raw: Mapping[str, Any]) -> tuple[dict[str, Value], tuple[str, ...]]:
    """Read a fact sheet of a policy; return it, and a sentence for everything that is wrong with it."""
    problems: list[str] = []
    return _sheet(policy.sheet, raw, "", problems), tuple(problems)


def _sheet(
    definitions: Sequence[FactDefinition], raw: Mapping[str, Any], place: str, problems: list[str]
) -> dict[str, Value]:
    known = {definition.name: definition for definition in definitions}
    found: dict[str, Value] = {}
    for name, part in raw.items():
        if name not in known:
            near = get_close_matches(name, known, 1)
            hint = f"did you mean {near[0]!r}?" if near else f"there are {', '.join(known)}"
            problems.append(f"{place}{name} is no fact of this policy ({hint}).")
        else:
            found[name] = _value(known[name], part, f"{place}{name}", problems)
    return found


def _value(definition: FactDefinition, raw: object, place: str, problems: list[str]) -> Value:
    if (missing := _missing(raw)) is not None:
        return missing
    if definition.type is FactType.LIST:
        return _list(definition, raw, place, problems)
    try:
        value: Value = _READERS[definition.type](definition, raw)
    except ValueError as error:
        problems.append(f"{place}: {error}.")
        return UNKNOWN
    return value


def _missing(raw: object) -> Missing | None:
    if raw is None or raw == "absent" or raw == {"absent": True}:
        return ABSENT
    return UNKNOWN if raw in ("unknown", {"unknown": True}) else None


def _list(definition: FactDefinition, raw: object, place: str, problems: list[str]) -> Value:
    if not isinstance(raw, list | tuple) or not all(isinstance(member, Mapping) for member in raw):
        problems.append(f"{place}: {raw!r} is not a list of objects, one for each member.")
        return UNKNOWN
    members = enumerate(raw, 1)
    return tuple(_sheet(definition.members, member, f"{place}[{number}].", problems) for number, member in members)


def _integer(definition: FactDefinition, raw: object) -> int:
    if not isinstance(raw, int) or isinstance(raw, bool):
        raise ValueError(f"{raw!r} is not a whole number")
    return raw


def _fraction(definition: FactDefinition, raw: object) -> Fraction:
    if isinstance(raw, str):
        return exact(decimal_text(raw))
    if isinstance(raw, Mapping) and set(raw) == {"fraction"}:
        try:
            return Fraction(*raw["fraction"])
        except (TypeError, ArithmeticError):
            raise ValueError(f"{raw!r} is not a numerator and a denominator") from None
    return Fraction(_integer(definition, raw))


def _boolean(definition: FactDefinition, raw: object) -> bool:
    if not isinstance(raw, bool):
        raise ValueError(f"{raw!r} is neither true nor false")
    return raw


def _date(definition: FactDefinition, raw: object) -> date:
    text = raw["date"] if isinstance(raw, Mapping) and set(raw) == {"date"} else raw
    if isinstance(text, date) and not isinstance(text, datetime):
        return text
    try:
        if isinstance(text, str) and len(text) == len("2026-05-30"):
            return date.fromisoformat(text)
    except ValueError:
        pass
    raise ValueError(f"{raw!r} is not a day such as 2026-05-30")


def _text(definition: FactDefinition, raw: object) -> str:
    if not isinstance(raw, str):
        raise ValueError(f"{raw!r} is not a text")
    if definition.choices and raw not in definition.choices:
        raise ValueError(f"{raw!r} is not one of {', '.join(definition.choices)}")
    return raw


_READERS: Mapping[FactType, Callable[[FactDefinition, object], Any]] = {
    FactType.INTEGER: _integer,
    FactType.FRACTION: _fraction,
    FactType.BOOLEAN: _boolean,
    FactType.DATE: _date,
    FactType.CHOICE: _text,
    FactType.TEXT: _text,
}


def sheet_schema(policy: Policy) -> dict[str, Json]:
    """Describe a policy's fact sheet as a JSON Schema (2020-12) of the form `sheet_from_data` reads."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": f"Facts of {policy.edition}",
        "type": "object",
        "additionalProperties": False,
        "properties": {definition.name: _schema(definition) for definition in policy.sheet},
    }


def _schema(definition: FactDefinition) -> Json:
    found: dict[str, Json] = {
        "description": definition.says + (f" ({definition.unit})" if definition.unit else ""),
        "anyOf": [_plain_schema(definition), {"enum": [None, "absent", "unknown"]}],
        "default": value_data(definition.when_none),
    }
    return found


def _plain_schema(definition: FactDefinition) -> Json:
    if definition.type is FactType.LIST:
        members = {member.name: _schema(member) for member in definition.members}
        items: Json = {"type": "object", "additionalProperties": False, "properties": members}
        return {"type": "array", "items": items}
    if definition.type is FactType.INTEGER:
        bounds = {"minimum": definition.lowest, "maximum": definition.highest}
        return {"type": "integer", **{key: bound for key, bound in bounds.items() if bound is not None}}
    if definition.choices:
        return {"enum": list(definition.choices)}
    return _PLAIN[definition.type]


_PLAIN: Mapping[FactType, Json] = {
    FactType.FRACTION: {
        "anyOf": [{"type": "integer"}, {"type": "string", "pattern": r"^-?\d+(\.\d+)?$"}],
    },
    FactType.BOOLEAN: {"type": "boolean"},
    FactType.DATE: {"type": "string", "format": "date"},
    FactType.CHOICE: {"type": "string"},
    FactType.TEXT: {"type": "string"},
}

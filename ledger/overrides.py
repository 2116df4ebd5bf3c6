"""What a lower level may change of a policy's parameters, and how it is written."""

import re
from collections.abc import Callable, Mapping
from datetime import date
from fractions import Fraction

from ledger.errors import Problem
from ledger.policy.model import Policy
from ledger.policy.parameters import Keep, ParameterDefinition, ParameterType, value_on
from ledger.policy.sheet import ABSENT, Missing, Value, value_words
from ledger.values import decimal_text

FORMS: Mapping[ParameterType, str] = {
    ParameterType.INTEGER: "a whole number",
    ParameterType.FRACTION: "a plain decimal such as 2.5",
    ParameterType.BOOLEAN: "yes or no",
    ParameterType.DATE: "a date such as 2026-05-30",
    ParameterType.CHOICE: "one of its choices",
    ParameterType.TEXT: "text",
    ParameterType.NAMES: "names separated by commas",
    ParameterType.TABLE: "set in the policy's own file only",
}


_WHOLE = re.compile(r"[+-]?[0-9]{1,15}")


def _integer(text: str) -> int:
    if not _WHOLE.fullmatch(text):
        raise ValueError(text)
    return int(text)


def _boolean(text: str) -> bool:
    return {"yes": True, "true": True, "no": False, "false": False}[text.lower()]


def _names(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split(",") if part.strip())


_READERS: Mapping[ParameterType, Callable[[str], Value]] = {
    ParameterType.INTEGER: _integer,
    ParameterType.FRACTION: lambda text: Fraction(decimal_text(text)),
    ParameterType.BOOLEAN: _boolean,
    ParameterType.DATE: date.fromisoformat,
    ParameterType.CHOICE: str,
    ParameterType.TEXT: str,
    ParameterType.NAMES: _names,
}


def read_overrides(policy: Policy, given: Mapping[str, str], first_day: date) -> tuple[dict[str, Value], list[Problem]]:
    """Read overrides written as text; return the values, and every problem of any of them.

    An override must name a parameter, have its type, and stay on the side of the law its `keep`
    says, for every dated value in force on or after `first_day`.
    """
    definitions = {definition.name: definition for definition in policy.parameters}
    values: dict[str, Value] = {}
    problems: list[Problem] = []
    for name, text in given.items():
        what = _problem(definitions, name, text, values)
        if what is None:
            what = _outside(definitions[name], values[name], first_day)
        if what is not None:
            problems.append(Problem("", policy.edition, f"param.{name}", what))
    return values, problems


def _problem(
    definitions: Mapping[str, ParameterDefinition], name: str, text: str, values: dict[str, Value]
) -> str | None:
    if name not in definitions:
        return f"there is no such parameter; there are {', '.join(sorted(definitions)) or 'none'}"
    definition = definitions[name]
    reader = _READERS.get(definition.type)
    try:
        if reader is None:
            raise ValueError
        values[name] = reader(text.strip())
    except (ValueError, KeyError):
        return f"{text!r} does not fit; it is {FORMS[definition.type]}"
    return _not_a_choice(definition, values[name])


def _not_a_choice(definition: ParameterDefinition, value: Value) -> str | None:
    chosen = value if isinstance(value, tuple) else (value,)
    if definition.choices and (wrong := [one for one in chosen if one not in definition.choices]):
        return f"{wrong[0]!r} is not one of {', '.join(definition.choices)}"
    return None


def _outside(definition: ParameterDefinition, value: Value, first_day: date) -> str | None:
    held = [dated.value for dated in definition.values if dated.last_day is None or dated.last_day >= first_day]
    if held and all(value_in_law is ABSENT for value_in_law in held):
        return "it is not in force from that day on; a local value sets a number, it opens no route"
    if definition.keep is Keep.LOCAL:
        return None
    for day in sorted({first_day, *(dated.first_day or first_day for dated in definition.values)}):
        law = value_on(definition, day) if day >= first_day else ABSENT
        if not isinstance(law, Missing) and not _kept(definition.keep, value, law):
            cites = next(dated.cites for dated in definition.values if dated.covers(day) and dated.value == law)
            return (
                f"{value_words(value)} is not allowed: the law sets {value_words(law)} (on {day}, {cites}), "
                f"and a lower level may {_ALLOWED[definition.keep]}"
            )
    return None


_ALLOWED: Mapping[Keep, str] = {
    Keep.EXACT: "not change it",
    Keep.AT_LEAST: "only raise it",
    Keep.AT_MOST: "only lower it",
}


def _kept(keep: Keep, value: Value, law: Value) -> bool:
    if isinstance(value, tuple) and isinstance(law, tuple):
        wider, narrower = set(map(str, value)) >= set(map(str, law)), set(map(str, value)) <= set(map(str, law))
        return {Keep.EXACT: wider and narrower, Keep.AT_LEAST: wider, Keep.AT_MOST: narrower}[keep]
    if isinstance(value, int | Fraction | date) and type(value) is type(law) and not isinstance(value, bool):
        return {Keep.EXACT: value == law, Keep.AT_LEAST: value >= law, Keep.AT_MOST: value <= law}[keep]  # type: ignore[operator]
    return value == law

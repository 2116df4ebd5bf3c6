"""What a lower level may change of a policy's parameters, and how it is written."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction

from ledger.errors import Problem
from ledger.policy.analysis.overriding import shown_against
from ledger.policy.model import Policy
from ledger.policy.parameters import DECISION, Keep, ParameterDefinition, ParameterType, value_on
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
    says, for every dated value in force on or after `first_day`, or at any time where a fact dates it.
    A refusal by `keep` names a learner whom the law and the local value treat otherwise, where one is found.
    """
    definitions = {definition.name: definition for definition in policy.parameters}
    values: dict[str, Value] = {}
    found: dict[str, str | date] = {}
    for name, text in given.items():
        what: str | date | None = _problem(definitions, name, text, values)
        if what is None:
            what = _outside(policy, definitions[name], values[name], first_day)
        if what is not None:
            found[name] = what
    kept = {name: value for name, value in values.items() if name not in found}
    refused = _Refused(policy, definitions, values, kept, first_day)
    said = {name: what if isinstance(what, str) else refused.by_law(name, what) for name, what in found.items()}
    return values, [Problem("", policy.edition, f"param.{name}", what) for name, what in said.items()]


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


def _outside(policy: Policy, definition: ParameterDefinition, value: Value, first_day: date) -> str | date | None:
    """Return what is wrong with a value, or the first day on which it does not keep to the law.

    A value dated by a fact counts from the beginning: what happened before the adoption is decided by it too.
    """
    held = [dated.value for dated in definition.values if dated.last_day is None or dated.last_day >= first_day]
    if held and all(value_in_law is ABSENT for value_in_law in held):
        return "it is not in force from that day on; a local value sets a number, it opens no route"
    if definition.keep is Keep.LOCAL:
        return None
    by_fact = (definition.clock or policy.clock) != DECISION
    days = [day for day in _turns(definition) if by_fact or day > first_day]
    for day in (first_day, *sorted(days, key=lambda day: (day < first_day, day))):
        law = value_on(definition, day)
        if not isinstance(law, Missing) and not _kept(definition.keep, value, law):
            return day
    return None


def _turns(definition: ParameterDefinition) -> Iterator[date]:
    """Yield a day of every stretch in which one value holds: where one begins or has ended, the last of the first."""
    for dated in definition.values:
        if dated.first_day is not None or dated.last_day is not None:
            yield dated.first_day or dated.last_day or date.max
        if dated.last_day is not None and dated.last_day < date.max:
            yield dated.last_day + timedelta(days=1)


@dataclass(frozen=True, slots=True)
class _Refused:
    """Values that do not keep to the law, beside those that do."""

    policy: Policy
    definitions: Mapping[str, ParameterDefinition]
    values: Mapping[str, Value]
    kept: Mapping[str, Value]
    first_day: date

    def by_law(self, name: str, day: date) -> str:
        """Say what the law sets on a day, what a lower level may do, and whom the value would treat otherwise."""
        definition, value = self.definitions[name], self.values[name]
        law = value_on(definition, day)
        cites = next(dated.cites for dated in definition.values if dated.covers(day) and dated.value == law)
        shown = shown_against(self.policy, name, value, self.kept, max(day, self.first_day))
        example = f"; {shown.sentence}" if shown is not None else ""
        return (
            f"{value_words(value)} is not allowed: the law sets {value_words(law)} (on {day}, {cites}), "
            f"and a lower level may {_ALLOWED[definition.keep]}{example}"
        )


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

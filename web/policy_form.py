"""The part of a form that is generated from a policy: a marshmallow schema with a field for each value one may set.

A field left blank leaves the value to the rule. What a person may set and what fits is said by
`ledger.overrides` alone; the schema asks it, field by field, and this module lays the answer out.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from marshmallow import RAISE, Schema, ValidationError, fields

from ledger.inquiry.leaning import lean_of
from ledger.overrides import FORMS, read_overrides
from ledger.policy.citation import Confidence
from ledger.policy.layout import KEEPS
from ledger.policy.model import Policy
from ledger.policy.parameters import Keep, ParameterDefinition, ParameterType, value_on
from ledger.policy.sheet import Missing, Value, value_words
from ledger.policy.wording import said_value
from web.fields import LONGEST_LINE

PREFIX = "param."
"""What the name of a parameter's input begins with, so that it meets no other field of the form."""

MAY: Mapping[Keep, str] = {
    Keep.AT_LEAST: "You may only raise it.",
    Keep.AT_MOST: "You may only lower it.",
    Keep.LOCAL: "Yours to set.",
}
WIDGETS: Mapping[ParameterType, str] = {
    ParameterType.INTEGER: "whole",
    ParameterType.BOOLEAN: "choice",
    ParameterType.CHOICE: "choice",
    ParameterType.DATE: "date",
}
YES_OR_NO = ("yes", "no")
RISKS: Mapping[str, str] = {
    "more asks more": "a lower value lowers the bar",
    "more asks less": "a higher value lowers the bar",
}
"""What is said of a value by which way it leans."""


class Written(fields.Field[Value]):
    """A value of one parameter, as it is written for people; loads what it dumps."""

    def __init__(self, policy: Policy, definition: ParameterDefinition, first_day: date) -> None:
        super().__init__(metadata={"title": definition.says, "unit": definition.unit, "keep": definition.keep.value})
        self.policy = policy
        self.definition = definition
        self.first_day = first_day

    def _serialize(self, value: Value | None, attr: str | None, obj: Any, **kwargs: Any) -> str | None:
        return None if value is None else written(value)

    def _deserialize(self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any) -> Value:
        if not isinstance(value, str):
            raise ValidationError(f"{value!r} does not fit; it is {FORMS[self.definition.type]}")
        if len(value) > LONGEST_LINE:
            raise ValidationError(f"It has {len(value):,} characters; at most {LONGEST_LINE} fit.")
        values, problems = read_overrides(self.policy, {self.definition.name: value}, self.first_day)
        if problems:
            raise ValidationError(problems[0].what)
        return values[self.definition.name]


def written(value: Value) -> str:
    """Write a value so that it can be read back: names with commas between them, anything else as everywhere."""
    return ", ".join(map(str, value)) if isinstance(value, tuple) else value_words(value)


def parameter_schema(policy: Policy, first_day: date) -> Schema:
    """Return the schema of what a lower level may set of a policy that binds from a day on."""
    found = {one.name: Written(policy, one, first_day) for one in policy.parameters if why_fixed(one, first_day) == ""}
    return Schema.from_dict(found, name=f"Parameters of {policy.edition}")(unknown=RAISE)  # type: ignore[arg-type]


def why_fixed(definition: ParameterDefinition, first_day: date) -> str:
    """Return why nobody below may set a value, empty where somebody may."""
    if definition.keep is Keep.EXACT:
        return f"{KEEPS['exact'].capitalize()}."
    if definition.type is ParameterType.TABLE:
        return "It is a table, which is set in the policy's own file only."
    held = [one.value for one in definition.values if one.last_day is None or one.last_day >= first_day]
    if held and all(isinstance(value, Missing) for value in held):
        return "It is not in force from that day on; a local value opens no route."
    return ""


@dataclass(frozen=True, slots=True)
class ReadParameters:
    """What was typed into the parameters: the values left blank aside, as text; and what is wrong, by parameter."""

    given: dict[str, str]
    problems: dict[str, str]


def read_parameters(policy: Policy, form: Mapping[str, str], first_day: date) -> ReadParameters:
    """Read the parameters of a form, all of them at once; nothing is raised.

    A value that nobody here may change is read all the same: what refuses it names a learner for whom it would matter.
    """
    prefixed = {name.removeprefix(PREFIX): text.strip() for name, text in form.items() if name.startswith(PREFIX)}
    given = {name: text for name, text in prefixed.items() if text}
    problems = parameter_schema(policy, first_day).validate(given)
    fixed = {one.name for one in policy.parameters if why_fixed(one, first_day)}
    return ReadParameters(given, {str(name): str(said[0]) for name, said in problems.items() if name not in fixed})


@dataclass(frozen=True, slots=True)
class ParameterField:
    """One parameter on a page: its input, or why it has none (`fixed`).

    `rule` is the rule's own value on the first day, `now` what holds under the adoption in force, empty
    where that has no such parameter; `typed` what a person wrote, `problem` what is wrong with it; `lean`
    whether more of it asks more of a learner, or less.
    """

    name: str
    says: str
    unit: str
    rule: str
    now: str
    may: str
    fixed: str
    cites: str
    confidence: str
    widget: str
    choices: tuple[str, ...]
    form: str
    typed: str
    problem: str
    lean: str = ""

    @property
    def risk(self) -> str:
        """Say which way of changing the value lowers the bar, empty where the rule's form does not show it."""
        return RISKS.get(self.lean, "")

    @property
    def input(self) -> str:
        """Return the name of the input."""
        return PREFIX + self.name


def parameter_fields(
    policy: Policy,
    first_day: date,
    typed: Mapping[str, str],
    problems: Mapping[str, str],
    now: Mapping[str, Value],
) -> tuple[ParameterField, ...]:
    """Return the parameters of a policy as fields, those that one may set first."""
    found = [
        replace(_field(one, first_day, typed, problems, now), lean=lean_of(policy, one.name))
        for one in policy.parameters
    ]
    return tuple(sorted(found, key=lambda one: bool(one.fixed)))


def _field(
    definition: ParameterDefinition,
    first_day: date,
    typed: Mapping[str, str],
    problems: Mapping[str, str],
    now: Mapping[str, Value],
) -> ParameterField:
    name, fixed = definition.name, why_fixed(definition, first_day)
    cites, confidence = _source(definition, first_day)
    return ParameterField(
        name=name,
        says=definition.says,
        unit="" if definition.unit == name else definition.unit,
        rule=in_words(value_on(definition, first_day)),
        now=in_words(now[name]) if name in now else "",
        may="" if fixed else MAY[definition.keep],
        fixed=fixed,
        cites=cites,
        confidence=confidence,
        widget=WIDGETS.get(definition.type, "text"),
        choices=YES_OR_NO if definition.type is ParameterType.BOOLEAN else definition.choices,
        form=FORMS[definition.type],
        typed=typed.get(name, ""),
        problem=problems.get(name, ""),
    )


def in_words(value: Value) -> str:
    """Write a value for people; one that is missing is not in force, or not known."""
    if isinstance(value, Missing):
        return "not in force" if value is Missing.ABSENT else "no value"
    return said_value(value)


def _source(definition: ParameterDefinition, day: date) -> tuple[str, str]:
    held = [one for one in definition.values if one.covers(day)]
    if not held:
        return "", Confidence.MEMORY.value
    latest = max(held, key=lambda one: one.adopted)
    return str(latest.cites), latest.confidence.value

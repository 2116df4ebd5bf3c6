"""The form that proposes a change: what its fields are, what was typed, and what is wrong with it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType
from typing import Any

from marshmallow import EXCLUDE, Schema
from marshmallow.validate import OneOf

from ledger.domain.jurisdiction import Binding
from ledger.domain.shapes import Authority
from ledger.errors import Problem
from ledger.policy.model import Policy
from web.fields import Codes, Day, Line, Link, Text, Ticked, Year, typed
from web.policy_form import PREFIX, ReadParameters, read_parameters

CLOCKS = {
    "decision": "Everybody, in every decision from the first day on",
    "evidence": "Those whose first evidence about it is dated in these days",
    "course": "Those who begin the course in these days",
    "cohort": "An entering or graduating class",
}
"""Whom a change may bind, by the clock of the binding."""

LABELS = MappingProxyType(
    {
        "jurisdiction": "Whose rule it becomes",
        "subjects": "For which subjects",
        "scale": "Scale of the levels",
        "clock": "Whom it binds",
        "since": "From this day",
        "until": "To this day",
        "cohort": "Clock of the class",
        "first_class": "First year",
        "last_class": "Last year",
        "organisations": "Only in these schools",
        "grades": "Only in these grades",
        "courses": "Only in these courses",
        "first_day": "First day",
        "last_day": "Last day",
        "emergency": "Emergency",
        "confirm_by": "To be confirmed by",
        "body": "Body that decides",
        "dated": "Day of the minute",
        "minute": "Number of the minute",
        "link": "Where the minute can be read",
        "reason": "Reason",
        "acknowledge": "What nobody has verified",
        "attested": "Why it keeps within the bounds",
        "capacity": "In what capacity",
    }
)
"""What each field is called, on the page and in the list of what is wrong."""

_SAID = {"required": "It is missing."}
_REQUIRED: dict[str, Any] = {"required": True, "error_messages": _SAID}


class ChangeSchema(Schema):
    """What a change says beside its parameters; what is left blank is not there."""

    class Meta:
        """Tokens and parameters are read elsewhere."""

        unknown = EXCLUDE

    jurisdiction = Line()
    subjects = Codes()
    scale = Line()
    clock = Line(validate=OneOf(tuple(CLOCKS), error="It is none of those offered."))
    since, until = Day(), Day()
    cohort = Line()
    first_class, last_class = Year(), Year()
    organisations, grades, courses = Codes(), Codes(), Codes()
    first_day, last_day = Day(**_REQUIRED), Day()
    emergency, confirm_by = Ticked(), Day()
    body = Line(**_REQUIRED)
    dated, minute, link = Day(), Line(), Link()
    reason = Text(**_REQUIRED)
    acknowledge = Ticked()
    attested, capacity = Text(), Line()


class EndingSchema(Schema):
    """What the end of an adoption says."""

    class Meta:
        """The token is read elsewhere."""

        unknown = EXCLUDE

    first_day = Day(**_REQUIRED)
    emergency, confirm_by = Ticked(), Day()
    body = Line(**_REQUIRED)
    dated, minute, link = Day(), Line(), Link()
    reason = Text(**_REQUIRED)


@dataclass(frozen=True, slots=True)
class Filled:
    """A form as a person filled it in: what was typed, what it says, and what is wrong.

    `typed` holds every field as text, `loaded` what fits, by name; `problems` are sentences by the name
    of the input; `general` belong to no one field.
    """

    typed: Mapping[str, str] = field(default_factory=dict)
    loaded: Mapping[str, Any] = field(default_factory=dict)
    parameters: ReadParameters = field(default_factory=lambda: ReadParameters({}, {}))
    problems: Mapping[str, str] = field(default_factory=dict)
    general: tuple[str, ...] = ()

    @property
    def fits(self) -> bool:
        """Say whether nothing is wrong."""
        return not self.problems and not self.general

    def __getitem__(self, name: str) -> Any:
        """Return what a field says, nothing where it was left blank."""
        return self.loaded.get(name)

    @property
    def authority(self) -> Authority:
        """Return the body that decides, and its minute."""
        dated = self["dated"]
        return Authority(
            body=self["body"], date=dated.isoformat() if dated else None, minute=self["minute"], link=self["link"]
        )

    @property
    def binding(self) -> Binding | None:
        """Return whom the change binds, nothing where it binds everybody."""
        since, until = self["since"], self["until"]
        found = Binding(
            clock=self["clock"] or "decision",
            since=since.isoformat() if since else None,
            until=until.isoformat() if until else None,
            cohort=self["cohort"],
            first_class=self["first_class"],
            last_class=self["last_class"],
            organisations=self["organisations"],
            grades=self["grades"],
            courses=self["courses"],
        )
        return None if found == Binding() else found


def read_change(form: Mapping[str, str], policy: Policy, today: date) -> Filled:
    """Read a form that proposes to adopt a policy; nothing is raised, everything wrong is collected."""
    given = typed(form)
    filled = _read(ChangeSchema(), given)
    parameters = read_parameters(policy, given, filled["first_day"] or today)
    wrong = {PREFIX + name: said for name, said in parameters.problems.items()}
    return Filled(given, filled.loaded, parameters, {**filled.problems, **wrong})


def read_ending(form: Mapping[str, str]) -> Filled:
    """Read a form that proposes to end an adoption."""
    return _read(EndingSchema(), typed(form))


def _read(schema: Schema, given: Mapping[str, str]) -> Filled:
    wrong = schema.validate(given)
    said = {str(name): str(sentences[0]) for name, sentences in wrong.items()}
    loaded = schema.load({name: text for name, text in given.items() if name not in said}, partial=True)
    return Filled(given, loaded, problems=said)


PLACES = {
    "from": "first_day",
    "until": "last_day",
    "scale": "scale",
    "binding": "clock",
    "organisations": "organisations",
    "jurisdiction": "jurisdiction",
    "subjects": "subjects",
    "confidence": "acknowledge",
}
"""The field that a problem of the ledger is about, by where the ledger says it is."""

INSTEAD = {
    "confidence": "It rests on something nobody has verified; tick this to propose it all the same.",
}
"""What is said on a page where the ledger's own words speak of the command line."""


BY_COMMAND = "; let a named person answer for it with --attested-by and --attested"
"""How the ledger ends the sentence about a bound that nobody can prove a rule keeps within."""


def with_problems(filled: Filled, problems: tuple[Problem, ...]) -> Filled:
    """Return a form with what the ledger found wrong, each beside its field."""
    beside, general = dict(filled.problems), list(filled.general)
    for one in problems:
        place = one.where if one.where.startswith(PREFIX) else PLACES.get(one.where)
        said = INSTEAD.get(one.where, one.what)
        if said.endswith(BY_COMMAND):
            place, said = "attested", f"{one.where}: {said.removesuffix(BY_COMMAND)}; say here why it does"
        if place is None:
            general.append(f"{one.where}: {said}" if one.where else said)
        else:
            beside.setdefault(place, said)
    return Filled(filled.typed, filled.loaded, filled.parameters, beside, tuple(general))

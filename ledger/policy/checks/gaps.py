"""Gaps: days on which a parameter has no value, neither a number nor `none`."""

from collections.abc import Iterator
from datetime import date, timedelta

from ledger.errors import Problem
from ledger.policy.checks.places import Subject
from ledger.policy.facts import FactType
from ledger.policy.parameters import DECISION, DatedValue, ParameterDefinition
from ledger.policy.rules import AllOf, Clause, Rule
from ledger.policy.terms import Comparison, FactTerm, Operator, ParamTerm

_ADVICE = "Add an entry, write `none` if the route did not exist, or narrow `applies`."
_ONE_DAY = timedelta(days=1)

Span = tuple[date, date]
"""The first and the last day of a gap; the ends of the calendar stand for open ends."""


def parameter_gaps(subject: Subject) -> Iterator[Problem]:
    """Find the days on which a policy may need a parameter that has no value."""
    for definition in subject.policy.parameters:
        clock = definition.clock or subject.policy.clock
        needed = _needed(subject, clock)
        for gap in _gaps(definition.values, needed):
            what = f"param.{definition.name} has no value for {_when(subject, clock, gap, needed)}. {_ADVICE}"
            yield subject.problem("", what)


def _needed(subject: Subject, clock: str) -> Span:
    policy = subject.policy
    if clock == DECISION:
        return policy.effective, policy.until or date.max
    return _lowest(subject, policy.applies, clock), date.max


def _lowest(subject: Subject, rule: Rule, clock: str) -> date:
    """Return the first day of a clock that `applies` lets through."""
    if isinstance(rule, Clause):
        return _lowest(subject, rule.test, clock)
    if isinstance(rule, AllOf):
        return max(_lowest(subject, part, clock) for part in rule.parts)
    if isinstance(rule, Comparison) and rule.left == FactTerm(clock) and rule.operator is Operator.AT_LEAST:
        return min((_as_day(value) for value in _constants(subject, rule.right)), default=date.min)
    return date.min


def _constants(subject: Subject, term: object) -> list[object]:
    if isinstance(term, ParamTerm):
        definition: ParameterDefinition | None = subject.parameters.get(term.name)
        return [value.value for value in definition.values] if definition else []
    return [term]


def _as_day(value: object) -> date:
    if isinstance(value, date):
        return value
    is_year = isinstance(value, int) and not isinstance(value, bool) and date.min.year <= value <= date.max.year
    return date(value, 1, 1) if is_year else date.min  # type: ignore[arg-type]


def _gaps(values: tuple[DatedValue, ...], needed: Span) -> Iterator[Span]:
    day = needed[0]
    for value in sorted(values, key=_first):
        if _first(value) > day:
            yield day, min(_first(value) - _ONE_DAY, needed[1])
        if _last(value) >= needed[1]:
            return
        day = max(day, _last(value) + _ONE_DAY)
    if day <= needed[1]:
        yield day, needed[1]


def _first(value: DatedValue) -> date:
    return value.first_day or date.min


def _last(value: DatedValue) -> date:
    return value.last_day or date.max


def _when(subject: Subject, clock: str, gap: Span, needed: Span) -> str:
    """Say which days a gap covers: before, after, from ... to, or any day at all."""
    owner = "a decision" if clock == DECISION else clock
    first, last = gap
    if gap == needed:
        return f"any day of {owner}" if clock != DECISION else "a decision on any day"
    if first == needed[0]:
        return f"{owner} before {_shown(subject, clock, last + _ONE_DAY)}"
    if last == needed[1]:
        return f"{owner} after {_shown(subject, clock, first - _ONE_DAY)}"
    return f"{owner} from {_shown(subject, clock, first)} to {_shown(subject, clock, last)}"


def _shown(subject: Subject, clock: str, day: date) -> str:
    definition = subject.facts.get(clock)
    is_year = definition is not None and definition.type is FactType.INTEGER
    return str(day.year) if is_year else day.isoformat()

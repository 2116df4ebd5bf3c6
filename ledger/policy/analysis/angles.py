"""The days and the local choices under which a policy can look different."""

from collections.abc import Iterator
from datetime import date, timedelta

from ledger.policy.analysis.side import Side
from ledger.policy.model import Policy
from ledger.policy.nodes import ByCase, ByDefault, Rule
from ledger.policy.parameters import DECISION, Keep, ParameterDefinition, ParameterType
from ledger.policy.sheet import ABSENT, UNKNOWN, Value, value_words
from ledger.policy.terms import Comparison, Node, Operator, walk

_ONE_DAY = timedelta(days=1)


def days_of(policy: Policy) -> tuple[date, ...]:
    """Return one day of each stretch of an edition in which the values that go by the day of decision stay."""
    last = policy.until or date.max
    days = {policy.effective}
    for definition in policy.parameters:
        if (definition.clock or policy.clock) == DECISION:
            for value in definition.values:
                days.update((value.first_day,) if value.first_day else ())
                days.update((value.last_day + _ONE_DAY,) if value.last_day and value.last_day < date.max else ())
    return tuple(sorted(day for day in days if policy.effective <= day <= last))


def within(policy: Policy, day: date) -> date:
    """Return a day, or the nearest one on which an edition is in force."""
    return min(max(day, policy.effective), policy.until or date.max)


def local_choices(policy: Policy) -> Iterator[dict[str, Value]]:
    """Yield each yes, no or choice that a local body may set, alone and then all turned together."""
    together: dict[str, Value] = {}
    for definition in policy.parameters:
        if definition.keep is Keep.LOCAL:
            for value in _choices(definition):
                together[definition.name] = value
                yield {definition.name: value}
    if len(together) > 1:
        yield together


def _choices(definition: ParameterDefinition) -> tuple[Value, ...]:
    usual = {value.value for value in definition.values}
    if definition.type is ParameterType.BOOLEAN:
        return tuple(value for value in (True, False) if usual != {value})
    if definition.type is ParameterType.CHOICE:
        return tuple(value for value in definition.choices if usual != {value})
    return ()


def may_lack_values(side: Side) -> bool:
    """Say whether a parameter may have no value for somebody: a gap, or a clock that may show nothing."""
    clocks = {side.clock(name) for name in side.parameters} - {DECISION}
    absent = any(side.facts[clock].when_none is ABSENT for clock in clocks if clock in side.facts)
    return absent or any(UNKNOWN in side.held(name) for name in side.parameters)


def branches(node: Node) -> Iterator[tuple[Node, Rule, str]]:
    """Yield each branch of a by_case or by_default: what leads there, the rule, and that in words."""
    if isinstance(node, ByCase):
        for case in node.cases:
            yield Comparison(node.term, Operator.IS, case.value), case.rule, f"{value_words(case.value)} is no case"
    elif isinstance(node, ByDefault):
        for exception in node.exceptions:
            yield exception.when, exception.rule, "its exception never holds"


def named(rule: Node) -> str:
    """Name a rule by its first sentence."""
    for node in walk(rule):
        if identity := getattr(node, "id", ""):
            return str(identity)
    return type(rule).__name__.lower()

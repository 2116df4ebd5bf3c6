"""What a case tries: the comparisons it makes with what was measured, and the dated values in force for it."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from ledger.policy.cases import Case
from ledger.policy.checks.places import Place, Subject, places
from ledger.policy.finding import Finding
from ledger.policy.kit.amounts import read_by_the_rule
from ledger.policy.kit.stages import nodes_of
from ledger.policy.model import Policy
from ledger.policy.parameters import DECISION, DatedValue, ParameterDefinition, clock_day
from ledger.policy.result import Result
from ledger.policy.scope import Scope, open_scope
from ledger.policy.terms import Comparison, CountOf, FactTerm
from ledger.policy.weighing import value_of


class Compared(NamedTuple):
    """One comparison as a case made it: where it stands, and what its two sides came to."""

    where: str
    node: Comparison
    left: object
    right: object


def comparisons(case: Case, finding: Finding) -> Iterator[Compared]:
    """Yield every comparison a case makes, those that only count members of a list included."""
    made = [found for staged in finding.tree for found in _made(staged.result, staged.stage.value)]
    yield from made
    yield from _counting(case, {found.where for found in made})


def _made(result: Result, where: str) -> Iterator[Compared]:
    if result.key:
        where = f"clause {result.key.partition('[')[0]!r}"
    if isinstance(result.node, Comparison):
        yield Compared(where, result.node, result.got, result.needed)
    for part in (*result.conditions, *result.parts):
        yield from _made(part, where)


def _counting(case: Case, asked: set[str]) -> Iterator[Compared]:
    whole = opened(case)
    for inner, place in counting(case.policy):
        for scope in _inside(whole, place.lists) if place.where in asked else ():
            yield Compared(place.where, inner, value_of(inner.left, scope), value_of(inner.right, scope))


def counting(policy: Policy) -> Iterator[tuple[Comparison, Place]]:
    """Yield the comparisons inside a count, which a finding does not list one by one."""
    for node, place in nodes_of(policy):
        if isinstance(node, CountOf):
            for inner, inner_place in places(node.where, place.inside(node.list.name)):
                if isinstance(inner, Comparison):
                    yield inner, inner_place


def opened(case: Case) -> Scope:
    """Return the scope of the whole sheet of a case."""
    return open_scope(case.policy, case.given, case.on, case.parameters, case.known_on)


def _inside(scope: Scope, lists: Sequence[str]) -> Iterator[Scope]:
    """Yield the scope of every member of a list, of every member of the list inside it, and so on."""
    if not lists:
        yield scope
        return
    members = scope.fact(FactTerm(lists[0]))
    for number, member in enumerate(members if isinstance(members, tuple) else (), 1):
        yield from _inside(scope.enter(lists[0], member, str(number)), lists[1:])  # type: ignore[arg-type]


def values_in_force(case: Case, finding: Finding) -> Iterator[tuple[ParameterDefinition, DatedValue]]:
    """Yield the dated values a case reads, each with its parameter; a value the case sets itself is none of them."""
    read = {name.partition("[")[0] for name, _ in finding.parameters}
    homes = Subject(case.policy).homes
    whole = opened(case)
    for definition in read_by_the_rule(case.policy):
        if definition.name in read and definition.name not in case.parameters:
            clock = definition.clock or case.policy.clock
            home = "" if clock == DECISION else homes.get(clock, "")
            for scope in _inside(whole, _path(home, homes)):
                held = entry_on(definition, clock_day(clock, case.on, scope.values), case.known_on)
                if held is not None:
                    yield definition, held


def _path(home: str, homes: Mapping[str, str]) -> tuple[str, ...]:
    """Return the lists around the members of a list, outermost first, itself included."""
    return (*_path(homes.get(home, ""), homes), home) if home else ()


def entry_on(definition: ParameterDefinition, day: date | None, known_on: date | None) -> DatedValue | None:
    """Return the entry whose value holds on a day as known on another: of those that cover it, the latest adopted."""
    held: DatedValue | None = None
    if day is None:
        return None
    for value in definition.values:
        is_known = known_on is None or value.adopted <= known_on
        if is_known and value.covers(day) and (held is None or held.adopted <= value.adopted):
            held = value
    return held

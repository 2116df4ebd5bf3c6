"""Decide a policy on a sheet: in force, applies, eligible, requires; pure, total and deterministic."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import cast

from ledger.policy.decisive import Known, carriers, flips
from ledger.policy.finding import Finding, Stage, Staged, unmet
from ledger.policy.judge import Judge, refusing
from ledger.policy.memory import Memory
from ledger.policy.model import Grant, Outcome, Policy
from ledger.policy.nodes import Route
from ledger.policy.order import MET, Pair, Rank
from ledger.policy.result import Result, needs
from ledger.policy.scope import Scope, open_scope
from ledger.policy.sheet import ABSENT, UNKNOWN, Between, Sheet, Value
from ledger.policy.terms import RouteTaken
from ledger.policy.weighing import value_of, weigh

_OUTCOMES = {
    Rank.MET: Outcome.MET,
    Rank.NEEDS_PANEL: Outcome.NEEDS_PANEL,
    Rank.NOT_YET: Outcome.NOT_YET,
    Rank.DENIED: Outcome.DENIED,
}


def decide(
    policy: Policy,
    sheet: Sheet,
    on: date,
    *,
    overrides: Mapping[str, Value] | None = None,
    known_on: date | None = None,
    judge: Judge = refusing,
) -> Finding:
    """Return the finding of a policy on a sheet, on a day, with the dated values known by another.

    A fact missing from the sheet is its definition's `when_none`. An override stands in place of
    the dated value of its parameter wherever that is in force. `known_on` None: everything the
    parameters hold is known. `judge` answers the clauses that are judged by code; without one they are
    refused. Raises `TypeError` for values of a type the rule cannot compare, and `JudgementFailed`.
    """
    if not _in_force(policy, on):
        return Finding(Outcome.NOT_APPLICABLE, Stage.IN_FORCE)
    return _found(policy, open_scope(policy, sheet, on, overrides or {}, known_on, None, judge))


def finding_of(memory: Memory, sheet: Sheet) -> Finding:
    """Return what `decide` does; equal members of lists are weighed once."""
    if not _in_force(memory.policy, memory.on):
        return Finding(Outcome.NOT_APPLICABLE, Stage.IN_FORCE)
    return _found(memory.policy, _remembering(memory, sheet), memory.known_moves())


def outcome_of(memory: Memory, sheet: Sheet) -> Outcome:
    """Return the outcome of what `decide` does; equal sheets are decided once."""

    def find() -> Outcome:
        if not _in_force(memory.policy, memory.on):
            return Outcome.NOT_APPLICABLE
        return _outcome(_stages(memory.policy, _remembering(memory, sheet))[-1])

    return memory.sheets.get(memory.sheet_key(sheet), find)


def _remembering(memory: Memory, sheet: Sheet) -> Scope:
    return open_scope(memory.policy, sheet, memory.on, memory.overrides, memory.known_on, memory, memory.judge)


def _found(policy: Policy, scope: Scope, known: Known | None = None) -> Finding:
    tree = _stages(policy, scope)
    outcome = _outcome(tree[-1])
    open_facts = tuple(dict.fromkeys(needs(tree[-1].result)))
    level = value_of(policy.level, scope) if policy.level is not None and outcome is Outcome.MET else ABSENT
    grants = tuple(_grants(policy, outcome, scope, tree))
    stage = tree[-1].stage
    return Finding(
        outcome,
        stage,
        tree,
        _decisive(outcome, tree, open_facts, known),
        open_facts if outcome is Outcome.UNDETERMINED else (),
        _next_words(stage, tree),
        level,
        grants,
        scope.asking.conflict,
        tuple(sorted(scope.asking.used.items(), key=_name)),
    )


def _in_force(policy: Policy, on: date) -> bool:
    return policy.effective <= on and (policy.until is None or on <= policy.until)


def _name(used: tuple[str, Value]) -> str:
    return used[0]


def _stages(policy: Policy, scope: Scope) -> tuple[Staged, ...]:
    applies = Staged(Stage.APPLIES, weigh(policy.applies, scope))
    if applies.result.pair != MET:
        return (applies,)
    eligible = Staged(Stage.ELIGIBLE, weigh(policy.eligible, scope))
    if eligible.result.pair != MET:
        return applies, eligible
    return applies, eligible, Staged(Stage.REQUIRES, weigh(policy.requires, scope))


def _outcome(staged: Staged) -> Outcome:
    low, high = staged.result.pair
    if staged.stage is Stage.REQUIRES:
        return _OUTCOMES[low] if low == high else Outcome.UNDETERMINED
    if high is Rank.MET:
        return Outcome.UNDETERMINED
    return Outcome.NOT_APPLICABLE if staged.stage is Stage.APPLIES else Outcome.INELIGIBLE


def _decisive(
    outcome: Outcome, tree: tuple[Staged, ...], open_facts: tuple[str, ...], known: Known | None
) -> tuple[str, ...]:
    if outcome is Outcome.UNDETERMINED and open_facts:
        return open_facts
    passed, deciding = _alone(tree, known)
    return tuple(dict.fromkeys([*passed, *(deciding or carriers(tree[-1].result, _carries(tree[-1])))]))


def changing_alone(tree: tuple[Staged, ...]) -> tuple[str, ...]:
    """Name the clauses each of which, come out otherwise, would change the outcome; all else being equal."""
    passed, deciding = _alone(tree)
    return tuple(dict.fromkeys([*passed, *deciding]))


def _alone(tree: tuple[Staged, ...], known: Known | None = None) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Name those of the stages that were passed, and those of the stage that decides."""
    passed = [key for staged in tree[:-1] for key in flips(staged.result, _changes(staged, deciding=False), known)]
    return tuple(passed), tuple(flips(tree[-1].result, _changes(tree[-1], deciding=True), known))


def _changes(staged: Staged, *, deciding: bool) -> Callable[[Pair], bool]:
    """Return when another pair of a stage's root changes the outcome; it is never its own pair."""
    if deciding and staged.stage is not Stage.REQUIRES and staged.result.pair[1] is not Rank.MET:
        return lambda pair: pair[1] is Rank.MET
    return lambda pair: True


def _carries(staged: Staged) -> Callable[[Pair], bool]:
    if staged.stage is Stage.REQUIRES:
        return staged.result.pair.__eq__
    return lambda pair: pair[1] is not Rank.MET


def _next_words(stage: Stage, tree: tuple[Staged, ...]) -> tuple[str, ...]:
    words = [getattr(clause.node, "next", "") for clause in unmet(stage, tree)]
    return tuple(dict.fromkeys(word for word in words if word))


def _grants(
    policy: Policy, outcome: Outcome, scope: Scope, tree: tuple[Staged, ...]
) -> Iterator[tuple[str, Value | Between]]:
    for grant in policy.grants:
        if grant.at is outcome:
            yield from _granted(grant, scope, tree)


def _granted(grant: Grant, scope: Scope, tree: tuple[Staged, ...]) -> Iterator[tuple[str, Value | Between]]:
    """Yield what is given; UNKNOWN where it is not known whether it is, nothing where no route was taken."""
    low, high = weigh(grant.when, scope).pair
    if low is Rank.MET:
        value = route_of(tree) if isinstance(grant.value, RouteTaken) else value_of(grant.value, scope)
        if value is not ABSENT or not isinstance(grant.value, RouteTaken):
            yield grant.key, value
    elif high is Rank.MET:
        yield grant.key, UNKNOWN


def route_of(tree: tuple[Staged, ...]) -> Value:
    """Return the name of the first route that is met; UNKNOWN where an earlier one may be, ABSENT where none is."""
    for route in (each for staged in tree for each in _routes(staged.result)):
        if route.pair == MET:
            return cast("Route", route.node).says
        if route.pair[1] is Rank.MET:
            return UNKNOWN
    return ABSENT


def _routes(result: Result) -> Iterator[Result]:
    if isinstance(result.node, Route):
        yield result
    for part in result.parts:
        yield from _routes(part)

"""Which parts of a policy its cases try: every clause both ways and decisive, every threshold, every dated value."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from ledger.policy.cases import Case, run
from ledger.policy.checks.places import Subject
from ledger.policy.finding import Finding
from ledger.policy.judge import Judge, refusing
from ledger.policy.kit.amounts import label, may_hold, read_by_the_rule
from ledger.policy.kit.observing import comparisons, values_in_force
from ledger.policy.kit.stages import clauses_of
from ledger.policy.kit.thresholds import Threshold, thresholds
from ledger.policy.model import Outcome, Policy
from ledger.policy.order import MET
from ledger.policy.terms import FactTerm

Decided = tuple[Case, Finding]


@dataclass(frozen=True, slots=True)
class Coverage:
    """What the cases of one policy try, and a sentence for everything they leave untried.

    `clauses`, `thresholds` and `values` count what there is to try. `anchors` counts the cases by
    the heading of the law they rest on. `facts_alone` names the parameters that facts alone read:
    a case begins with the facts, so it tries none of them.
    """

    policy: str
    cases: int
    clauses: int
    thresholds: int
    values: int
    anchors: Mapping[str, int]
    facts_alone: tuple[str, ...]
    gaps: tuple[str, ...]


def coverage(policy: Policy, cases: Sequence[Case], judge: Judge = refusing) -> Coverage:
    """Run the cases that are about a policy and say what they leave untried."""
    decided = [(case, run(case, judge).finding) for case in cases if case.policy is policy]
    clauses = clauses_of(policy)
    lines = tuple(thresholds(policy))
    read = read_by_the_rule(policy)
    values = [(each, value) for each in read for value in each.values if may_hold(policy, each, value)]
    gaps = (
        ["there are no cases."]
        if not decided
        else [*_clause_gaps(clauses, decided), *_threshold_gaps(policy, lines, decided), *_value_gaps(policy, decided)]
    )
    return Coverage(
        policy.edition,
        len(decided),
        len(clauses),
        len(lines),
        len(values),
        dict(Counter(case.anchor for case, _ in decided)),
        tuple(each.name for each in policy.parameters if each not in read),
        tuple(gaps),
    )


def _clause_gaps(clauses: Sequence[str], decided: Sequence[Decided]) -> Iterator[str]:
    decisive = {
        key.partition("[")[0]
        for _, finding in decided
        if finding.outcome is not Outcome.UNDETERMINED
        for key in finding.decisive
    }
    came_out = {
        (result.key.partition("[")[0], result.pair == MET)
        for _, finding in decided
        for result in finding.sentences()
        if result.settled
    }
    for name in clauses:
        if (name, True) not in came_out:
            yield f"clause {name!r}: no case meets it."
        if (name, False) not in came_out:
            yield f"clause {name!r}: no case fails it."
        if name not in decisive:
            yield f"clause {name!r}: no case rests on it."


def _threshold_gaps(policy: Policy, lines: Sequence[Threshold], decided: Sequence[Decided]) -> Iterator[str]:
    compared = [found for case, finding in decided for found in comparisons(case, finding)]
    facts = Subject(policy).facts
    for line in lines:
        bounds = facts.get(line.measured.name) if isinstance(line.measured, FactTerm) else None
        yield from line.gaps(compared, bounds)


def _value_gaps(policy: Policy, decided: Sequence[Decided]) -> Iterator[str]:
    tried = {
        (definition.name, definition.values.index(value))
        for case, finding in decided
        for definition, value in values_in_force(case, finding)
    }
    for definition in read_by_the_rule(policy):
        for number, value in enumerate(definition.values):
            if may_hold(policy, definition, value) and (definition.name, number) not in tried:
                yield f"param.{definition.name}: no case is decided while it is {label(definition, value)}."

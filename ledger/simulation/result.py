"""What a what-if found: counts, who changes and why, and how sure it is that nobody else does."""

from collections import Counter
from dataclasses import dataclass
from enum import StrEnum

from ledger.policy.model import Outcome
from ledger.simulation.breakdown import GroupCells
from ledger.simulation.opportunity import HeldBack


class Effect(StrEnum):
    """What the candidate would do to one learner, over all subjects that are asked about."""

    GAINS = "gains"
    """Something is met that was not, and nothing is lost."""

    LOSES = "loses"
    """Something met would be met no more, and nothing is gained."""

    BOTH = "gains and loses"
    OTHER = "otherwise changed"
    """Some answer changes, none from or to met."""

    SAME = "unchanged"


@dataclass(frozen=True, slots=True)
class ChangedAnswer:
    """One answer that would change, with the clauses it rests on under either rule.

    Where an outcome is undetermined these are the facts that would settle it.
    """

    ledger: str
    learner: str
    subject: str
    baseline: Outcome
    candidate: Outcome
    baseline_rests_on: tuple[str, ...]
    candidate_rests_on: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PairCount:
    """How many answers have this pair of outcomes; for a change, how many rest on each clause under either rule."""

    baseline: Outcome
    candidate: Outcome
    answers: int
    baseline_clauses: dict[str, int]
    candidate_clauses: dict[str, int]


@dataclass(frozen=True, slots=True)
class WhatIf:
    """What would be if the candidate stood in place of the baseline; never a replay of what was decided.

    `checked` of the unchanged learners, drawn at random by `seed`, were decided again from scratch, without
    anything remembered, and came out the same; had one not, there would be no result.
    """

    baseline: str
    candidate: str
    learners: int
    answers: int
    pairs: tuple[PairCount, ...]
    changed: tuple[ChangedAnswer, ...]
    effects: dict[Effect, int]
    checked: int
    seed: int
    groups: tuple[GroupCells, ...] = ()
    held_back: tuple[HeldBack, ...] = ()

    @property
    def kind(self) -> str:
        """Say what this is."""
        return "what-if"


def effect_of(pairs: Counter[tuple[Outcome, Outcome]]) -> Effect:
    """Return what the pairs of all of a learner's answers amount to."""
    gains = any(after is Outcome.MET and before is not Outcome.MET for before, after in pairs)
    loses = any(before is Outcome.MET and after is not Outcome.MET for before, after in pairs)
    if gains or loses:
        return Effect.BOTH if gains and loses else Effect.GAINS if gains else Effect.LOSES
    return Effect.OTHER if any(before is not after for before, after in pairs) else Effect.SAME


def pair_counts(pairs: Counter[tuple[Outcome, Outcome]], changed: tuple[ChangedAnswer, ...]) -> tuple[PairCount, ...]:
    """Count the clauses behind each change, list members left out of their names."""
    before: dict[tuple[Outcome, Outcome], Counter[str]] = {pair: Counter() for pair in pairs}
    after: dict[tuple[Outcome, Outcome], Counter[str]] = {pair: Counter() for pair in pairs}
    for one in changed:
        before[one.baseline, one.candidate].update({_clause(name) for name in one.baseline_rests_on})
        after[one.baseline, one.candidate].update({_clause(name) for name in one.candidate_rests_on})
    order = list(Outcome)
    return tuple(
        PairCount(*pair, pairs[pair], _sorted(before[pair]), _sorted(after[pair]))
        for pair in sorted(pairs, key=lambda pair: (order.index(pair[0]), order.index(pair[1])))
    )


def _clause(name: str) -> str:
    return name.partition("[")[0]


def _sorted(counts: Counter[str]) -> dict[str, int]:
    return dict(sorted(counts.items(), key=lambda one: (-one[1], one[0])))

"""Deciding one partition under both rules: quickly for all, with reasons where it changes, again for a sample."""

import hashlib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import groupby
from operator import attrgetter

from ledger.errors import WhatIfUnsound
from ledger.policy.evaluate import finding_of, outcome_of
from ledger.policy.finding import Finding
from ledger.policy.memory import Memory
from ledger.policy.model import Outcome
from ledger.policy.sheet import Sheet
from ledger.simulation.opportunity import BASELINE, CANDIDATE, Longing, Offers, Wants
from ledger.simulation.population import Case, Partition, Side
from ledger.simulation.result import ChangedAnswer, Effect, effect_of

ALL = 1 << 64
"""A share of 1: digests of learners are numbers below it."""


@dataclass(slots=True)
class Part:
    """What one partition came to.

    `effects` holds what the candidate would do to each of its learners; `checked` counts the unchanged
    ones that were decided again from scratch.
    """

    ledger: str
    pairs: Counter[tuple[Outcome, Outcome]] = field(default_factory=Counter)
    changed: list[ChangedAnswer] = field(default_factory=list)
    effects: dict[str, Effect] = field(default_factory=dict)
    checked: int = 0
    longing: list[Longing] = field(default_factory=list)
    offers: Offers = field(default_factory=dict)


class Asked:
    """One rule with what it remembers, and what it wants of what was offered."""

    def __init__(self, name: str, side: Side, memory: Memory) -> None:
        self.name = name
        self.side = side
        self.memory = memory
        self.wants = Wants(name, side)

    def outcome(self, sheet: Sheet) -> Outcome:
        """Return the outcome, remembered for equal sheets."""
        return outcome_of(self.memory, sheet)

    def finding(self, sheet: Sheet) -> Finding:
        """Return the outcome with its reasons."""
        return finding_of(self.memory, sheet)


@dataclass(slots=True)
class Screening:
    """Decides partitions; it remembers from one to the next, and travels without what it remembers.

    `share` of the learners, as a part of 2^64, are decided again from scratch.
    """

    baseline: Side
    candidate: Side
    seed: int
    share: int
    remember: Callable[[Side], Memory] = Side.memory
    _asked: tuple[Asked, Asked] | None = None

    def __call__(self, partition: Partition) -> Part:
        """Decide a partition; raise `WhatIfUnsound` where a learner of the sample comes out otherwise."""
        part = Part(partition.ledger)
        for learner, cases in groupby(partition.cases(), key=attrgetter("learner")):
            self._learner(part, learner, cases)
        return part

    @property
    def asked(self) -> tuple[Asked, Asked]:
        """Return both rules with what they remember in this process."""
        if self._asked is None:
            self._asked = (
                Asked(BASELINE, self.baseline, self.remember(self.baseline)),
                Asked(CANDIDATE, self.candidate, self.remember(self.candidate)),
            )
        return self._asked

    def _learner(self, part: Part, learner: str, cases: Iterable[Case]) -> None:
        if learner in part.effects:
            raise WhatIfUnsound(f"the cases of learner {learner} do not stand together in their partition")
        drawn = _digest(self.seed, learner) < self.share
        pairs: Counter[tuple[Outcome, Outcome]] = Counter()
        for case in cases:
            pair = self._case(part, case)
            pairs[pair] += 1
            if drawn:
                self._again(case, pair)
        part.pairs.update(pairs)
        part.effects[learner] = effect_of(pairs)
        part.checked += drawn and part.effects[learner] is Effect.SAME

    def _case(self, part: Part, case: Case) -> tuple[Outcome, Outcome]:
        baseline, candidate = self.asked
        before, after = baseline.outcome(case.baseline), candidate.outcome(case.candidate)
        if before is not after:
            part.changed.append(self._explained(part.ledger, case, before, after))
        for asked, sheet, outcome in ((baseline, case.baseline, before), (candidate, case.candidate, after)):
            if asked.wants:
                asked.wants.note(part.offers, case, sheet)
                if outcome is Outcome.NOT_YET:
                    part.longing.extend(asked.wants.longing(case, sheet, asked.finding(sheet)))
        return before, after

    def _explained(self, ledger: str, case: Case, before: Outcome, after: Outcome) -> ChangedAnswer:
        findings = [
            asked.finding(sheet) for asked, sheet in zip(self.asked, (case.baseline, case.candidate), strict=True)
        ]
        for found, said, side in zip(findings, (before, after), (self.baseline, self.candidate), strict=True):
            _agree(case, side, said, found.outcome)
        return ChangedAnswer(
            ledger, case.learner, case.subject, before, after, findings[0].decisive, findings[1].decisive
        )

    def _again(self, case: Case, pair: tuple[Outcome, Outcome]) -> None:
        _agree(case, self.baseline, pair[0], self.baseline.decide(case.baseline).outcome)
        _agree(case, self.candidate, pair[1], self.candidate.decide(case.candidate).outcome)


def _agree(case: Case, side: Side, said: Outcome, found: Outcome) -> None:
    if said is not found:
        raise WhatIfUnsound(
            f"{side.policy.edition} says {found.value} of learner {case.learner}, {case.subject}, asked by itself, and "
            f"the what-if said {said.value}: no figure of this what-if is to be used; please report it"
        )


def _digest(seed: int, learner: str) -> int:
    return int.from_bytes(hashlib.sha256(f"{seed}/{learner}".encode()).digest()[:8], "big")


def share_of(wanted: int, learners: int) -> int:
    """Return the share that draws about as many learners as wanted, all of them where there are no more."""
    return ALL if learners <= wanted else wanted * ALL // learners


def joined(parts: Iterable[Part]) -> Iterator[Part]:
    """Yield the parts; raise `WhatIfUnsound` where a learner of one ledger stands in two of them."""
    seen: dict[str, set[str]] = {}
    for part in parts:
        held = seen.setdefault(part.ledger, set())
        if twice := held & part.effects.keys():
            raise WhatIfUnsound(f"learner {min(twice)} stands in two partitions of one population")
        held.update(part.effects)
        yield part

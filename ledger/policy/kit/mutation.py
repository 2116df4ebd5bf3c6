"""Which mistakes in a policy its cases would notice; a mutant that no case notices survives."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from ledger.policy.cases import Case, run
from ledger.policy.judge import Judge, refusing
from ledger.policy.kit.mutants import Mutant, mutants
from ledger.policy.model import Policy

HEADING = "Mutants"
"""The heading of the law under which an author explains mutants that no learner can tell apart."""


@dataclass(frozen=True, slots=True)
class Survivor:
    """A mutant that no case notices; `explained`: the law beside the policy says why."""

    key: str
    says: str
    explained: bool


@dataclass(frozen=True, slots=True)
class Mutation:
    """What came of the mutants of one policy.

    `cases` counts those that were asked; `failing` names those that fail without any mutant and were
    not. `survivors` are the mutants that no case notices, `stale` the keys the law explains although
    a case notices them. `judged` names the clauses that code judges, in which no mistake is made.
    """

    policy: str
    cases: int
    mutants: int
    survivors: tuple[Survivor, ...]
    stale: tuple[str, ...]
    failing: tuple[str, ...]
    judged: tuple[str, ...] = ()

    @property
    def unexplained(self) -> tuple[Survivor, ...]:
        """Return the survivors the law says nothing about."""
        return tuple(survivor for survivor in self.survivors if not survivor.explained)

    def sentences(self) -> Iterator[str]:
        """Say what an author has to do something about."""
        yield from (f"the case {name!r} fails as it is; mend it first." for name in self.failing)
        if not self.cases:
            yield "there are no cases to notice anything."
            return
        for survivor in self.unexplained:
            yield f"no case notices when {survivor.says} (`{survivor.key}`)."
        for key in self.stale:
            yield f"`{key}` is explained under {HEADING!r}, and a case notices it: take the explanation out."


def mutate(policy: Policy, cases: Sequence[Case], law: str, judge: Judge = refusing) -> Mutation:
    """Make every mutant of a policy and ask its cases until one notices."""
    own = [case for case in cases if case.policy is policy]
    failing = [case for case in own if run(case, judge).failures]
    asked = [case for case in own if case not in failing]
    said = explained(law, policy.id)
    every = list(mutants(policy))
    alive = [mutant for mutant in every if not _noticed(mutant, asked, judge)]
    names = {mutant.key for mutant in alive}
    stale = [mutant.key for mutant in every if mutant.key in said and mutant.key not in names]
    return Mutation(
        policy.edition,
        len(asked),
        len(every),
        tuple(Survivor(mutant.key, mutant.says, mutant.key in said) for mutant in alive),
        tuple(stale),
        tuple(case.name for case in failing),
        policy.judged,
    )


def _noticed(mutant: Mutant, cases: Sequence[Case], judge: Judge) -> bool:
    """Say whether a case comes out otherwise; those that rest on the changed clause are asked first."""
    nearest = sorted(cases, key=lambda case: not _rests_on(case, mutant.about))
    return any(run(replace(case, policy=mutant.policy), judge).failures for case in nearest)


def _rests_on(case: Case, clause: str) -> bool:
    return any(key.partition("[")[0] == clause for key in case.expect.because)


def explained(law: str, policy_id: str) -> frozenset[str]:
    """Return the keys the law explains for a policy: those in backticks under the heading `Mutants`.

    Where sub-headings name policies, only what stands under none or under its own counts.
    """
    found: set[str] = set()
    depth, is_meant = 0, False
    for line in law.splitlines():
        heading = re.match(r"(#+) +(.*?)\s*$", line)
        if heading is None:
            found.update(re.findall(r"`([^`]+)`", line) if is_meant else ())
        elif depth and len(heading[1]) > depth:
            is_meant = "/" not in heading[2] or heading[2].strip("`") == policy_id
        else:
            depth = len(heading[1]) if heading[2] == HEADING else 0
            is_meant = depth > 0
    return frozenset(found)

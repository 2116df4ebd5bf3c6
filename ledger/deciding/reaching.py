"""How far a change of rules reaches: the answers it may alter, for the rule is another or reads such an answer."""

from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import chain
from typing import TypeAlias

from ledger.deciding.decider import Decider
from ledger.deciding.supposing import Supposition
from ledger.domain.governance import Governance
from ledger.domain.jurisdiction import PolicyAdopted
from ledger.errors import LedgerError
from ledger.facts.record import LearnerRecord
from ledger.facts.resolving import whole_facts
from ledger.policy.facts import FactDefinition, Reads, Ready
from ledger.policy.model import Policy

Pair: TypeAlias = tuple[str, str]
"""A question and an award."""

ANY: Pair = ("", "")
"""Stands for every question: a rule says by a parameter which one it reads."""


@dataclass(slots=True)
class Reach:
    """Compares two deciders of one day, of which the second supposes a change."""

    without: Decider
    supposed: Decider
    supposition: Supposition
    _areas: tuple[PolicyAdopted, ...] = field(init=False)
    _readers: frozenset[Pair] = field(init=False)

    def __post_init__(self) -> None:
        self._areas = tuple(_areas(self.supposed.governance, self.supposition))
        changed = {(one.question, one.award) for one in self._areas}
        self._readers = readers_of(changed, _policies(self.supposed))

    def direct(self, record: LearnerRecord, question: str, subject: str, award: str) -> bool:
        """Say whether another adoption would govern a question about a learner's subject."""
        kind, _, identity = subject.partition("/")
        if not any(
            (one.question, one.award) == (question, award) and one.selector.covers(kind, identity)
            for one in self._areas
        ):
            return False
        before = self.without.governing(record, question, subject, award)
        after = self.supposed.governing(record, question, subject, award)
        return (before and before.position) != (after and after.position)

    def concerns(self, record: LearnerRecord, question: str, subject: str, award: str) -> bool:
        """Say whether the answer may be another: its rule is, or it reads answers of a question whose rule is."""
        return (question, award) in self._readers or self.direct(record, question, subject, award)


def readers_of(changed: Iterable[Pair], policies: Iterable[Policy]) -> frozenset[Pair]:
    """Name the questions and awards whose rules read these, or read one that reads them."""
    reads = [((policy.question.value, policy.award), decisions_looked_at(policy)) for policy in policies]
    reached, found = {ANY, *changed}, set[Pair]()
    while more := {pair for pair, looked_at in reads if pair not in found and looked_at & reached}:
        found |= more
        reached |= more
    return frozenset(found)


def decisions_looked_at(policy: Policy) -> frozenset[Pair]:
    """Name every question and award whose decisions a rule looks at, about whichever subject."""
    return frozenset(chain.from_iterable(_looked_at(one) for one in whole_facts(policy.sheet)))


def _looked_at(definition: FactDefinition) -> Iterator[Pair]:
    if any(isinstance(part, Ready) for part in definition.where):
        yield "READINESS", "standard"
    if definition.reads is not Reads.DECISION:
        return
    arguments = dict(definition.arguments)
    question, award = arguments.get("question", "MASTERY"), arguments.get("award", "standard")
    yield (question, award) if isinstance(question, str) and isinstance(award, str) else ANY


def _areas(governance: Governance, supposition: Supposition) -> Iterator[PolicyAdopted]:
    yield from supposition.adopted
    for end in supposition.ended:
        yield from (one.payload for one in governance.adoptions if one.there == end.adoption and one.upstream is None)


def _policies(decider: Decider) -> Iterator[Policy]:
    for digest in dict.fromkeys(one.payload.digest for one in decider.governance.adoptions):
        with suppress(LedgerError):  # what cannot be read answers nothing, and says so when it is asked
            yield decider.shelf.find(digest).policy

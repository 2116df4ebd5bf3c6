"""What rules would say that do not govern yet: a copy of what governs with a change in it, and its answers.

Nothing is written here, and nobody's record is touched: what is answered is folded into a copy of
the learner's record, so that a question that reads an earlier answer reads the one supposed.
"""

from collections.abc import Callable, Mapping
from copy import copy
from dataclasses import dataclass
from typing import TypeAlias

from ledger.deciding.answer import Answer
from ledger.deciding.decider import Decider
from ledger.deciding.payload import decided_payload, says_otherwise
from ledger.domain.governance import Governance
from ledger.domain.jurisdiction import AdoptionEnded, PolicyAdopted, PolicyArchived
from ledger.domain.learner import Decided
from ledger.domain.shapes import Payload
from ledger.facts.record import LearnerRecord

Key: TypeAlias = tuple[str, str, str]
"""What is asked of a learner: question, subject key, award."""

Concerned: TypeAlias = Callable[[LearnerRecord, str, str, str], bool]
"""Says whether a question, a subject and an award are to be answered afresh for a learner."""


@dataclass(frozen=True, slots=True)
class Supposition:
    """A change of rules as the events it would bring: policies archived, adoptions made, adoptions ended."""

    adopted: tuple[PolicyAdopted, ...] = ()
    archived: tuple[PolicyArchived, ...] = ()
    ended: tuple[AdoptionEnded, ...] = ()

    @property
    def payloads(self) -> tuple[Payload, ...]:
        """Return the events in the order they would be written."""
        return (*self.archived, *self.ended, *self.adopted)


def suppose(governance: Governance, supposition: Supposition) -> Governance:
    """Return what would govern if a change were written next; the governance given stays as it is."""
    supposed = copied(governance)
    for payload in supposition.payloads:
        supposed.apply(supposed.position + 1, payload)
    return supposed


def copied(governance: Governance) -> Governance:
    """Return a copy that may be folded on: lists and tables of its own, what stands in them shared."""
    other = copy(governance)
    for name in governance.__slots__:
        held = getattr(governance, name)
        if isinstance(held, list):
            setattr(other, name, list(held))
        elif isinstance(held, dict) and name != "_outlines":  # those follow from the digest alone
            setattr(other, name, {key: list(one) if isinstance(one, list) else one for key, one in held.items()})
    return other


def everything(_: LearnerRecord, __: str, ___: str, ____: str) -> bool:
    """Say that whatever is asked is to be answered afresh."""
    return True


def answers(decider: Decider, record: LearnerRecord, concerned: Concerned = everything) -> Mapping[Key, Answer]:
    """Return what the rules of a decider say now of everything they answer about a learner, by key.

    Each answer that differs from what stands is supposed to stand before the next question is asked, an
    award too. What is not concerned stays as it stands, unless it was never decided: then it is
    supposed as well, but not returned.
    """
    supposed, found = record.supposed(), dict[Key, Answer]()

    def decision(asked: LearnerRecord, question: str, subject: str, award: str) -> Decided | None:
        wanted = concerned(asked, question, subject, award)
        standing = asked.standing(question, subject, award)
        if not wanted and standing is not None:
            return None
        answer = decider.answer(asked, question, subject, award)
        if answer is None:
            return None
        if wanted:
            found[question, subject, award] = answer
        if not says_otherwise(answer, standing):
            return None
        return decided_payload(
            answer, on=decider.on, read_to=decider.read_to, learner_version=asked.version, standing=standing
        )

    for decided in decider.decide_everything(supposed, decision):
        supposed.apply(supposed.version + 1, decided)
    return dict(sorted(found.items()))

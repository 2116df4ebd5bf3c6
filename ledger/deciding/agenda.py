"""Which questions an append asks: every one whose policy reads a kind of thing that was written."""

import heapq
from collections.abc import Iterable, Iterator

from msgspec import Struct

from ledger.domain import learner
from ledger.domain.shapes import Payload
from ledger.policy.facts import Reads
from ledger.policy.model import Question

QUESTIONS = tuple(question.value for question in Question)


class Touched(Struct, frozen=True):
    """Something written: what kind, and about which subject, null where about the learner as a whole."""

    reads: Reads
    subject: str | None


_KINDS: dict[type[Payload], Reads] = {
    learner.EvidenceRecorded: Reads.EVIDENCE,
    learner.EvidenceCorrected: Reads.EVIDENCE,
    learner.EvidenceWithdrawn: Reads.EVIDENCE,
    learner.PreparationRecorded: Reads.PREPARATION,
    learner.StatusSet: Reads.STATUS,
    learner.ApprovalGiven: Reads.APPROVAL,
    learner.ApprovalRefused: Reads.APPROVAL,
}


def touched_by(payload: Payload, before: Iterable[str] = ()) -> frozenset[Touched]:
    """Say what a payload touches; `before` names the subjects of the evidence a correction replaces."""
    kind = _KINDS[type(payload)]
    if isinstance(payload, learner.EvidenceRecorded | learner.EvidenceCorrected):
        subjects = [result.subject.key for result in payload.evidence.results]
        return frozenset(Touched(kind, key) for key in (*subjects, *before))
    if isinstance(payload, learner.EvidenceWithdrawn):
        return frozenset(Touched(kind, key) for key in before)
    subject = getattr(payload, "subject", None)
    return frozenset({Touched(kind, subject.key if subject else None)})


class Asked(Struct, frozen=True, order=True):
    """One question to ask, in the canonical order: stratum, place of the subject, question, award."""

    stratum: int
    rank: int
    subject: str
    question: int
    award: str


class Agenda:
    """The questions of one append; each is asked once, lower strata and prerequisites first."""

    def __init__(self) -> None:
        self._waiting: list[Asked] = []
        self._seen: set[Asked] = set()

    def add(self, asked: Asked) -> None:
        """Put a question on the agenda, unless it stood there already."""
        if asked not in self._seen:
            self._seen.add(asked)
            heapq.heappush(self._waiting, asked)

    def __iter__(self) -> Iterator[Asked]:
        while self._waiting:
            yield heapq.heappop(self._waiting)

"""Which questions an append asks: every one whose policy reads a kind of thing that was written."""

import heapq
from collections import Counter
from collections.abc import Iterable, Iterator

from msgspec import Struct

from ledger.domain import belonging, learner
from ledger.domain.erasure import STILL_RECORDED
from ledger.domain.settlement import DifferenceSettled
from ledger.domain.shapes import Payload
from ledger.domain.topics import TOPICS
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
    learner.CohortSet: Reads.COHORT,
    learner.SupportOffered: Reads.SUPPORT,
    learner.SupportProvided: Reads.SUPPORT,
    learner.PanelVoted: Reads.PANEL,
    learner.ChoiceMade: Reads.CHOICE,
    belonging.LearnerEnrolled: Reads.ENROLMENT,
    belonging.LearnerTransferred: Reads.ENROLMENT,
    belonging.GradeOfRecordSet: Reads.ENROLMENT,
    belonging.CourseEnrolled: Reads.ENROLMENT,
    belonging.CourseCompleted: Reads.ENROLMENT,
    belonging.CourseLeft: Reads.ENROLMENT,
    belonging.BelongingRetracted: Reads.ENROLMENT,
}


BINDING = frozenset({Reads.ENROLMENT, Reads.COHORT, Reads.EVIDENCE})
"""What says which learners an adoption binds: school, grade and courses, cohort, and the first evidence."""


def read_as(topic: str) -> frozenset[Reads]:
    """Return the kinds of things that events of a topic bring; all of them for a topic that is not known."""
    kind = TOPICS.get(topic)
    if kind is None:
        return frozenset(Reads)
    if kind is learner.Decided:
        return frozenset({Reads.DECISION})
    return frozenset({_KINDS[kind]}) if kind in _KINDS else frozenset()


def touched_by(payload: Payload, before: Iterable[str] = ()) -> frozenset[Touched]:
    """Say what a payload touches; `before` names the subjects of the evidence a correction replaces."""
    # no rule reads what a person ruled of a decision, nor what was erased
    if isinstance(payload, DifferenceSettled) or type(payload) in STILL_RECORDED:
        return frozenset()
    kind = _KINDS[type(payload)]
    if isinstance(payload, learner.EvidenceRecorded | learner.EvidenceCorrected):
        subjects = [result.subject.key for result in payload.evidence.results]
        return frozenset(Touched(kind, key) for key in (*subjects, *before))
    if isinstance(payload, learner.EvidenceWithdrawn):
        return frozenset(Touched(kind, key) for key in before)
    subject = getattr(payload, "subject", None)
    return frozenset({Touched(kind, subject.key if subject else None)})


class Asked(Struct, frozen=True, order=True):
    """One question to ask, in the canonical order: stratum, level, place of the subject, question, award.

    Within a stratum a question is of a higher level than those whose decisions its rules read.
    """

    stratum: int
    level: int
    rank: int
    subject: str
    question: int
    award: str


MOST_TIMES = 2
"""How often one append asks a question that a later answer may change."""


class Agenda:
    """The questions of one append; each is asked once, lower strata, lower levels and prerequisites first."""

    def __init__(self) -> None:
        self._waiting: list[Asked] = []
        self._seen: set[Asked] = set()
        self._answered: Counter[Asked] = Counter()

    def add(self, asked: Asked) -> None:
        """Put a question on the agenda, unless it stood there already."""
        if asked not in self._seen:
            self._seen.add(asked)
            heapq.heappush(self._waiting, asked)

    def add_again(self, asked: Asked) -> None:
        """Put a question on the agenda though it was answered, for what it looks at was decided since."""
        if asked in self._seen and 0 < self._answered[asked] < MOST_TIMES and asked not in self._waiting:
            heapq.heappush(self._waiting, asked)
        self.add(asked)

    def __iter__(self) -> Iterator[Asked]:
        while self._waiting:
            asked = heapq.heappop(self._waiting)
            self._answered[asked] += 1
            yield asked

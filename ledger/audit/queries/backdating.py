"""Gaps between the day something is said to have happened and the day it was recorded."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from typing import Any, NamedTuple

from ledger.audit.integrity import shown
from ledger.audit.queries.bursts import Work, work_of
from ledger.audit.queries.finding import AuditFinding, Query, Setting, Threshold, Watching, count
from ledger.audit.queries.life import Act, Change, Life, by_hand, dated
from ledger.audit.queries.statistics import median
from ledger.audit.queries.undocumented import follows
from ledger.domain.belonging import CourseEnrolled, LearnerEnrolled
from ledger.domain.learner import EvidenceRecorded
from ledger.storage.envelope import Event

NAME = "backdating"

DAYS = Threshold("days", 30, "days; an entry that lies further back is late")
TIMES = Threshold("times", 2, "times the days that entries by hand lie back at the median, at the least")
CLASS = Threshold("class-learners", 5, "learners for whom one piece of work is entered the same day as of a class")


class _Late(NamedTuple):
    event: Event[Any]
    day: str
    gap: int
    turned: Event[Any]
    batch: tuple[str, str, Work]


class Backdating(Watching):
    """Looks at what was entered long after its day and made a decision met."""

    __slots__ = ("_gaps", "_late", "_learners")

    def __init__(self, setting: Setting) -> None:
        super().__init__(setting)
        self._gaps: list[int] = []
        self._late: list[_Late] = []
        self._learners: dict[tuple[str, str, Work], set[str]] = defaultdict(set)

    def look(self, life: Life) -> Iterator[AuditFinding]:
        """Yield dates that were moved back, and note what was entered late."""
        here_since = _here_since(life)
        for act in life.acts:
            if (event := by_hand(act)) is not None and (day := day_of(event)) is not None:
                self._note(life.learner, act, event, day, here_since)
        for change in life.changes:
            yield from self._moved(change)

    def _note(self, learner: str, act: Act, event: Event[Any], day: str, here_since: str) -> None:
        recorded = self.setting.day(event)
        gap = (date.fromisoformat(recorded) - date.fromisoformat(day)).days
        batch = (event.actor, recorded, work_of(event.data))
        self._gaps.append(gap)
        self._learners[batch].add(learner)
        turned = follows(act, event)
        if gap > self.setting[DAYS.name] and turned and day >= here_since and not _shown_by_a_document(event):
            self._late.append(_Late(event, day, gap, turned[0], batch))

    def _moved(self, change: Change) -> Iterator[AuditFinding]:
        before, after = dated(change.before), dated(change.after) if change.after else None
        turned = follows(change.act, change.event)
        document = getattr(change.event.data, "document", None)
        if before and after and after < before and turned and document is None:
            sentence = (
                f"A correction moved work back from {before} to {after}, and {_became_met(turned[0])}: recorded "
                f"{self.when(change.event)}."
            )
            yield self.finding(NAME, change.event, sentence, change.entry, turned[0])

    def rest(self) -> Iterator[AuditFinding]:
        """Yield what was entered late, unless it was for a whole class."""
        usual = median(self._gaps)
        for late in self._late:
            alone = len(self._learners[late.batch]) < self.setting[CLASS.name]
            if alone and late.gap >= usual * self.setting[TIMES.name]:
                sentence = (
                    f"What is said to be of {late.day} was recorded {count(late.gap, 'day')} later, at "
                    f"{self.when(late.event)}, and {_became_met(late.turned)}; entries by hand lie "
                    f"{count(usual, 'day')} back at the median."
                )
                yield self.finding(NAME, late.event, sentence, late.turned)

    def notes(self) -> Iterator[str]:
        """Say what is usual."""
        over = sum(1 for gap in self._gaps if gap > self.setting[DAYS.name])
        yield (
            f"{count(len(self._gaps), 'dated entry', 'dated entries')} by hand: {count(median(self._gaps), 'day')} "
            f"back at the median, {over:,} of them late."
        )


def day_of(event: Event[Any]) -> str | None:
    """Return the day an entry says that something happened, null where it names none."""
    said = event.data
    if isinstance(said, EvidenceRecorded):
        return dated(said.evidence)
    found = getattr(said, "occurred", None)
    return found[:10] if found else None


def _here_since(life: Life) -> str:
    days = [
        event.data.first_day for _, event in life.events() if isinstance(event.data, LearnerEnrolled | CourseEnrolled)
    ]
    return min(days, default="")


def _shown_by_a_document(event: Event[Any]) -> bool:
    if isinstance(event.data, EvidenceRecorded):
        return bool(event.data.evidence.artefacts)
    return getattr(event.data, "document", None) is not None


def _became_met(event: Event[Any]) -> str:
    return f"{event.data.question} of {shown(event.data.subject.key)} became met by it"


QUERY = Query(
    NAME,
    "What was recorded long after the day it is said to be of, and was of use?",
    "An entry by hand that is late and by which a decision became met; a correction that moves work to an earlier day "
    "and does so.",
    "Late entries by which nothing became met; one piece of work entered late for a whole class; work with a document "
    "or an artefact; what is of the time before the learner was enrolled here; a ledger in which everything was "
    "entered late; what an import brings.",
    (DAYS, TIMES, CLASS),
    Backdating,
)

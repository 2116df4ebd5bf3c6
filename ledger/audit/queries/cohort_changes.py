"""Changes of cohort and of grade of record."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from ledger.audit.integrity import shown
from ledger.audit.queries.finding import AuditFinding, Query, Threshold, Watching, within
from ledger.audit.queries.life import Act, Life, step
from ledger.audit.queries.undocumented import follows
from ledger.domain.belonging import BelongingRetracted, GradeOfRecordSet, LearnerEnrolled
from ledger.domain.learner import CohortSet
from ledger.facts.belonging import Belonging, GradeEntry
from ledger.storage.envelope import Event

NAME = "cohort-changes"
A_DAY = 24 * 60
LADDER = ("PK", "TK", "K", *(str(number) for number in range(1, 14)))
"""Grades in the order in which learners go through them; a code beside them has no place in it."""

BEGINS = Threshold("year-begins", 7, "month on whose first day a school year begins", 1, 12)
WINDOW = Threshold("window-days", 90, "days about that day on which learners are promoted")


class CohortChanges(Watching):
    """Looks at every setting of a cohort or a grade that is not the first and not a promotion."""

    __slots__ = ()

    def look(self, life: Life) -> Iterator[AuditFinding]:
        """Yield each change of a learner's cohort or grade that has no basis, or made a decision met."""
        clocks: dict[str, Event[Any]] = {}
        belonging, entries = Belonging(), dict[int, Event[Any]]()
        for act, event in life.events():
            said = event.data
            entries[event.originator_version] = event
            if isinstance(said, CohortSet):
                yield from self._cohort(act, event, clocks.get(said.clock))
                clocks[said.clock] = event
            elif isinstance(said, LearnerEnrolled | GradeOfRecordSet) and said.grade is not None:
                yield from self._grade(act, event, belonging.grade_on(said.first_day), entries)
            elif isinstance(said, BelongingRetracted):
                gone = next((one for one in belonging.grades if one.version == said.entry), None)
                if gone is not None:
                    what = f"The grade of record {shown(gone.grade)} from {gone.first_day} was retracted"
                    yield from self._judged(act, event, entries.get(said.entry), what, basis=None)
            step(belonging, event)

    def _cohort(self, act: Act, event: Event[Any], before: Event[Any] | None) -> Iterator[AuditFinding]:
        said = event.data
        if before is not None and (before.data.year, before.data.day) != (said.year, said.day):
            was, now = before.data.year or before.data.day, said.year or said.day
            what = f"The cohort on the clock {shown(said.clock)} was changed from {was} to {now}"
            yield from self._judged(act, event, before, what, said.basis)

    def _grade(
        self, act: Act, event: Event[Any], before: GradeEntry | None, entries: dict[int, Event[Any]]
    ) -> Iterator[AuditFinding]:
        said = event.data
        if before is None or before.grade == said.grade or self._promotes(before.grade, said.grade, said.first_day):
            return
        what = (
            f"The grade of record was changed from {shown(before.grade)} to {shown(said.grade)} as of {said.first_day}"
        )
        yield from self._judged(act, event, entries.get(before.version), what, getattr(said, "basis", None))

    def _promotes(self, before: str, now: str, day: str) -> bool:
        if before not in LADDER or now not in LADDER or LADDER.index(now) != LADDER.index(before) + 1:
            return False
        found = date.fromisoformat(day[:10])
        years = (year for year in range(found.year - 1, found.year + 2) if date.min.year <= year <= date.max.year)
        begins = (date(year, self.setting[BEGINS.name], 1) for year in years)
        return any(abs((found - one).days) <= self.setting[WINDOW.name] for one in begins)

    def _judged(
        self, act: Act, event: Event[Any], before: Event[Any] | None, what: str, basis: str | None
    ) -> Iterator[AuditFinding]:
        turned = follows(act, event)
        slip = before is not None and before.actor == event.actor and within(before.at, event.at, A_DAY)
        if not turned and (basis or slip):
            return
        why = f"on the basis of {shown(basis)}" if basis else "without a basis"
        if turned:
            why += f", and {turned[0].data.question} of {shown(turned[0].data.subject.key)} became met by it"
        yield self.finding(
            NAME, event, f"{what} {why}: recorded {self.when(event)}.", *([before] if before else []), *turned
        )


QUERY = Query(
    NAME,
    "Whose cohort or grade of record was changed?",
    "A cohort set to another value; a grade of record set lower, by more than one step or away from the start of a "
    "school year; the retraction of a grade: each without a basis, or by which a decision became met.",
    "The first setting, and one to the same value; the next grade at the start of a year; a change that names its "
    "basis and by which nothing became met; what somebody sets right within a day of entering it themselves.",
    (BEGINS, WINDOW),
    CohortChanges,
)

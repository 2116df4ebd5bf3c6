"""Credit in less time than the work can have taken."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import date
from typing import Any, NamedTuple

from ledger.audit.integrity import shown
from ledger.audit.queries.bursts import work_of
from ledger.audit.queries.finding import AuditFinding, Query, Setting, Threshold, Watching, count
from ledger.audit.queries.life import Life, dated, subjects
from ledger.audit.queries.statistics import median
from ledger.domain.belonging import CourseEnrolled
from ledger.domain.learner import Decided, Evidence, EvidenceCorrected, EvidenceRecorded
from ledger.storage.envelope import Event

NAME = "impossible-time"
NO_COURSE_TIME = ("exam", "credential", "course_grade")
"""Kinds of evidence that take no time here: what was learned was learned elsewhere, or is told as a whole."""

DAYS = Threshold(
    "days", 20, "days from the first to the last trace of the work, where there are few others; fewer are a finding"
)
SHARE = Threshold("percent", 25, "percent of the median of the others with the same credit; less is a finding")
OTHERS = Threshold("others", 5, "other learners from whose time an expectation is taken")
A_DAY = Threshold("a-day", 8, "summative pieces of work of one day behind a credit; more are a finding")


class _Credit(NamedTuple):
    event: Event[Any]
    course: str
    days: int
    behind: tuple[Event[Any], ...]


class ImpossibleTime(Watching):
    """Measures from first to last trace of the work behind each credit, then holds each against the others'."""

    __slots__ = ("_credits",)

    def __init__(self, setting: Setting) -> None:
        super().__init__(setting)
        self._credits: dict[str, list[_Credit]] = defaultdict(list)

    def look(self, life: Life) -> Iterator[AuditFinding]:
        """Yield credits with too much work of one day behind them, and measure all."""
        story = _Story(life)
        for act, event in life.events():
            if act.turns(event) and event.data.question == "CREDIT":
                behind = story.behind(event)
                if not behind or all(one.data.evidence.kind in NO_COURSE_TIME for one in behind):
                    continue
                yield from self._crowded(event, behind)
                course = event.data.subject.key
                self._credits[course].append(_Credit(event, course, story.days(event, behind), behind))

    def _crowded(self, event: Event[Any], behind: tuple[Event[Any], ...]) -> Iterator[AuditFinding]:
        pieces = {work_of(EvidenceRecorded(evidence=one.data.evidence)) for one in behind if _counts(one.data.evidence)}
        for day, number in sorted(Counter(str(one[-1]) for one in pieces).items()):
            if number > self.setting[A_DAY.name]:
                sentence = (
                    f"Behind CREDIT of {shown(event.data.subject.key)}, decided {event.data.on}, stand "
                    f"{count(number, 'summative piece')} of work of one day, {day}."
                )
                yield self.finding(NAME, event, sentence, *behind)

    def rest(self) -> Iterator[AuditFinding]:
        """Yield credits whose work took too few days, by itself or beside that of others."""
        for course in sorted(self._credits):
            spans = [one.days for one in self._credits[course]]
            for one in self._credits[course]:
                yield from self._short(one, spans)

    def _short(self, one: _Credit, spans: list[int]) -> Iterator[AuditFinding]:
        others = sorted(spans)
        others.remove(one.days)
        usual = median(others)
        known = len(others) >= self.setting[OTHERS.name]
        too_few = one.days * 100 < usual * self.setting[SHARE.name] if known else one.days < self.setting[DAYS.name]
        if not too_few:
            return
        beside = (
            f"{count(len(others), 'other')} took {count(usual, 'day')} at the median" if known else "few others have it"
        )
        sentence = (
            f"CREDIT of {shown(one.course)} became met on {one.event.data.on}, and all trace of the work lies within "
            f"{count(one.days, 'day')}; {beside}."
        )
        yield self.finding(NAME, one.event, sentence, *one.behind)

    def notes(self) -> Iterator[str]:
        """Say how many credits were measured."""
        spans = [one.days for some in self._credits.values() for one in some]
        usual = count(median(spans), "day")
        yield f"{count(len(spans), 'credit')} by work in a course measured: {usual} at the median."


class _Story:
    """What stands behind decisions of a learner: evidence, and decisions that have their own behind them."""

    def __init__(self, life: Life) -> None:
        self._made: dict[int, Event[Any]] = {}
        self._begun: dict[str, str] = {}
        self._first: dict[str, str] = {}
        for _, event in life.events():
            said = event.data
            if isinstance(said, EvidenceRecorded | EvidenceCorrected | Decided):
                self._made[event.originator_version] = event
            if isinstance(said, EvidenceRecorded | EvidenceCorrected) and (day := dated(said.evidence)):
                for subject in subjects(said.evidence):
                    self._first[subject] = min(day, self._first.get(subject, day))
            elif isinstance(said, CourseEnrolled):
                key = f"course/{said.course}"
                self._begun[key] = min(said.first_day, self._begun.get(key, said.first_day))

    def behind(self, event: Event[Any]) -> tuple[Event[Any], ...]:
        """Return the evidence that stands behind a decision, through other decisions too."""
        waiting, seen, found = [event], {event.originator_version}, []
        while waiting:
            one = waiting.pop()
            if not isinstance(one.data, Decided):
                found.append(one)
                continue
            for version in {version for fact in one.data.facts for version in fact.versions} - seen:
                seen.add(version)
                waiting += [self._made[version]] if version in self._made else []
        return tuple(sorted(found, key=lambda one: one.position))

    def days(self, event: Event[Any], behind: tuple[Event[Any], ...]) -> int:
        """Return the days from the first trace of the work, or the beginning of the course, to the last."""
        days = [day for one in behind if (day := dated(one.data.evidence))]
        about = [subject for one in behind for subject in subjects(one.data.evidence)]
        first = [self._first[subject] for subject in about if subject in self._first]
        begun = self._begun.get(event.data.subject.key)
        last = max(days, default=event.data.on)
        start = min([*days, *first, *([begun] if begun else [])], default=last)
        return (date.fromisoformat(last) - date.fromisoformat(start)).days + 1


def _counts(evidence: Evidence) -> bool:
    return evidence.purpose == "summative" and dated(evidence) is not None


QUERY = Query(
    NAME,
    "Which credits were earned in less time than the work can have taken?",
    "A credit whose work, from the beginning of the course or its first trace to its last, took far fewer days than "
    "that of others with the same credit, or too few where there are no others; more summative pieces of work of one "
    "day behind it than can be done in one.",
    "Credit by examination, and by a course grade or a credential from elsewhere; a short course, in which all are as "
    "fast; one piece of work that shows several competencies.",
    (DAYS, SHARE, OTHERS, A_DAY),
    ImpossibleTime,
)

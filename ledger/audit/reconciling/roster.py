"""A roster against the ledger: who is enrolled in one and not in the other."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from ledger.audit.integrity import shown
from ledger.audit.queries.life import step
from ledger.audit.reconciling.discrepancy import Discrepancy, Identities
from ledger.domain.belonging import LearnerEnrolled
from ledger.facts.belonging import Belonging, CourseEntry, EnrolmentEntry
from ledger.interchange.roster_csv import RosterRow
from ledger.storage.envelope import Event


@dataclass(frozen=True, slots=True)
class Span:
    """What the ledger says of one learner: in a school, or in a course, from a day to a day.

    `name` is the organisation, or the course where `course` is true; `last_day` is null where it is open.
    """

    position: int
    course: bool
    name: str
    first_day: str
    last_day: str | None
    grade: str | None = None

    def meets(self, first_day: str, last_day: str | None) -> bool:
        """Say whether it has a day in common with other days."""
        return (last_day is None or self.first_day <= last_day) and (
            self.last_day is None or first_day <= self.last_day
        )

    def __str__(self) -> str:
        return f"in {shown(self.name)} from {self.first_day} to {self.last_day or 'no last day'}"


def spans_of(events: Iterable[Event[Any]]) -> tuple[Span, ...]:
    """Return where a learner belongs, as the learner's events leave it."""
    belonging, positions = Belonging(), dict[int, int]()
    for event in events:
        step(belonging, event)
        positions[event.originator_version] = event.position
    return (*_schools(belonging, positions), *_courses(belonging, positions))


def _schools(belonging: Belonging, positions: Mapping[int, int]) -> Iterator[Span]:
    every = list(belonging.spans())
    for one in every:
        last_day = _last_day(one, every)
        if one.organisation is not None and (last_day is None or one.first_day <= last_day):
            grade = belonging.grade_on(one.first_day)
            told = grade.grade if grade else None
            yield Span(positions[one.version], False, one.organisation, one.first_day, last_day, told)


def _last_day(one: EnrolmentEntry, every: Sequence[EnrolmentEntry]) -> str | None:
    """Return the last day of an enrolment: its own, or that before one recorded later begins."""
    begun = [other.first_day for other in every if other is not one and other.version > one.version]
    begun += [other.first_day for other in every if other.version == one.version and other.organisation is None]
    ends = [_before(day) for day in begun if day > one.first_day]
    return min([*ends, *([one.last_day] if one.last_day else [])], default=None)


def _courses(belonging: Belonging, positions: Mapping[int, int]) -> Iterator[Span]:
    for one in belonging.terms():
        yield Span(positions[one.version], True, one.course, one.day, _course_ended(one, belonging.courses))


def _course_ended(one: CourseEntry, every: Sequence[CourseEntry]) -> str | None:
    ends = [other.day for other in every if other.ends(one)]
    return min([*ends, *([one.last_day] if one.last_day else [])], default=None)


def _before(day: str) -> str:
    return (date.fromisoformat(day) - timedelta(days=1)).isoformat()


def reconcile_roster(
    rows: Sequence[RosterRow], identities: Identities, held: Mapping[str, Sequence[Span]], *, named_only: bool = False
) -> Iterator[Discrepancy]:
    """Yield where a roster and the ledger differ; with `named_only` about learners the roster names alone.

    What was over before the first day on the roster is not its business, nor are courses where it has none.
    """
    matched: set[tuple[str, int]] = set()
    for row in rows:
        learner = identities.get(row.learner)
        found = _match(_asked(row), held.get(learner, ())) if learner else None
        if found is None:
            yield _missing(row, learner, held.get(learner, ()) if learner else ())
            continue
        matched.add((str(learner), found.position))
        yield from _other(row, str(learner), found)
    first_days = _first_days(rows)
    named = set(identities.values())
    for learner, spans in sorted(held.items()):
        if not named_only or learner in named:
            for span in spans:
                first_day = first_days.get(span.course)
                if (learner, span.position) not in matched and first_day is not None and span.meets(first_day, None):
                    sentence = f"The ledger has the learner {span}; no row of the roster does."
                    yield Discrepancy("not-on-roster", None, span.position, learner, sentence)


def _first_days(rows: Sequence[RosterRow]) -> dict[bool, str]:
    """Return the first day of which a roster speaks, for courses (true) and for schools (false)."""
    found: dict[bool, str] = {}
    for one in map(_asked, rows):
        found[one.course] = min(one.first_day, found.get(one.course, one.first_day))
    return found


def _asked(row: RosterRow) -> Span:
    said = row.payload
    if isinstance(said, LearnerEnrolled):
        return Span(0, False, said.organisation, said.first_day, said.last_day, said.grade)
    return Span(0, True, said.course, said.first_day, said.last_day)


def _match(asked: Span, held: Sequence[Span]) -> Span | None:
    """Return the span meant: the one of the same first day, else the first that has a day in common."""
    alike = [one for one in held if (one.course, one.name) == (asked.course, asked.name)]
    same = (one for one in alike if one.first_day == asked.first_day)
    return next(same, None) or next((one for one in alike if one.meets(asked.first_day, asked.last_day)), None)


def _missing(row: RosterRow, learner: str | None, held: Sequence[Span]) -> Discrepancy:
    asked = _asked(row)
    if learner is None:
        why = f"the ledger knows no learner {shown(row.learner)}"
    else:
        alike = [str(one) for one in held if one.course == asked.course and one.meets(asked.first_day, asked.last_day)]
        why = f"the ledger has the learner {'; '.join(alike) or 'nowhere'} in those days"
    return Discrepancy("not-in-ledger", row.line, None, learner, f"The roster has the learner {asked}; {why}.")


def _other(row: RosterRow, learner: str, found: Span) -> Iterator[Discrepancy]:
    asked = _asked(row)
    if asked.first_day != found.first_day or asked.last_day not in (None, found.last_day):
        sentence = f"The roster has the learner {asked}, the ledger {found}."
        yield Discrepancy("other-days", row.line, found.position, learner, sentence)
    if asked.grade is not None and asked.grade != found.grade:
        sentence = (
            f"The roster has the learner in grade {shown(asked.grade)} from {asked.first_day}, the ledger in "
            f"{'no grade' if found.grade is None else f'grade {shown(found.grade)}'}."
        )
        yield Discrepancy("other-grade", row.line, found.position, learner, sentence)

"""A roster as plain CSV: learner, organisation, grade, course, section, session, from, until; one row each span.

A row without a course enrols the learner in the organisation, with a course in that course there.
Days are inclusive, and `until` may be empty.
"""

from dataclasses import dataclass
from datetime import date

from ledger.domain.belonging import CourseEnrolled, LearnerEnrolled
from ledger.domain.shapes import Source
from ledger.interchange import sentences
from ledger.interchange.plain_csv import PlainRow, plain_rows, require_values
from ledger.interchange.report import Report

COLUMNS = ("learner", "organisation", "grade", "course", "section", "session", "from", "until")
"""The columns such a file may have, in any order."""

NEEDED = ("learner", "from")

SOURCE = Source(system="roster")
"""Where what a roster says comes from."""


@dataclass(frozen=True, slots=True)
class RosterRow:
    """One row: the number of its first line, the learner's id in the source system, and what it says."""

    line: int
    learner: str
    payload: LearnerEnrolled | CourseEnrolled


def read_roster(data: bytes, report: Report) -> list[RosterRow]:
    """Return the rows of a roster that are sound so far; the faults of the others are noted."""
    return [found for row in plain_rows(data, COLUMNS, NEEDED, report) if (found := _read(row, report)) is not None]


def _read(row: PlainRow, report: Report) -> RosterRow | None:
    faults = len(report.faults)
    require_values(row, NEEDED, report)
    _refuse_what_does_not_belong(row, report)
    first_day, last_day = _day(row, "from", report), _day(row, "until", report)
    if first_day and last_day and last_day < first_day:
        report.fault(sentences.ENDS_BEFORE.format(first_day=first_day, last_day=last_day), line=row.line, name="until")
    if len(report.faults) > faults:
        return None
    return RosterRow(row.line, row.text("learner") or "", _payload(row, first_day or "", last_day))


def _payload(row: PlainRow, first_day: str, last_day: str | None) -> LearnerEnrolled | CourseEnrolled:
    course, organisation = row.text("course"), row.text("organisation")
    if course is None:
        return LearnerEnrolled(
            organisation=organisation or "",
            first_day=first_day,
            last_day=last_day,
            grade=row.text("grade"),
            source=SOURCE,
        )
    return CourseEnrolled(
        course=course,
        first_day=first_day,
        last_day=last_day,
        section=row.text("section"),
        session=row.text("session"),
        organisation=organisation,
        source=SOURCE,
    )


def _refuse_what_does_not_belong(row: PlainRow, report: Report) -> None:
    if row.text("course"):
        if row.text("grade"):
            report.fault(sentences.ROSTER_GRADE, line=row.line, name="grade")
        return
    if not row.text("organisation"):
        report.fault(sentences.ROSTER_SAYS_NOTHING, line=row.line)
    for name in ("section", "session"):
        if row.text(name):
            report.fault(sentences.ROSTER_NO_COURSE, line=row.line, name=name)


def _day(row: PlainRow, name: str, report: Report) -> str | None:
    text = row.text(name)
    try:
        if text and date.fromisoformat(text).isoformat() != text:
            raise ValueError(text)
    except ValueError:
        report.fault(sentences.NOT_A_DAY.format(text=(text or "")[:40]), line=row.line, name=name)
        return None
    return text

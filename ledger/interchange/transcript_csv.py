"""A transcript as plain CSV: learner, course, award, credit, earned; one credit a row.

`award` names the award where a course can be credited in several ways, `credit` is a plain decimal,
`earned` a day; all three may be empty, or their columns missing.
"""

from dataclasses import dataclass
from datetime import date

from ledger.interchange import sentences
from ledger.interchange.plain_csv import PlainRow, plain_rows, require_values
from ledger.interchange.report import Report
from ledger.values import decimal_text

COLUMNS = ("learner", "course", "award", "credit", "earned")
"""The columns such a file may have, in any order."""

NEEDED = ("learner", "course")


@dataclass(frozen=True, slots=True)
class TranscriptRow:
    """One row: the number of its first line, the learner's id in the source system, and the credit it names."""

    line: int
    learner: str
    course: str
    award: str | None
    credit: str | None
    earned: str | None


def read_transcript(data: bytes, report: Report) -> list[TranscriptRow]:
    """Return the rows of a transcript that are sound; the faults of the others are noted."""
    return [found for row in plain_rows(data, COLUMNS, NEEDED, report) if (found := _read(row, report)) is not None]


def _read(row: PlainRow, report: Report) -> TranscriptRow | None:
    faults = len(report.faults)
    require_values(row, NEEDED, report)
    credit, earned = _credit(row, report), _day(row, report)
    if len(report.faults) > faults:
        return None
    learner, course = row.text("learner") or "", row.text("course") or ""
    return TranscriptRow(row.line, learner, course, row.text("award"), credit, earned)


def _credit(row: PlainRow, report: Report) -> str | None:
    text = row.text("credit")
    try:
        found = decimal_text(text) if text else None
    except ValueError as error:
        report.fault(str(error), line=row.line, name="credit")
        return None
    if found is not None and found.startswith("-"):
        report.fault(sentences.NEGATIVE_CREDIT.format(text=found), line=row.line, name="credit")
    return found


def _day(row: PlainRow, report: Report) -> str | None:
    text = row.text("earned")
    try:
        if text and date.fromisoformat(text).isoformat() != text:
            raise ValueError(text)
    except ValueError:
        report.fault(sentences.NOT_A_DAY.format(text=(text or "")[:40]), line=row.line, name="earned")
        return None
    return text

"""Transcripts that cannot be read, each with where and why."""

import pytest

from ledger.interchange.report import Report
from ledger.interchange.transcript_csv import TranscriptRow, read_transcript

HEADER = "learner,course,award,credit,earned\n"

BAD = {
    "": ["t.csv:1: the file is empty; its first line must name the columns"],
    "learner,credit\nS-1,1\n": ["t.csv:1 [course]: the column 'course' is missing; the file has: learner, credit"],
    f"{HEADER}S-1,algebra,,one,\n": ["t.csv:2 [credit]: 'one' is not a plain decimal number such as 84 or 84.5"],
    f"{HEADER}S-1,algebra,,1e400,\n": ["t.csv:2 [credit]: '1e400' is not a plain decimal number such as 84 or 84.5"],
    f"{HEADER}S-1,algebra,,-1,\n": ["t.csv:2 [credit]: a credit of -1 is less than nothing"],
    f"{HEADER}S-1,algebra,,1,May\n": ["t.csv:2 [earned]: 'May' is not a day such as 2026-05-30"],
    f"{HEADER}S-1,algebra,,1,20260530\n": ["t.csv:2 [earned]: '20260530' is not a day such as 2026-05-30"],
    f"{HEADER},algebra,,,\nS-1,,,,\n": [
        "t.csv:2 [learner]: learner is empty; every row needs one",
        "t.csv:3 [course]: course is empty; every row needs one",
    ],
    f"{HEADER}S-1,algebra\n": ["t.csv:2: columns in the first line: 5, cells in this row: 2; they must be equal"],
}


@pytest.mark.parametrize(("text", "expected"), BAD.items())
def test_every_fault_is_told_with_its_place(text: str, expected: list[str]) -> None:
    """Each names the file, the line, the column, and what is wrong."""
    report = Report("t.csv")

    assert [] == read_transcript(text.encode(), report)
    assert expected == [str(fault) for fault in report.faults]


@pytest.mark.parametrize(
    "data", [b"\xff\xfel", b"learner,course\nS\x00,a\n", b'learner,course\n"S-1,a\n', b"learner;course\n"]
)
def test_hostile_bytes_are_a_fault(data: bytes) -> None:
    """Another encoding, a NUL, an open quotation mark or another separator is told, and never raised."""
    report = Report("t.csv")
    read_transcript(data, report)

    assert report.faults


def test_sound_rows_are_read() -> None:
    """Columns in any order, most of them missing."""
    report = Report("t.csv")

    assert [TranscriptRow(2, "S-1", "algebra", None, "0.5", "2026-05-30")] == read_transcript(
        b"earned,course,learner,credit\n2026-05-30, algebra ,S-1,0.50\n", report
    )
    assert [] == report.faults

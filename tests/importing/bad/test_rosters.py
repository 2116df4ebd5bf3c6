"""Rosters with faults: every one is told with its line, and nothing is stored."""

from pathlib import Path

import pytest

from ledger.application import Ledger
from ledger.errors import InputFaults
from tests.importing.test_roster import HEADER, NORTH, ROWS, SOUTH, brought, events
from tests.support.ledgers import opened

ORGANISATION = (
    "'North High' is not an organisation: name it below its district, in small letters, digits and hyphens, as in "
    "us-tx/pine-valley/north-high"
)


def faults(ledger: Ledger, folder: Path, *rows: str) -> list[str]:
    """Import rows that are refused; return what is said."""
    with pytest.raises(InputFaults) as caught:
        brought(ledger, folder, *rows)
    return [str(fault) for fault in caught.value.faults]


def test_every_fault_of_a_roster_is_told_at_once(tmp_path: Path) -> None:
    """Faults of form come with the line and the column, and no row of the file is stored."""
    ledger = opened(tmp_path)
    before = events(ledger)
    found = faults(
        ledger,
        tmp_path,
        ROWS[0],
        ",,,,,,,\n",
        f",{NORTH},,,,,2025-08-18,\n",
        "S-1,,,,,,2025-08-18,\n",
        f"S-1,{NORTH},9,ALG1,,,2025-08-18,\n",
        f"S-1,{NORTH},,,3,fall,2025-08-18,\n",
        f"S-1,{NORTH},,,,,18.8.2025,20260529\n",
        f"S-1,{NORTH},,,,,2025-08-18,2025-08-17\n",
        "S-1,North High,,,,,2025-08-18,\n",
        f"S-1,{NORTH},,,,,1825-08-18,\n",
    )

    assert [
        "roster.csv:4 [learner]: learner is empty; every row needs one",
        "roster.csv:5: a row names an organisation, a course, or both",
        "roster.csv:6 [grade]: a grade belongs to an enrolment in an organisation, in a row without a course",
        "roster.csv:7 [section]: this belongs to a course, and the row has none",
        "roster.csv:7 [session]: this belongs to a course, and the row has none",
        "roster.csv:8 [from]: '18.8.2025' is not a day such as 2026-05-30",
        "roster.csv:8 [until]: '20260529' is not a day such as 2026-05-30",
        "roster.csv:9 [until]: the last day 2025-08-17 is before the first day 2025-08-18",
        f"roster.csv:10 [organisation]: {ORGANISATION}",
        "roster.csv:11 [from]: 1825-08-18 is not in a year from 1900 to 2200",
    ] == found
    assert (before, None) == (events(ledger), ledger.vault.find("S-1"))


def test_an_open_enrolment_does_not_replace_a_later_one(tmp_path: Path) -> None:
    """Who records an earlier school later gives its last day; without it the file is refused."""
    ledger = opened(tmp_path)
    brought(ledger, tmp_path, ROWS[3])
    earlier = f"S-2,{SOUTH},,,,,2024-08-19,"
    said = faults(ledger, tmp_path, f"{earlier}\n")
    report = brought(ledger, tmp_path, f"{earlier}2026-01-06\n")

    why = (
        f"{SOUTH} has no last day here, and an enrolment in {NORTH} from 2026-01-07 is on record, which this would "
        "replace; give the last day in `until`"
    )

    assert [f"roster.csv:2 [until]: {why}"] == said
    assert 1 == report.recorded


def test_a_file_that_is_no_roster_is_refused(tmp_path: Path) -> None:
    """A header without a needed column, or with one that means nothing, is a fault."""
    ledger, path = opened(tmp_path), tmp_path / "roster.csv"
    path.write_text(HEADER)
    with pytest.raises(InputFaults) as caught:
        brought(ledger, tmp_path, "S-1\n")

    assert ["roster.csv:2: columns in the first line: 8, cells in this row: 1; they must be equal"] == [
        str(one) for one in caught.value.faults
    ]

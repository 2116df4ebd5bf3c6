"""Maps: somebody else's columns as fields."""

from collections.abc import Iterable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.errors import Fault
from ledger.interchange.evidence_check import check_row
from ledger.interchange.evidence_csv import Limits, read_rows
from ledger.interchange.evidence_map import EvidenceMap, read_map
from ledger.interchange.evidence_rows import Row
from tests.interchange.support import known

CONSTANTS = '[constants]\nkind = "task"\npurpose = "summative"\n'
PLAIN = '[columns]\nlearner = "who"\ncompetency = "what"\nscore = "points"\n' + CONSTANTS
ITEMS = '[join.items]\nfile = "items.csv"\non = "item"\n'
ITEM = "item,add,take\n1,1,1\n"
MARKS = '[columns]\nlearner = "who"\npassed = "right"\nitem = "item"\n' + CONSTANTS + ITEMS + "[competencies]\n"


def mapped(text: str) -> EvidenceMap:
    """Return a map that is good."""
    found = read_map(text.encode(), "map.toml")
    assert isinstance(found, EvidenceMap), found
    return found


def read(folder: Path, text: str, rows: str, limits: Limits = Limits(), **files: str) -> list[Row | Fault]:  # noqa: B008
    """Read rows through a map, with joined files beside it."""
    (folder / "rows.csv").write_text(rows)
    for name, content in files.items():
        (folder / f"{name}.csv").write_text(content)
    return list(read_rows(folder / "rows.csv", mapped(text), folder, limits))


def faults(found: Iterable[object]) -> list[str]:
    """Return faults as text."""
    return [str(fault) for fault in found if isinstance(fault, Fault)]


def one(found: list[Row | Fault]) -> Row:
    """Return the only row."""
    (row,) = found
    assert isinstance(row, Row), row
    return row


def test_columns_are_renamed_and_the_others_left_out(tmp_path: Path) -> None:
    """A map takes the columns it names, fills in constants, and ignores the rest of the file."""
    row = one(read(tmp_path, PLAIN + "score_max = 20\n", "hair,who,what,points\nred,7,M.1,18\n"))

    assert (row.learner, row.competencies, row.kind, row.purpose) == ("7", ("M.1",), "task", "summative")
    assert row.score
    assert (row.score.value, row.score.maximum) == ("18", "20")


def test_faults_name_the_column_of_the_file(tmp_path: Path) -> None:
    """A wrong value is told under the name the file gives it."""
    assert faults(read(tmp_path, PLAIN, "who,what,points\n7,M.1,NaN\n")) == [
        "rows.csv:2 [points]: 'NaN' is not a plain decimal number such as 84 or 84.5"
    ]


def test_missing_columns_are_told_with_those_that_are_there(tmp_path: Path) -> None:
    """Each column the map names and the file lacks is one fault that lists the file's columns."""
    text = PLAIN + '[dates]\ndue = {start = "term.begins", days = "more.late"}\n' + ITEMS
    found = read(tmp_path, text.replace('"points"', '"items.points"'), "who\n7\n", items="item\n1\n")

    assert faults(found) == [
        "rows.csv:1 [item]: the column 'item' is missing; the file has: who",
        "rows.csv:1 [what]: the column 'what' is missing; the file has: who",
        "items.csv:1 [points]: the column 'points' is missing; the file has: item",
        "rows.csv:1 [term.begins]: the column 'term.begins' is missing; the file has: who",
        "rows.csv:1 [more.late]: the column 'more.late' is missing; the file has: who",
    ]


def test_an_empty_score_means_what_the_map_says(tmp_path: Path) -> None:
    """An empty score is the reason the map gives, never a zero; without that word it is a fault."""
    rows = "who,what,points\n7,M.1,\n"
    row = one(read(tmp_path, PLAIN + 'absent_when_empty = "not submitted"\n', rows))

    assert (row.score, row.absent_reason) == (None, "not submitted")
    assert faults(read(tmp_path, PLAIN, rows)) == [
        (
            "rows.csv:2 [points]: the row has no level, score or passed, and no absent_reason; missing is never zero: "
            "give absent_reason, or absent_when_empty in the map"
        )
    ]


START = 'start = {column = "term", values = {2013J = 2013-10-01, 2014B = "2014-02-01"}}'


@pytest.mark.parametrize(
    ("start", "cells", "expected"),
    [
        ('start = "2013-10-01"', "x,18", "2013-10-19"),
        ("start = 2013-10-01", "x,-1", "2013-09-30"),
        ("start = 2013-10-01", "x,+150", "2014-02-28"),
        ("start = 2013-10-01", "x,", None),
        ('start = "term"', "2024-02-28,1", "2024-02-29"),
        ('start = {column = "term"}', "2024-02-28,2", "2024-03-01"),
        (START, "2014B,0", "2014-02-01"),
    ],
)
def test_a_date_is_a_start_and_days(tmp_path: Path, start: str, cells: str, expected: str | None) -> None:
    """The start is a day, a column, or a column read through a table; no days is no date."""
    text = PLAIN + f'[dates]\noccurred = {{{start}, days = "day"}}\n'

    assert one(read(tmp_path, text, f"who,what,points,term,day\n7,M.1,5,{cells}\n")).occurred == expected


@pytest.mark.parametrize(
    ("start", "cells", "why"),
    [
        (START, "2015J,18", "'2015J' has no start in the map; it has: 2013J, 2014B"),
        (START, "2013J,?", "'?' is not a whole number of days"),
        (START, "2013J,1.5", "'1.5' is not a whole number of days"),
        (START, "2013J,99999999", "99999999 days after 2013-10-01 is beyond the calendar"),
        (START, "2013J," + "9" * 5000, "9" * 40 + " days after 2013-10-01 is beyond the calendar"),
        ('start = "term"', "soon,1", "'soon' is not a day such as 2026-05-30"),
        ('start = "term"', ",1", "'' is not a day such as 2026-05-30"),
    ],
)
def test_a_date_that_cannot_be_reckoned_is_a_fault(tmp_path: Path, start: str, cells: str, why: str) -> None:
    """An unknown start, days that are no number and dates beyond the calendar say what is wrong."""
    text = PLAIN + f'[dates]\noccurred = {{{start}, days = "day"}}\n'

    assert faults(read(tmp_path, text, f"who,what,points,term,day\n7,M.1,5,{cells}\n")) == [f"rows.csv:2 [day]: {why}"]


def test_a_joined_column_is_found_by_its_key(tmp_path: Path) -> None:
    """A row finds its row of another file by a column, whatever that column is called there."""
    text = PLAIN.replace('"what"', '"items.skill"') + ITEMS + 'key = "id"\n'
    found = read(tmp_path, text, "who,item,points\n7, 2,5\n7,3,5\n", items="skill,id\nM.1,1\nM.2,2\n")

    assert isinstance(found[0], Row)
    assert found[0].competencies == ("M.2",)
    assert faults(found) == ["rows.csv:3 [item]: no row of items.csv has id '3'"]


def test_marked_columns_make_several_competencies(tmp_path: Path) -> None:
    """Columns that hold 1 name the competencies of a row; a table renames them."""
    items = ITEM + "2,0,1\n"
    rows = "who,item,right\n7,1,1\n7,2,0\n"
    listed = read(tmp_path, MARKS + 'join = "items"\ncolumns = ["add", "take"]\n', rows, items=items)
    named = read(tmp_path, MARKS + 'join = "items"\ncolumns = {add = "M.1", take = "M.2"}\n', rows, items=items)

    assert [row.competencies for row in listed if isinstance(row, Row)] == [("add", "take"), ("take",)]
    assert [row.competencies for row in named if isinstance(row, Row)] == [("M.1", "M.2"), ("M.2",)]


def test_two_columns_of_one_competency_are_a_fault(tmp_path: Path) -> None:
    """A row whose marks name one competency twice is told, because it cannot have two results for it."""
    columns = 'columns = {add = "M.1", take = "m1"}'
    found = one(read(tmp_path, f'{MARKS}join = "items"\n{columns}\n', "who,item,right\n7,1,1\n", items=ITEM))
    checked = check_row(found, known())

    assert isinstance(checked, list)
    assert faults(checked) == ["rows.csv:2 [items]: the row names the competency 'm1' twice"]


@given(st.binary(max_size=60), st.sampled_from(["", PLAIN, MARKS, PLAIN + "[dates]\n"]))
def test_any_bytes_are_a_map_or_faults(data: bytes, before: str) -> None:
    """No bytes make the reader of maps raise."""
    found = read_map(before.encode() + data, "map.toml")

    assert isinstance(found, EvidenceMap) or found


def test_marks_that_are_wrong_are_faults(tmp_path: Path) -> None:
    """A mark that is neither 0 nor 1, and a row without any mark, are told."""
    items = "item,add,take\n1,yes,1\n2,0,0\n"
    text = MARKS + 'join = "items"\ncolumns = ["add", "take"]\n'

    assert faults(read(tmp_path, text, "who,item,right\n7,1,1\n7,2,0\n", items=items)) == [
        "rows.csv:2 [items]: 'yes' in the column 'add' of items.csv for '1' is neither 0 nor 1",
        "rows.csv:3 [items]: no column of items.csv marks a competency for '2'",
    ]


@pytest.mark.parametrize(
    ("items", "expected"),
    [
        ("", [":1: the file is empty; its first line must name the columns"]),
        ("id\n1\n", [":1 [item]: the column 'item' is missing; the file has: id"]),
        ("item,item\n", [":1 [item]: the column 'item' stands twice in the first line"]),
        (
            "item,add\n1,1\n1,0\n2\n",
            [
                ":3 [item]: '1' stands here again in the column 'item' (first in line 2); a row is found by it",
                ":4: columns in the first line: 2, cells in this row: 1; they must be equal",
            ],
        ),
        ("item\n1\n2\n3\n4\n", [": the joined file has more than 3 rows; joined files are held in memory"]),
        ('item\n"1"x\n', [":2: the row is not proper CSV: ',' expected after '\"'"]),
    ],
)
def test_bad_joined_files_are_told_before_any_row(tmp_path: Path, items: str, expected: list[str]) -> None:
    """Faults of a joined file name that file, and no row is read."""
    text = PLAIN + ITEMS
    found = read(tmp_path, text, "who,what,points,item\n7,M.1,5,1\n", Limits(joined=3), items=items)

    assert [str(fault) for fault in found] == [f"items.csv{each}" for each in expected]


def test_a_missing_joined_file_is_a_fault(tmp_path: Path) -> None:
    """A joined file that is not beside the map is named."""
    assert faults(read(tmp_path, PLAIN + ITEMS, "who,what,points,item\n7,M.1,5,1\n")) == [
        "items.csv: the file cannot be read: No such file or directory"
    ]

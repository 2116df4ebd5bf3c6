"""Cells pasted from a spreadsheet, and results as people type them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.domain.shapes import Result, Score, Subject
from ledger.interchange.pasted import PastedRow, folded, names_of_columns, read_pasted
from ledger.interchange.remembered import Wrong
from ledger.interchange.typed_results import read_result
from tests.support.ledgers import FOUR_LEVELS

SUBJECT = Subject(kind="competency", id="c2")


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("Sol\t3\r\nMei\t2,5\r\n", [("Sol", "3"), ("Mei", "2,5")]),
        ("\ufeffSol;3\n\n  ;\nMei;4", [("Sol", "3"), ("Mei", "4")]),
        ('"Rivera, Tomás",3\n', [("Rivera, Tomás", "3")]),
        ('"two\nlines"\t1\nMei\t2', [("two lines", "1"), ("Mei", "2")]),
        ("Rivera, Tomás\t3", [("Rivera, Tomás", "3")]),
    ],
)
def test_cells_are_read_as_a_spreadsheet_copies_them(text: str, rows: list[tuple[str, str]]) -> None:
    """Tabs, semicolons and commas keep cells apart; marks, blank lines and line ends of any kind are taken."""
    found, faults = read_pasted(text)

    assert rows == [row.cells for row in found]
    assert () == faults


def test_rows_know_the_line_they_begin_on() -> None:
    """A row after a cell of two lines begins two lines further down."""
    found, _ = read_pasted('"a\nb"\t1\n\nMei\t2')

    assert [1, 4] == [row.line for row in found]


@given(st.text(max_size=400))
def test_whatever_is_pasted_is_read_or_said_to_be_wrong(text: str) -> None:
    """No text raises; what has no row has a fault."""
    rows, faults = read_pasted(text)

    assert rows or faults


def test_names_are_compared_as_people_write_them() -> None:
    """Case, accents and the order of the names do not matter."""
    assert folded("Rivera, Tomás") == folded("tomas  RIVERA")


def test_a_first_row_names_columns_only_where_each_cell_is_known() -> None:
    """A first row of codes is a heading; one with an unknown cell is a row like any other."""
    assert ("A1.1", "A1.2") == names_of_columns(PastedRow(1, ("Name", "a1.1", "A1.2")), ["A1.1", "A1.2"])
    assert names_of_columns(PastedRow(1, ("Sol", "3")), ["A1.1"]) is None
    assert names_of_columns(PastedRow(1, ("Name",)), ["A1.1"]) is None


@pytest.mark.parametrize(
    ("text", "level"), [("3", "3"), (" c ", "3"), ("D", "4"), ("3.0", "3"), ("2,0", "2"), ("Absent", None)]
)
def test_a_level_is_read_by_its_word_or_number(text: str, level: str | None) -> None:
    """A label, a number with a point or a comma, or a reason why there is none."""
    found = read_result(text, SUBJECT, FOUR_LEVELS)

    assert isinstance(found, Result)
    assert (level, None if level else "absent") == (found.level, found.absent_reason)


def test_a_score_is_read_up_to_the_highest_there_is() -> None:
    """84,5 of 100 is the score 84.5."""
    found = read_result("84,5", SUBJECT, None, "100")

    assert Result(subject=SUBJECT, score=Score(value="84.5", minimum="0", maximum="100")) == found
    assert read_result("  ", SUBJECT, None, "100") is None


@pytest.mark.parametrize(
    ("text", "maximum", "why"),
    [
        ("5", None, "'5' is no level of Four levels; the levels are 1 (A), 2 (B), 3 (C), 4 (D). Why there is none: "),
        ("many", "100", "'many' is no score such as 17 or 84.5. Why there is none: "),
        ("101", "100", "101 is not between 0 and 100"),
    ],
)
def test_what_is_no_result_is_said_with_what_would_be(text: str, maximum: str | None, why: str) -> None:
    """A result that cannot be is answered with those that can."""
    found = read_result(text, SUBJECT, FOUR_LEVELS, maximum)

    assert isinstance(found, Wrong)
    assert found.why.startswith(why)


def test_without_a_scale_there_are_no_levels() -> None:
    """Where the rule reads no levels, a level is refused with what to do."""
    assert Wrong("the rule reads no levels here; record a score") == read_result("3", SUBJECT, None)

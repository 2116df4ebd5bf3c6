"""A pasted block matched to the learners of a class."""

from pathlib import Path

import pytest

from ledger.application import Ledger
from ledger.importing.pasting import Matched, match_pasted
from ledger.vault import pseudonym
from tests.support.classes import class_of
from tests.support.ledgers import classroom

CODES = ("C.0", "C.1", "C.2")


@pytest.fixture
def ledger(tmp_path: Path) -> Ledger:
    """A ledger with competencies."""
    return classroom(tmp_path)


def matched(ledger: Ledger, learners: list[str], text: str, *chosen: str) -> Matched:
    """Match a text to a class."""
    return match_pasted(ledger, text, learners, CODES, chosen)


def test_learners_are_found_by_id_name_and_pseudonym(ledger: Ledger) -> None:
    """An id of the system they came from, a name in either order and a pseudonym all name a learner."""
    learners = class_of(ledger)
    text = f"Name\tLevel\nS-1\t3\nLindqvist, Mei\t2\ntomas rivera\t\n{pseudonym(learners[3])}\tabsent"
    found = matched(ledger, learners, text, "C.2")

    assert () == found.faults
    assert dict(zip(learners, [("3",), ("2",), ("",), ("absent",)], strict=True)) == found.cells


def test_a_first_row_says_what_the_columns_are_about(ledger: Ledger) -> None:
    """Codes in the first row name the competencies, whatever was chosen."""
    learners = class_of(ledger)
    found = matched(ledger, learners, "Student\tC.1\tC.0\nSol Abara\t3\t4", "C.2")

    assert ("C.1", "C.0") == found.columns
    assert {learners[0]: ("3", "4")} == found.cells


def test_every_line_that_is_wrong_is_named(ledger: Ledger) -> None:
    """Who is not in the class, who stands twice, what is missing and what is too much, each with its line."""
    learners = class_of(ledger, [("Sol", "Abara"), ("Sol", "Abara")])
    ledger.vault.learner_id("S-9")
    found = matched(ledger, learners, "S-9\t3\nNobody\t3\nSol Abara\t3\nS-1\t3\nS-1\t2\nS-2\nS-2\t3\t4", "C.2")

    assert [
        (1, "S-9", "nobody in this class has this name or id"),
        (2, "Nobody", "nobody in this class has this name or id"),
        (3, "Sol Abara", "2 learners in this class have this name; use the id"),
        (5, "S-1", "this learner stands on line 4 already"),
        (6, "S-2", "there is nothing beside the name"),
        (7, "S-2", "there are 2 cells beside the name, and 1 to fill"),
    ] == [(one.line, one.field, one.why) for one in found.faults]


def test_cells_about_nothing_are_refused(ledger: Ledger) -> None:
    """Where neither the first row nor a choice says what the cells are about, that is said."""
    found = matched(ledger, class_of(ledger), "Sol Abara\t3")

    assert ["choose what it is evidence of, or paste a first row that names the competencies by their codes"] == [
        one.why for one in found.faults
    ]

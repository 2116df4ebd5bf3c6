"""Real responses of real learners, through maps and local frameworks written here."""

import csv
from collections import Counter
from pathlib import Path

import pytest

from ledger.domain.row_identity import row_key
from ledger.errors import Fault
from ledger.interchange.evidence_check import StagedEvidence, check_row
from ledger.interchange.evidence_csv import read_rows
from ledger.interchange.evidence_map import EvidenceMap, read_map
from ledger.interchange.known_names import KnownNames
from tests.interchange.support import known, small_framework

OULAD = b"""
[columns]
learner = "id_student"
score = "score"
task = "id_assessment"
competency = "assessments.code_module"

[constants]
kind = "task"
purpose = "summative"
score_min = 0
score_max = 100
absent_when_empty = "not submitted"
source_system = "oulad"

[dates.submitted]
start = {column = "assessments.code_presentation", values = {2013J = 2013-10-01, 2014J = 2014-10-01}}
days = "date_submitted"

[dates.due]
start = {column = "assessments.code_presentation", values = {2013J = 2013-10-01, 2014J = 2014-10-01}}
days = "assessments.date"

[join.assessments]
file = "assessments.csv"
on = "id_assessment"
"""

FRACTIONS = """
[columns]
learner = "learner"
item = "item"
passed = "correct"

[constants]
kind = "exam"
purpose = "formative"
task = "fraction subtraction"

[join.items]
file = "items.csv"
on = "item"

[competencies]
join = "items"
columns = {columns}
"""


def read(path: Path, text: str, names: KnownNames) -> list[StagedEvidence]:
    """Return every row of a file as evidence; a fault fails."""
    found = read_map(text.encode(), "map.toml")
    assert isinstance(found, EvidenceMap), found
    staged = []
    for row in read_rows(path, found, path.parent):
        assert not isinstance(row, Fault), row
        checked = check_row(row, names)
        assert isinstance(checked, StagedEvidence), checked
        staged.append(checked)
    return staged


@pytest.fixture(scope="module")
def oulad(real_data: Path) -> list[StagedEvidence]:
    """Return the whole of a real set of dated results, its modules being the competencies."""
    folder = real_data / "learner-responses" / "oulad-subset"
    modules = {row["code_module"] for row in csv.DictReader((folder / "courses.csv").read_text().splitlines())}
    rows = "".join(f"{name},{name},Module {name}\n" for name in sorted(modules))
    edition = small_framework(f"id,code,statement\n{rows}".encode())
    return read(folder / "student_assessment.csv", OULAD.decode(), known(edition=edition))


def test_every_dated_result_is_read(oulad: list[StagedEvidence]) -> None:
    """36,184 results become 36,184 pieces of evidence of 37 tasks, and each has a key of its own."""
    keys = {row_key(row.learner, row.evidence) for row in oulad}

    assert len(oulad) == len(keys) == 36_184
    assert len({row.evidence.task for row in oulad}) == 37


def test_missing_scores_are_no_zeros(oulad: list[StagedEvidence]) -> None:
    """The 18 results without a score say not submitted; the zeros stay zeros."""
    results = [row.evidence.results[0] for row in oulad]
    absent = [result for result in results if result.score is None]

    assert Counter(result.absent_reason for result in absent) == {"not submitted": 18}
    assert Counter(result.score.value == "0" for result in results if result.score)[True] > 0


def test_days_after_a_start_become_dates(oulad: list[StagedEvidence]) -> None:
    """The first result was handed in on day 18 and due on day 19 of its presentation; others came early."""
    first = oulad[0].evidence

    assert (first.submitted, first.due) == ("2013-10-19", "2013-10-20")
    assert min(row.evidence.submitted or "" for row in oulad) < "2013-10-01"


def test_one_response_is_evidence_for_several_competencies(real_data: Path) -> None:
    """10,720 responses to 20 items become as many pieces of evidence with one to four results each."""
    folder = real_data / "learner-responses" / "fraction-subtraction"
    items = list(csv.DictReader((folder / "items.csv").read_text().splitlines()))
    skills = list(items[0])[2:]
    edition = small_framework(("id,code,statement\n" + "".join(f"{s},{s},{s}\n" for s in skills)).encode())
    found = read(folder / "responses.csv", FRACTIONS.format(columns=skills), known(edition=edition))
    marks = {row["item"]: sum(row[skill] == "1" for skill in skills) for row in items}

    assert len(found) == 10_720
    assert all(len(row.evidence.results) == marks[row.evidence.item or ""] for row in found)
    assert {row.evidence.results[0].passed for row in found} == {True, False}

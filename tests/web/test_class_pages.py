"""The pages of classes: whose they are, the grid, and one cell in full."""

import csv
import io
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import get_args

import pytest
from flask import Flask

from ledger.catalogue import Catalogue
from ledger.domain.learner import EvidenceKind, Purpose
from tests.web.changing import Person, somebody
from tests.web.support import ENVIRONMENT, NOW, words
from tests.web.teaching import CLASS, SCHOOL, teach
from web import create_app
from web.ledgers import ledgers_of
from web.recording_form import KINDS, PURPOSES


@pytest.fixture(scope="module")
def taught(untouched: Path, installed: Catalogue, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """Serve a copy of the home with a class in it; nothing more is written to it."""
    home = tmp_path_factory.mktemp("taught") / "home"
    shutil.copytree(untouched, home)
    app = create_app(home, clock=lambda: NOW, environment=ENVIRONMENT)
    ledgers_of(app).catalogue = installed
    teach(app)
    yield app
    ledgers_of(app).close()


@pytest.fixture
def teacher(taught: Flask) -> Person:
    """The teacher of the class, at a browser."""
    return somebody(taught, "a.teach")


def test_a_teacher_has_the_class_of_the_grant_and_a_head_those_of_the_school(taught: Flask) -> None:
    """Both see the class, and the teacher alone may record; an address of a class of others stays shut."""
    teacher, head = somebody(taught, "a.teach"), somebody(taught, "p.head")

    assert [(SCHOOL, "3", 3)] == [
        (one["organisation"], one["section"], one["learners"])
        for one in teacher.client.get("/us-tx/classes.json").get_json()
    ]
    assert "Record evidence" in words(teacher.client.get("/us-tx/classes"))
    assert "Record evidence" not in words(head.client.get(CLASS))
    assert 403 == head.client.get(f"{CLASS}/record").status_code
    assert 404 == teacher.client.get("/us-tx/classes/us-tx~north-high/4").status_code


def test_somebody_without_a_class_is_told_how_one_is_had(taught: Flask) -> None:
    """A list of no class says where classes and roles in them come from."""
    page = words(somebody(taught, "tester").client.get("/us-tx~pine-valley/classes"))

    assert "A class is there once learners are enrolled in a course with a section (by a roster)" in page


def test_the_grid_shows_every_learner_and_competency(teacher: Person) -> None:
    """Each cell gives the level, the decision, the pieces and how fresh they are, in words too."""
    page = words(teacher.client.get(CLASS))
    rows = teacher.client.get(f"{CLASS}.json").get_json()["rows"]

    assert "ALG1 · class 3" in page
    assert "Sol Abara, A1.1: mastered; 4 Exceeding; ✓ 3 pieces, the last 98 school days ago" in page
    assert "No average is shown: no rule that governs ALG1 averages." in page
    assert ["Mei Lindqvist", "Sol Abara", "Tomás Rivera"] == [row["name"] for row in rows]
    assert all(len(row["cells"]) == 8 for row in rows)


def test_the_grid_is_narrowed_and_sorted_by_its_address(teacher: Person) -> None:
    """Who is one piece short is shown alone where asked; an order there is not is refused."""
    near = teacher.client.get(f"{CLASS}.json?only=near&sort=near").get_json()["rows"]

    assert all(row["near"] for row in near)
    assert "Tomás Rivera" in [row["name"] for row in near]
    assert 400 == teacher.client.get(f"{CLASS}?sort=height").status_code
    assert 400 == teacher.client.get(f"{CLASS}?course=GEOM").status_code


def test_the_grid_as_a_table_has_a_line_for_each_cell(teacher: Person) -> None:
    """CSV holds learner, competency, level, outcome and what is missing."""
    rows = list(csv.DictReader(io.StringIO(teacher.client.get(f"{CLASS}.csv").text)))

    assert 24 == len(rows)
    assert ("A1.1", "True", "4", "mastered") == tuple(
        next(row[name] for row in rows if row["name"] == "Sol Abara") for name in ("code", "priority", "level", "word")
    )


def cell_of(person: Person, name: str, code: str) -> str:
    """Return the address of a cell."""
    grid = person.client.get(f"{CLASS}.json").get_json()
    place = [one["subject"]["code"] for one in grid["columns"]].index(code)
    row = next(one for one in grid["rows"] if one["name"] == name)
    return f"{CLASS}/learner/{row['learner']}/{row['cells'][place]['competency']}"


def test_a_cell_says_why_and_what_would_do(teacher: Person) -> None:
    """One cell in full names the single pieces that would do, the rule, and the work so far."""
    page = words(teacher.client.get(cell_of(teacher, "Tomás Rivera", "A1.5")))

    assert "A1.5: Tomás Rivera : ○ not yet" in page
    assert "What would do" in page
    assert "The work so far" in page
    assert "Record a preparation" in page


def test_a_cell_of_somebody_outside_the_class_is_not_there(taught: Flask) -> None:
    """A learner of another class has no cell here, whatever the address says."""
    teacher = somebody(taught, "a.teach")
    cell = cell_of(teacher, "Sol Abara", "A1.1")
    other = "00000000-0000-4000-8000-000000000000"

    assert 404 == teacher.client.get(cell.replace(cell.split("/")[-2], other)).status_code
    assert 404 == teacher.client.get(cell.replace(cell.split("/")[-1], "no-such")).status_code
    assert "met" == teacher.client.get(f"{cell}.json").get_json()["cell"]["outcome"]


def test_every_kind_and_purpose_has_a_word() -> None:
    """The form offers every kind of evidence and every purpose the ledger knows."""
    assert set(get_args(EvidenceKind)) == set(KINDS)
    assert set(get_args(Purpose)) == set(PURPOSES)

"""Rows of a file whose columns are the fields."""

import csv
import io
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ledger.domain.learner import Evidence
from ledger.domain.shapes import Assessor, Result, Score, Source, Subject
from ledger.errors import Fault
from ledger.interchange import remembered
from ledger.interchange.evidence_check import StagedEvidence
from ledger.interchange.evidence_csv import Limits, read_rows
from ledger.interchange.evidence_fields import FIELDS
from ledger.interchange.evidence_map import EvidenceMap, read_map
from ledger.interchange.evidence_rows import Row
from ledger.interchange.known_names import KnownNames
from tests.interchange.support import known, scale, small_framework, staged

FOUR = scale("four", "Low", "Fair", "Good", "High")
HEADER = "learner,competency,score,kind,purpose\n"


def written(folder: Path, text: str | bytes) -> Path:
    """Write a file of evidence."""
    path = folder / "evidence.csv"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def good(folder: Path, text: str | bytes, names: KnownNames | None = None) -> list[StagedEvidence]:
    """Return what a file without faults is staged as."""
    found = staged(written(folder, text), names or known(FOUR))
    assert not [fault for fault in found if isinstance(fault, Fault)], found
    return [row for row in found if isinstance(row, StagedEvidence)]


def sentences(folder: Path, text: str | bytes, names: KnownNames | None = None) -> list[str]:
    """Return the faults of a file as text, without its name."""
    found = staged(written(folder, text), names or known(FOUR))
    return [str(fault).removeprefix("evidence.csv") for fault in found if isinstance(fault, Fault)]


def subject(code: str) -> Subject:
    """Return the competency a code of the small framework stands for, with the edition's digest."""
    return known().subject[code]  # type: ignore[return-value]


FULL: dict[str, Any] = {
    "learner": " S-1 ",
    "competency": "M.1",
    "course": "ALG1",
    "requirement": "service",
    "score": "84.50",
    "score_min": "0",
    "score_max": "100",
    "kind": "exam",
    "purpose": "summative",
    "task": "Midterm",
    "item": "7",
    "instrument": "AP",
    "form": "B",
    "rubric": "2026",
    "setting": "school",
    "conditions": "alternate; accommodated",
    "language": "es",
    "attempt": "2",
    "occurred": "2026-05-30T14:05-05:00[America/Chicago]",
    "submitted": "2026-05-30",
    "due": "2027-01-01",
    "scored": "2026-06-01",
    "organisation": "Career centre",
    "capacity": "panel",
    "source_system": "lms",
    "source_record": "r1",
    "level": "",
    "passed": "",
    "absent_reason": "",
    "scale": "",
}


def test_every_field_reaches_its_place(tmp_path: Path) -> None:
    """A row that fills every column becomes one piece of evidence with nothing lost."""
    out = io.StringIO()
    csv.writer(out).writerows([FULL, FULL.values()])
    score = Score(value="84.5", minimum="0", maximum="100")
    subjects = (subject("M.1"), Subject(kind="course", id="ALG1"), Subject(kind="requirement", id="service"))
    as_given = ["task", "item", "instrument", "form", "rubric", "language", "occurred", "submitted", "due", "scored"]
    evidence = Evidence(
        evidence_id="",
        source=Source(system="lms", record="r1"),
        kind="exam",
        purpose="summative",
        results=tuple(Result(subject=each, score=score) for each in subjects),
        setting="school",
        conditions=("accommodated", "alternate"),
        attempt=2,
        assessor=Assessor(organisation="Career centre", capacity="panel"),
        **{field: FULL[field] for field in as_given},
    )

    assert set(FULL) == set(FIELDS)
    assert good(tmp_path, out.getvalue()) == [StagedEvidence(line=2, learner="S-1", evidence=evidence)]


@pytest.mark.parametrize(
    ("columns", "cells", "expected"),
    [
        ("level", "good", Result(subject=subject("M.1"), scale=FOUR.digest, level="3")),
        ("level", "3.0", Result(subject=subject("M.1"), scale=FOUR.digest, level="3")),
        ("level,scale", "3,four", Result(subject=subject("M.1"), scale=FOUR.digest, level="3")),
        ("passed", "Yes", Result(subject=subject("M.1"), passed=True)),
        ("passed", "0", Result(subject=subject("M.1"), passed=False)),
        ("score", "0", Result(subject=subject("M.1"), score=Score(value="0"))),
        ("score,absent_reason", ",excused", Result(subject=subject("M.1"), absent_reason="excused")),
    ],
)
def test_each_way_to_say_a_result(tmp_path: Path, columns: str, cells: str, expected: Result) -> None:
    """A level by label or value, a score, passed, or a reason why there is none: exactly one is stored."""
    found = good(tmp_path, f"learner,competency,kind,purpose,{columns}\n1,M.1,task,summative,{cells}\n")

    assert found[0].evidence.results == (expected,)


@pytest.mark.parametrize("name", ["M.1", "m1", "{id}", "urn:uuid:{id}", "{upper}", "URN:UUID:{upper}"])
def test_a_competency_is_named_by_id_or_unique_code(tmp_path: Path, name: str) -> None:
    """An identifier in either case, its URN, the id of the file and a unique code mean one competency."""
    identity = small_framework().items[1].id
    text = name.format(id=identity, upper=identity.upper())
    found = good(tmp_path, f"{HEADER}1,{text},84,task,summative\n")

    assert found[0].evidence.results[0].subject == subject("M.1")


def test_a_code_in_other_case_is_another_code(tmp_path: Path) -> None:
    """Codes are compared exactly; the nearest is suggested."""
    assert sentences(tmp_path, f"{HEADER}1,m.1,84,task,summative\n") == [
        ":2 [competency]: no competency has the id or code 'm.1' (did you mean 'M.1'?)"
    ]


def test_without_a_framework_the_command_to_run_is_named(tmp_path: Path) -> None:
    """A ledger without competencies says how to bring a framework in."""
    empty = known(edition=small_framework(b"id,statement\n"))

    assert sentences(tmp_path, f"{HEADER}1,M.1,84,task,summative\n", empty) == [
        (
            ":2 [competency]: no competency has the id or code 'M.1': no framework is in this ledger yet "
            "(mastery import framework FILE)"
        )
    ]


def test_without_a_scale_a_level_says_so(tmp_path: Path) -> None:
    """A level where the ledger holds no scale is one clear fault."""
    text = "learner,competency,level,kind,purpose\n1,M.1,3,task,summative\n"

    assert sentences(tmp_path, text, known()) == [":2 [level]: a level is given, and no scale is in this ledger yet"]


@pytest.mark.parametrize(
    ("occurred", "zone", "late"),
    [
        ("2026-11-22", "America/Chicago", False),
        ("2026-11-23", "America/Chicago", True),
        ("2026-11-23T03:00Z", "America/Chicago", False),
        ("2026-11-23T07:00Z", "America/Chicago", True),
        ("2026-11-22T23:00-06:00", "UTC", True),
        ("2026-11-22T23:00:30", "UTC", False),
        ("9999-12-31T23:00-06:00", "UTC", True),
    ],
)
def test_future_is_judged_in_the_zone_of_the_district(tmp_path: Path, occurred: str, zone: str, late: bool) -> None:
    """Today is the district's day; an instant is carried into its zone, a bare date is taken as it stands."""
    text = f"learner,competency,score,kind,purpose,occurred\n1,M.1,84,task,summative,{occurred}\n"
    names = known(today=date(2026, 11, 22), zone=zone)
    future = f":2 [occurred]: {occurred} is in the future (today is 2026-11-22); evidence is of something that happened"

    assert sentences(tmp_path, text, names) == ([future] if late else [])


def test_names_are_compared_in_normal_form(tmp_path: Path) -> None:
    """A decomposed letter and a composed one are the same learner."""
    found = good(tmp_path, f"{HEADER}Jose\u0301,M.1,84,task,summative\nJos\u00e9,M.1,84,task,summative\n")

    assert [row.learner for row in found] == ["José", "José"]


def test_blank_rows_are_no_rows_and_lines_are_counted_through_them(tmp_path: Path) -> None:
    """Blank lines and rows of empty cells are skipped, a cell may hold a line break, and lines stay true."""
    text = f'{HEADER}\n,,,,\n"two\nlines",M.1,84,task,summative\n1,M.1,84,task,summative\n'

    assert sentences(tmp_path, text) == [":4 [learner]: the text holds a control character (code 10)"]
    assert [row.line for row in staged(written(tmp_path, text), known()) if isinstance(row, StagedEvidence)] == [6]


def test_all_faults_of_a_row_are_told_at_once(tmp_path: Path) -> None:
    """A row with three wrong cells gives three faults, and the next row is read."""
    text = "learner,competency,score,kind,purpose,occurred\n1,M.1,x,quiz,summative,soon\n1,M.1,1,task,summative,\n"
    found = staged(written(tmp_path, text), known())

    assert [fault.field for fault in found[:3] if isinstance(fault, Fault)] == ["score", "kind", "occurred"]
    assert isinstance(found[3], StagedEvidence)


def test_a_file_that_is_not_there_is_a_fault(tmp_path: Path) -> None:
    """A missing file and a folder in its place are faults with the system's own words."""
    missing, folder = (list(read_rows(path, None, tmp_path)) for path in (tmp_path / "no.csv", tmp_path))

    assert [str(fault) for fault in missing] == ["no.csv: the file cannot be read: No such file or directory"]
    assert [str(fault) for fault in folder] == [f"{tmp_path.name}: the file cannot be read: Is a directory"]


def test_an_empty_file_is_a_fault(tmp_path: Path) -> None:
    """A file of nothing has no columns."""
    assert sentences(tmp_path, "") == [":1: the file is empty; its first line must name the columns"]


@pytest.mark.parametrize("text", ["x" * 500 + "\n1,M.1,84,task,summative\n", '"' + "\n" * 300])
def test_a_row_beyond_the_limit_ends_the_file(tmp_path: Path, text: str) -> None:
    """A line without end, or a cell of endless lines, is not held in memory: reading stops at the limit."""
    found = list(read_rows(written(tmp_path, HEADER + text), None, tmp_path, Limits(record=200)))

    assert [str(fault).partition(": ")[2] for fault in found] == [
        "the row is longer than 200 characters; is a quotation mark never closed?"
    ]


def test_an_endless_cell_ends_the_file(tmp_path: Path) -> None:
    """A quotation mark never closed is noticed long before the file is in memory."""
    text = HEADER + '1,M.1,84,task,"' + "summative\n" * 20_000

    assert sentences(tmp_path, text) == [":2: a quotation mark is opened here and never closed"]


def test_memory_of_answers_begins_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """More different values than are remembered change nothing but the time it takes."""
    monkeypatch.setattr(remembered, "MOST", 2)
    text = HEADER + "".join(f"{number},M.1,{number},task,summative\n" for number in range(9))

    assert [row.learner for row in good(tmp_path, text)] == [str(number) for number in range(9)]


MAPPED = read_map(
    b"""
[columns]
learner = "a"
competency = "b"
passed = "c"
[constants]
kind = "task"
purpose = "practice"
[dates]
occurred = {start = "d", days = "j.e"}
[join.j]
file = "joined.csv"
on = "b"
""",
    "map.toml",
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60, deadline=None)
@given(
    st.binary(max_size=120),
    st.sampled_from(
        [b"", b"\xef\xbb\xbf", HEADER.encode(), b"learner,competency,level,score_max,score,kind,purpose,occurred,due\n"]
    ),
    st.booleans(),
)
def test_any_bytes_are_rows_or_faults(tmp_path: Path, data: bytes, before: bytes, mapped: bool) -> None:
    """No bytes, in a file or in a joined one, make the reader or the check raise."""
    (tmp_path / "joined.csv").write_bytes(b"b,e\nM.1,5\n" if before else data)
    path = written(tmp_path, (b"a,b,c,d\n" if mapped else before) + data)
    found = MAPPED if mapped and isinstance(MAPPED, EvidenceMap) else None

    assert all(isinstance(row, StagedEvidence | Fault) for row in staged(path, known(FOUR), found))


cells = st.sampled_from(
    [
        "",
        "1",
        "0",
        "M.1",
        "TWICE",
        "NaN",
        "1e400",
        "task",
        "summative",
        "2026-05-30",
        "9999-01-01",
        "-5",
        '"',
        "é",
        "yes",
    ]
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60, deadline=None)
@given(st.lists(st.lists(cells, min_size=len(FIELDS), max_size=len(FIELDS)), max_size=4))
def test_any_cells_are_rows_or_faults(tmp_path: Path, rows: list[list[str]]) -> None:
    """Every row of wild cells is one row with exactly one result, or at least one fault of its own line."""
    out = io.StringIO()
    csv.writer(out).writerows([list(FIELDS), *rows])
    found = list(read_rows(written(tmp_path, out.getvalue()), None, tmp_path))
    lines = {row.line for row in found}

    assert lines == {number for number, row in enumerate(rows, start=2) if any(row)}
    for row in found:
        if isinstance(row, Row):
            given = [row.level, row.score, row.passed, row.absent_reason]
            assert sum(value is not None for value in given) == 1

"""Real files through the whole pipeline: frameworks of a consortium, results of real learners."""

import csv
import itertools
from pathlib import Path

import pytest

from ledger.application import Ledger
from ledger.application.governing import define_scale, import_framework
from ledger.audit.replay import Replay
from ledger.audit.verdicts import Verdict
from ledger.domain.competencies import Edition
from ledger.domain.framework import Band, Level
from ledger.domain.scales import scale_defined
from ledger.errors import Fault
from ledger.importing import ImportOptions, import_evidence
from ledger.interchange.case import read_package
from ledger.interchange.framework_csv import read_framework_csv
from ledger.interchange.frameworks import Converted
from tests.support.ledgers import adopted, author, opened

WHOLE_PACKAGES = (
    "opensalt_ItemTypeTestFramework.json",
    "opensalt_SequenceNumberFramework.json",
    "opensalt_SmartLevelFramework.json",
    "sbac_depth_of_knowledge.json",
    "sbac_ela_g3_c2_t1.json",
    "sbac_math_g3_c1_th.json",
    "sbac_math_hs_c2.json",
    "xq_competencies_part1_case11.json",
)
REFUSED = ("sbac_cfdocuments_list.json", "sbac_ela_g3_c1_t1.json")

RESULTS_MAP = """
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
source_system = "open university"

[dates.occurred]
start = {column = "assessments.code_presentation", values = {2013J = 2013-10-01, 2014J = 2014-10-01}}
days = "date_submitted"

[join.assessments]
file = "assessments.csv"
on = "id_assessment"
"""

RESPONSES_MAP = """
[columns]
learner = "learner"
item = "item"
level = "correct"

[constants]
kind = "exam"
purpose = "summative"
task = "fraction subtraction"

[join.items]
file = "items.csv"
on = "item"

[competencies]
join = "items"
columns = {columns}
"""

SHARES = scale_defined(
    "shares",
    "Shares of the full score",
    tuple(Level(label=label, value=value) for label, value in (("fail", "1"), ("pass", "2"), ("distinction", "3"))),
    tuple(
        Band(level=label, at_least=least, first_day="2000-01-01", last_day=None, cites="test")
        for label, least in (("fail", "0"), ("pass", "40"), ("distinction", "85"))
    ),
)
RIGHT_OR_WRONG = scale_defined(
    "right", "Right or wrong", (Level(label="wrong", value="0"), Level(label="right", value="1"))
)


def test_every_whole_package_becomes_a_framework_once(real_data: Path, tmp_path: Path) -> None:
    """Each real package is stored as one edition; a second import finds it held."""
    ledger = opened(tmp_path)
    for name in WHOLE_PACKAGES:
        data = (real_data / "case" / name).read_bytes()
        found = read_package(data, name)
        assert isinstance(found, Converted), found
        assert import_framework(ledger, author(ledger), found.edition, data) is not None
        assert import_framework(ledger, author(ledger), found.edition, data) is None

    assert len(WHOLE_PACKAGES) == sum(map(len, ledger.governance().editions.values()))


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_no_sound_package_is_refused_with_its_reason(real_data: Path, name: str) -> None:
    """A list of documents, and a package that holds an item twice with different content, are refused."""
    found = read_package((real_data / "case" / name).read_bytes(), name)

    assert isinstance(found, tuple)
    assert all(isinstance(fault, Fault) and fault.why for fault in found)


def local_framework(names: list[str], title: str) -> Edition:
    """Build a framework from a plain list of codes."""
    rows = "".join(f"{name},{name},{name}\n" for name in names)
    found = read_framework_csv(f"id,code,statement\n{rows}".encode(), "local.csv", title, title)
    assert isinstance(found, Converted), found
    return found.edition


def linked(real: Path, folder: Path, *names: str) -> Path:
    """Lay real files beside a map, without copying them."""
    for name in names:
        (folder / name).symlink_to(real / name)
    return folder / names[0]


def replayed(ledger: Ledger, learners: int) -> set[Verdict]:
    """Replay the decisions about some learners."""
    replay = Replay(ledger.log)
    return {one.verdict for one in replay.replay(replay.learners()[:learners])}


def test_dated_results_of_real_learners_are_decided(real_data: Path, tmp_path: Path) -> None:
    """36,184 results, early, late, banked and missing, become evidence and decisions that replay."""
    folder = real_data / "learner-responses" / "oulad-subset"
    modules = sorted({row["code_module"] for row in csv.DictReader((folder / "courses.csv").read_text().splitlines())})
    ledger = opened(tmp_path / "home")
    import_framework(ledger, author(ledger), local_framework(modules, "modules"), b"modules")
    define_scale(ledger, author(ledger), SHARES)
    adopted(ledger, "competency-based/mastery", overrides={"level": "2", "kinds": "1"}, scale=SHARES.digest)
    file = linked(folder, tmp_path, "student_assessment.csv", "assessments.csv")
    mapping = tmp_path / "map.toml"
    mapping.write_text(RESULTS_MAP)

    report = import_evidence(ledger, author(ledger), file, ImportOptions(map_file=mapping))

    assert (36_184, 0) == (report.imported, report.refused)
    assert report.decisions >= report.learners > 10_000
    assert {Verdict.IDENTICAL} == replayed(ledger, 50)


def test_one_response_is_evidence_for_several_competencies(real_data: Path, tmp_path: Path) -> None:
    """10,720 responses to 20 items decide eight skills; a skill with one kind of task cannot be met by two."""
    folder = real_data / "learner-responses" / "fraction-subtraction"
    skills = list(next(csv.DictReader((folder / "items.csv").read_text().splitlines())))[2:]
    ledger = opened(tmp_path / "home")
    import_framework(ledger, author(ledger), local_framework(skills, "skills"), b"skills")
    define_scale(ledger, author(ledger), RIGHT_OR_WRONG)
    adopted(ledger, "competency-based/mastery", overrides={"level": "1"})
    file = linked(folder, tmp_path, "responses.csv", "items.csv")
    mapping = tmp_path / "map.toml"
    mapping.write_text(RESPONSES_MAP.format(columns=skills))

    report = import_evidence(ledger, author(ledger), file, ImportOptions(map_file=mapping))
    decided = itertools.islice(ledger.log.scan(topics=["learner.decided.1"]), 2_000)

    assert (10_720, 0, 536) == (report.imported, report.refused, report.learners)
    assert 536 * len(skills) == report.decisions
    assert {"not_yet"} == {event.data.outcome for event in decided}
    assert {Verdict.IDENTICAL} == replayed(ledger, 20)

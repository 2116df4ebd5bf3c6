"""Evidence from a file: checked, staged, appended, resumed, corrected, and the same however it was cut."""

import os
import signal
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from ledger.application import Ledger
from ledger.errors import InputFaults, Refused
from ledger.importing import ImportOptions, ImportReport, import_evidence
from tests.support.equality import comparable
from tests.support.ledgers import author, classroom, opened

HEADER = "learner,competency,level,kind,purpose,task,occurred,source_system,source_record"


def rows(count: int, learners: int = 4) -> str:
    """Write rows that decide something for several learners."""
    lines = [HEADER]
    for number in range(count):
        kind = ("task", "exam", "portfolio")[number // learners % 3]
        level = "3" if number % 7 else "2"
        day = f"2026-0{1 + number % 5}-1{number % 9}"
        lines.append(f"S-{number % learners},C.{number % 5},{level},{kind},summative,t{number},{day},school,r{number}")
    return "\n".join(lines) + "\n"


def run(ledger: Ledger, file: Path, **options: object) -> ImportReport:
    """Import a file."""
    return import_evidence(ledger, author(ledger), file, ImportOptions(**options))  # type: ignore[arg-type]


@pytest.fixture
def ledger(tmp_path: Path) -> Ledger:
    """A ledger with a framework, a scale and rules."""
    return classroom(tmp_path / "home")


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A good file of forty rows."""
    path = tmp_path / "evidence.csv"
    path.write_text(rows(40))
    return path


def test_a_file_is_imported_with_its_decisions(ledger: Ledger, file: Path) -> None:
    """Each learner gets one append: all rows in the order of the file, then the decisions."""
    report = run(ledger, file)
    streams = ledger.log.recorder.streams("learner/")

    assert (40, 0, 0, 4) == (report.imported, report.refused, report.same, report.learners)
    assert report.decisions > 10
    assert 4 == len(streams)
    for stream in streams:
        topics = [event.cause is not None for event in ledger.log.stream(stream)]
        assert sorted(topics) == topics


def test_importing_again_is_a_no_op(ledger: Ledger, file: Path) -> None:
    """The same file finds every row known; a longer file brings only what is new."""
    run(ledger, file)
    before = ledger.log.recorder.max_notification_id()

    again = run(ledger, file)
    file.write_text(rows(44))
    longer = run(ledger, file)

    assert (0, 40) == (again.imported, again.same)
    assert (4, 40) == (longer.imported, longer.same)
    assert ledger.log.recorder.max_notification_id() > before


def test_rows_without_a_record_id_are_told_apart_by_their_number(ledger: Ledger, tmp_path: Path) -> None:
    """Two equal rows are two pieces of evidence, and both are known at the second import."""
    file = tmp_path / "plain.csv"
    row = "S-1,C.2,3,task,summative,essay,2026-05-01\n"
    file.write_text("learner,competency,level,kind,purpose,task,occurred\n" + row + row)
    first = run(ledger, file)
    file.write_text("learner,competency,level,kind,purpose,task,occurred\n" + row + row + row)

    assert (2, 0) == (first.imported, first.same)
    assert (1, 2) == ((second := run(ledger, file)).imported, second.same)


def test_a_dry_run_stores_nothing_and_knows_nobody(ledger: Ledger, file: Path) -> None:
    """A dry run checks every row; ledger and vault stay as they were."""
    before = ledger.log.recorder.max_notification_id()
    report = run(ledger, file, dry_run=True)

    assert (40, 0) == (report.rows, report.imported)
    assert before == ledger.log.recorder.max_notification_id()
    assert ledger.vault.find("S-1") is None
    assert not list(ledger.home.staging.glob("*"))


def test_good_rows_are_stored_and_faulty_ones_told(ledger: Ledger, file: Path, tmp_path: Path) -> None:
    """A faulty row does not hold up the others; the fault file names its line, field and reason."""
    file.write_text(file.read_text() + "S-9,C.99,3,task,summative,t,2026-05-01,school,r99\n")
    faults = tmp_path / "faults.csv"
    report = run(ledger, file, fault_file=faults)

    assert (40, 1) == (report.imported, report.refused)
    assert str(faults) == report.fault_file
    assert "evidence.csv,42,competency," in faults.read_text()
    assert ledger.vault.find("S-9") is None


def test_all_or_nothing_stores_nothing_with_one_fault(ledger: Ledger, file: Path) -> None:
    """With --all-or-nothing a single fault keeps everything out, learners included."""
    file.write_text(file.read_text() + "S-9,C.99,3,task,summative,t,2026-05-01,school,r99\n")
    before = ledger.log.recorder.max_notification_id()

    with pytest.raises(InputFaults, match=r"evidence.csv:42 \[competency\]: .*C.99"):
        run(ledger, file, all_or_nothing=True)
    assert before == ledger.log.recorder.max_notification_id()
    assert ledger.vault.find("S-1") is None


def test_all_or_nothing_stores_a_sound_file(ledger: Ledger, file: Path) -> None:
    """Without a fault --all-or-nothing is an ordinary import."""
    assert 40 == run(ledger, file, all_or_nothing=True).imported


def test_a_known_record_with_other_content_is_a_fault(ledger: Ledger, file: Path) -> None:
    """What changed is named, and the way to replace it."""
    run(ledger, file)
    file.write_text(file.read_text().replace("S-1,C.1,3,task", "S-1,C.1,4,task", 1))
    report = run(ledger, file)

    assert (0, 39, 1) == (report.imported, report.same, report.refused)
    assert "other content (in results)" in report.faults[0].why
    assert "--corrections REASON" in report.faults[0].why


def test_corrections_replace_known_records(ledger: Ledger, file: Path) -> None:
    """With a reason, other content under a known record becomes a correction."""
    run(ledger, file)
    file.write_text(file.read_text().replace("S-1,C.1,3,task", "S-1,C.1,4,task", 1))
    report = run(ledger, file, corrections="the school sent wrong levels")
    again = run(ledger, file, corrections="the school sent wrong levels")

    assert (0, 39, 1, 0) == (report.imported, report.same, report.corrected, report.refused)
    assert (40, 0) == (again.same, again.corrected)


def test_a_record_id_names_one_record_of_one_learner(ledger: Ledger, file: Path) -> None:
    """A record id known for another learner, or met in the file before with other content, is a fault."""
    run(ledger, file)
    lines = [HEADER]
    lines.append("S-7,C.1,3,task,summative,t,2026-05-01,school,r1")
    lines += [f"S-8,C.1,{level},task,summative,t,2026-05-01,school,r77" for level in (3, 4)]
    file.write_text("\n".join(lines) + "\n")
    report = run(ledger, file)

    assert (1, 2) == (report.imported, report.refused)
    assert "known as another learner's" in report.faults[0].why
    assert "stands in this file before, with other content" in report.faults[1].why


def test_an_import_without_a_rule_says_so(tmp_path: Path, file: Path) -> None:
    """Evidence is stored though nothing is decided; the report says that no policy is adopted."""
    from ledger.application.governing import define_scale, import_framework
    from tests.support.ledgers import FOUR_LEVELS, framework

    ledger = opened(tmp_path / "bare")
    import_framework(ledger, author(ledger), framework(), b"x")
    define_scale(ledger, author(ledger), FOUR_LEVELS)
    report = run(ledger, file)

    assert (40, 0, False) == (report.imported, report.decisions, report.governed)


def test_how_a_file_is_committed_changes_nothing(tmp_path: Path, file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """One learner to a transaction or all in one: the ledgers are equal."""
    together, apart = classroom(tmp_path / "together"), classroom(tmp_path / "apart")
    run(together, file)
    monkeypatch.setattr("ledger.importing.appending.TOGETHER", 1)
    run(apart, file)

    assert comparable(together) == comparable(apart)


def test_another_writer_in_between_is_met_again(ledger: Ledger, file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A learner somebody else wrote to meanwhile is read again and stored; nothing is lost or doubled."""
    from ledger.importing.appending import Appending
    from tests.support.ledgers import record

    learner = ledger.vault.learner_id("S-1")
    commit, met = Appending.commit, []

    def meddled(self: Appending) -> None:
        if not met:
            met.append(record(ledger, learner, "meanwhile", "C.4"))
        commit(self)

    monkeypatch.setattr(Appending, "commit", meddled)
    report = run(ledger, file)

    assert (40, 0) == (report.imported, report.refused)
    assert 11 == len([e for e in ledger.log.stream(f"learner/{learner}") if hasattr(e.data, "evidence")])


CHILD = """
import sys
from pathlib import Path
from ledger.application import open_ledger
from ledger.importing import ImportOptions, import_evidence
import ledger.importing.appending as appending
from tests.support.ledgers import Clock, author
appending.TOGETHER = 20
ledger = open_ledger(Path(sys.argv[1]), clock=Clock(), environment={})
def progress(stage, done, total):
    print(stage, done, flush=True)
import_evidence(ledger, author(ledger), Path(sys.argv[2]), ImportOptions(), progress)
print("done", flush=True)
"""


@pytest.mark.parametrize("lines_before_kill", [1, 2, 4, 7])
def test_a_killed_import_is_resumed_to_the_same_ledger(tmp_path: Path, lines_before_kill: int) -> None:
    """Kill -9 anywhere loses no acknowledged row; ledger, counts and faults equal those of an undisturbed import."""
    file, known, faults = tmp_path / "evidence.csv", tmp_path / "known.csv", tmp_path / "faults.csv"
    file.write_text(rows(2400, learners=60).replace("S-5,C.", "S-5,D."))
    known.write_text(rows(60, learners=60).replace(",3,task", ",4,task"))
    undisturbed, killed = classroom(tmp_path / "undisturbed"), classroom(tmp_path / "killed")
    for each in (undisturbed, killed):
        run(each, known)
    whole = run(undisturbed, file, fault_file=faults)
    told_whole = faults.read_text()
    root = Path(__file__).parents[2]
    process = subprocess.Popen(
        [sys.executable, "-c", CHILD, str(tmp_path / "killed"), str(file)],
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": str(root)},
    )
    assert process.stdout is not None
    told = [process.stdout.readline() for _ in range(lines_before_kill)]
    process.send_signal(signal.SIGKILL)
    process.communicate(timeout=60)
    stored = killed.log.recorder.max_notification_id()
    report = run(killed, file, fault_file=faults)

    assert "done\n" not in told
    assert stored <= killed.log.recorder.max_notification_id()
    assert 2400 == whole.imported + whole.same + whole.refused
    assert 40 + 50 == whole.refused
    assert replace(whole, resumed=report.resumed) == report
    assert told_whole == faults.read_text()
    assert comparable(undisturbed) == comparable(killed)
    assert not list(killed.home.staging.glob("*"))


def test_one_import_runs_once_at_a_time(ledger: Ledger, file: Path) -> None:
    """A second process that starts the very same import is told that it is running."""
    held: list[str] = []

    def progress(stage: str, done: int, total: int) -> None:
        if not held:
            with pytest.raises(Refused, match="this import is running in another process") as caught:
                run(ledger, file)
            held.append(str(caught.value))

    report = import_evidence(ledger, author(ledger), file, ImportOptions(), progress)

    assert 40 == report.imported
    assert 1 == len(held)

"""A file imported again: what was stored is known, what was refused is looked at anew, and nothing is told wrongly."""

from pathlib import Path

import msgspec
import pytest

from ledger.application import Ledger
from ledger.application.governing import define_scale, import_framework
from ledger.application.learning import correct, withdraw
from ledger.errors import InputFaults
from tests.importing.support import Stopped, counts, row, run, stopped, written
from tests.support.ledgers import FOUR_LEVELS, Clock, author, classroom, framework, opened

MAP = """
[columns]
learner = "learner"
competency = "competency"
level = "level"
task = "task"
source_record = "record"
occurred = "days.day"

[constants]
kind = "task"
purpose = "summative"

[join.days]
file = "days.csv"
on = "task"
"""


@pytest.fixture
def ledger(tmp_path: Path) -> Ledger:
    """A ledger with a framework, a scale and rules."""
    return classroom(tmp_path / "home")


def test_rows_refused_once_come_in_when_the_ledger_knows_more(tmp_path: Path) -> None:
    """A row about a competency nobody knew is stored by the same file once the framework is there."""
    ledger = opened(tmp_path / "home")
    import_framework(ledger, author(ledger), framework(2), b"x")
    define_scale(ledger, author(ledger), FOUR_LEVELS)
    file = written(tmp_path / "a.csv", row("S-1", "r1"), row("S-1", "r2", competency="C.4"))
    first = run(ledger, file)
    import_framework(ledger, author(ledger), framework(5), b"y")

    assert {"rows": 1, "refused": 1, "imported": 1} == counts(first)
    assert {"rows": 2, "imported": 1, "same": 1} == counts(run(ledger, file))


def test_a_row_of_tomorrow_comes_in_tomorrow(tmp_path: Path) -> None:
    """A row refused for its day is stored by the same file when that day has come."""
    clock = Clock()
    ledger = classroom(tmp_path / "home", clock=clock)
    file = written(tmp_path / "a.csv", row("S-1", "r1"), row("S-1", "r2", day="2026-06-16"))
    first = run(ledger, file)
    clock.instant = "2026-06-17T17:00:00.000000Z"

    assert {"rows": 1, "refused": 1, "imported": 1} == counts(first)
    assert {"rows": 2, "imported": 1, "same": 1} == counts(run(ledger, file))


def test_a_joined_file_is_part_of_what_is_imported(ledger: Ledger, tmp_path: Path) -> None:
    """A joined file with other days makes another import: one row is new, the other says something else."""
    days, mapping, file = tmp_path / "days.csv", tmp_path / "map.toml", tmp_path / "a.csv"
    days.write_text("task,day\nt1,2026-05-01\n")
    mapping.write_text(MAP)
    file.write_text("learner,competency,level,task,record\nS-1,C.0,3,t1,r1\nS-1,C.0,3,t2,r2\n")
    first = run(ledger, file, map_file=mapping)
    days.write_text("task,day\nt1,2026-05-03\nt2,2026-05-02\n")
    second = run(ledger, file, map_file=mapping)

    assert {"rows": 1, "refused": 1, "imported": 1} == counts(first)
    assert {"rows": 1, "refused": 1, "imported": 1} == counts(second)
    assert "other content (in occurred)" in second.faults[0].why


def test_a_refused_row_is_refused_again(ledger: Ledger, tmp_path: Path) -> None:
    """A row that says something else than the record is a fault each time, and never told as known."""
    run(ledger, written(tmp_path / "a.csv", row("S-1", "r1")))
    file = written(tmp_path / "b.csv", row("S-1", "r1", "4"), row("S-1", "r2"))
    first, again = run(ledger, file), run(ledger, file)

    assert {"rows": 1, "refused": 1, "imported": 1} == counts(first)
    assert {"rows": 1, "refused": 1, "same": 1} == counts(again)
    assert first.faults == again.faults


def test_what_was_corrected_or_withdrawn_since_is_known(ledger: Ledger, tmp_path: Path) -> None:
    """The same file again does not contradict what people said by hand of the records it brought."""
    file = written(tmp_path / "a.csv", row("S-1", "r1"), row("S-1", "r2"), row("S-1", "r3"))
    run(ledger, file)
    learner = str(ledger.vault.find("S-1"))
    held = [event.data.evidence for event in ledger.log.stream(f"learner/{learner}", upto=2)]
    right = msgspec.structs.replace(held[0], task="another")
    correct(ledger, author(ledger), learner, right, "a typing error")
    withdraw(ledger, author(ledger), learner, held[1].evidence_id, "another learner's")
    before = ledger.log.recorder.max_notification_id()

    assert {"rows": 3, "same": 3} == counts(run(ledger, file))
    assert before == ledger.log.recorder.max_notification_id()


def test_a_file_changed_while_it_is_read_is_read_again(
    ledger: Ledger, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is stored is what the file says at the end, and the bytes of before are another import."""
    import ledger.importing.evidence as evidence

    file, check, reads = written(tmp_path / "a.csv", row("S-1", "r1")), evidence.check, []

    def meddled(*args: object) -> None:
        check(*args)  # type: ignore[arg-type]
        reads.append(file.read_text())
        if len(reads) == 1:
            written(file, row("S-1", "r9"))

    with monkeypatch.context() as patch:
        patch.setattr(evidence, "check", meddled)
        report = run(ledger, file)
    written(file, row("S-1", "r1"))

    assert 2 == len(reads)
    assert {"rows": 1, "imported": 1} == counts(report)
    assert {"rows": 1, "imported": 1} == counts(run(ledger, file))
    assert not list(ledger.home.staging.glob("*"))


@pytest.mark.parametrize("before", [True, False])
def test_a_stopped_import_tells_every_fault_once(
    ledger: Ledger, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, before: bool
) -> None:
    """The resumed import reports the faults and counts of both runs, wherever the first was stopped."""
    run(ledger, written(tmp_path / "known.csv", row("S-1", "r1")))
    rows = (row("S-9", "r0", competency="C.99"), row("S-1", "r1", "4"), row("S-1", "r2"), row("S-2", "r3"))
    file, faults = written(tmp_path / "a.csv", *rows), tmp_path / "faults.csv"
    with stopped(monkeypatch, before=before):
        run(ledger, file, fault_file=faults)
    at_the_stop = faults.read_text()
    report = run(ledger, file, fault_file=faults)

    assert "a.csv,2,competency," in at_the_stop
    assert report.resumed
    assert {"rows": 2, "refused": 2, "imported": 2} == counts(report)
    assert [2, 3] == [fault.line for fault in report.faults]
    assert ["line", "2", "3"] == [line.split(",")[1] for line in faults.read_text().splitlines()]


def test_a_resumed_import_counts_decisions_and_corrections_of_its_first_run(
    ledger: Ledger, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What the stopped run stored is told by the run that resumes it, as if it had not been stopped."""
    known, undisturbed = written(tmp_path / "known.csv", row("S-1", "r1")), classroom(tmp_path / "undisturbed")
    file = written(tmp_path / "a.csv", row("S-1", "r1", "4"), row("S-1", "r2"), row("S-1", "r2"), row("S-2", "r3"))
    for each in (ledger, undisturbed):
        run(each, known)
    whole = run(undisturbed, file, corrections="a typing error")
    with stopped(monkeypatch, before=False):
        run(ledger, file, corrections="a typing error")
    resumed = run(ledger, file, corrections="a typing error")

    assert {"rows": 4, "imported": 2, "corrected": 1, "same": 1} == counts(whole)
    assert counts(whole) == counts(resumed)
    assert (whole.decisions, whole.learners) == (resumed.decisions, resumed.learners)


def test_all_or_nothing_concerns_known_rows_with_other_content(ledger: Ledger, tmp_path: Path) -> None:
    """A row that only the record contradicts keeps everything out too, learners included."""
    run(ledger, written(tmp_path / "a.csv", row("S-1", "r1")))
    before = ledger.log.recorder.max_notification_id()
    file, faults = written(tmp_path / "b.csv", row("S-2", "r2"), row("S-1", "r1", "4")), tmp_path / "faults.csv"

    with pytest.raises(InputFaults, match=r"b.csv:3: .*other content \(in results\)"):
        run(ledger, file, all_or_nothing=True, fault_file=faults)
    assert before == ledger.log.recorder.max_notification_id()
    assert ledger.vault.find("S-2") is None
    assert "b.csv,3," in faults.read_text()
    assert not list(ledger.home.staging.glob("*"))


def test_a_dry_run_tells_what_the_import_would_refuse(ledger: Ledger, tmp_path: Path) -> None:
    """Other content, another learner's record and a record given twice are told; nobody becomes known."""
    run(ledger, written(tmp_path / "a.csv", row("S-1", "r1"), row("S-1", "r5")))
    rows = (row("S-1", "r1", "4"), row("S-2", "r2"), row("S-3", "r2"), row("S-2", "r4"), row("S-2", "r4", "1"))
    file = written(tmp_path / "b.csv", *rows, row("S-4", "r5"), row("S-1", "r5"), row("S-5", "r6", competency="C.99"))
    rehearsed = run(ledger, file, dry_run=True)
    known = [ledger.vault.find(f"S-{number}") is not None for number in range(1, 6)]
    real = run(ledger, file)

    assert {"rows": 3, "refused": 5, "same": 1} == counts(rehearsed)
    assert [True, False, False, False, False] == known
    assert {"rows": 3, "refused": 5, "imported": 2, "same": 1} == counts(real)
    assert rehearsed.faults == real.faults
    assert [2, 4, 6, 7, 9] == [fault.line for fault in real.faults]


def test_a_rehearsal_leaves_no_file_behind(ledger: Ledger, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What a dry run stages lies outside of the home, and is gone at the end, also where it is stopped."""
    import tempfile

    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    seen = []

    def look(*_: object) -> None:
        seen.extend(folder.rglob("*.db"))
        raise Stopped

    monkeypatch.setattr("ledger.importing.evidence.rehearse", look)
    file = written(tmp_path / "a.csv", row("S-1", "r1"))

    with pytest.raises(Stopped):
        run(ledger, file, dry_run=True)
    assert 1 == len(seen)
    assert not list(folder.iterdir())
    assert not ledger.home.staging.exists()

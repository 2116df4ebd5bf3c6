"""Files and reasons an import cannot use, each with the whole sentence."""

import csv
import os
from pathlib import Path

import pytest

from ledger.application import Ledger
from ledger.errors import InputFaults, Refused, UsageError
from tests.importing.support import row, run, written
from tests.support.ledgers import classroom


@pytest.fixture
def ledger(tmp_path: Path) -> Ledger:
    """A ledger with a framework, a scale and rules."""
    return classroom(tmp_path / "home")


def said(error: pytest.ExceptionInfo[UsageError]) -> str:
    """Return the sentence of an error."""
    return str(error.value)


@pytest.mark.parametrize("dry_run", [True, False])
def test_a_missing_file_is_told_in_a_sentence(ledger: Ledger, tmp_path: Path, dry_run: bool) -> None:
    """A file that is not there is a fault of that name."""
    with pytest.raises(InputFaults) as caught:
        run(ledger, tmp_path / "no.csv", dry_run=dry_run)

    assert "no.csv: the file cannot be read: No such file or directory" == said(caught)
    assert not ledger.home.staging.exists()


def test_a_missing_map_is_told_in_a_sentence(ledger: Ledger, tmp_path: Path) -> None:
    """A map that is not there is a fault of its name."""
    with pytest.raises(InputFaults) as caught:
        run(ledger, written(tmp_path / "a.csv", row("S-1", "r1")), map_file=tmp_path / "no.toml")

    assert "no.toml: the file cannot be read: No such file or directory" == said(caught)


def test_what_can_be_read_only_once_is_refused(ledger: Ledger, tmp_path: Path) -> None:
    """A pipe is refused at once, for an import reads a file more than once."""
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(InputFaults) as caught:
        run(ledger, tmp_path / "pipe")

    assert (
        "pipe: the file cannot be read: it is not an ordinary file, and it is read more than once; save it first"
    ) == said(caught)


def test_a_missing_joined_file_is_a_fault_of_the_file(ledger: Ledger, tmp_path: Path) -> None:
    """Every row is refused by one fault that names the joined file."""
    mapping = tmp_path / "map.toml"
    mapping.write_text(
        '[columns]\nlearner = "learner"\ncompetency = "j.competency"\nlevel = "level"\n'
        '[constants]\nkind = "task"\npurpose = "summative"\n[join.j]\nfile = "no.csv"\non = "task"\n'
    )
    report = run(ledger, written(tmp_path / "a.csv", row("S-1", "r1")), map_file=mapping)

    assert ["no.csv: the file cannot be read: No such file or directory"] == [str(fault) for fault in report.faults]


def test_a_file_that_never_stands_still_is_refused(
    ledger: Ledger, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A file that somebody keeps writing to is given up, and nothing of it is stored."""
    file, before = written(tmp_path / "a.csv", row("S-1", "r1")), ledger.log.recorder.max_notification_id()

    def meddle(*_: object) -> None:
        file.write_text(file.read_text() + row("S-1", f"r{file.stat().st_size}") + "\n")

    monkeypatch.setattr("ledger.importing.evidence.check", meddle)
    with pytest.raises(Refused) as caught:
        run(ledger, file)

    assert "a.csv or a file beside it was changed while it was read; import it when nobody writes to it" == str(
        caught.value
    )
    assert before == ledger.log.recorder.max_notification_id()
    assert not list(ledger.home.staging.glob("*"))


@pytest.mark.parametrize(
    ("reason", "sentence"),
    [
        ("", "corrections need a reason; say why the file is right and the record is not"),
        (" \n", "corrections need a reason; say why the file is right and the record is not"),
        ("x" * 20_001, "the text has 20001 characters; at most 20000 are kept"),
        ("a\ud800", "the text holds half of a surrogate pair, so it was cut or wrongly decoded; send it again"),
    ],
)
def test_a_reason_that_cannot_be_kept_is_refused_first(
    ledger: Ledger, tmp_path: Path, reason: str, sentence: str
) -> None:
    """A reason is looked at before the file is."""
    before = ledger.log.recorder.max_notification_id()
    with pytest.raises(UsageError) as caught:
        run(ledger, tmp_path / "no.csv", corrections=reason)

    assert sentence == said(caught)
    assert before == ledger.log.recorder.max_notification_id()


def test_a_fault_file_holds_no_formula(ledger: Ledger, tmp_path: Path) -> None:
    """Neither the name of the file, nor that of a column, nor what a cell says, reaches a spreadsheet as a formula."""
    file, faults = tmp_path / "=1+1.csv", tmp_path / "faults.csv"
    file.write_text("learner,competency,level,kind,purpose,=1+cmd|' /C calc'!A0\nS-1,C.0,3,task,summative,x\n")
    run(ledger, file, fault_file=faults)
    rows = list(csv.reader(faults.read_text().splitlines()))

    assert ["'=1+1.csv", "1", "'=1+cmd|' /C calc'!A0"] == rows[1][:3]
    assert not any(cell.startswith(("=", "+", "-", "@")) for cells in rows for cell in cells)


def test_a_name_that_is_no_text_is_written_out(ledger: Ledger, tmp_path: Path) -> None:
    """Bytes of a file's name that are no UTF-8 do not stop the import."""
    file, faults = tmp_path / os.fsdecode(b"\xff.csv"), tmp_path / "faults.csv"
    file.write_text("learner\nS-1\n")
    report = run(ledger, file, fault_file=faults)

    assert report.refused
    assert {"\\udcff.csv"} == {fault.file for fault in report.faults}


def test_faults_that_cannot_be_written_are_told(ledger: Ledger, tmp_path: Path) -> None:
    """Where the fault file cannot be written nothing is lost: another name goes on with the same import."""
    file = written(tmp_path / "a.csv", row("S-1", "r1"), row("S-1", "r2", competency="C.99"))
    nowhere = tmp_path / "nowhere" / "faults.csv"
    with pytest.raises(UsageError) as caught:
        run(ledger, file, fault_file=nowhere)

    assert (
        f"the faults cannot be written to {nowhere} (No such file or directory); name another file for them: "
        "what is stored stays stored, and the same import goes on with the rest"
    ) == said(caught)
    assert 1 == run(ledger, file, fault_file=tmp_path / "faults.csv").imported

"""Corrections by a file: one record, one content, one reason."""

import unicodedata
from pathlib import Path

import pytest

from ledger.application import Ledger
from ledger.application.learning import correct, withdraw
from ledger.domain.learner import Evidence, EvidenceCorrected
from tests.importing.support import counts, row, run, stopped, written
from tests.support.ledgers import author, classroom


@pytest.fixture
def ledger(tmp_path: Path) -> Ledger:
    """A ledger in which two records of one learner are known."""
    ledger = classroom(tmp_path / "home")
    run(ledger, written(tmp_path / "known.csv", row("S-1", "r1"), row("S-1", "r2")))
    return ledger


def history(ledger: Ledger) -> list[tuple[Evidence, bool]]:
    """Return the evidence of the first learner as written, each with whether it is a correction."""
    stream = f"learner/{ledger.vault.find('S-1')}"
    found = [event.data for event in ledger.log.stream(stream) if hasattr(event.data, "evidence")]
    return [(payload.evidence, isinstance(payload, EvidenceCorrected)) for payload in found]


def test_a_record_corrected_twice_in_one_file_is_a_fault(ledger: Ledger, tmp_path: Path) -> None:
    """Of two rows of one record the first holds; the second is refused with both lines."""
    file = written(tmp_path / "a.csv", row("S-1", "r1", "4"), row("S-1", "r1", "3"), row("S-1", "r1", "4"))
    report = run(ledger, file, corrections="a typing error")

    assert {"rows": 2, "refused": 1, "corrected": 1, "same": 1} == counts(report)
    assert (
        "a.csv:3: this record stands in this file before, with other content: lines 2 and 3 have one record id; "
        "keep the line that is right"
    ) == str(report.faults[0])
    assert ["3", "3", "4"] == [evidence.results[0].level for evidence, _ in history(ledger)]


def test_the_same_corrected_row_twice_is_one_correction(ledger: Ledger, tmp_path: Path) -> None:
    """A row that stands twice in a file with the same content corrects once."""
    file = written(tmp_path / "a.csv", row("S-1", "r1", "4"), row("S-1", "r1", "4"))

    assert {"rows": 2, "corrected": 1, "same": 1} == counts(run(ledger, file, corrections="a typing error"))
    assert 1 == sum(corrected for _, corrected in history(ledger))


def test_a_refused_row_given_twice_is_refused_twice(ledger: Ledger, tmp_path: Path) -> None:
    """A second row with the content of a refused one is not known either."""
    file = written(tmp_path / "a.csv", row("S-1", "r1", "4"), row("S-1", "r1", "4"))

    assert {"refused": 2} == counts(run(ledger, file))


def test_the_reason_is_kept_in_one_form(ledger: Ledger, tmp_path: Path) -> None:
    """The same reason in another Unicode form is the same import, and is kept in form NFC."""
    file = written(tmp_path / "a.csv", row("S-1", "r1", "4"))
    run(ledger, file, corrections=unicodedata.normalize("NFD", " révisé "))
    found = list(ledger.log.scan(topics=["learner.evidence-corrected.1"]))

    assert {"rows": 1, "same": 1} == counts(run(ledger, file, corrections="révisé"))
    assert ["révisé"] == [ledger.vault.text(event.data.reason) for event in found]


def test_what_was_changed_since_is_not_changed_back(
    ledger: Ledger, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A correction by hand after a stopped import stands; the resumed import says so."""
    file = written(tmp_path / "a.csv", row("S-1", "r1", "4"), row("S-1", "r2", "4"))
    with stopped(monkeypatch, before=False):
        run(ledger, file, corrections="a typing error")
    right = next(evidence for evidence, _ in history(ledger) if evidence.source.record == "r1")
    correct(ledger, author(ledger), str(ledger.vault.find("S-1")), right, "it was right at first")
    report = run(ledger, file, corrections="a typing error")

    assert {"rows": 1, "refused": 1, "corrected": 1} == counts(report)
    assert "this very import was stored before, and this record was changed since" in report.faults[0].why


def test_a_withdrawn_record_is_not_corrected(ledger: Ledger, tmp_path: Path) -> None:
    """What was withdrawn is recorded anew under another record id, or not at all."""
    evidence = history(ledger)[0][0]
    withdraw(ledger, author(ledger), str(ledger.vault.find("S-1")), evidence.evidence_id, "another learner's")
    report = run(ledger, written(tmp_path / "a.csv", row("S-1", "r1", "4")), corrections="a typing error")

    assert {"refused": 1} == counts(report)
    assert "this record was withdrawn; record it anew under another record id" == report.faults[0].why

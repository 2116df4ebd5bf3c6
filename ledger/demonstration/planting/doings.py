"""What a step can do, each by the command that people use for it."""

from dataclasses import replace

from ledger.application.documenting import keep_document
from ledger.application.learning import correct, record, record_evidence, subject_of, withdraw
from ledger.demonstration.acting import BY_HAND
from ledger.demonstration.files import ROSTER, csv_text, evidence_text
from ledger.demonstration.planting.stage import Stage
from ledger.demonstration.planting.steps import Doing
from ledger.demonstration.records import Row
from ledger.domain.belonging import GradeOfRecordSet
from ledger.domain.learner import CohortSet, Evidence, PreparationRecorded
from ledger.domain.shapes import Artefact, Payload, Source
from ledger.importing import ImportOptions, import_evidence
from ledger.importing.roster import import_roster
from ledger.storage.envelope import Author

COHORT_CLOCK = "graduating-class"


def _evidence(stage: Stage, row: Row, name: str, artefact: str = "") -> Evidence:
    return stage.desk.evidence(row, stage.evidence_id(name), Source(system=BY_HAND), artefact=artefact)


def enter(name: str, row: Row, artefact: str = "") -> Doing:
    """Enter a row by hand; `name` is that of the step, by which it can be corrected; `artefact` names the work."""

    def do(stage: Stage, author: Author) -> None:
        evidence = _evidence(stage, row, name, artefact)
        record_evidence(stage.ledger, author, stage.desk.identity(row.learner), evidence)

    return do


def set_right(name: str, row: Row, reason: str, document: bytes = b"") -> Doing:
    """Correct what the step of a name entered; with a document where its bytes are given."""

    def do(stage: Stage, author: Author) -> None:
        learner = stage.desk.identity(row.learner)
        correct(stage.ledger, author, learner, _evidence(stage, row, name), reason, _kept(stage, learner, document))

    return do


def take_out(name: str, learner: str, reason: str, document: bytes = b"") -> Doing:
    """Withdraw what the step of a name entered."""

    def do(stage: Stage, author: Author) -> None:
        identity = stage.desk.identity(learner)
        found = _kept(stage, identity, document)
        withdraw(stage.ledger, author, identity, stage.evidence_id(name), reason, found)

    return do


def _kept(stage: Stage, learner: str, document: bytes) -> Artefact | None:
    return keep_document(stage.ledger, learner, document, "application/pdf") if document else None


def prepare(learner: str, code: str, kind: str, day: str) -> Doing:
    """Record that a learner prepared anew for a competency on a day."""

    def do(stage: Stage, author: Author) -> None:
        payload = PreparationRecorded(
            subject=subject_of(stage.ledger, code), kind=kind, occurred=day, source=Source(system=BY_HAND)
        )
        _write(stage, author, learner, payload)

    return do


def set_cohort(learner: str, year: int, basis: str | None) -> Doing:
    """Set the year in which a learner's class graduates."""
    payload = CohortSet(clock=COHORT_CLOCK, year=year, day=None, basis=basis)
    return lambda stage, author: _write(stage, author, learner, payload)


def set_grade(learner: str, grade: str, day: str, basis: str | None) -> Doing:
    """Set the grade of record of a learner from a day on."""
    payload = GradeOfRecordSet(grade=grade, first_day=day, basis=basis)
    return lambda stage, author: _write(stage, author, learner, payload)


def _write(stage: Stage, author: Author, learner: str, payload: Payload) -> None:
    record(stage.ledger, author, stage.desk.identity(learner), payload)


def enrol(file: str, rows: tuple[tuple[str, ...], ...]) -> Doing:
    """Bring a roster in from a file of the home."""

    def do(stage: Stage, author: Author) -> None:
        path = stage.files / file
        path.write_text(csv_text(ROSTER, rows), encoding="utf-8", newline="")
        import_roster(stage.ledger, author, path, lambda *_: None)

    return do


def bring_in(file: str, rows: tuple[Row, ...]) -> Doing:
    """Bring evidence in from a file of the home, as a gradebook hands it over; its rows get ids of their own."""

    def do(stage: Stage, author: Author) -> None:
        path = stage.files / file
        stem = file.partition(".")[0]
        numbered = [replace(row, source_record=f"{stem}-{number:04d}") for number, row in enumerate(rows, start=1)]
        path.write_text(evidence_text(numbered), encoding="utf-8", newline="")
        import_evidence(stage.ledger, author, path, ImportOptions())

    return do

"""A well-formed row against what the ledger knows: the last check before it is staged."""

from msgspec import Struct

from ledger.domain.learner import Evidence
from ledger.domain.row_identity import changed
from ledger.domain.shapes import Assessor, Result, Source, Subject
from ledger.errors import Fault
from ledger.interchange import sentences
from ledger.interchange.evidence_rows import Row
from ledger.interchange.known_names import KnownNames
from ledger.interchange.remembered import Wrong

DEFAULT_SYSTEM = "csv"
"""The source system of a row that names none."""


class StagedEvidence(Struct, frozen=True, kw_only=True, gc=False):
    """A row ready to be staged: the learner's id in the source system, and the evidence without its id.

    `evidence.evidence_id` is empty until `row_identity` names it.
    """

    line: int
    learner: str
    evidence: Evidence


def check_row(row: Row, known: KnownNames) -> StagedEvidence | list[Fault]:
    """Return the evidence of a row, one result for each subject it names, or every fault."""
    faults: list[Fault] = []
    results = _results(row, known, faults)
    for field, text in (("occurred", row.occurred), ("submitted", row.submitted), ("scored", row.scored)):
        if text is not None:
            date = known.past[text]
            if isinstance(date, Wrong):
                faults.append(row.origin.fault(row.line, field, date.why))
    if faults:
        return faults
    return StagedEvidence(line=row.line, learner=row.learner, evidence=_evidence(row, results))


def _results(row: Row, known: KnownNames, faults: list[Fault]) -> tuple[Result, ...]:
    scale = level = None
    if row.level is not None:
        found = known.level[row.scale, row.level]
        if isinstance(found, Wrong):
            faults.append(row.origin.fault(row.line, "level", found.why))
        else:
            scale, level = found.scale, found.value
    return tuple(
        Result(
            subject=subject,
            scale=scale,
            level=level,
            score=row.score,
            passed=row.passed,
            absent_reason=row.absent_reason,
        )
        for subject in _subjects(row, known, faults)
    )


def _subjects(row: Row, known: KnownNames, faults: list[Fault]) -> list[Subject]:
    subjects: list[Subject] = []
    for text in row.competencies:
        found = known.subject[text]
        if isinstance(found, Wrong):
            faults.append(row.origin.fault(row.line, "competency", found.why))
        elif found in subjects:
            why = sentences.SAME_COMPETENCY_TWICE.format(text=text)
            faults.append(row.origin.fault(row.line, "competency", why))
        else:
            subjects.append(found)
    if row.course is not None:
        subjects.append(Subject(kind="course", id=row.course))
    if row.requirement is not None:
        subjects.append(Subject(kind="requirement", id=row.requirement))
    return subjects


def _evidence(row: Row, results: tuple[Result, ...]) -> Evidence:
    assessor = None
    if row.organisation is not None or row.capacity is not None:
        assessor = Assessor(organisation=row.organisation, capacity=row.capacity)
    return Evidence(
        evidence_id="",
        source=Source(system=row.source_system or DEFAULT_SYSTEM, record=row.source_record),
        kind=row.kind,
        purpose=row.purpose,
        results=results,
        task=row.task,
        item=row.item,
        instrument=row.instrument,
        form=row.form,
        rubric=row.rubric,
        setting=row.setting,
        conditions=row.conditions,
        language=row.language,
        attempt=row.attempt,
        occurred=row.occurred,
        submitted=row.submitted,
        due=row.due,
        scored=row.scored,
        assessor=assessor,
    )


def other_content(old: Evidence, new: Evidence) -> str:
    """Return the sentence for a known row that says something else."""
    return sentences.OTHER_CONTENT.format(fields=" and ".join(changed(old, new)))

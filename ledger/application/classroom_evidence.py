"""A piece of work that several learners did, and what each learner's own evidence of it says."""

from collections.abc import Mapping, Sequence
from typing import get_args

from msgspec import Struct

from ledger.application.learning import record
from ledger.application.ledger import Ledger
from ledger.application.reading_records import with_record_of
from ledger.application.recording_class import line_author
from ledger.application.retaking import Earlier, earlier_tries
from ledger.domain.learner import Condition, Evidence, EvidenceKind, PreparationRecorded, Purpose
from ledger.domain.shapes import Assessor, Result, Source, Subject
from ledger.facts.record import LearnerRecord
from ledger.storage.envelope import Author

SYSTEM = "console"
"""The source system of evidence recorded on the pages."""

CONDITIONS: tuple[Condition, ...] = get_args(Condition)


class Work(Struct, frozen=True):
    """What is the same for everybody who did it; `assessor` is whoever judged it."""

    kind: EvidenceKind
    purpose: Purpose
    occurred: str
    assessor: Assessor
    task: str | None = None
    conditions: tuple[Condition, ...] = ()


def evidence_of(ledger: Ledger, work: Work, learner: str, results: Sequence[Result]) -> Evidence:
    """Return a learner's evidence of a piece of work, still without its id.

    Where the learner had a result for the same task and subject before, it is a further try, and says so.
    """
    earlier = with_record_of(ledger, learner, lambda record: _earlier(ledger, record, work, results))
    return Evidence(
        evidence_id="",
        source=Source(system=SYSTEM),
        kind=work.kind,
        purpose=work.purpose,
        results=tuple(results),
        task=work.task,
        conditions=work.conditions,
        occurred=work.occurred,
        assessor=work.assessor,
        attempt_of=earlier.first if earlier else None,
        attempt=earlier.count + 1 if earlier else None,
    )


def _earlier(ledger: Ledger, record: LearnerRecord, work: Work, results: Sequence[Result]) -> Earlier | None:
    if work.task is None or all(one.absent_reason is not None for one in results):
        return None
    found = (earlier_tries(ledger, record, one.subject.key, work.task) for one in results)
    return next((one for one in found if one is not None), None)


def record_preparations(
    ledger: Ledger, author: Author, learners: Sequence[str], subject: Subject, kind: str, occurred: str
) -> Mapping[str, int]:
    """Record that some learners prepared anew; return the version of each learner's record. The author attests it.

    One append a learner, under a command id that follows from the one given and the learner. Raises `UsageError`
    for a day in the future.
    """
    payload = PreparationRecorded(
        subject=subject, kind=kind, occurred=occurred, attested_by=author.actor, source=Source(system=SYSTEM)
    )
    return {one: record(ledger, line_author(author, one), one, payload).version for one in learners}

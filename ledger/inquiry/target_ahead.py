"""What lies ahead of a learner with one target: what comes before it, what it is made of, and when to try again."""

from collections.abc import Iterable, Iterator, Sequence

from ledger.application.ledger import Ledger
from ledger.application.retaking import QUESTION, lock_of
from ledger.domain.competencies import natural
from ledger.domain.learner import Evidence
from ledger.domain.shapes import Source, Subject
from ledger.facts.record import LearnerRecord
from ledger.inquiry.target_pieces import STILL_TRIES
from ledger.inquiry.target_reading import TargetReader
from ledger.inquiry.target_views import PieceView, RetryView, StepView

MOST_TASKS = 4
"""Tasks of which it is said when they may be tried again: those tried last."""


def before(reader: TargetReader, record: LearnerRecord, subject: str) -> tuple[StepView, ...]:
    """Return the competencies that come before one in its framework; nothing for anything else."""
    kind, _, identity = subject.partition("/")
    governance = reader.ledger.governance()
    edition = governance.editions_of_competencies(governance.position).get(identity) if kind == "competency" else None
    needed = governance.outline(edition).prerequisites[identity] if edition else ()
    return _steps(reader, record, sorted(f"competency/{one}" for one in needed))


def parts(reader: TargetReader, record: LearnerRecord, subject: str) -> tuple[StepView, ...]:
    """Return the priority standards of a course; nothing for anything else."""
    kind, _, identity = subject.partition("/")
    return _steps(reader, record, reader.standards(identity) if kind == "course" else [])


def _steps(reader: TargetReader, record: LearnerRecord, keys: Iterable[str]) -> tuple[StepView, ...]:
    steps = [StepView(reader.cells.naming.by_key(key), _outcome(record, key)) for key in keys]
    return tuple(sorted(steps, key=lambda one: natural(one.subject.code or one.subject.label)))


def _outcome(record: LearnerRecord, key: str) -> str:
    standing = record.standing(QUESTION, key, "standard")
    return standing.outcome if standing else ""


def retries(ledger: Ledger, learner: str, subject: Subject, pieces: Sequence[PieceView]) -> tuple[RetryView, ...]:
    """Return for the tasks tried last what must come before another try of each counts towards mastery."""
    tried = {one.task: one for one in reversed(list(_tries(pieces)))}
    newest = sorted(tried.values(), key=lambda one: (one.day, one.version), reverse=True)[:MOST_TASKS]
    return tuple(_retry(ledger, learner, subject, one) for one in newest)


def _tries(pieces: Sequence[PieceView]) -> Iterator[PieceView]:
    return (one for one in pieces if one.task and one.about is None and one.why in STILL_TRIES)


def _retry(ledger: Ledger, learner: str, subject: Subject, piece: PieceView) -> RetryView:
    again = Evidence(
        evidence_id="supposed",
        source=Source(system="supposed"),
        kind=piece.kind,  # type: ignore[arg-type]
        purpose="summative",
        results=(),
        task=piece.task,
        occurred=ledger.today().isoformat(),
    )
    lock = lock_of(ledger, learner, subject, again)
    return RetryView(piece.task, piece.day, lock.kinds if lock else ())

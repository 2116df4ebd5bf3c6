"""Ready-made events and recorders for the tests of the storage."""

from collections.abc import Sequence
from pathlib import Path

from eventsourcing.persistence import StoredEvent

from ledger.domain.learner import Evidence, EvidenceRecorded
from ledger.domain.shapes import Result, Source, Subject
from ledger.storage import tables
from ledger.storage.envelope import Author, Unstamped
from ledger.storage.factory import Factory
from ledger.storage.mapper import LedgerMapper
from ledger.storage.recorder import LedgerRecorder

AUTHOR = Author("00000000-0000-4000-8000-000000000001", "operator", "test")
MAPPER = LedgerMapper()
SETTINGS = {"LEDGER_LOG": "ledger.invalid/test", "LEDGER_SEAL_KEY": "ab" * 32}


def open_recorder(path: Path, *, longest_wait: float = 30) -> LedgerRecorder:
    """Open the ledger file at a path, making it where there is none."""
    if not path.exists():
        tables.create(path)
    settings = {**SETTINGS, "LEDGER_FILE": str(path), "LEDGER_LONGEST_WAIT": str(longest_wait)}
    return Factory(settings).application_recorder()


def evidence(number: int, level: str = "3") -> EvidenceRecorded:
    """Build a piece of evidence about one competency."""
    result = Result(subject=Subject(kind="competency", id=f"c{number % 5}"), level=level)
    return EvidenceRecorded(
        evidence=Evidence(
            evidence_id=f"e{number}",
            source=Source(system="test"),
            kind="task",
            purpose="summative",
            occurred="2026-05-30",
            results=(result,),
        )
    )


def stored(stream: str, first: int, count: int = 1, author: Author = AUTHOR) -> Sequence[StoredEvent]:
    """Build unstamped rows for the next versions of a stream."""
    return [
        MAPPER.to_stored_event(Unstamped(stream, version, evidence(version), author))
        for version in range(first, first + count)
    ]

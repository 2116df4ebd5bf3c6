"""Ready-made payloads, logs and read models for the tests of the projections."""

import hashlib
import itertools
import sqlite3
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

import msgspec

from ledger.domain.jurisdiction import PolicyAdopted, Selector
from ledger.domain.learner import (
    Decided,
    DecisionDigests,
    Evidence,
    EvidenceCorrected,
    EvidenceRecorded,
    EvidenceWithdrawn,
    FactSeen,
    Grant,
)
from ledger.domain.ledger import LedgerOpened, UpstreamReceived
from ledger.domain.shapes import Authority, Payload, Result, Source, Subject, SubjectKind, VaultText
from ledger.storage import tables
from ledger.storage.envelope import Author, Unstamped, unstamped
from ledger.storage.log import Log
from ledger.storage.read_models import ReadModels
from ledger.values import digest, identifier

SEAL_KEY = bytes(32)
AUTHOR = Author("00000000-0000-4000-8000-000000000001", "operator", "test")
ADA, BEN = identifier("learner", "ada"), identifier("learner", "ben")
DIGESTS = DecisionDigests(rule="1" * 64, parameters="2" * 64, facts="3" * 64, evaluator="4" * 64, finding="5" * 64)
TEXT = VaultText(text=identifier("text"), digest="6" * 64)
BOARD = Authority(body="School board", date="2026-01-15", minute="7")


def open_log(path: Path, origin: str = "ledger.invalid/test") -> Log:
    """Open the ledger file at a path, making it where there is none; its clock always says the same."""
    if not path.exists():
        tables.create(path)
    return Log(path, origin, SEAL_KEY, lambda: "2026-05-30T12:00:00.000000Z")


def open_models(folder: Path) -> ReadModels:
    """Open the read models in a folder."""
    return ReadModels(folder / "read" / "test.db")


def add(log: Log, stream: str, *payloads: Payload, author: Author = AUTHOR) -> int:
    """Append to a stream and return the last position."""
    version = log.recorder.last_version(stream)
    events = [Unstamped(stream, version + number, payload, author) for number, payload in enumerate(payloads, start=1)]
    return log.append(log.prepared(events)).last


def add_each(log: Log, happened: Sequence[tuple[str, Payload]]) -> int:
    """Append payloads of learners in this order, in as few appends as the order allows."""
    for learner, some in itertools.groupby(happened, key=lambda one: one[0]):
        add(log, f"learner/{learner}", *(payload for _, payload in some))
    return log.recorder.max_notification_id()


def opened() -> LedgerOpened:
    """Return the event a ledger begins with."""
    return LedgerOpened(ledger="ledger.invalid/test", jurisdiction="us-xx", kind="state", zone="UTC")


def decided(subject: str = "competency/c1", outcome: Any = "met", **changes: Any) -> Decided:
    """Build a decision about a subject, MASTERY on 30 May 2026 unless said otherwise."""
    kind, _, identity = subject.partition("/")
    known = Decided(
        question="MASTERY",
        subject=_subject(kind, identity),
        award="standard",
        on="2026-05-30",
        read_to=1,
        learner_version=1,
        adoption=2,
        policy="us-xx/mastery",
        edition="us-xx/mastery@2025-07-01",
        digests=DIGESTS,
        outcome=outcome,
        stage="requires",
        standing="current",
        effect="immediate",
        level="3",
        decisive=("at-level", "two-kinds"),
        facts=tuple(FactSeen(name=f"fact_{number}", value=str(number), versions=(1,)) for number in range(6)),
        nodes=tuple(f"clause-{number}=met" for number in range(6)),
    )
    return msgspec.structs.replace(known, **changes)


def credit(course: str = "ALG1", outcome: Any = "met", **changes: Any) -> Decided:
    """Build a decision about a credit of one half."""
    grants = (Grant(key="credits", value='{"fraction":[1,2]}'), Grant(key="notation", value='"CBE"'))
    given = {"question": "CREDIT", "standing": "award", "grants": grants, **changes}
    return decided(f"course/{course}", outcome, **given)


def evidence(name: str, *subjects: str, **changes: Any) -> EvidenceRecorded:
    """Build evidence about competencies, of 29 May 2026 unless said otherwise."""
    return EvidenceRecorded(evidence=_evidence(name, *subjects, **changes))


def corrected(name: str, *subjects: str, **changes: Any) -> EvidenceCorrected:
    """Build the correction of evidence."""
    return EvidenceCorrected(evidence=_evidence(name, *subjects, **changes), reason=TEXT)


def withdrawn(name: str) -> EvidenceWithdrawn:
    """Build the withdrawal of evidence."""
    return EvidenceWithdrawn(evidence_id=name, reason=TEXT)


def adopted(edition: str = "us-xx/mastery@2025-07-01", ids: tuple[str, ...] | None = None, **changes: Any) -> Any:
    """Build an adoption of a mastery policy from 1 July 2025 on, for all competencies unless said otherwise."""
    known = PolicyAdopted(
        jurisdiction="us-xx",
        question="MASTERY",
        award="standard",
        selector=Selector(kind="competency", ids=ids),
        policy=edition.partition("@")[0],
        edition=edition,
        digest=digest(edition.encode()),
        overrides=(),
        first_day="2025-07-01",
        last_day=None,
        authority=BOARD,
        reason="pilot",
    )
    return msgspec.structs.replace(known, **changes)


def received(payload: Payload, topic: str, position: int) -> UpstreamReceived:
    """Build the receipt of an event of the state's ledger."""
    state = unstamped(Unstamped("jurisdiction/us-xx", position, payload, AUTHOR))
    return UpstreamReceived(
        origin="ledger.invalid/state",
        position=position,
        stream="jurisdiction/us-xx",
        version=position,
        topic=topic,
        digest=hashlib.sha256(state).hexdigest(),
        state=state.decode(),
    )


def rows(models: ReadModels) -> dict[str, list[tuple[Any, ...]]]:
    """Return every row of every table of the file, sorted."""
    with closing(sqlite3.connect(models.path)) as connection:
        names = [row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        return {name: sorted(connection.execute(f"SELECT * FROM {name}"), key=repr) for name in names}


def change(models: ReadModels, statement: str) -> None:
    """Change the file behind the product's back."""
    with closing(sqlite3.connect(models.path)) as connection, connection:
        connection.execute(statement)


def _subject(kind: Any, identity: str) -> Subject:
    allowed: SubjectKind = kind
    return Subject(kind=allowed, id=identity, framework="f" * 64 if kind == "competency" else None)


def _evidence(name: str, *subjects: str, **changes: Any) -> Evidence:
    keys = subjects or ("competency/c1",)
    results = tuple(Result(subject=_subject(*key.split("/")), level="3") for key in keys)
    given = {"occurred": "2026-05-29", **changes}
    return Evidence(
        evidence_id=name, source=Source(system="test"), kind="task", purpose="summative", results=results, **given
    )

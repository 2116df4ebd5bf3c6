"""Drafting an append about one learner: payloads, the decisions they cause, and all that must agree with them."""

import random
import time
from collections.abc import Callable, Iterable, Sequence

from msgspec import Struct

from ledger.application.ledger import Ledger
from ledger.application.records import folded_record, snapshot_parts, snapshot_record
from ledger.deciding import Decider, Touched, touched_by
from ledger.deciding.decider import Decision
from ledger.domain import learner
from ledger.domain.erasure import STILL_RECORDED
from ledger.domain.learner import Decided, Evidence
from ledger.domain.row_identity import content_digest
from ledger.domain.shapes import Payload
from ledger.errors import SnapshotUnusable, StreamConflict
from ledger.facts.record import LearnerRecord
from ledger.storage.append import Append, Appended, Command, EvidenceEntry
from ledger.storage.envelope import Author, Unstamped

TRIES = 8
"""How often a command is tried again when others write to the same learner meanwhile."""


class Written(Struct, frozen=True):
    """What a command came to: positions, the learner's version, and the decisions it caused."""

    learner: str
    appended: Appended
    version: int
    decisions: tuple[Decided, ...]


class Prepared(Struct, frozen=True):
    """An append ready to be stored, and what it will decide."""

    append: Append
    version: int
    decisions: tuple[Decided, ...]

    def stored(self, ledger: Ledger, identity: str) -> Written:
        """Store the append, unless there is nothing to store; a repeat is answered as the first time."""
        if not self.append.events and self.append.command is None:
            return Written(identity, Appended(0, 0), self.version, ())
        appended = ledger.log.append(self.append)
        if appended.repeated:
            return written_before(ledger, identity, appended)
        return Written(identity, appended, self.version, self.decisions)


def written_before(ledger: Ledger, identity: str, appended: Appended) -> Written:
    """Return what a command came to when it was first carried out, read from the log."""
    events = list(ledger.log.scan(appended.first - 1, appended.last)) if appended.first else []
    decisions = tuple(event.data for event in events if isinstance(event.data, Decided))
    return Written(identity, appended, events[-1].originator_version if events else 0, decisions)


class Draft:
    """The events an append will hold, folded into the learner's record while they are written down."""

    def __init__(self, stream: str, record: LearnerRecord, author: Author) -> None:
        self.stream = stream
        self.record = record
        self.author = author
        self.events: list[Unstamped] = []
        self.evidence: list[EvidenceEntry] = []
        self.touched: set[Touched] = set()
        self.decisions: list[Decided] = []

    def add(self, payload: Payload, content: bytes | None = None) -> None:
        """Write one payload down, which was found sound; `content` is the digest of evidence where it is known."""
        record = self.record
        if type(payload) not in STILL_RECORDED:
            record.require_whole()
        before = _subjects_before(record, payload)
        record.apply(record.version + 1, payload)
        self.events.append(Unstamped(self.stream, record.version, payload, self.author))
        self.touched |= touched_by(payload, before)
        self.evidence += _index_entries(self.stream, record, payload, content)

    def decide(self, decider: Decider, touched: Iterable[Touched], decision: Decision | None = None) -> None:
        """Write down the decisions that follow; the last version before them is their cause."""
        cause = self.record.version
        for decided in decider.decide(self.record, touched, decision):
            self.write(decided, cause)

    def write(self, decided: Decided, cause: int | None = None) -> None:
        """Write down one decision; its cause is a version of the stream, the last one where none is given."""
        record, version = self.record, self.record.version if cause is None else cause
        self.decisions.append(decided)
        record.apply(record.version + 1, decided)
        self.events.append(Unstamped(self.stream, record.version, decided, self.author, f"{self.stream}@{version}"))

    def prepared(self, ledger: Ledger, command: Command | None) -> Prepared:
        """Turn the draft into an append, with the changed parts of the snapshot."""
        parts = snapshot_parts(self.stream, self.record)
        append = ledger.log.prepared(self.events, command=command, evidence=self.evidence, parts=parts)
        return Prepared(append, self.record.version, tuple(self.decisions))


def with_record(ledger: Ledger, stream: str, use: Callable[[LearnerRecord], Prepared]) -> Prepared:
    """Use a record from its snapshot; where the snapshot does not hold, only time is lost."""
    try:
        return use(snapshot_record(ledger, stream))
    except SnapshotUnusable:
        return use(folded_record(ledger, stream))


def patiently(ledger: Ledger, identity: str, prepared: Callable[[], Prepared]) -> Written:
    """Prepare and store, again and again while others come first, a bounded number of times."""
    pause = 0.001
    for _ in range(TRIES - 1):
        ready = prepared()
        try:
            return ready.stored(ledger, identity)
        except StreamConflict:
            time.sleep(random.uniform(0, pause))  # noqa: S311 - jitter, not a secret
            pause *= 2
    return prepared().stored(ledger, identity)


def said_by(identity: str, evidence: Evidence) -> bytes:
    """Digest what a piece of evidence says of a learner, so that a repeat is told from a contradiction."""
    return bytes.fromhex(content_digest(identity, evidence))


def _subjects_before(record: LearnerRecord, payload: Payload) -> tuple[str, ...]:
    if isinstance(payload, learner.EvidenceCorrected):
        return record.subjects_of(payload.evidence.evidence_id)
    if isinstance(payload, learner.EvidenceWithdrawn):
        return record.subjects_of(payload.evidence_id)
    return ()


def _index_entries(
    stream: str, record: LearnerRecord, payload: Payload, content: bytes | None
) -> Sequence[EvidenceEntry]:
    if isinstance(payload, learner.EvidenceRecorded | learner.EvidenceCorrected):
        name, entry = payload.evidence.evidence_id, record.entry_of(payload.evidence.evidence_id)
        said = content or said_by(record.learner, payload.evidence)
        replaces = isinstance(payload, learner.EvidenceCorrected)
        return [EvidenceEntry(name, stream, entry, record.version, said, replaces)]
    if isinstance(payload, learner.EvidenceWithdrawn):
        return [EvidenceEntry(payload.evidence_id, stream, record.entry_of(payload.evidence_id), 0, b"", True)]
    return []

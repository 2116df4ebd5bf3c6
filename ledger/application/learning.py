"""Commands about one learner: evidence in, and the decisions it causes in the same append."""

import random
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from ledger.application.ledger import CLIENT, Ledger, command_of
from ledger.application.records import folded_record, snapshot_parts, snapshot_record
from ledger.deciding import Decider, Touched, touched_by
from ledger.domain import learner
from ledger.domain.learner import Decided, Evidence
from ledger.domain.row_identity import content_digest
from ledger.domain.shapes import Payload, Subject, VaultText
from ledger.errors import Refused, SnapshotUnusable, StreamConflict, UnknownName, UsageError
from ledger.facts.record import LearnerRecord
from ledger.storage.append import Append, Appended, Command, EvidenceEntry
from ledger.storage.envelope import Author, Unstamped
from ledger.values import day_of, is_identifier

TRIES = 8
"""How often a command is tried again when others write to the same learner meanwhile."""


def said_by(identity: str, evidence: Evidence) -> bytes:
    """Digest what a piece of evidence says of a learner, so that a repeat is told from a contradiction."""
    return bytes.fromhex(content_digest(identity, evidence))


@dataclass(frozen=True, slots=True)
class Written:
    """What a command came to: positions, the learner's version, and the decisions it caused."""

    learner: str
    appended: Appended
    version: int
    decisions: tuple[Decided, ...]


def stream_of(identity: str) -> str:
    """Return the stream of a learner; raise `UsageError` for anything but a UUID."""
    if not is_identifier(identity):
        raise UsageError(f"{identity!r} is not a learner's id: a UUID in lower case")
    return f"learner/{identity}"


def record_evidence(ledger: Ledger, author: Author, identity: str, evidence: Evidence) -> Written:
    """Record a piece of evidence and decide what it decides.

    Raises `Refused` where its id is known already, `UsageError` for a date in the future.
    """
    require_past(ledger, evidence)
    entry = _known(ledger, evidence.evidence_id)
    if entry is not None and ledger.log.recorder.known_command(CLIENT, author.command) is None:
        same = entry.content == said_by(identity, evidence)
        raise Refused(
            f"evidence {evidence.evidence_id} is on record already; nothing is to be done"
            if same
            else f"evidence {evidence.evidence_id} is recorded with other content; use `mastery correct` to replace it"
        )
    return change(ledger, author, identity, [learner.EvidenceRecorded(evidence=evidence)])


def correct(ledger: Ledger, author: Author, identity: str, evidence: Evidence, reason: VaultText) -> Written:
    """Replace a piece of evidence whole, under the same id and in the same place of the order."""
    require_past(ledger, evidence)
    _require_known(ledger, identity, evidence.evidence_id)
    return change(ledger, author, identity, [learner.EvidenceCorrected(evidence=evidence, reason=reason)])


def withdraw(ledger: Ledger, author: Author, identity: str, evidence_id: str, reason: VaultText) -> Written:
    """Take a piece of evidence out of every fact from here on."""
    _require_known(ledger, identity, evidence_id)
    return change(ledger, author, identity, [learner.EvidenceWithdrawn(evidence_id=evidence_id, reason=reason)])


def record(ledger: Ledger, author: Author, identity: str, payload: Payload) -> Written:
    """Record a preparation, a status or an approval, and decide what it decides."""
    return change(ledger, author, identity, [payload])


def change(ledger: Ledger, author: Author, identity: str, payloads: Sequence[Payload]) -> Written:
    """Append payloads to a learner's stream, with the decisions they cause; retried when others come first."""
    return _patiently(ledger, identity, lambda: prepare(ledger, author, identity, payloads))


def decide_anew(
    ledger: Ledger,
    author: Author,
    stream: str,
    decider: Decider,
    touches: Callable[[Decider, LearnerRecord], Iterable[Touched]],
) -> int:
    """Ask some questions about a learner again though nothing was recorded; return the decisions written."""

    def prepared() -> Prepared:
        def anew(record: LearnerRecord) -> Prepared:
            draft = Draft(stream, record, author)
            draft.decide(decider, touches(decider, record))
            return draft.prepared(ledger, None)

        return with_record(ledger, stream, anew)

    return len(_patiently(ledger, stream.removeprefix("learner/"), prepared).decisions)


def _patiently(ledger: Ledger, identity: str, prepared: "Callable[[], Prepared]") -> Written:
    pause = 0.001
    for _ in range(TRIES - 1):
        ready = prepared()
        try:
            return ready.stored(ledger, identity)
        except StreamConflict:
            time.sleep(random.uniform(0, pause))  # noqa: S311 - jitter, not a secret
            pause *= 2
    return prepared().stored(ledger, identity)


@dataclass(frozen=True, slots=True)
class Prepared:
    """An append ready to be stored, and what it will decide."""

    append: Append
    version: int
    decisions: tuple[Decided, ...]

    def stored(self, ledger: Ledger, identity: str) -> Written:
        """Store the append, unless there is nothing to store."""
        empty = not self.append.events and self.append.command is None
        appended = Appended(0, 0) if empty else ledger.log.append(self.append)
        return Written(identity, appended, self.version, self.decisions)


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
        """Write one payload down; `content` is the digest of evidence where it is known already."""
        record = self.record
        before = _subjects_before(record, payload)
        record.apply(record.version + 1, payload)
        self.events.append(Unstamped(self.stream, record.version, payload, self.author))
        self.touched |= touched_by(payload, before)
        self.evidence += _index_entries(self.stream, record, payload, content)

    def decide(self, decider: Decider, touched: Iterable[Touched]) -> None:
        """Write down the decisions that follow; the last version before them is their cause."""
        record, cause = self.record, f"{self.stream}@{self.record.version}"
        for decided in decider.decide(record, touched):
            self.decisions.append(decided)
            record.apply(record.version + 1, decided)
            self.events.append(Unstamped(self.stream, record.version, decided, self.author, cause))

    def prepared(self, ledger: Ledger, command: Command | None) -> Prepared:
        """Turn the draft into an append, with the changed parts of the snapshot."""
        parts = snapshot_parts(self.stream, self.record)
        append = ledger.log.prepared(self.events, command=command, evidence=self.evidence, parts=parts)
        return Prepared(append, self.record.version, tuple(self.decisions))


def prepare(ledger: Ledger, author: Author, identity: str, payloads: Sequence[Payload]) -> Prepared:
    """Fold payloads into the learner's record, decide, and write the append down without storing it."""
    stream = stream_of(identity)

    def drafted(record: LearnerRecord) -> Prepared:
        draft = Draft(stream, record, author)
        for payload in payloads:
            draft.add(payload)
        draft.decide(ledger.decider(), draft.touched)
        return draft.prepared(ledger, command_of(author, payloads))

    return with_record(ledger, stream, drafted)


def with_record(ledger: Ledger, stream: str, use: Callable[[LearnerRecord], Prepared]) -> Prepared:
    """Use a record from its snapshot; where the snapshot does not hold, only time is lost."""
    try:
        return use(snapshot_record(ledger, stream))
    except SnapshotUnusable:
        return use(folded_record(ledger, stream))


def _subjects_before(record: LearnerRecord, payload: Payload) -> tuple[str, ...]:
    if isinstance(payload, learner.EvidenceCorrected):
        return record.subjects_of(payload.evidence.evidence_id)
    if isinstance(payload, learner.EvidenceWithdrawn):
        return record.subjects_of(payload.evidence_id)
    return ()


def _index_entries(stream: str, record: LearnerRecord, payload: Payload, content: bytes | None) -> list[EvidenceEntry]:
    if isinstance(payload, learner.EvidenceRecorded | learner.EvidenceCorrected):
        identity = payload.evidence.evidence_id
        return [
            EvidenceEntry(
                identity,
                stream,
                record.entry_of(identity),
                record.version,
                content or said_by(record.learner, payload.evidence),
                isinstance(payload, learner.EvidenceCorrected),
            )
        ]
    if isinstance(payload, learner.EvidenceWithdrawn):
        return [EvidenceEntry(payload.evidence_id, stream, record.entry_of(payload.evidence_id), 0, b"", True)]
    return []


def require_past(ledger: Ledger, evidence: Evidence) -> None:
    """Refuse evidence dated after today in the ledger's zone."""
    today = ledger.today()
    for name in ("occurred", "submitted", "scored"):
        text = getattr(evidence, name)
        if text is not None and day_of(text) > today:
            raise UsageError(f"{name} {text} is in the future; today is {today} in this ledger's zone")


def _known(ledger: Ledger, evidence_id: str) -> EvidenceEntry | None:
    return ledger.log.recorder.evidence([evidence_id]).get(evidence_id)


def _require_known(ledger: Ledger, identity: str, evidence_id: str) -> EvidenceEntry:
    entry = _known(ledger, evidence_id)
    if entry is None or entry.stream != stream_of(identity):
        raise UnknownName(f"learner {identity} has no evidence {evidence_id}; `mastery learner {identity}` lists it")
    if not entry.version:
        raise Refused(f"evidence {evidence_id} was withdrawn; record it anew under another id")
    return entry


def subject_of(ledger: Ledger, name: str, kind: str = "competency") -> Subject:
    """Return the subject meant by a competency's id or code, or by a course's code."""
    from ledger.application.governing import find_competency

    if kind != "competency":
        return Subject(kind=kind, id=name)  # type: ignore[arg-type]
    _, edition, identity = find_competency(ledger, name)
    return Subject(kind="competency", id=identity, framework=edition)

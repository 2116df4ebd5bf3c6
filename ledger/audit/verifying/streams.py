"""The log stream by stream: versions without a gap, events that can be read, and what is derived from them."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

from ledger.audit.integrity import UNSOUND, shown
from ledger.audit.verifying.definitions import Definitions
from ledger.audit.verifying.erasures import Erasures
from ledger.audit.verifying.findings import Finding, Found, Kind, limited
from ledger.audit.verifying.rows import place
from ledger.audit.verifying.snapshots import MISSING, SnapshotCheck
from ledger.domain.erasure import Erased
from ledger.domain.governance import Governance
from ledger.domain.learner import EvidenceCorrected, EvidenceRecorded, EvidenceWithdrawn
from ledger.domain.row_identity import content_digest
from ledger.domain.shapes import Payload
from ledger.errors import TopicNotAllowed
from ledger.facts.record import LearnerRecord
from ledger.storage.mapper import LedgerMapper
from ledger.storage.parts import part_digest, part_number
from ledger.storage.survey import EventRow, Survey

LEARNER = "learner/"

Entry = tuple[str, int, int, bytes]
"""What the index says of a piece of evidence: stream, entry, version, content."""


@dataclass(frozen=True, slots=True)
class Streams:
    """A run of streams, in SQLite's order: those after one name up to another, open where null."""

    above: str | None
    upto: str | None
    events: int


@dataclass(frozen=True, slots=True)
class StreamsFound:
    """What a run of streams came to: findings, and the rows of other tables that were accounted for.

    `unknown` counts the facts in snapshots that no archived rule defines.
    """

    found: Found
    events: int
    evidence: int
    parts: int
    unknown: int


@dataclass(slots=True)
class StreamCheck:
    """Checks streams of one ledger; the governing events are folded once."""

    survey: Survey
    mapper: LedgerMapper = field(default_factory=LedgerMapper)
    _snapshots: SnapshotCheck | None = None

    @property
    def snapshots(self) -> SnapshotCheck:
        """Return what holds snapshots against records."""
        if self._snapshots is None:
            self._snapshots = SnapshotCheck(Definitions(self._governance()))
        return self._snapshots

    def check(self, streams: Streams) -> StreamsFound:
        """Check every stream of a run, in one state of the file."""
        with self.survey.one_state():
            before, run = self.snapshots.unknown, _Run(self)
            rows = self.survey.span_of_streams(streams.above, streams.upto)
            for name, some in groupby(rows, key=lambda row: row[1]):
                run.stream(name, some)
            run.index()
        unknown = self.snapshots.unknown - before
        return StreamsFound(limited(run.findings), run.events, run.evidence, run.parts, unknown)

    def _governance(self) -> Governance:
        """Fold what governs, as far as it can be read: what cannot is told by its own stream."""
        governance = Governance()
        for row in self.survey.governing():
            try:
                governance.apply(row[0], self.mapper.read(row[1], row[2], row[3], row[4], row[0]).data)
            except UNSOUND:
                continue
        return governance


@dataclass(slots=True)
class _Run:
    """One run of streams while it is read."""

    of: StreamCheck
    findings: list[Finding] = field(default_factory=list)
    events: int = 0
    evidence: int = 0
    parts: int = 0
    _expected: dict[str, Entry] = field(default_factory=dict)

    def stream(self, name: Any, rows: Iterable[EventRow]) -> None:
        record = LearnerRecord(name.removeprefix(LEARNER)) if str(name).startswith(LEARNER) else None
        reading = _Stream(self, record)
        for row in rows:
            self.events += 1
            reading.row(row)
        self.findings += reading.erasures.told()
        if record is not None and isinstance(name, str):
            self._derived(name, reading)

    def _derived(self, name: str, reading: "_Stream") -> None:
        rows = self.of.survey.parts(name)
        self.parts += len(rows)
        if not reading.whole or reading.record is None:
            self.evidence += sum(1 for _ in self.of.survey.evidence(list(reading.index)))
            return
        self._expected |= reading.index
        self.findings += self._snapshot(name, reading.record, reading.payloads, rows)

    def _snapshot(
        self, name: str, record: LearnerRecord, payloads: dict[int, Payload], rows: list[tuple[Any, Any, Any, Any]]
    ) -> Iterator[Finding]:
        stored: dict[str, bytes] = {}
        for number, part, state, digest in rows:
            sound = isinstance(part, str) and isinstance(state, bytes) and part_digest(name, part, state) == digest
            if not sound or number != part_number(name, part):
                yield _part(name, part, "its bytes are not those its digest was made from")
            if isinstance(part, str):
                stored[part] = state if isinstance(state, bytes) else b""
        for part, what in self.of.snapshots.differences(record, payloads, stored):
            if what is not MISSING or not self.of.survey.taken(part_number(name, part)):
                yield _part(name, part, what)

    def index(self) -> None:
        """Hold the index of evidence against what the events of this run say."""
        held = {row[0]: row[1:] for row in self.of.survey.evidence(list(self._expected))}
        self.evidence += len(held)
        for name, expected in self._expected.items():
            if held.get(name) != expected:
                self.findings.append(_indexed(name, expected, held.get(name)))


@dataclass(slots=True)
class _Stream:
    """One stream while it is read; `whole` says that every event of it could be folded.

    `erasures` hold the tombstones of the stream against the events that order them.
    """

    run: _Run
    record: LearnerRecord | None
    whole: bool = True
    payloads: dict[int, Payload] = field(default_factory=dict)
    index: dict[str, Entry] = field(default_factory=dict)
    erasures: Erasures = field(default_factory=Erasures)
    _version: int = 0

    def row(self, row: EventRow) -> None:
        position, stream, version, topic, state = row
        if version != self._version + 1:
            what = f"version {self._version + 1} is missing, {shown(version)} follows"
            self._tell(Finding(Kind.EVENT_MISSING, shown(stream), what, position, _name(stream)))
        self._version = version if isinstance(version, int) else self._version + 1
        try:
            event = self.run.of.mapper.read(stream, version, topic, state, position)
            if str(stream).startswith(LEARNER) != topic.startswith("learner."):
                self._tell(Finding(Kind.EVENT_UNREADABLE, place(row), _misplaced(topic), position, _name(stream)))
                return
            if isinstance(event.data, Erased):
                self.whole, self.erasures.tombstones[version] = False, row
            self.erasures.order(row, event.data)
            if self.record is not None and self.whole:
                self._fold(self.record, version, event.data)
        except UNSOUND as error:
            self._tell(Finding(Kind.EVENT_UNREADABLE, place(row), _said(error), position, _name(stream)))

    def _tell(self, finding: Finding) -> None:
        self.whole = False
        self.run.findings.append(finding)

    def _fold(self, record: LearnerRecord, version: int, payload: Payload) -> None:
        record.apply(version, payload)
        self.payloads[version] = payload
        if isinstance(payload, EvidenceRecorded | EvidenceCorrected):
            name = payload.evidence.evidence_id
            content = bytes.fromhex(content_digest(record.learner, payload.evidence))
            self.index[name] = (f"{LEARNER}{record.learner}", record.entry_of(name), version, content)
        elif isinstance(payload, EvidenceWithdrawn):
            name = payload.evidence_id
            self.index[name] = (f"{LEARNER}{record.learner}", record.entry_of(name), 0, b"")


def _name(stream: Any) -> str:
    return stream if isinstance(stream, str) else ""


def _said(error: Exception) -> str:
    if isinstance(error, TopicNotAllowed):
        return f"{error}; nothing was loaded for it"
    return f"{type(error).__name__}: {error}"


def _misplaced(topic: str) -> str:
    whose = "is about one learner, and does not stand in the stream of any"
    return (
        f"a {topic} {whose if topic.startswith('learner.') else 'is about no learner, and stands in the stream of one'}"
    )


def _part(stream: str, part: Any, what: str) -> Finding:
    return Finding(Kind.SNAPSHOT, f"parts, {stream} {shown(part)}", what, 0, stream)


def _indexed(name: str, expected: Entry, held: tuple[Any, ...] | None) -> Finding:
    place = f"evidence, {shown(name)}"
    if held is None:
        what = f"it is not there; {expected[0]} records it in version {expected[1]}"
        return Finding(Kind.EVIDENCE_INDEX, place, what, 0, expected[0])
    columns = ("stream", "entry", "version", "content")
    pairs = zip(columns, held, expected, strict=True)
    wrong = [
        "its content is other" if column == "content" else f"its {column} is {shown(ours)}, not {shown(theirs)}"
        for column, ours, theirs in pairs
        if ours != theirs
    ]
    return Finding(Kind.EVIDENCE_INDEX, place, ", ".join(wrong), 0, expected[0])


MOST_EVENTS = 5_000
"""Events of one piece of work, but for a longer stream, which is one by itself."""


def runs(survey: Survey) -> Iterator[Streams]:
    """Cut the streams of a file into runs of about as many events each; together they hold every row."""
    with survey.one_state():
        above, last, events = None, None, 0
        for name, count in survey.streams():
            if events and events + count > MOST_EVENTS and isinstance(last, str):
                yield Streams(above, last, events)
                above, events = last, 0
            last, events = name, events + count
    yield Streams(above, None, events)


def strays(survey: Survey, evidence: int, parts: int) -> Iterator[Finding]:
    """Yield rows of the derived tables that belong to no event, given how many were accounted for."""
    with survey.one_state():
        if survey.count("evidence") != evidence:
            yield from _stray_evidence(survey)
        if survey.count("parts") != parts:
            yield from _stray_parts(survey)


def _stray_evidence(survey: Survey) -> Iterator[Finding]:
    read = LedgerMapper().read
    for name, stream, entry, _ in survey.all_evidence():
        row = survey.at_version(stream, entry)
        try:
            event = None if row is None else read(row[1], row[2], row[3], row[4], row[0])
            recorded = getattr(getattr(event, "data", None), "evidence", None)
        except UNSOUND:
            continue
        if recorded is None or recorded.evidence_id != name:
            what = f"no event records it: {shown(stream)} version {shown(entry)} does not"
            yield Finding(Kind.EVIDENCE_INDEX, f"evidence, {shown(name)}", what)


def _stray_parts(survey: Survey) -> Iterator[Finding]:
    streams = {name for name, _ in survey.streams()}
    for number, stream, name in survey.all_parts():
        if stream not in streams or not isinstance(name, str) or number != part_number(stream, name):
            yield _part(shown(stream), name, f"it stands under number {number}, where nothing reads it")

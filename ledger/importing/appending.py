"""Pass 2: one append per learner, learners in order of first appearance, several to a transaction."""

from collections import Counter
from dataclasses import dataclass, field, replace

import msgspec

from ledger.application import Ledger
from ledger.application.drafting import TRIES, Draft, Prepared, with_record
from ledger.application.ledger import CLIENT
from ledger.domain.learner import Evidence, EvidenceCorrected, EvidenceRecorded
from ledger.domain.row_identity import content_digest, evidence_identifier, row_basis, row_key
from ledger.errors import Fault, LedgerError, StreamConflict
from ledger.facts.record import LearnerRecord
from ledger.importing.checking import FaultFile, Progress
from ledger.importing.report import ImportReport
from ledger.interchange.evidence_check import other_content
from ledger.storage.append import Command, EvidenceEntry
from ledger.storage.envelope import Author
from ledger.storage.staging import StagedLearner, Staging
from ledger.values import identifier

TOGETHER = 2_000
"""Events one transaction gathers before it is committed."""

_decoder = msgspec.json.Decoder(Evidence)


@dataclass(slots=True)
class _Ready:
    """One learner's append, and what it will have come to once it is stored."""

    staged: StagedLearner
    prepared: Prepared | None = None
    imported: int = 0
    corrected: int = 0
    same: int = 0
    faults: list[Fault] = field(default_factory=list)


class Appending:
    """Appends the staged rows of one import."""

    def __init__(
        self,
        ledger: Ledger,
        author: Author,
        key: str,
        corrections: str | None,
        report: ImportReport,
        faults: FaultFile,
    ) -> None:
        self.ledger = ledger
        self.author = author
        self.key = key
        self.corrections = corrections
        self.report = report
        self.faults = faults
        self.events = 0
        self._waiting: list[_Ready] = []
        self._brought: dict[str, bytes] = {}

    def add(self, staged: StagedLearner) -> None:
        """Prepare the append of one learner, unless an earlier run stored it."""
        command = identifier("import", self.key, staged.learner)
        if self.ledger.log.recorder.known_command(CLIENT, command) is not None:
            count = len(staged.rows)
            self._count(_Ready(staged, imported=count) if self.report.resumed else _Ready(staged, same=count))
            return
        ready = _Ready(staged)
        rows = _identified(staged)
        known = self.ledger.log.recorder.evidence([evidence.evidence_id for _, evidence, _ in rows])
        found = [self._payload(ready, *row, known) for row in rows]
        payloads = [(payload, row[2]) for payload, row in zip(found, rows, strict=True) if payload is not None]
        if not payloads:
            self._count(ready)
            return
        ready.prepared = self._prepared(staged.learner, command, payloads)
        self.events += len(ready.prepared.append.events)
        self._waiting.append(ready)

    def _payload(
        self, ready: _Ready, line: int, evidence: Evidence, content: bytes, known: dict[str, EvidenceEntry]
    ) -> EvidenceRecorded | EvidenceCorrected | None:
        entry = known.get(evidence.evidence_id)
        held = entry.content if entry else self._brought.get(evidence.evidence_id)
        if held is None:
            self._brought[evidence.evidence_id] = content
            ready.imported += 1
            return EvidenceRecorded(evidence=evidence)
        if held == content:
            ready.same += 1
            return None
        if self.corrections is None or entry is None or not _may_correct(entry, ready.staged.learner):
            why = self._why(entry, ready.staged.learner, evidence)
            ready.faults.append(Fault(self.report.file, line, "", "", why))
            return None
        ready.corrected += 1
        reason = self.ledger.vault.put_text(ready.staged.learner, self.corrections)
        return EvidenceCorrected(evidence=evidence, reason=reason)

    def _why(self, entry: EvidenceEntry | None, learner: str, evidence: Evidence) -> str:
        if entry is None:
            return "this record stands in this file before, with other content; a record id names one record"
        if entry.stream != f"learner/{learner}":
            return "this record is known as another learner's; a record id names one record of one learner"
        if not entry.version:
            return "this record was withdrawn; record it anew under another record id"
        held = next(self.ledger.log.versions(entry.stream, [entry.version]))
        return other_content(held.data.evidence, evidence)

    def _prepared(
        self, learner: str, command: str, payloads: list[tuple[EvidenceRecorded | EvidenceCorrected, bytes]]
    ) -> Prepared:
        author, stream = replace(self.author, command=command), f"learner/{learner}"

        def drafted(record: LearnerRecord) -> Prepared:
            draft = Draft(stream, record, author)
            for payload, content in payloads:
                draft.add(payload, content)
            draft.decide(self.ledger.decider(), draft.touched)
            return draft.prepared(self.ledger, Command(CLIENT, command, bytes(32)))

        return with_record(self.ledger, stream, drafted)

    def commit(self) -> None:
        """Store what waits in one transaction; whoever met another writer is prepared and stored again."""
        for _ in range(TRIES):
            waiting, self._waiting, self._brought, self.events = self._waiting, [], {}, 0
            appends = [ready.prepared.append for ready in waiting if ready.prepared]
            for ready, answer in zip(waiting, self.ledger.log.recorder.append_all(appends), strict=True):
                if isinstance(answer, StreamConflict):
                    self.add(ready.staged)
                elif isinstance(answer, LedgerError):
                    raise answer
                else:
                    self._count(ready)
            if not self._waiting:
                return
        raise StreamConflict("others kept writing to the same learners; run the import again to resume it")

    def _count(self, ready: _Ready) -> None:
        report = self.report
        report.learners += 1
        report.imported += ready.imported
        report.corrected += ready.corrected
        report.same += ready.same
        report.rows -= len(ready.faults)
        report.refused += len(ready.faults)
        report.decisions += len(ready.prepared.decisions) if ready.prepared else 0
        for fault in ready.faults:
            self.faults.write(fault)
            report.keep(fault)


def _identified(staged: StagedLearner) -> list[tuple[int, Evidence, bytes]]:
    """Name each row by its key, counting the rows that are equal in all that tells rows apart."""
    seen: Counter[str] = Counter()
    rows = []
    for line, raw in staged.rows:
        evidence = _decoder.decode(raw)
        number = 1
        if evidence.source.record is None:
            basis = row_basis(staged.learner, evidence)
            seen[basis] += 1
            number = seen[basis]
        identity = evidence_identifier(row_key(staged.learner, evidence, number))
        content = bytes.fromhex(content_digest(staged.learner, evidence))
        rows.append((line, msgspec.structs.replace(evidence, evidence_id=identity), content))
    return rows


def _may_correct(entry: EvidenceEntry, learner: str) -> bool:
    return entry.stream == f"learner/{learner}" and entry.version > 0


def append_staged(
    ledger: Ledger,
    author: Author,
    staging: Staging,
    key: str,
    corrections: str | None,
    report: ImportReport,
    faults: FaultFile,
    progress: Progress,
) -> None:
    """Append every staged learner that is not appended yet."""
    appending = Appending(ledger, author, key, corrections, report, faults)
    total, done = staging.count("rows"), 0
    for staged in staging.learners():
        appending.add(staged)
        done += len(staged.rows)
        if appending.events >= TOGETHER:
            appending.commit()
            progress("append", done, total)
    appending.commit()
    progress("append", done, total)

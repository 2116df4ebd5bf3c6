"""Pass 2: one append per learner, learners in order of first appearance, several to a transaction."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace

from ledger.application import Ledger
from ledger.application.drafting import TRIES, Draft, Prepared, with_record
from ledger.application.ledger import CLIENT
from ledger.domain.learner import EvidenceCorrected, EvidenceRecorded
from ledger.errors import LedgerError, StreamConflict
from ledger.facts.record import LearnerRecord
from ledger.importing.checking import Progress
from ledger.importing.comparing import Compared, Comparison, Row
from ledger.importing.report import ImportReport
from ledger.storage.append import Appended, Command
from ledger.storage.envelope import Author
from ledger.storage.staging import StagedLearner, Staging
from ledger.values import identifier

TOGETHER = 2_000
"""Events one transaction gathers before it is committed."""

HELD = 20_000
"""Rows that are held in memory before the learners they belong to are done with, where few are new."""


@dataclass(frozen=True, slots=True)
class _Ready:
    """One learner's append, and what it will have come to once it is stored; without one nothing is stored."""

    compared: Compared
    prepared: Prepared | None
    decisions: int = 0


class Appending:
    """Appends the staged rows of one import."""

    def __init__(
        self, ledger: Ledger, author: Author, staging: Staging, key: str, corrections: str | None, report: ImportReport
    ) -> None:
        self.ledger = ledger
        self.author = author
        self.staging = staging
        self.key = key
        self.corrections = corrections
        self.report = report
        self._events = 0
        self._rows = 0
        self._comparison = Comparison(ledger, report.file, corrections is not None)
        self._waiting: list[_Ready] = []

    @property
    def full(self) -> bool:
        """Say whether what waits is to be committed."""
        return self._events >= TOGETHER or self._rows >= HELD

    def add(self, staged: StagedLearner) -> None:
        """Prepare the append of one learner, unless an earlier run stored it."""
        self._rows += len(staged.rows)
        command = self._command(staged)
        done = self.ledger.log.recorder.known_command(CLIENT, command)
        if done is not None:
            self._waiting.append(self._stored_before(staged, done))
            return
        compared = self._comparison.compare(staged)
        if not compared.store:
            self._waiting.append(_Ready(compared, None))
            return
        prepared = self._prepared(staged.learner, command, compared.store)
        self._events += len(prepared.append.events)
        self._waiting.append(_Ready(compared, prepared, len(prepared.decisions)))

    def _command(self, staged: StagedLearner) -> str:
        """Name the append by the import and by what was staged: rows that pass only now are another append."""
        rows = hashlib.sha256(b"\n".join([evidence for _, evidence in staged.rows])).hexdigest()
        return identifier("import", self.key, staged.learner, rows)

    def _stored_before(self, staged: StagedLearner, done: Appended) -> _Ready:
        """Say what became of rows an earlier run stored: this import's own where it is resumed, else known."""
        row = self.ledger.log.recorder.at(done.first)
        first = row[2] if row else 0
        compared = self._comparison.compare(staged, range(first, first + done.last - done.first + 1))
        stored = compared.imported + compared.corrected
        if self.report.resumed:
            return _Ready(compared, None, done.last - done.first + 1 - stored)
        compared.imported, compared.corrected, compared.same = 0, 0, compared.same + stored
        return _Ready(compared, None)

    def _prepared(self, learner: str, command: str, store: Sequence[tuple[Row, bool]]) -> Prepared:
        author, stream = replace(self.author, command=command), f"learner/{learner}"
        payloads = self._payloads(learner, store)

        def drafted(record: LearnerRecord) -> Prepared:
            draft = Draft(stream, record, author)
            for payload, content in payloads:
                draft.add(payload, content)
            draft.decide(self.ledger.decider(), draft.touched)
            return draft.prepared(self.ledger, Command(CLIENT, command, bytes(32)))

        return with_record(self.ledger, stream, drafted)

    def _payloads(
        self, learner: str, store: Sequence[tuple[Row, bool]]
    ) -> list[tuple[EvidenceRecorded | EvidenceCorrected, bytes]]:
        reason = None
        if self.corrections is not None and any(corrects for _, corrects in store):
            reason = self.ledger.vault.put_text(learner, self.corrections)
        return [
            (
                EvidenceCorrected(evidence=row.evidence, reason=reason)
                if corrects and reason
                else EvidenceRecorded(evidence=row.evidence),
                row.content,
            )
            for row, corrects in store
        ]

    def commit(self) -> None:
        """Store what waits in one transaction; whoever met another writer is prepared and stored again."""
        for _ in range(TRIES):
            waiting, self._waiting, self._events, self._rows = self._waiting, [], 0, 0
            self._comparison.forget()
            self.staging.judge({ready.compared.staged.ordinal: ready.compared.faults for ready in waiting})
            again = self._store(waiting)
            if not again:
                return
            for staged in again:
                self.add(staged)
        raise StreamConflict("others kept writing to the same learners; run the import again to resume it")

    def _store(self, waiting: Sequence[_Ready]) -> list[StagedLearner]:
        """Store appends together; return the learners another writer came first to."""
        appends = [ready.prepared.append for ready in waiting if ready.prepared]
        answers = iter(self.ledger.log.recorder.append_all(appends) if appends else ())
        again = []
        for ready in waiting:
            answer = next(answers) if ready.prepared else None
            if isinstance(answer, StreamConflict):
                again.append(ready.compared.staged)
            elif isinstance(answer, LedgerError):
                raise answer
            else:
                self._count(ready)
        return again

    def _count(self, ready: _Ready) -> None:
        report, compared = self.report, ready.compared
        report.learners += 1
        report.imported += compared.imported
        report.corrected += compared.corrected
        report.same += compared.same
        report.refuse(len(compared.faults))
        report.decisions += ready.decisions


def append_staged(
    ledger: Ledger,
    author: Author,
    staging: Staging,
    key: str,
    corrections: str | None,
    report: ImportReport,
    progress: Progress,
) -> None:
    """Append every staged learner that is not appended yet."""
    appending = Appending(ledger, author, staging, key, corrections, report)
    total, done = staging.count("rows"), 0
    for staged in staging.learners():
        appending.add(staged)
        done += len(staged.rows)
        if appending.full:
            appending.commit()
            progress("append", done, total)
    appending.commit()
    progress("append", done, total)

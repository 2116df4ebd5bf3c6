"""Import of a roster: every row is checked first; then all of it is stored, learner by learner, or nothing."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from ledger.application import Ledger
from ledger.application.checking_belonging import wrong_fields
from ledger.application.drafting import TRIES, Draft, Prepared, with_record
from ledger.application.records import folded_record, snapshot_record
from ledger.domain.belonging import LearnerEnrolled
from ledger.errors import Fault, InputFaults, LedgerError, SnapshotUnusable, StreamConflict
from ledger.facts.belonging import Belonging, EnrolmentEntry
from ledger.facts.record import LearnerRecord
from ledger.importing.checking import Progress
from ledger.importing.rehearsing import identifying
from ledger.interchange.report import Report
from ledger.interchange.roster_csv import RosterRow, read_roster
from ledger.storage.envelope import Author

TOGETHER = 200
"""Learners whose appends are stored in one transaction."""

COLUMN = {"first_day": "from", "last_day": "until"}
"""The column of a field, where it has another name."""

MOST_FAULTS = 1_000
"""Faults that are told; the rest is counted."""

ENDS = (
    "{organisation} has no last day here, and an enrolment in {other} from {day} is on record, which this would "
    "replace; give the last day in `until`"
)


@dataclass(slots=True)
class RosterReport:
    """What became of a roster: its rows, its learners, what was recorded, what was known, decisions caused."""

    file: str
    rows: int = 0
    learners: int = 0
    recorded: int = 0
    same: int = 0
    decisions: int = 0
    dry_run: bool = False


def import_roster(
    ledger: Ledger, author: Author, path: Path, progress: Progress, *, dry_run: bool = False
) -> RosterReport:
    """Record the enrolments and courses of a roster; what is on record already is only counted.

    The rows of a learner are recorded in the order of their first days. Raises `InputFaults` with every
    fault of the file, and then nothing is stored. Interrupted, it is run again and goes on with the rest.
    """
    faults = Report(path.name)
    rows = read_roster(path.read_bytes(), faults)
    _refuse(faults, (fault for row in rows for fault in _wrong(path.name, row)))
    identify = identifying(ledger)
    _refuse(faults, _masking(ledger, path.name, _by_learner(rows, identify({row.learner for row in rows}))))
    known = identify if dry_run else ledger.vault.learner_ids
    run = _Roster(ledger, author, RosterReport(path.name, len(rows), dry_run=dry_run))
    learners, done = [*_by_learner(rows, known({row.learner for row in rows})).items()], 0
    for start in range(0, len(learners), TOGETHER):
        some = learners[start : start + TOGETHER]
        run.record(some)
        done += sum(len(rows) for _, rows in some)
        progress("append", done, len(rows))
    return run.report


def _refuse(report: Report, faults: Iterable[Fault]) -> None:
    """Raise every fault found so far; nothing where there is none."""
    report.faults.extend(faults)
    if found := sorted(report.faults, key=lambda fault: fault.line):
        raise InputFaults(found[:MOST_FAULTS], max(len(found) - MOST_FAULTS, 0))


def _wrong(file: str, row: RosterRow) -> Iterator[Fault]:
    for name, why in wrong_fields(row.payload):
        yield Fault(file, row.line, "", COLUMN.get(name, name), why)


def _by_learner(rows: Sequence[RosterRow], ids: Mapping[str, str]) -> dict[str, list[RosterRow]]:
    found: dict[str, list[RosterRow]] = {}
    for row in sorted(rows, key=lambda one: (one.payload.first_day, one.line)):
        found.setdefault(ids[row.learner], []).append(row)
    return found


def _masking(ledger: Ledger, file: str, learners: Mapping[str, Sequence[RosterRow]]) -> Iterator[Fault]:
    """Yield a fault for each open enrolment that would replace a later one on record in another organisation."""
    for learner, rows in learners.items():
        belonging = _belonging_of(ledger, learner)
        later = [span for span in belonging.spans() if span.organisation is not None]
        for row in rows:
            said = row.payload
            if not isinstance(said, LearnerEnrolled) or said.last_day or belonging.says(said):
                continue
            other = next((one for one in later if _replaced(one, said)), None)
            if other is not None:
                why = ENDS.format(organisation=said.organisation, other=other.organisation, day=other.first_day)
                yield Fault(file, row.line, "", "until", why)


def _replaced(span: EnrolmentEntry, said: LearnerEnrolled) -> bool:
    return span.first_day > said.first_day and span.organisation != said.organisation


def _belonging_of(ledger: Ledger, learner: str) -> Belonging:
    try:
        return snapshot_record(ledger, f"learner/{learner}").belonging
    except SnapshotUnusable:
        return folded_record(ledger, f"learner/{learner}").belonging


@dataclass(frozen=True, slots=True)
class _Ready:
    """One learner's append, and how many rows it records."""

    learner: str
    rows: Sequence[RosterRow]
    prepared: Prepared
    recorded: int


@dataclass(frozen=True, slots=True)
class _Roster:
    ledger: Ledger
    author: Author
    report: RosterReport

    def record(self, learners: Sequence[tuple[str, Sequence[RosterRow]]]) -> None:
        """Store some learners' rows in one transaction; whoever met another writer is prepared and stored again."""
        waiting = learners
        for _ in range(TRIES):
            waiting = self._store([self._ready(learner, rows) for learner, rows in waiting])
            if not waiting:
                return
        raise StreamConflict("others kept writing to the same learners; import the roster again to go on with the rest")

    def _ready(self, learner: str, rows: Sequence[RosterRow]) -> _Ready:
        stream, recorded = f"learner/{learner}", 0

        def drafted(record: LearnerRecord) -> Prepared:
            nonlocal recorded
            draft, recorded = Draft(stream, record, self.author), 0
            for row in rows:
                if not record.belonging.says(row.payload):
                    draft.add(row.payload)
                    recorded += 1
            if recorded:
                draft.decide(self.ledger.decider(), draft.touched)
            return draft.prepared(self.ledger, None)

        prepared = with_record(self.ledger, stream, drafted)
        return _Ready(learner, rows, prepared, recorded)

    def _store(self, ready: Sequence[_Ready]) -> list[tuple[str, Sequence[RosterRow]]]:
        """Store appends together; return the learners another writer came first to."""
        written = [one for one in ready if one.recorded]
        answers: list[object] = []
        if written and not self.report.dry_run:
            answers = [*self.ledger.log.recorder.append_all([one.prepared.append for one in written])]
        again = {
            one.learner for one, answer in zip(written, answers, strict=False) if isinstance(answer, StreamConflict)
        }
        for answer in answers:
            if isinstance(answer, LedgerError) and not isinstance(answer, StreamConflict):
                raise answer
        for one in ready:
            if one.learner not in again:
                self._count(one)
        return [(one.learner, one.rows) for one in ready if one.learner in again]

    def _count(self, one: _Ready) -> None:
        self.report.learners += 1
        self.report.recorded += one.recorded
        self.report.same += len(one.rows) - one.recorded
        self.report.decisions += len(one.prepared.decisions)

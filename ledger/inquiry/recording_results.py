"""What became of evidence that one command recorded about several learners, read back from the log."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import takewhile

from ledger.application.learning import stream_of
from ledger.application.ledger import Ledger
from ledger.application.reading_records import items_about, with_record_of
from ledger.application.recording_class import evidence_id_of
from ledger.application.taking_back import TakeBack, may_take_back
from ledger.domain.learner import Decided, Evidence
from ledger.facts.record import LearnerRecord
from ledger.inquiry.class_cells import CellReader
from ledger.inquiry.class_views import CellView
from ledger.inquiry.recording import further_of
from ledger.inquiry.views import SubjectView
from ledger.storage.append import EvidenceEntry


@dataclass(frozen=True, slots=True)
class Said:
    """One result of a piece of evidence in words; `now` is where the learner stands with a competency."""

    subject: SubjectView
    words: str
    now: CellView | None


@dataclass(frozen=True, slots=True)
class Caused:
    """A decision that the evidence caused at once: the question, its subject, outcome and word, and its version."""

    question: str
    subject: SubjectView
    outcome: str
    word: str
    version: int


@dataclass(frozen=True, slots=True)
class ResultRow:
    """One learner's evidence: what it says, what it decided, and whether it can still be taken back."""

    learner: str
    evidence_id: str
    task: str
    recorded: str
    withdrawn: bool
    said: tuple[Said, ...]
    caused: tuple[Caused, ...]
    back: TakeBack


def results_of(
    ledger: Ledger, command: str, learners: Sequence[str], person: str, *, entitlements: bool = False
) -> tuple[ResultRow, ...]:
    """Return what a command recorded about some learners, in their order; those it says nothing of are left out.

    `person` is the vault id of whoever asks, for what that person may take back.
    """
    ids = {evidence_id_of(command, one): one for one in learners}
    found = ledger.log.recorder.evidence(list(ids)) if ids else {}
    reader = CellReader(ledger, ledger.today(), entitlements)
    return tuple(_row(reader, learner, found[one], person) for one, learner in ids.items() if one in found)


def _row(reader: CellReader, learner: str, entry: EvidenceEntry, person: str) -> ResultRow:
    stream = stream_of(learner)
    recorded = next(reader.ledger.log.versions(stream, [entry.entry]))
    held = next(reader.ledger.log.versions(stream, [entry.version])) if entry.version else recorded
    evidence: Evidence = held.data.evidence
    return ResultRow(
        learner,
        entry.evidence,
        evidence.task or "",
        recorded.at,
        not entry.version,
        with_record_of(reader.ledger, learner, lambda record: _said(reader, record, evidence)),
        tuple(_caused(reader, stream, entry.entry)),
        may_take_back(reader.ledger, person, learner, entry.evidence),
    )


def _said(reader: CellReader, record: LearnerRecord, evidence: Evidence) -> tuple[Said, ...]:
    keys = [one.subject.key for one in evidence.results if one.subject.kind == "competency"]
    items = items_about(reader.ledger, record, keys)
    cells = {key: reader.cell(record, key.removeprefix("competency/"), items[key]) for key in keys}
    views = [reader.naming.result(one) for one in evidence.results]
    return tuple(Said(one.subject, one.words, cells.get(one.subject.key)) for one in views)


def _caused(reader: CellReader, stream: str, version: int) -> Iterator[Caused]:
    """Yield the decisions that came with a version and say something else than what stood before."""
    cause, log = f"{stream}@{version}", reader.ledger.log
    for event in takewhile(lambda one: one.cause == cause, log.stream(stream, after=version)):
        decided: Decided = event.data
        before = [decided.supersedes] if decided.supersedes else []
        if all(one.data.outcome != decided.outcome for one in log.versions(stream, before)):
            one = further_of(reader, decided)
            yield Caused(one.question, one.subject, one.outcome, one.word, event.originator_version)

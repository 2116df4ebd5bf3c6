"""A transcript or a roster of another system, held against a ledger; nothing is stored."""

from collections.abc import Iterable, Sized
from dataclasses import dataclass

from ledger.application import Ledger
from ledger.audit.reconciling.discrepancy import Discrepancy
from ledger.audit.reconciling.files import roster_rows, transcript_rows
from ledger.audit.reconciling.roster import Span, reconcile_roster, spans_of
from ledger.audit.reconciling.transcript import held_credits, reconcile_transcript
from ledger.domain.learner import Decided
from ledger.domain.topics import TOPIC_OF
from ledger.values import is_identifier


@dataclass(frozen=True, slots=True)
class Reconciled:
    """How many rows a file has, and everything on which it and the ledger differ, as of a position."""

    file: str
    rows: int
    position: int
    discrepancies: tuple[Discrepancy, ...]


def transcript_reconciled(ledger: Ledger, file: str, data: bytes, *, named_only: bool = False) -> Reconciled:
    """Hold a transcript against the decisions about credit; raise `InputFaults` where it has any."""
    rows = transcript_rows(file, data)
    identities = _identities(ledger, {row.learner for row in rows})
    position = ledger.log.recorder.max_notification_id()
    held = held_credits(ledger.log.scan(0, position, topics=[TOPIC_OF[Decided]]))
    return _answer(file, rows, position, reconcile_transcript(rows, identities, held, named_only=named_only))


def roster_reconciled(ledger: Ledger, file: str, data: bytes, *, named_only: bool = False) -> Reconciled:
    """Hold a roster against where learners belong; raise `InputFaults` where it has any."""
    rows = roster_rows(file, data)
    identities = _identities(ledger, {row.learner for row in rows})
    position = ledger.log.recorder.max_notification_id()
    held = {
        stream.removeprefix("learner/"): _spans(ledger, stream, position)
        for stream in ledger.log.recorder.streams("learner/")
    }
    return _answer(file, rows, position, reconcile_roster(rows, identities, held, named_only=named_only))


def _spans(ledger: Ledger, stream: str, position: int) -> tuple[Span, ...]:
    return spans_of(event for event in ledger.log.stream(stream) if event.position <= position)


def _answer(file: str, rows: Sized, position: int, found: Iterable[Discrepancy]) -> Reconciled:
    return Reconciled(file, len(rows), position, tuple(found))


def _identities(ledger: Ledger, learners: set[str]) -> dict[str, str]:
    """Return the pseudonyms of learners named by the id of another system, or by the pseudonym itself."""
    known = ledger.vault.find_many(learners)
    others = {one: one for one in learners - known.keys() if is_identifier(one)}
    found = {**others, **known}
    return {name: one for name, one in found.items() if ledger.log.recorder.last_version(f"learner/{one}")}

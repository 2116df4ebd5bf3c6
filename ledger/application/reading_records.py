"""Reading a learner's record for a question: from its snapshot where that holds, else from its events."""

from collections.abc import Callable, Iterable, Mapping
from typing import TypeVar

from ledger.application.learning import stream_of
from ledger.application.ledger import Ledger
from ledger.application.records import folded_record, snapshot_record
from ledger.errors import SnapshotUnusable
from ledger.facts.items import Item, items_of
from ledger.facts.record import LearnerRecord

Found = TypeVar("Found")


def with_record_of(ledger: Ledger, learner: str, use: Callable[[LearnerRecord], Found]) -> Found:
    """Ask a learner's record something; nothing that is folded into it is ever stored."""
    stream = stream_of(learner)
    try:
        return use(snapshot_record(ledger, stream))
    except SnapshotUnusable:
        return use(folded_record(ledger, stream))


def items_about(ledger: Ledger, record: LearnerRecord, subjects: Iterable[str]) -> Mapping[str, tuple[Item, ...]]:
    """Return what is on record about some subjects, by key, in the order of entry; payloads are read at once."""
    entries = {key: list(record.subject(key).entries.since(0)) for key in subjects}
    versions = sorted({version for placed in entries.values() for _, version in placed})
    stored = ledger.log.versions(stream_of(record.learner), versions) if versions else ()
    payloads = {event.originator_version: event.data for event in stored}
    return {
        key: tuple(item for entry, version in placed for item in items_of(payloads[version], entry, version, key))
        for key, placed in entries.items()
    }

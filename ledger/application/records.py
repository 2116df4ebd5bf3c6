"""A learner's record, read from its snapshot where that holds, folded from its events where not."""

from collections.abc import Mapping, Sequence

from ledger.application.ledger import Ledger
from ledger.domain.shapes import Payload
from ledger.facts.record import LearnerRecord, Located
from ledger.storage.append import Part
from ledger.storage.parts import PartReader


def folded_record(ledger: Ledger, stream: str, version: int | None = None) -> LearnerRecord:
    """Fold a learner's stream from its beginning, up to a version; no snapshot is read."""
    record = LearnerRecord(stream.removeprefix("learner/"))
    for event in ledger.log.stream(stream, upto=version):
        record.apply(event.originator_version, event.data)
    return record


def snapshot_record(ledger: Ledger, stream: str) -> LearnerRecord:
    """Open a learner's record from its snapshot; fold it where the snapshot is not of the last version.

    Parts are read when they are needed, so `SnapshotUnusable` may be raised later, by any use of it.
    """
    parts = PartReader(ledger.log.recorder.datastore, stream)

    def fetch(versions: Sequence[int]) -> Mapping[int, Payload]:
        return {event.originator_version: event.data for event in ledger.log.versions(stream, versions)}

    def locate(evidence: str) -> Located | None:
        found = ledger.log.recorder.evidence([evidence]).get(evidence)
        return Located(found.entry, found.version) if found and found.stream == stream else None

    record = LearnerRecord(stream.removeprefix("learner/"), parts, fetch, locate)
    if record.version != parts.last:
        return folded_record(ledger, stream)
    return record


def snapshot_parts(stream: str, record: LearnerRecord) -> list[Part]:
    """Return the parts of the snapshot an append must write."""
    return [Part(stream, name, state) for name, state in record.changed_parts().items()]

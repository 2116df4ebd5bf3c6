"""Statements of the last event of every stream held against the log: a bundle is whole by them alone.

Written apart from `ledger.audit.bundling`, which makes them, so that one does not repeat the other's mistake.
"""

import hashlib
from collections.abc import Iterator, Mapping

from ledger.audit.integrity import UNSOUND
from ledger.audit.verifying.findings import Finding, Kind
from ledger.audit.verifying.rows import place
from ledger.audit.verifying.tree import EMPTY, root_of
from ledger.domain.disclosure import HeadsCommitted
from ledger.domain.topics import TOPIC_OF
from ledger.storage.mapper import LedgerMapper
from ledger.storage.survey import EventRow, Survey
from ledger.values import canonical

_LEARNER = "learner/"

Ends = Mapping[str, tuple[int, bytes]]
"""Last version and leaf of each stream."""


def check_commitments(survey: Survey) -> Iterator[Finding]:
    """Yield the statements that are not what the log was at the size they speak of; one pass over the log."""
    stated = sorted(_stated(survey), key=lambda one: one[1].size)
    ends: dict[str, tuple[int, bytes]] = {}
    reached = 0
    for row, said in stated:
        for stream, version, leaf in survey.ends(reached, said.size) if said.size > reached else ():
            ends[stream] = (version, leaf)
        reached = max(reached, said.size)
        if said.size >= row[0]:
            yield _finding(row, f"it speaks of {said.size} events, and stands before the last of them")
        elif (what := _wrong(said, ends)) is not None:
            yield _finding(row, what)


def _stated(survey: Survey) -> Iterator[tuple[EventRow, HeadsCommitted]]:
    mapper, topic = LedgerMapper(), TOPIC_OF[HeadsCommitted]
    with survey.one_state():
        rows = [row for row in survey.governing() if row[3] == topic]
    for row in rows:
        try:
            data = mapper.read(row[1], row[2], row[3], row[4], row[0]).data
        except UNSOUND:  # its own row tells
            continue
        if isinstance(data, HeadsCommitted):
            yield row, data


def _wrong(said: HeadsCommitted, ends: Ends) -> str | None:
    order = sorted(ends, key=lambda stream: (stream.startswith(_LEARNER), stream))
    governing = sum(not stream.startswith(_LEARNER) for stream in order)
    if (said.streams, said.governing) != (len(order), governing):
        return (
            f"it states {said.streams} streams, {said.governing} of them about no learner, and at {said.size} events "
            f"the log had {len(order)}, {governing} of them about no learner"
        )
    hashes = [_hashed(stream, *ends[stream]) for stream in order]
    if (root_of(hashes) if hashes else EMPTY).hex() != said.root:
        return f"it states other last events of streams than the log had at {said.size} events"
    return None


def _hashed(stream: str, version: int, leaf: bytes) -> bytes:
    record = canonical({"leaf": leaf.hex(), "n": version, "stream": stream})
    return hashlib.sha256(b"\x00" + record).digest()


def _finding(row: EventRow, what: str) -> Finding:
    return Finding(Kind.HEADS, place(row), what, row[0])

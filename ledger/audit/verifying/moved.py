"""Rows that do not fit their leaves, held against each other: bytes or whole rows that changed places."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from ledger.audit.verifying.findings import Finding, Kind
from ledger.audit.verifying.rows import leaf_of
from ledger.storage.survey import EventRow, Survey

MOST_COMPARED = 40
"""Altered rows that are held against each other; beyond it the log was rewritten, not rearranged."""


def named(survey: Survey, log: str, findings: Sequence[Finding]) -> Iterator[Finding]:
    """Yield the findings, those about altered events with the place their bytes came from, where that is found."""
    altered = [one for one in findings if one.kind is Kind.EVENT_ALTERED and one.position]
    if not 1 < len(altered) <= MOST_COMPARED:
        yield from findings
        return
    rows: dict[int, EventRow] = {}
    leaves: dict[int, object] = {}
    with survey.one_state():
        for one in altered:
            rows |= {row[0]: row for row in survey.events(one.position, one.position)}
            leaves |= {row[0] + 1: row[1] for row in survey.leaves(one.position, one.position)}
    for one in findings:
        source = _source(log, one.position, rows, leaves) if one in altered else None
        yield one if source is None else replace(one, what=f"it holds what was written at position {source}")


def _source(log: str, position: int, rows: dict[int, EventRow], leaves: dict[int, object]) -> int | None:
    """Return the position whose leaf these bytes give in the place of that position's."""
    state = rows[position][4]
    for other, row in rows.items():
        if other != position and {leaf_of(log, (*row[:4], state)), leaf_of(log, rows[position])} & {leaves.get(other)}:
            return other
    return None

"""The log in the order of its positions, span by span: every row, no gap, no instant before the last, the leaves."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from ledger.audit.verifying.findings import Finding, Found, Kind, limited
from ledger.audit.verifying.rows import NO_LEAF, RowCheck
from ledger.audit.verifying.tiles import check_tile
from ledger.audit.verifying.tree import TILE, Leaves, leaves_of
from ledger.storage.envelope import instant_of
from ledger.storage.survey import EventRow, LeafRow, Survey

SPAN = 32 * TILE
"""Positions one piece of work takes."""


@dataclass(frozen=True, slots=True)
class Span:
    """Positions from `first` to `last`, both inclusive; `sizes` are those at which the root of the tree is wanted."""

    first: int
    last: int
    sizes: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class SpanFound:
    """What a span came to: findings, counts, its leaves, and what the next span needs of it.

    `opening` and `closing` are position and instant of its first and last sound event, 0 and empty where it
    has none; `size` is how many bytes were read. `sealed` is its first position sealed with the key at hand, 0
    for none, and `others` are events sealed with another, the first of them.
    """

    span: Span
    found: Found
    events: int
    unchecked: int
    size: int
    leaves: Leaves
    opening: tuple[int, str] = (0, "")
    closing: tuple[int, str] = (0, "")
    sealed: int = 0
    others: tuple[EventRow, ...] = ()


@dataclass(slots=True)
class _Reading:
    """One span while it is read."""

    check: RowCheck
    findings: list[Finding] = field(default_factory=list)
    leaves: dict[int, bytes] = field(default_factory=dict)
    opening: tuple[int, str] = (0, "")
    closing: tuple[int, str] = (0, "")
    size: int = 0

    def row(self, row: EventRow, leaf_row: LeafRow | None) -> None:
        leaf, finding = self.check.judge(row, leaf_row)
        if leaf is not NO_LEAF:
            self.leaves[row[0]] = leaf
        if finding is not None:
            self.findings.append(finding)
            return
        self.size += len(row[4])
        instant = instant_of(row[4])
        if instant < self.closing[1]:
            self.findings.append(went_back(row[0], row[1], instant, self.closing))
        else:
            self.closing = (row[0], instant)
            self.opening = self.opening if self.opening[0] else self.closing


def went_back(position: int, stream: str, instant: str, before: tuple[int, str]) -> Finding:
    """Tell of an event whose instant lies before that of an earlier one."""
    what = f"it says it was recorded at {instant}, and position {before[0]} before it at {before[1]}"
    return Finding(Kind.TIME_WENT_BACK, f"position {position} ({stream})", what, position, stream)


def check_span(survey: Survey, check: RowCheck, span: Span, published: Path | None = None) -> SpanFound:
    """Check every row of a span; where tiles are published in a folder, those of its leaves too."""
    with survey.one_state():
        events = survey.events(span.first, span.last)
        leaf_rows = {row[0] + 1: row for row in survey.leaves(span.first, span.last)}
    unchecked, check.sealed, check.others = check.unchecked, 0, []
    reading = _Reading(check)
    for row in events:
        reading.row(row, leaf_rows.pop(row[0], None))
    for position, leaf_row in leaf_rows.items():
        if isinstance(leaf_row[1], bytes):
            reading.leaves[position] = leaf_row[1]
    reading.findings += _gaps([row[0] for row in events], leaf_rows, span)
    leaves = _unbroken(reading.leaves, span.first)
    for at in range(0, len(leaves) if published else 0, TILE):
        number = (span.first - 1 + at) // TILE
        reading.findings += check_tile(published or Path(), 0, number, leaves[at : at + TILE])
    return SpanFound(
        span,
        limited(reading.findings),
        len(events),
        check.unchecked - unchecked,
        reading.size,
        leaves_of(span.first - 1, leaves, span.sizes),
        reading.opening,
        reading.closing,
        check.sealed,
        tuple(check.others),
    )


def _unbroken(leaves: dict[int, bytes], first: int) -> Sequence[bytes]:
    found = []
    while first in leaves:
        found.append(leaves[first])
        first += 1
    return found


def _gaps(events: Sequence[int], orphans: dict[int, LeafRow], span: Span) -> Iterator[Finding]:
    expected = span.first
    for position in (*events, span.last + 1):
        if position > expected:
            yield gap(expected, position - 1, sum(expected <= one < position for one in orphans))
        expected = position + 1


def gap(first: int, last: int, leaves: int) -> Finding:
    """Tell of positions at which no event stands."""
    where = f"position {first}" if first == last else f"positions {first} to {last}"
    left = f"; {leaves} of {last - first + 1} leaves were left behind" if leaves else ", nor does a leaf"
    return Finding(Kind.EVENT_MISSING, where, f"no event stands there{left}", first)


def spans(survey: Survey, last: int, sizes: Sequence[int]) -> Iterator[Span | Finding]:
    """Yield the spans in which something stands up to a position, and the gaps that hold whole spans."""
    with survey.one_state():
        expected = 1
        while expected <= last and (at := survey.first_from(expected)) is not None:
            first = (at - 1) // SPAN * SPAN + 1
            if first > expected:
                yield gap(expected, first - 1, 0)
            final = min(first + SPAN - 1, last)
            yield Span(first, final, tuple(size for size in sizes if first - 1 < size <= final))
            expected = final + 1


def strays(survey: Survey) -> Iterator[Finding]:
    """Yield what stands before the first position."""
    with survey.one_state():
        events, leaves = survey.before_the_first()
    for position in events:
        yield Finding(Kind.EVENT_FORGED, f"position {position}", "an event stands before the first position", position)
    for index in leaves:
        yield Finding(Kind.LEAF_ALTERED, f"leaf {index}", "a leaf stands before the first")

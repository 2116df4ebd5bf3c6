"""Verifying a ledger file: every row, what derives from it, the tree, and the checkpoints it is held against."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from ledger.audit.verifying import work
from ledger.audit.verifying.commitments import check_commitments
from ledger.audit.verifying.findings import MOST, Finding, Kind
from ledger.audit.verifying.held import Held, differing
from ledger.audit.verifying.moved import named
from ledger.audit.verifying.positions import Span, SpanFound, spans, went_back
from ledger.audit.verifying.positions import strays as before_the_first
from ledger.audit.verifying.rows import sealed_later
from ledger.audit.verifying.streams import StreamsFound, runs, strays
from ledger.audit.verifying.tables import check_tables
from ledger.audit.verifying.tiles import check_upper
from ledger.audit.verifying.tree import roots_at
from ledger.audit.verifying.work import Commands, CommandsFound, Log, Piece, PieceFound, Work
from ledger.simulation.engines import Engine, Serial
from ledger.storage.survey import Survey

_DERIVED = frozenset({Kind.SNAPSHOT, Kind.EVIDENCE_INDEX, Kind.EVENT_UNREADABLE})
"""What is told of a stream only where its rows are those that were written."""

_DAMAGE = frozenset({Kind.EVENT_ALTERED, Kind.EVENT_FORGED})

Told = Callable[[int, int], None]
"""Told how many rows were gone through, and how many there are."""


@dataclass(frozen=True, slots=True)
class Verified:
    """What became of a verification.

    `events` were read, of `size` bytes; `roots` are those of the tree at the sizes that were asked for,
    `reached` the size up to which no leaf is missing; `unchecked` seals were made with another key than the
    one at hand; `unknown` facts in snapshots are defined by no archived rule. `more` findings are not told.
    """

    events: int
    size: int
    reached: int
    roots: dict[int, bytes]
    unchecked: int
    unknown: int
    findings: tuple[Finding, ...]
    more: int = 0


def verify(
    log: Log, held: Sequence[Held] = (), *, engine: Engine | None = None, progress: Told | None = None
) -> Verified:
    """Verify a ledger file against itself and against checkpoints."""
    survey = Survey(log.path)
    try:
        return _Verification(log, survey, held).run(engine or Serial(), progress)
    finally:
        survey.close()
        work.done()


@dataclass(slots=True)
class _Verification:
    log: Log
    survey: Survey
    held: Sequence[Held]
    findings: list[Finding] = field(default_factory=list)
    more: int = 0

    def run(self, engine: Engine, progress: Told | None) -> Verified:
        self.findings += check_tables(self.survey)
        self.findings += check_commitments(self.survey)
        self.findings += before_the_first(self.survey)
        with self.survey.one_state():
            last = self.survey.last()
        pieces = self._pieces(last)
        found = self._done(engine, pieces, progress)
        spanned = [one for one in found if isinstance(one, SpanFound)]
        streams = [one for one in found if isinstance(one, StreamsFound)]
        self._rows(spanned)
        self._streams(streams)
        for one in found:
            if isinstance(one, CommandsFound):
                self.findings += one.found.findings
                self.more += one.found.more
        leaves = [one.leaves for one in _unbroken(spanned)]
        reached = sum(one.count for one in leaves)
        roots = dict(roots_at(leaves, {reached, *(one.size for one in self.held)}))
        self.findings += differing(self.held, roots, last)
        if self.log.published:
            self.findings += check_upper(self.log.published, [tile for one in leaves for tile in one.tiles])
        self.findings += self._uncounted(spanned, streams)
        return Verified(
            sum(one.events for one in spanned),
            sum(one.size for one in spanned),
            reached,
            roots,
            sum(one.unchecked for one in spanned),
            sum(one.unknown for one in streams),
            tuple(self.findings),
            self.more,
        )

    def _pieces(self, last: int) -> list[Piece]:
        sizes = sorted({one.size for one in self.held} | {last})
        pieces: list[Piece] = [Commands(), *runs(self.survey)]
        for one in spans(self.survey, last, sizes):
            if isinstance(one, Span):
                pieces.append(one)
            else:
                self.findings.append(one)
        return pieces

    def _done(self, engine: Engine, pieces: Sequence[Piece], progress: Told | None) -> list[PieceFound]:
        weights = [_weight(one) for one in pieces]
        found: list[PieceFound | None] = [None] * len(pieces)
        gone_through = 0
        for number, one in engine.map(Work(self.log), pieces):
            found[number] = one
            gone_through += weights[number]
            if progress:
                progress(gone_through // 2, sum(weights) // 2)
        return [one for one in found if one is not None]

    def _rows(self, spanned: Sequence[SpanFound]) -> None:
        told = [finding for one in spanned for finding in one.found.findings]
        told += [*_went_back_between(spanned), *_sealed_later(spanned)]
        in_order = sorted([*self.findings, *told], key=lambda one: one.position)
        self.findings = list(named(self.survey, self.log.origin, in_order))
        self.more += sum(one.found.more for one in spanned)

    def _streams(self, streams: Sequence[StreamsFound]) -> None:
        damaged = [one for one in self.findings if one.kind in _DAMAGE]
        names, positions = {one.stream for one in damaged}, {one.position for one in damaged}
        for run in streams:
            self.more += run.found.more
            self.findings += (
                one
                for one in run.found.findings
                if one.kind not in _DERIVED or (one.stream not in names and one.position not in positions - {0})
            )

    def _uncounted(self, spanned: Sequence[SpanFound], streams: Sequence[StreamsFound]) -> Iterator[Finding]:
        listed = sum(one.events for one in streams)
        stood = sum(one.events for one in spanned)
        if listed < stood:
            what = f"the index of streams lists {listed} events, and {stood} stand in the table"
            yield Finding(Kind.TABLES, "streams", what)
        if self.more < MOST:  # a log that was rewritten leaves nothing to count by
            evidence, parts = sum(one.evidence for one in streams), sum(one.parts for one in streams)
            yield from strays(self.survey, evidence, parts)


def _weight(piece: Piece) -> int:
    if isinstance(piece, Span):
        return piece.last - piece.first + 1
    return 0 if isinstance(piece, Commands) else piece.events


def _unbroken(spanned: Iterable[SpanFound]) -> Iterator[SpanFound]:
    """Yield the spans from the first on, up to and with the first in which a leaf is missing."""
    expected = 1
    for one in spanned:
        if one.span.first != expected:
            return
        yield one
        expected = one.span.first + one.leaves.count


def _sealed_later(spanned: Iterable[SpanFound]) -> Iterator[Finding]:
    """Yield events sealed with another key after the first that was sealed with the key at hand.

    A key is replaced once and for all: with those before it nothing is wrong that could be seen.
    """
    since = 0
    for one in spanned:
        since = since or one.sealed
        yield from (sealed_later(row, since) for row in one.others if since and row[0] > since)


def _went_back_between(spanned: Iterable[SpanFound]) -> Iterator[Finding]:
    before = (0, "")
    for one in spanned:
        position, instant = one.opening
        if position and instant < before[1]:
            yield went_back(position, "", instant, before)
        before = max(before, one.closing, key=lambda each: each[1])

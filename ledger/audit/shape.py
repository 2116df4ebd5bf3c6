"""The shape of a log: every position from the first to the last, each with an event and a leaf."""

from collections.abc import Iterable, Iterator

from ledger.audit.verdicts import Damage, Verdict
from ledger.storage.inspection import Inspection

_LOWEST = -(1 << 63)


def shape_damage(inspection: Inspection, last: int) -> Iterator[Damage]:
    """Yield what is missing up to a position, and what stands where nothing belongs."""
    for first, final in gaps(inspection.events(1, last), last):
        leaves = sum(1 for _ in inspection.leaves(first, final))
        detail = f"no event stands at {_span('position', 'positions', first, final)} of 1 to {last}"
        detail += f"; leaves without events there: {leaves}" if leaves else "; nor does a leaf"
        yield Damage(Verdict.EVIDENCE_MISSING, first, 0, detail)
    for first, final in gaps(inspection.leaves(1, last), last):
        events = sum(1 for _ in inspection.events(first, final))
        detail = f"no leaf stands at {_span('index', 'indices', first - 1, final - 1)} of 0 to {last - 1}"
        detail += f"; events without leaves there: {events}" if events else "; nor does an event"
        yield Damage(Verdict.EVIDENCE_ALTERED, first, 0, detail)
    yield from _strays(inspection, last)


def gaps(found: Iterable[int], last: int) -> Iterator[tuple[int, int]]:
    """Yield first and last of each run of numbers from 1 to `last` that rising numbers leave out."""
    expected = 1
    for one in found:
        if one > expected:
            yield expected, one - 1
        expected = one + 1
    if expected <= last:
        yield expected, last


def _strays(inspection: Inspection, last: int) -> Iterator[Damage]:
    for position in inspection.events(_LOWEST, 0):
        yield Damage(Verdict.EVIDENCE_ALTERED, position, 0, f"an event stands at position {position}, before the first")
    for position in inspection.leaves(_LOWEST, 0):
        yield Damage(Verdict.EVIDENCE_ALTERED, position, 0, f"a leaf stands at index {position - 1}, before the first")
    for position, name in _unnamed(inspection, last):
        detail = f"position {position}: the name of its stream is not text: {name!r}"
        yield Damage(Verdict.EVIDENCE_ALTERED, position, 0, detail)


def _unnamed(inspection: Inspection, last: int) -> Iterator[tuple[int, bytes]]:
    yield from ((position, b"") for position in inspection.nameless())
    for name in inspection.learner_streams():
        if isinstance(name, bytes):
            yield from ((row.position, name) for row in inspection.stream(name, last))


def _span(one: str, several: str, first: int, last: int) -> str:
    return f"{one} {first}" if first == last else f"{several} {first} to {last}"

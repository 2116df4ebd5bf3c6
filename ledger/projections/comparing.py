"""Holding read models against what the log says, without changing either: what verification asks.

`rebuild` brings read models up to date before it compares and mends them; here they are taken as they are.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Connection

from ledger.projections import source
from ledger.projections.projection import Projection
from ledger.projections.rebuild import Difference, difference
from ledger.projections.registry import PROJECTIONS
from ledger.projections.runner import PAGE, Report
from ledger.storage.log import Log
from ledger.storage.read_models import ReadModels


@dataclass(frozen=True, slots=True)
class Compared:
    """What read models came to: the position they stand for, tables that differ, and what else is wrong."""

    position: int
    differences: tuple[Difference, ...] = ()
    wrong: tuple[str, ...] = ()


def compare(
    log: Log,
    models: ReadModels,
    *,
    page: int = PAGE,
    progress: Report | None = None,
    projections: Sequence[Projection] = PROJECTIONS,
) -> Compared:
    """Compare read models with new ones made up to the position they say they stand at.

    Raises `Unavailable` where there are none, `LedgerDamaged` for a file that is none.
    """
    with models.read() as in_use, models.private() as anew:
        last = log.recorder.max_notification_id()
        stands = {one.name: models.position(in_use, one.name) for one in projections}
        made = [one for one in projections if stands[one.name] is not None]
        reached = min(max((stands[one.name] or 0 for one in made), default=0), last)
        wrong = _wrong(log, in_use, stands, last)
        for projection in made:
            for table in projection.tables:
                table.create(anew)
        for start in range(0, reached, page):
            upto = min(start + page, reached)
            _fold(log, anew, [(one, stands[one.name] or 0) for one in made], start, upto)
            if progress:
                progress(upto, reached)
        tables = [table for projection in made for table in projection.tables]
        differing = tuple(found for table in tables if (found := difference(table, in_use, anew)))
        return Compared(reached, differing, wrong)


def _fold(log: Log, anew: Connection, projections: Sequence[tuple[Projection, int]], after: int, upto: int) -> None:
    """Fold a page into each projection, as far as the one in use is said to be folded."""
    events = list(log.scan(after, upto))
    for projection, stands in projections:
        seen = events if stands >= upto else [event for event in events if event.position <= stands]
        if seen:
            projection.apply(anew, seen)
    anew.commit()


def _wrong(log: Log, in_use: Connection, stands: dict[str, int | None], last: int) -> tuple[str, ...]:
    found = [
        f"{name} is said to be folded up to position {place}, and the log ends at {last}"
        for name, place in stands.items()
        if place is not None and place > last
    ]
    known = {place for place in stands.values() if place is not None}
    if len(known) > 1:
        found.append(
            "they do not stand at one position: "
            + ", ".join(f"{name} at {place}" for name, place in stands.items() if place is not None)
        )
    if not source.is_of(in_use, log):
        found.append("they were made from another log than this one, or from one that was put back since")
    return tuple(found)

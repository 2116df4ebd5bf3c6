"""Making read models anew beside those in use, comparing row by row, and mending what differs."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Table, delete, insert, select

from ledger.errors import Unavailable
from ledger.projections.projection import Projection
from ledger.projections.registry import PROJECTIONS
from ledger.projections.runner import PAGE, Report, catch_up, position_of
from ledger.storage.log import Log
from ledger.storage.read_models import ReadModels

MOST_KEYS = 20
"""How many differing keys of a table are named."""

_Row = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Difference:
    """How a table in use differed from one made anew: rows it lacked, had too many, had otherwise.

    `keys` names the first of them, in the order of the table.
    """

    table: str
    missing: int
    extra: int
    changed: int
    keys: tuple[str, ...]

    def __str__(self) -> str:
        return (
            f"{self.table}: {self.missing} rows were missing, {self.extra} too many, {self.changed} other than "
            f"the ledger says; the first: {', '.join(self.keys)}"
        )


def rebuild(
    log: Log,
    models: ReadModels,
    *,
    page: int = PAGE,
    progress: Report | None = None,
    projections: Sequence[Projection] = PROJECTIONS,
) -> tuple[Difference, ...]:
    """Make every read model anew, mend those that differ, and return the differences; none says all were right.

    Built in a private database, so that nobody waits for it and a kill leaves nothing behind; the
    tables that differ are replaced in the one transaction that compared them.
    """
    reached = catch_up(log, models, page=page, projections=projections)
    with models.private() as anew:
        for projection in projections:
            for table in projection.tables:
                table.create(anew)
        for start in range(0, reached, page):
            upto = min(start + page, reached)
            _fold(log, anew, projections, start, upto)
            if progress:
                progress(upto, reached)
        with models.open() as in_use, models.writing(in_use):
            _fold_the_rest(log, models, anew, in_use, projections, reached)
            tables = [table for projection in projections for table in projection.tables]
            return tuple(found for table in tables if (found := _mended(table, in_use, anew)))


def _fold(log: Log, connection: Connection, projections: Sequence[Projection], after: int, upto: int) -> None:
    events = list(log.scan(after, upto))
    for projection in projections:
        projection.apply(connection, events)
    connection.commit()


def _fold_the_rest(
    log: Log,
    models: ReadModels,
    anew: Connection,
    in_use: Connection,
    projections: Sequence[Projection],
    reached: int,
) -> None:
    """Bring the new tables to where those in use stand now that they are held."""
    stands = position_of(in_use, models, projections)
    if stands < reached:
        raise Unavailable(f"{models.path} was begun anew meanwhile; nothing was compared; run the rebuild again")
    _fold(log, anew, projections, reached, stands)


def _mended(table: Table, in_use: Connection, anew: Connection) -> Difference | None:
    found = difference(table, in_use, anew)
    if found:
        in_use.execute(delete(table))
        for rows in anew.execute(select(table)).partitions(1000):
            in_use.execute(insert(table), [row._asdict() for row in rows])
    return found


def difference(table: Table, in_use: Connection, anew: Connection) -> Difference | None:
    """Return how a table in use differs from one made anew, nothing where it does not."""
    counts = {"missing": 0, "extra": 0, "changed": 0}
    keys: list[str] = []
    width = len(table.primary_key.columns)
    for how, key in _differing(_rows(in_use, table), _rows(anew, table), width):
        counts[how] += 1
        if len(keys) < MOST_KEYS:
            keys.append(" ".join(map(str, key)))
    return Difference(table.name, **counts, keys=tuple(keys)) if keys else None


def _differing(in_use: Iterator[_Row], anew: Iterator[_Row], width: int) -> Iterator[tuple[str, _Row]]:
    """Walk two lists of rows in the order of their key, its columns first, and name where they differ."""
    old, new = next(in_use, None), next(anew, None)
    while old is not None or new is not None:
        if new is None or (old is not None and old[:width] < new[:width]):
            assert old is not None  # noqa: S101 - told to the type checker
            yield "extra", old[:width]
            old = next(in_use, None)
        elif old is None or new[:width] < old[:width]:
            yield "missing", new[:width]
            new = next(anew, None)
        else:
            if old != new:
                yield "changed", new[:width]
            old, new = next(in_use, None), next(anew, None)


def _rows(connection: Connection, table: Table) -> Iterator[_Row]:
    key = list(table.primary_key.columns)
    rest = [column for column in table.columns if column not in set(key)]
    wanted = select(*key, *rest).order_by(*key)
    return (tuple(row) for row in connection.execute(wanted, execution_options={"yield_per": 1000}))

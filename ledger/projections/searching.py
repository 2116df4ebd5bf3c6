"""Searching decisions: everything a list can be narrowed to, and how many there are of each kind among them."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from sqlalchemy import ColumnElement, Table, func, or_, select

from ledger.projections.belonging import TABLE as BELONGING
from ledger.projections.decisions import TABLE
from ledger.projections.filters import Filter
from ledger.projections.within import Within
from ledger.storage.read_models import ReadModels

_LAST = "\U0010ffff"
"""The character after which no text continues."""

FACETS = ("outcome", "question", "policy")
"""The columns by which what was found is counted."""


EVERY = Filter()


@dataclass(frozen=True, slots=True)
class Search:
    """Each value that is not null must be met, beside what `wanted` says.

    `learner` and `actor` are ids or how they begin; `recorded_from` and `recorded_to` stored instants, the second
    not included; `adoptions` are positions of those that governed, `positions` those of the decisions; `school` says
    where the learner belongs. `known_at` is a position of the log: later decisions are left out, and with `standing`
    those that did not stand there.
    """

    wanted: Filter = EVERY
    learner: str | None = None
    actor: str | None = None
    recorded_from: str | None = None
    recorded_to: str | None = None
    adoptions: frozenset[int] | None = None
    positions: frozenset[int] | None = None
    school: Within | None = None
    known_at: int | None = None
    standing: bool = False

    def conditions(self, table: Table) -> Iterator[ColumnElement[bool]]:
        """Return the conditions on the table of decisions."""
        yield from self.wanted.conditions(table)
        for name, begins in (("learner", self.learner), ("actor", self.actor)):
            if begins is not None:
                yield table.c[name].between(begins, begins + _LAST)
        if self.recorded_from is not None:
            yield table.c.at >= self.recorded_from
        if self.recorded_to is not None:
            yield table.c.at < self.recorded_to
        for name, among in (("adoption", self.adoptions), ("position", self.positions)):
            if among is not None:
                yield table.c[name].in_(sorted(among))
        if self.school is not None:
            yield self.school.holds(table.c.learner)
        yield from self._then(table)

    def _then(self, table: Table) -> Iterator[ColumnElement[bool]]:
        if self.known_at is not None:
            yield table.c.position <= self.known_at
        if self.standing:
            over = table.c.to_position.is_(None)
            yield over if self.known_at is None else or_(over, table.c.to_position > self.known_at)


@dataclass(frozen=True, slots=True)
class Facet:
    """How many decisions there are of each value of a column, the most frequent first, whatever of it is asked for."""

    name: str
    values: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Counted:
    """How many decisions a search finds, and the facets of it."""

    decisions: int
    facets: tuple[Facet, ...]


def counted(models: ReadModels, search: Search) -> Counted:
    """Count what a search finds; a facet leaves what is asked of its own column aside."""
    with models.read() as connection:
        total = select(func.count()).select_from(TABLE).where(*search.conditions(TABLE))
        found = connection.execute(total).scalar_one()
        facets = []
        for name in FACETS:
            column, count = TABLE.c[name], func.count().label("count")
            others = replace(search, wanted=replace(search.wanted, **{name: None}))
            rows = (
                select(column, count).where(*others.conditions(TABLE)).group_by(column).order_by(count.desc(), column)
            )
            found_here = ((str(row[0]), int(row[1])) for row in connection.execute(rows))
            facets.append(Facet(name, tuple(found_here)))
    return Counted(found, tuple(facets))


def organisations(models: ReadModels) -> tuple[str, ...]:
    """Name every organisation a learner ever attended, sorted."""
    column = BELONGING.c.organisation
    with models.read() as connection:
        rows = connection.execute(select(column).where(column != "").distinct().order_by(column))
        return tuple(row[0] for row in rows)

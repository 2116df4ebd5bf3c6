"""Standing decisions by the adoption they were made under: whom a change of rules may concern, found cheaply."""

from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import func, select

from ledger.projections.decisions import TABLE
from ledger.projections.filters import Filter
from ledger.storage.read_models import ReadModels

_GROUP = ("question", "subject", "award", "adoption")
_STANDS = TABLE.c.to_position.is_(None)


@dataclass(frozen=True, slots=True)
class StandingGroup:
    """The standing decisions of one question, subject key and award that one adoption (a position) was made for."""

    question: str
    subject: str
    award: str
    adoption: int
    count: int


def standing_groups(models: ReadModels, wanted: Filter) -> tuple[StandingGroup, ...]:
    """Return the groups of standing decisions, in the order of the key and the adoption."""
    columns = [TABLE.c[name] for name in _GROUP]
    narrowed = select(*columns, func.count().label("count")).where(_STANDS, *wanted.conditions(TABLE))
    with models.read() as connection:
        rows = connection.execute(narrowed.group_by(*columns).order_by(*columns)).all()
    return tuple(StandingGroup(**row._mapping) for row in rows)


def learners_in(models: ReadModels, group: StandingGroup) -> Iterator[str]:
    """Return the UUIDs of the learners with a standing decision of a group, sorted."""
    same = [TABLE.c[name] == getattr(group, name) for name in _GROUP]
    with models.read() as connection:
        rows = connection.execute(select(TABLE.c.learner).where(_STANDS, *same).order_by(TABLE.c.learner)).all()
    return (row[0] for row in rows)

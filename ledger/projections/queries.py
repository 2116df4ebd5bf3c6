"""Questions to the read models, each answered from one state of them and stamped with its position.

The asker calls `catch_up` first. Lists come in pages of 1 to 100 rows, by the key of the last row, so
that no row is given twice or left out while others are added.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any, TypeVar

import msgspec
from sqlalchemy import ColumnElement, Connection, Row, Select, Table, func, or_, select, tuple_

from ledger.domain.learner import Grant
from ledger.errors import UsageError
from ledger.projections.answers import (
    Award,
    Decision,
    Learner,
    OutcomeCount,
    Overview,
    Progress,
    SubjectEvidence,
)
from ledger.projections.decisions import TABLE as DECISIONS
from ledger.projections.evidence import TABLE as EVIDENCE
from ledger.projections.filters import Filter, Narrowing
from ledger.projections.learners import TABLE as LEARNERS
from ledger.projections.pages import USUAL_ROWS, Page, read_cursor, require_limit, write_cursor
from ledger.projections.progress import TABLE as PROGRESS
from ledger.projections.projection import KEY
from ledger.projections.runner import position_of
from ledger.projections.transcript import TABLE as TRANSCRIPT
from ledger.projections.within import Within
from ledger.storage.read_models import ReadModels

EVERYTHING = Filter()

_Answer = TypeVar("_Answer")
_Make = Callable[[Row[Any]], _Answer]

_COUNTED = EVIDENCE.c.to_position.is_(None)
_ABOUT = (EVIDENCE.c.learner == PROGRESS.c.learner, EVIDENCE.c.subject == PROGRESS.c.subject, _COUNTED)
_WITH_EVIDENCE = select(
    *PROGRESS.c,
    select(func.count()).where(*_ABOUT).scalar_subquery().label("evidence"),
    select(func.max(EVIDENCE.c.day)).where(*_ABOUT).scalar_subquery().label("last_evidence"),
)


def learner_progress(models: ReadModels, learner: str) -> Page[Progress]:
    """Return where a learner stands with every subject that was ever decided, in the order of the key."""
    return _whole(models, _WITH_EVIDENCE.where(PROGRESS.c.learner == learner).order_by(*_key(PROGRESS)), _progress)


def learner_evidence(models: ReadModels, learner: str) -> Page[SubjectEvidence]:
    """Return how much evidence a learner has about each subject, decided or not."""
    table = EVIDENCE
    wanted = select(table.c.subject, func.count().label("evidence"), func.max(table.c.day).label("last_evidence"))
    narrowed = wanted.where(table.c.learner == learner, _COUNTED).group_by(table.c.subject).order_by(table.c.subject)
    return _whole(models, narrowed, lambda row: SubjectEvidence(**row._mapping))


def find_progress(
    models: ReadModels, wanted: Filter = EVERYTHING, *, limit: int = USUAL_ROWS, after: str | None = None
) -> Page[Progress]:
    """Return who stands where, in the order of learner, question, subject and award."""
    key = _key(PROGRESS)
    narrowed = _WITH_EVIDENCE.where(*wanted.conditions(PROGRESS)).order_by(*key)
    if after is not None:
        narrowed = narrowed.where(tuple_(*key) > read_cursor(after, str, str, str, str))
    return _page(models, narrowed, _progress, limit, KEY)


def find_decisions(
    models: ReadModels,
    wanted: Narrowing = EVERYTHING,
    *,
    standing_at: int | None = None,
    limit: int = USUAL_ROWS,
    after: str | None = None,
) -> Page[Decision]:
    """Return decisions, the newest first; with a position, those that stood as known there.

    Raises `UsageError` for a position the ledger has not reached.
    """
    table = DECISIONS
    narrowed = select(table).where(*wanted.conditions(table)).order_by(table.c.position.desc())
    if standing_at is not None:
        narrowed = narrowed.where(*_known_at(table, standing_at))
    if after is not None:
        narrowed = narrowed.where(table.c.position < read_cursor(after, int)[0])
    return _page(models, narrowed, lambda row: Decision(**row._mapping), limit, ("position",), standing_at)


def transcript(models: ReadModels, learner: str) -> Page[Award]:
    """Return the credits and other awards a learner holds, in the order of the key."""
    table = TRANSCRIPT
    return _whole(models, select(table).where(table.c.learner == learner).order_by(*_key(table)), _award)


def find_learners(
    models: ReadModels, wanted: Filter = EVERYTHING, *, limit: int = USUAL_ROWS, after: str | None = None
) -> Page[Learner]:
    """Return learners in the order of their ids; a filter narrows to those with such a standing decision."""
    table = LEARNERS
    narrowed = select(table).order_by(table.c.learner)
    if wanted.within is not None:
        narrowed = narrowed.where(wanted.within.holds(table.c.learner))
    if (decided := replace(wanted, within=None)) != EVERYTHING:
        narrowed = narrowed.where(table.c.learner.in_(_learners_with(decided)))
    if after is not None:
        narrowed = narrowed.where(table.c.learner > read_cursor(after, str)[0])
    return _page(models, narrowed, lambda row: Learner(**row._mapping), limit, ("learner",))


def overview(models: ReadModels, within: Within | None = None) -> Overview:
    """Return the ledger in numbers, or what is on record there of the learners meant."""
    people, standing, of = LEARNERS, PROGRESS, Filter(within=within)
    by_outcome = select(standing.c.question, standing.c.outcome, func.count().label("count"))
    by_outcome = by_outcome.where(*of.conditions(standing))
    every = select(func.count()).select_from(DECISIONS).where(*of.conditions(DECISIONS))
    with models.read() as connection:
        counted = connection.execute(
            select(func.count(), func.coalesce(func.sum(people.c.evidence), 0)).where(*of.conditions(people))
        )
        count, pieces = counted.one()
        outcomes = connection.execute(by_outcome.group_by(standing.c.question, standing.c.outcome)).all()
        return Overview(
            learners=count,
            evidence=pieces,
            decisions=connection.execute(every).scalar_one(),
            outcomes=tuple(
                sorted((OutcomeCount(*row) for row in outcomes), key=lambda one: (one.question, one.outcome))
            ),
            position=position_of(connection, models),
        )


def _key(table: Table) -> list[ColumnElement[Any]]:
    return [table.c[name] for name in KEY]


def _known_at(table: Table, position: int) -> tuple[ColumnElement[bool], ...]:
    return table.c.position <= position, or_(table.c.to_position.is_(None), table.c.to_position > position)


def _learners_with(wanted: Filter) -> Select[Any]:
    return select(PROGRESS.c.learner).where(*wanted.conditions(PROGRESS))


def _whole(models: ReadModels, wanted: Select[Any], make: _Make[_Answer], known_at: int | None = None) -> Page[_Answer]:
    with models.read() as connection:
        position = _stamp(connection, models, known_at)
        return Page(tuple(map(make, connection.execute(wanted))), None, position)


def _page(
    models: ReadModels,
    wanted: Select[Any],
    make: _Make[_Answer],
    limit: int,
    key: Sequence[str],
    known_at: int | None = None,
) -> Page[_Answer]:
    require_limit(limit)
    with models.read() as connection:
        position = _stamp(connection, models, known_at)
        rows = connection.execute(wanted.limit(limit + 1)).all()
    more = len(rows) > limit
    last = write_cursor(tuple(rows[limit - 1]._mapping[name] for name in key)) if more else None
    return Page(tuple(map(make, rows[:limit])), last, position)


def _stamp(connection: Connection, models: ReadModels, known_at: int | None) -> int:
    position = position_of(connection, models)
    if known_at is not None and not 0 <= known_at <= position:
        raise UsageError(f"position {known_at}: the ledger is known here up to position {position}")
    return position if known_at is None else known_at


def _progress(row: Row[Any]) -> Progress:
    lists = {name: _list(row._mapping[name]) for name in ("decisive", "needs")}
    return Progress(**{**row._mapping, **lists})


def _award(row: Row[Any]) -> Award:
    return Award(**{**row._mapping, "grants": msgspec.json.decode(row.grants, type=tuple[Grant, ...])})


def _list(text: str) -> tuple[str, ...]:
    return msgspec.json.decode(text, type=tuple[str, ...])

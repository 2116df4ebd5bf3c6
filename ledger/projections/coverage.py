"""How much has been seen of groups of subjects, in one pass over the evidence and one over the decisions."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import BindParameter, Select, bindparam, func, or_, select

from ledger.errors import UsageError
from ledger.projections.decisions import TABLE as DECISIONS
from ledger.projections.evidence import TABLE as EVIDENCE
from ledger.projections.projection import json_text
from ledger.projections.runner import position_of
from ledger.storage.read_models import ReadModels


@dataclass(frozen=True, slots=True)
class Seen:
    """What there is about some subjects together, nobody and nothing counted twice.

    `learners` have evidence that counts, `evidence` are its pieces and `last_day` is the last day among
    them, null where all are undated; `mastered` are the learners with a standing decision of MASTERY that
    came out met. A reason why there is no result is no evidence.
    """

    learners: int = 0
    evidence: int = 0
    mastered: int = 0
    last_day: str | None = None


NOTHING = Seen()


def seen(
    models: ReadModels, groups: Mapping[str, Iterable[str]], on: date, *, known_at: int | None = None
) -> tuple[Mapping[str, Seen], int]:
    """Return what is seen of each group of subject keys by the end of a day, and the position it is true for.

    Evidence without a day counts for every day. With a position, as the ledger knew it there; raises
    `UsageError` for one it has not reached. A group of which nothing is seen is left out.
    """
    pairs = json_text([[group, subject] for group, subjects in groups.items() for subject in subjects])
    with models.read() as connection:
        reached = position_of(connection, models)
        if known_at is not None and not 0 <= known_at <= reached:
            raise UsageError(f"position {known_at}: the ledger is known here up to position {reached}")
        position = reached if known_at is None else known_at
        given = {"pairs": pairs, "day": on.isoformat(), "position": position}
        evidence = connection.execute(_EVIDENCE, given).all()
        mastered: dict[str, int] = {row.name: row.learners for row in connection.execute(_MASTERED, given)}
    found = {group: Seen(learners, pieces, mastered.pop(group, 0), last) for group, learners, pieces, last in evidence}
    return found | {group: Seen(mastered=learners) for group, learners in mastered.items()}, position


_each = func.json_each(bindparam("pairs")).table_valued("value")
_PAIRS = select(
    func.json_extract(_each.c.value, "$[0]").label("name"), func.json_extract(_each.c.value, "$[1]").label("subject")
).cte("pairs")
_POSITION: BindParameter[int] = bindparam("position")
_DAY: BindParameter[str] = bindparam("day")


def _counted() -> Select[Any]:
    table = EVIDENCE
    counts = (
        table.c.position <= _POSITION,
        or_(table.c.to_position.is_(None), table.c.to_position > _POSITION),
        table.c.absent == 0,
        or_(table.c.day.is_(None), table.c.day <= _DAY),
    )
    return (
        select(
            _PAIRS.c.name,
            func.count(table.c.learner.distinct()),
            func.count(table.c.evidence_id.distinct()),
            func.max(table.c.day),
        )
        .join_from(table, _PAIRS, table.c.subject == _PAIRS.c.subject)
        .where(*counts)
        .group_by(_PAIRS.c.name)
    )


def _met() -> Select[Any]:
    """Count the learners whose latest decision made by the day, of those known, came out met."""
    table = DECISIONS
    place = func.row_number().over(
        partition_by=(table.c.learner, table.c.subject, table.c.award), order_by=table.c.position.desc()
    )
    known = (table.c.question == "MASTERY", table.c.position <= _POSITION, table.c.decided_on <= _DAY)
    latest = select(table.c.learner, table.c.subject, table.c.outcome, place.label("place")).where(*known).subquery()
    return (
        select(_PAIRS.c.name, func.count(latest.c.learner.distinct()).label("learners"))
        .join_from(latest, _PAIRS, latest.c.subject == _PAIRS.c.subject)
        .where(latest.c.place == 1, latest.c.outcome == "met")
        .group_by(_PAIRS.c.name)
    )


_EVIDENCE, _MASTERED = _counted(), _met()

"""Every decision ever made, and the positions between which it stood.

A decision stands from its own `position` up to, and not including, `to_position`: the position of
the next decision of the same key, null while there is none.
"""

from typing import Any

from sqlalchemy import Column, Connection, Index, Integer, bindparam, insert, update

from ledger.domain.learner import Decided
from ledger.projections.erasing import erasing, forget_decisions
from ledger.projections.projection import (
    KEY,
    Events,
    Key,
    Projection,
    Row,
    decisions_in,
    number,
    read_model,
    statement,
    text,
)
from ledger.storage.envelope import Event

TABLE = read_model(
    "decisions",
    Column("position", Integer, primary_key=True, autoincrement=False),
    *number("to_position", null=True),
    *text(*KEY),
    *number("version"),
    *text("framework", "level", null=True),
    *text("outcome", "stage", "policy", "edition", "decided_on", "at", "actor", "role", "standing", "effect"),
    *number("adoption"),
    *number("supersedes", null=True),
)
Index("decisions_standing", *(TABLE.c[name] for name in KEY), unique=True, sqlite_where=TABLE.c.to_position.is_(None))
Index("decisions_of_learner", TABLE.c.learner, TABLE.c.position)
Index("decisions_about_subject", TABLE.c.subject, TABLE.c.position)
Index("decisions_by_outcome", TABLE.c.question, TABLE.c.outcome, TABLE.c.position)

_CLOSE = statement(
    update(TABLE)
    .where(*(TABLE.c[name] == bindparam(f"of_{name}") for name in KEY), TABLE.c.to_position.is_(None))
    .values(to_position=bindparam("until"))
)
_ADD = statement(insert(TABLE))


def apply(connection: Connection, events: Events) -> None:
    """Add the decisions among the events, and end the ones they replace."""
    rows: list[Row] = []
    ended: list[Row] = []
    latest: dict[Key, Row] = {}
    for key, event, decided in decisions_in(events):
        if key in latest:
            latest[key]["to_position"] = event.position
        else:
            ended.append({**{f"of_{name}": part for name, part in zip(KEY, key, strict=True)}, "until": event.position})
        latest[key] = _row(key, event, decided)
        rows.append(latest[key])
    _CLOSE.run(connection, ended)
    _ADD.run(connection, rows)


def _row(key: Key, event: Event[Any], decided: Decided) -> Row:
    return {
        "position": event.position,
        "to_position": None,
        "learner": key[0],
        "question": key[1],
        "subject": key[2],
        "award": key[3],
        "version": event.originator_version,
        "framework": decided.subject.framework,
        "level": decided.level,
        "outcome": decided.outcome,
        "stage": decided.stage,
        "policy": decided.policy,
        "edition": decided.edition,
        "decided_on": decided.on,
        "at": event.at,
        "actor": event.actor,
        "role": event.role,
        "standing": decided.standing,
        "effect": decided.effect,
        "adoption": decided.adoption,
        "supersedes": decided.supersedes,
    }


DECISIONS = Projection("decisions.1", (TABLE,), erasing(apply, forget_decisions(TABLE)))

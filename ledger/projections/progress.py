"""Where each learner stands: the latest decision of each learner, question, subject and award."""

from typing import Any

from sqlalchemy import Connection, Index, insert

from ledger.domain.learner import Decided
from ledger.projections.erasing import erasing, forget_decisions
from ledger.projections.projection import (
    KEY,
    Events,
    Key,
    Projection,
    Row,
    decisions_in,
    json_text,
    number,
    read_model,
    statement,
    text,
)
from ledger.storage.envelope import Event

TABLE = read_model(
    "progress",
    *text(*KEY, key=True),
    *text("outcome", "stage", "decided_on", "policy", "edition", "standing", "effect", "decisive", "needs"),
    *text("level", null=True),
    *number("version", "position"),
)
Index("progress_by_outcome", TABLE.c.question, TABLE.c.outcome)

_PUT = statement(insert(TABLE).prefix_with("OR REPLACE"))


def apply(connection: Connection, events: Events) -> None:
    """Put the latest decision of each key among the events in the place of the one that stood."""
    latest: dict[Key, Row] = {key: _row(key, event, decided) for key, event, decided in decisions_in(events)}
    _PUT.run(connection, list(latest.values()))


def _row(key: Key, event: Event[Any], decided: Decided) -> Row:
    return {
        "learner": key[0],
        "question": key[1],
        "subject": key[2],
        "award": key[3],
        "outcome": decided.outcome,
        "stage": decided.stage,
        "decided_on": decided.on,
        "policy": decided.policy,
        "edition": decided.edition,
        "standing": decided.standing,
        "effect": decided.effect,
        "decisive": json_text(decided.decisive),
        "needs": json_text(decided.needs),
        "level": decided.level,
        "version": event.originator_version,
        "position": event.position,
    }


PROGRESS = Projection("progress.1", (TABLE,), erasing(apply, forget_decisions(TABLE)))

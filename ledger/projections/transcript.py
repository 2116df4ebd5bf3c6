"""What each learner holds: credits and the awards above them whose latest decision is met, with what they grant."""

from typing import Any

from sqlalchemy import Connection, bindparam, delete, insert

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

QUESTIONS = frozenset({"CREDIT", "ADVANCEMENT", "CERTIFICATION", "GRADUATION"})

TABLE = read_model(
    "transcript",
    *text(*KEY, key=True),
    *text("grants", "decided_on", "at", "policy", "edition", "effect"),
    *text("framework", "level", null=True),
    *number("version", "position"),
)

_PUT = statement(insert(TABLE).prefix_with("OR REPLACE"))
_TAKE = statement(delete(TABLE).where(*(TABLE.c[name] == bindparam(f"of_{name}") for name in KEY)))


def apply(connection: Connection, events: Events) -> None:
    """Put what is met among the events, and take what is no longer."""
    put: dict[Key, Row] = {}
    taken: dict[Key, Row] = {}
    for key, event, decided in decisions_in(events):
        if decided.question not in QUESTIONS:
            continue
        put.pop(key, None)
        if decided.outcome == "met":
            put[key] = _row(key, event, decided)
        else:
            taken[key] = {f"of_{name}": part for name, part in zip(KEY, key, strict=True)}
    _TAKE.run(connection, list(taken.values()))
    _PUT.run(connection, list(put.values()))


def _row(key: Key, event: Event[Any], decided: Decided) -> Row:
    return {
        "learner": key[0],
        "question": key[1],
        "subject": key[2],
        "award": key[3],
        "grants": json_text(decided.grants),
        "decided_on": decided.on,
        "at": event.at,
        "policy": decided.policy,
        "edition": decided.edition,
        "effect": decided.effect,
        "framework": decided.subject.framework,
        "level": decided.level,
        "version": event.originator_version,
        "position": event.position,
    }


TRANSCRIPT = Projection("transcript.1", (TABLE,), erasing(apply, forget_decisions(TABLE)))

"""Every learner of the ledger: first and last position, events, evidence that counts, last activity."""

from typing import Any

from sqlalchemy import Connection, update
from sqlalchemy.dialects.sqlite import insert

from ledger.domain.erasure import PayloadsErased
from ledger.domain.learner import EvidenceRecorded, EvidenceWithdrawn
from ledger.projections.erasing import erasing
from ledger.projections.projection import Events, Projection, Row, learner_of, number, read_model, statement, text

TABLE = read_model(
    "learners",
    *text("learner", key=True),
    *number("first_position", "last_position", "events", "evidence"),
    *text("last_activity"),
)

_COUNTED: dict[Any, int] = {EvidenceRecorded: 1, EvidenceWithdrawn: -1}
_ADD = insert(TABLE)
_PUT = statement(
    _ADD.on_conflict_do_update(
        index_elements=["learner"],
        set_={
            "last_position": _ADD.excluded.last_position,
            "events": _ADD.excluded.events,
            "evidence": TABLE.c.evidence + _ADD.excluded.evidence,
            "last_activity": _ADD.excluded.last_activity,
        },
    )
)


def apply(connection: Connection, events: Events) -> None:
    """Move each learner among the events to the last of them; versions are dense, so the last counts the events."""
    seen: dict[str, Row] = {}
    for event in events:
        learner = learner_of(event)
        if learner is None:
            continue
        row = seen.setdefault(learner, {"learner": learner, "first_position": event.position, "evidence": 0})
        row["last_position"] = event.position
        row["events"] = event.originator_version
        row["evidence"] += _COUNTED.get(type(event.data), 0)
        row["last_activity"] = event.at
    _PUT.run(connection, list(seen.values()))


def forget(connection: Connection, learner: str, _: PayloadsErased) -> None:
    """Count no evidence of a learner whose payloads were erased."""
    connection.execute(update(TABLE).where(TABLE.c.learner == learner).values(evidence=0))


LEARNERS = Projection("learners.1", (TABLE,), erasing(apply, forget))

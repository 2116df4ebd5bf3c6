"""Where every learner attends, from day to day: who is in a class, and whom a role in a school reaches.

A row is a span of days within which nothing changes; of the enrolment where `course` is empty, else of that
course. `organisation` and `section` are empty where none is told. What the rows are made from stands beside
them, learner by learner, so that an entry which replaces or retracts another finds it.
"""

from typing import Any

import msgspec
from sqlalchemy import Column, Connection, Index, LargeBinary, delete, insert, select

from ledger.domain.belonging import BelongingRetracted
from ledger.domain.erasure import PayloadsErased
from ledger.facts.attending import spans_of
from ledger.facts.belonging import STEPS, Belonging
from ledger.projections.erasing import erasing
from ledger.projections.projection import Events, Projection, Row, learner_of, read_model, statement, text
from ledger.storage.envelope import Event

TABLE = read_model(
    "belonging",
    *text("learner", "course", "first_day", key=True),
    *text("organisation", "section"),
    *text("grade", "last_day", null=True),
)
Index("belonging_of_organisation", TABLE.c.organisation, TABLE.c.section, TABLE.c.learner)

ENTRIES = read_model("belonging_entries", *text("learner", key=True), Column("entries", LargeBinary, nullable=False))

_ADD = statement(insert(TABLE))
_PUT = statement(insert(ENTRIES).prefix_with("OR REPLACE"))
_encode = msgspec.msgpack.Encoder().encode
_decode = msgspec.msgpack.Decoder(Belonging).decode


def apply(connection: Connection, events: Events) -> None:
    """Step over what the events say of where learners belong, and lay out anew whoever they speak of."""
    seen: dict[str, Belonging] = {}
    for event in events:
        learner = learner_of(event)
        if learner is not None and type(event.data) in STEPS:
            if learner not in seen:
                seen[learner] = _known(connection, learner)
            _step(seen[learner], event)
    _remove(connection, list(seen))
    _PUT.run(connection, [{"learner": one, "entries": _encode(found)} for one, found in seen.items()])
    _ADD.run(connection, [row for one, found in seen.items() for row in _rows(one, found)])


def _step(belonging: Belonging, event: Event[Any]) -> None:
    """Step over an event; what retracts an entry that is not there says nothing."""
    if not isinstance(event.data, BelongingRetracted) or belonging.holds(event.data.entry):
        belonging.apply(event.originator_version, event.data)


def _known(connection: Connection, learner: str) -> Belonging:
    found = connection.execute(select(ENTRIES.c.entries).where(ENTRIES.c.learner == learner)).scalar_one_or_none()
    return _decode(found) if found else Belonging()


def _rows(learner: str, belonging: Belonging) -> list[Row]:
    return [
        {
            "learner": learner,
            "course": span.attending.course or "",
            "first_day": span.first_day,
            "organisation": span.attending.organisation or "",
            "section": span.attending.section or "",
            "grade": span.attending.grade,
            "last_day": span.last_day,
        }
        for span in spans_of(belonging)
    ]


def _remove(connection: Connection, learners: list[str]) -> None:
    for learner in learners:
        connection.execute(delete(TABLE).where(TABLE.c.learner == learner))


def forget(connection: Connection, learner: str, _: PayloadsErased) -> None:
    """Remove where a learner belonged whose payloads were erased."""
    _remove(connection, [learner])
    connection.execute(delete(ENTRIES).where(ENTRIES.c.learner == learner))


BELONGING = Projection("belonging.1", (TABLE, ENTRIES), erasing(apply, forget))

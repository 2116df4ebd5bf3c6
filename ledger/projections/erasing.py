"""Read models forget a learner whose payloads were erased, wherever they stand and however they got there.

What was erased is not in the log any more, so a read model made anew never sees it; one that had folded it
before forgets it at the event that names the erasure. Both come to the same rows.
"""

from collections.abc import Callable
from typing import TypeAlias

from sqlalchemy import Connection, Table, delete

from ledger.domain.erasure import PayloadsErased
from ledger.projections.projection import Events, learner_of

Apply: TypeAlias = Callable[[Connection, Events], None]

Forget: TypeAlias = Callable[[Connection, str, PayloadsErased], None]
"""Removes from the tables of a projection what rests on the payloads erased, given the learner's UUID."""


def erasing(apply: Apply, forget: Forget) -> Apply:
    """Return `apply` with `forget` called at each erasure among the events, after those before it were folded."""

    def applied(connection: Connection, events: Events) -> None:
        start = 0
        for place, event in enumerate(events):
            if type(event.data) is PayloadsErased:
                apply(connection, events[start:place])
                forget(connection, learner_of(event) or "", event.data)
                start = place
        apply(connection, events[start:] if start else events)

    return applied


def forget_decisions(table: Table) -> Forget:
    """Return what removes the rows of a learner whose decisions were erased too."""

    def forget(connection: Connection, learner: str, erased: PayloadsErased) -> None:
        if erased.decisions:
            connection.execute(delete(table).where(table.c.learner == learner))

    return forget

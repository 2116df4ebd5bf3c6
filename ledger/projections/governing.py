"""The adoptions this ledger knows, its own and those received from upstream, with positions.

An adoption is known from its own `position` up to, and not including, `to_position`: that of a later
adoption of the same jurisdiction, question, award and selector that covers all its days. One that
covers only some of them leaves it standing for the others.
"""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import Column, Connection, Integer, and_, insert, update

from ledger.domain.governance import received_payload
from ledger.domain.jurisdiction import PolicyAdopted, Selector
from ledger.domain.ledger import UpstreamReceived
from ledger.projections.projection import Events, Projection, Row, json_text, number, read_model, text

SAME = ("jurisdiction", "question", "award", "selector")
"""The columns in which an adoption and its replacement agree."""

TABLE = read_model(
    "governing",
    Column("position", Integer, primary_key=True, autoincrement=False),
    *number("to_position", null=True),
    *text(*SAME, "policy", "edition", "digest", "overrides", "first_day", "authority", "reason"),
    *text("last_day", "scale", "upstream", null=True),
)

_ADOPTED = "jurisdiction.policy-adopted.1"


def apply(connection: Connection, events: Events) -> None:
    """Add the adoptions among the events, and end those that they replace wholly."""
    for row in _adoptions(events):
        connection.execute(
            update(TABLE)
            .where(*(TABLE.c[name] == row[name] for name in SAME), TABLE.c.to_position.is_(None), _within(row))
            .values(to_position=row["position"])
        )
        connection.execute(insert(TABLE), [row])


def _within(row: Row) -> Any:
    """Return the condition that all days of an earlier adoption lie in the span of this one."""
    begins = TABLE.c.first_day >= row["first_day"]
    if row["last_day"] is None:
        return begins
    return and_(begins, TABLE.c.last_day.is_not(None), TABLE.c.last_day <= row["last_day"])


def _adoptions(events: Events) -> Iterator[Row]:
    for event in events:
        payload = event.data
        if isinstance(payload, UpstreamReceived) and payload.topic == _ADOPTED:
            yield _row(event.position, received_payload(payload), payload.origin)
        elif isinstance(payload, PolicyAdopted):
            yield _row(event.position, payload, None)


def _row(position: int, adopted: Any, upstream: str | None) -> Row:
    return {
        "position": position,
        "to_position": None,
        "jurisdiction": adopted.jurisdiction,
        "question": adopted.question,
        "award": adopted.award,
        "selector": json_text(_in_order(adopted.selector)),
        "policy": adopted.policy,
        "edition": adopted.edition,
        "digest": adopted.digest,
        "overrides": json_text(adopted.overrides),
        "first_day": adopted.first_day,
        "last_day": adopted.last_day,
        "authority": json_text(adopted.authority),
        "reason": adopted.reason,
        "scale": adopted.scale,
        "upstream": upstream,
    }


def _in_order(selector: Selector) -> Selector:
    ids = None if selector.ids is None else tuple(sorted(set(selector.ids)))
    return Selector(kind=selector.kind, ids=ids)


GOVERNING = Projection("governing.1", (TABLE,), apply)

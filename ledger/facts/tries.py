"""Which tries count: the first, and a later one only after preparation between the tries.

A try is evidence with a result, of a purpose that counts, whatever its level. Two tries belong
together when they share their task, or when one names the other as its first try. A later try is
prepared when a preparation for the subject is dated after the day of the try before it, counted or
not, and not after its own day. Days are those of the fact's order; an undated try is the oldest.
"""

from collections.abc import Iterator

from msgspec import Struct

from ledger.facts.items import EvidenceItem, Item, PreparationItem
from ledger.facts.order import OrderKey


class Tries(Struct, array_like=True):
    """What one order and one set of purposes remembers of a subject's tries; lives inside its record only.

    `count` items were seen, the last of them at `last`; `days` gives the last try by task and by
    id of the first try; `prepared` the days of preparation that may still matter.
    """

    count: int = 0
    last: OrderKey | None = None
    days: dict[str, str] = {}
    prepared: list[str] = []


def judge(tries: Tries, item: Item, day: str, by_date: bool) -> bool:
    """Take note of an item and say whether it may count as far as tries are concerned.

    `by_date` says that items come in the order of their days: only the latest day of preparation can
    matter then, and a try before it is as good as forgotten, for the next one is prepared.
    """
    if isinstance(item, PreparationItem):
        if day:
            _prepare(tries, day, by_date)
        return True
    if not isinstance(item, EvidenceItem) or not item.has_result:
        return True
    names = tuple(_names(item))
    before = max((tries.days[name] for name in names if name in tries.days), default=None)
    for name in names:
        tries.days[name] = day
    return before is None or any(before < prepared <= day for prepared in tries.prepared)


def _prepare(tries: Tries, day: str, by_date: bool) -> None:
    if not by_date:
        tries.prepared = [*tries.prepared, day]
        return
    tries.prepared = [day]
    tries.days = {name: tried for name, tried in tries.days.items() if tried >= day}


def _names(item: EvidenceItem) -> Iterator[str]:
    yield f"id {item.attempt_of or item.evidence_id}"
    if item.task is not None:
        yield f"task {item.task}"

"""Folding one fact over items in order: the state of a fact, and its steps."""

from collections.abc import Collection, Sequence
from typing import Any, TypeAlias

from msgspec import Struct

from ledger.facts.filters import Days
from ledger.facts.items import Item
from ledger.facts.methods.base import Sighting
from ledger.facts.order import OrderKey, day_in
from ledger.facts.resolving import Folding

Ordered: TypeAlias = "tuple[OrderKey, Item]"

Place: TypeAlias = tuple[int, int]
"""An item of a subject: its entry and its index."""


class FactState(Struct, array_like=True):
    """How far one fact is folded: over the first `count` entries of its subject, the last in order at `last`.

    `state` is the method's own. Lives inside a subject's record only; `step` never changes it in place.
    """

    count: int = 0
    last: OrderKey | None = None
    state: Any = None


def step(state: Any, folding: Folding, item: Item, days: Days, unprepared: Collection[Place]) -> Any:
    """Return the method's state after an item; an item that does not count changes nothing."""
    if type(item) is not folding.items:
        return state
    if folding.purposes is not None and item.purpose not in folding.purposes:  # type: ignore[union-attr]
        return state
    day = day_in(item, folding.order)
    number = folding.measure(item, day)
    if number is None or (unprepared and (item.entry, item.index) in unprepared):
        return state
    for test in folding.tests:
        if not test(item, day, number, days):
            return state
    return folding.method.step(state, Sighting(item, day, number), folding.arguments)


def fold(folding: Folding, state: Any, items: Sequence[Ordered], days: Days, unprepared: Collection[Place]) -> Any:
    """Return the method's state after items given in order."""
    for _, item in items:
        state = step(state, folding, item, days, unprepared)
    return state

"""In which order a fact folds a subject's items.

The key is (day, rank, time, entry, index): items without the chosen date come first, what is no
evidence (a preparation, an approval, support) comes before the evidence of its day, and what is
equal so far keeps the order of entry. Days and times are local, as stored. Ordered by recording,
only entry and index count.
"""

from typing import TypeAlias

from ledger.facts.items import EvidenceItem, Item
from ledger.policy.facts import Order

OrderKey: TypeAlias = tuple[str, int, str, int, int]

UNDATED = ""
"""The day of an item without the chosen date; it sorts before every day."""


def date_text(item: Item, order: Order) -> str:
    """Return the date an order chooses, empty where there is none; by recording it is the day it occurred."""
    if type(item) is EvidenceItem:
        if order is Order.SUBMITTED:
            return item.submitted or UNDATED
        if order is Order.DUE:
            return item.due or UNDATED
        if order is Order.SCORED:
            return item.scored or UNDATED
    return item.occurred or UNDATED


def day_in(item: Item, order: Order) -> str:
    """Return the ISO day an order chooses, empty where there is none."""
    return date_text(item, order)[:10]


def order_key(item: Item, order: Order) -> OrderKey:
    """Return the place of an item in an order; no two items of a subject share one."""
    if order is Order.RECORDED:
        return UNDATED, 0, "", item.entry, item.index
    text = date_text(item, order)
    return text[:10], 1 if type(item) is EvidenceItem else 0, _time(text), item.entry, item.index


def _time(text: str) -> str:
    if len(text) < 16:
        return ""
    return text[11:19] if text[16:17] == ":" else text[11:16] + ":00"

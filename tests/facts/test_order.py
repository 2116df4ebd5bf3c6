"""In which order items are folded, and what that does to the latest one."""

from typing import Any

import pytest

from ledger.facts.items import items_of
from ledger.facts.order import order_key
from ledger.policy import FactType, Order
from tests.facts.support import COMPETENCY, fact, prepared, record_of, shown, value_of

LATEST = fact("latest.1")


def names_in_order(order: Order, *payloads: Any) -> list[int]:
    """Return the entries of some payloads in the order in which a fact folds them."""
    items = [
        item for entry, payload in enumerate(payloads, 1) for item in items_of(payload, entry, entry, COMPETENCY.key)
    ]
    return [item.entry for item in sorted(items, key=lambda item: order_key(item, order))]


def test_undated_is_the_oldest() -> None:
    """Evidence without a date never outdoes evidence with one."""
    record = record_of(shown("a", "2", "2020-01-01"), shown("b", "4", None))

    assert value_of(record, LATEST) == 2


def test_equal_dates_keep_the_order_of_entry() -> None:
    """Of two results of one day the one entered later is the latest."""
    record = record_of(shown("a", "2", "2026-01-05"), shown("b", "4", "2026-01-05"), shown("c", "3", "2026-01-05"))

    assert value_of(record, LATEST) == 3


def test_all_undated_keep_the_order_of_entry() -> None:
    """Where nothing is dated the order of entry decides."""
    record = record_of(shown("a", "4"), shown("b", "2"))

    assert value_of(record, LATEST) == 2


def test_times_order_the_evidence_of_a_day() -> None:
    """Within a day what has no time comes first, then times, seconds included, as the clock on the wall shows them."""
    entries = names_in_order(
        Order.OCCURRED,
        shown("a", occurred="2026-01-05T14:05:30"),
        shown("b", occurred="2026-01-05T14:05"),
        shown("c", occurred="2026-01-05"),
        shown("d", occurred="2026-01-05T14:05:00-05:00[America/Chicago]"),
        shown("e", occurred="2026-01-05T09:00Z"),
    )

    assert entries == [3, 5, 2, 4, 1]


def test_preparation_comes_before_the_evidence_of_its_day() -> None:
    """A preparation of a day is folded before the evidence of that day, whatever their times."""
    entries = names_in_order(
        Order.OCCURRED, shown("a", occurred="2026-01-05T08:00"), prepared("2026-01-05T15:00"), prepared("2026-01-04")
    )

    assert entries == [3, 2, 1]


@pytest.mark.parametrize(
    ("order", "latest"),
    [(Order.OCCURRED, 1), (Order.SUBMITTED, 2), (Order.DUE, 3), (Order.SCORED, 4), (Order.RECORDED, 5)],
)
def test_the_policy_says_which_date_orders(order: Order, latest: int) -> None:
    """The same evidence has another latest result under each date that may order it."""
    early, late = "2026-01-05", "2026-02-05"
    record = record_of(
        shown("a", "1", late, submitted=early, due=early, scored=early),
        shown("b", "2", early, submitted=late, due=early, scored=early),
        shown("c", "3", early, submitted=early, due=late, scored=early),
        shown("d", "4", early, submitted=early, due=early, scored=late),
        shown("e", "5", early, submitted=early, due=early, scored=early),
    )

    assert value_of(record, fact("latest.1", order=order)) == latest


def test_a_missing_date_is_not_replaced_by_another() -> None:
    """Ordered by submission, what was never submitted is oldest even where the day it occurred is known."""
    record = record_of(shown("a", "2", "2026-01-01", submitted="2026-01-02"), shown("b", "4", "2026-05-01"))

    assert value_of(record, fact("latest.1", order=Order.SUBMITTED)) == 2


def test_a_window_reads_the_day_it_occurred_where_recording_orders() -> None:
    """Ordered by recording, dates are still those on which things occurred."""
    record = record_of(shown("a", "2", "2026-03-01"), shown("b", "2", "2026-01-01"))
    last = fact("last_date.1", FactType.DATE, order=Order.RECORDED)

    assert str(value_of(record, last)) == "2026-03-01"

"""What was recorded since a day, in the zone of the ledger."""

from datetime import date
from pathlib import Path

import pytest

from ledger.application import Ledger
from ledger.audit.since import position_before
from ledger.storage.inspection import Inspection
from tests.audit.support import tamper
from tests.support.ledgers import Clock, classroom, record


@pytest.fixture
def days(tmp_path: Path) -> tuple[Ledger, int]:
    """A ledger that ends with events of half past midnight of the 16th in Chicago, and the first of their positions."""
    clock = Clock("2026-06-16T04:59:59.000000Z")
    ledger = classroom(tmp_path, course=False, clock=clock)
    record(ledger, ledger.vault.learner_id("S-1"), "before", "C.2")
    last = ledger.log.recorder.max_notification_id()
    clock.instant = "2026-06-16T05:30:00.000000Z"
    for name in ("after", "later"):
        record(ledger, ledger.vault.learner_id("S-1"), name, "C.2")
    return ledger, last + 1


@pytest.mark.parametrize(("day", "moved"), [(15, None), (16, 0), (17, 2)])
def test_a_day_begins_at_midnight_where_the_ledger_is(days: tuple[Ledger, int], day: int, moved: int | None) -> None:
    """One second before midnight is the day before; where nothing was recorded since, nothing is left."""
    ledger, first = days
    last = ledger.log.recorder.max_notification_id()
    expected = {None: 0, 0: first - 1, 2: last}[moved]

    assert expected == position_before(
        Inspection(ledger.log.recorder.datastore), last, date(2026, 6, day), ledger.opened.zone
    )


def test_an_event_that_says_no_instant_is_passed(days: tuple[Ledger, int]) -> None:
    """Rubbish in place of an event is told by the replay, and says nothing of days."""
    ledger, first = days
    tamper(ledger, "UPDATE stored_events SET state = 'rubbish' WHERE position = ?", first)

    assert first == position_before(
        Inspection(ledger.log.recorder.datastore), first + 1, date(2026, 6, 16), ledger.opened.zone
    )

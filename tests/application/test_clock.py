"""What the clock decides: which day it is, and what lies in the future."""

from datetime import date
from pathlib import Path

import pytest

from ledger.application.learning import record_evidence
from ledger.errors import UsageError
from tests.support.ledgers import Clock, author, classroom, evidence, opened, record


def test_a_repeat_is_answered_where_the_command_would_now_be_refused(tmp_path: Path) -> None:
    """With the clock set back its evidence would lie in the future, yet it is on record."""
    clock = Clock()
    with classroom(tmp_path, clock=clock) as ledger:
        learner, who = ledger.vault.learner_id("S-1"), author(ledger, "once")
        first = record_evidence(ledger, who, learner, evidence(ledger, "e1", "C.2"))
        clock.instant = "2026-04-01T17:00:00.000000Z"
        again = record_evidence(ledger, who, learner, evidence(ledger, "e1", "C.2"))

        with pytest.raises(UsageError, match="is in the future"):
            record(ledger, learner, "e2", "C.2")
        assert (first.appended.first, True) == (again.appended.first, again.appended.repeated)


@pytest.mark.parametrize(
    ("instant", "day"),
    [
        ("2026-06-16T04:59:59.999999Z", date(2026, 6, 15)),
        ("2026-06-16T05:00:00.000000Z", date(2026, 6, 16)),
        ("2026-06-16T05:00:00.000000+05:00", date(2026, 6, 15)),
    ],
)
def test_the_day_is_that_of_the_ledgers_zone(tmp_path: Path, instant: str, day: date) -> None:
    """It turns at midnight there, whatever the clock showed and was asked before."""
    clock = Clock()
    with opened(tmp_path, clock=clock) as ledger:
        found = []
        for other in ("2026-06-16T04:59:00.000000Z", "2026-06-16T05:00:00.000000Z", "2026-06-16T05:00:00.000000+05:00"):
            clock.instant = other
            ledger.today()
            clock.instant = instant
            found += [ledger.today(), ledger.today()]

    assert [day] * 6 == found

"""Plans and a built demonstration for the tests of it."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from ledger.application import Ledger, open_ledger
from ledger.demonstration import DemoSummary, Plan

SMALL = 24
TODAY = date(2026, 11, 20)


@dataclass(frozen=True)
class Built:
    """A home, what building it came to, and the progress it told."""

    home: Path
    summary: DemoSummary
    told: list[tuple[str, int, int]]

    @contextmanager
    def districts(self) -> Iterator[tuple[Ledger, ...]]:
        """Open the ledgers of both districts."""
        _, *names = self.summary.ledgers
        ledgers = tuple(open_ledger(self.home, name) for name in names)
        try:
            yield ledgers
        finally:
            for ledger in ledgers:
                ledger.close()


def small(seed: int = 2026, today: date = TODAY, each: int = 50) -> Plan:
    """Return a plan of two dozen learners."""
    return Plan(today, seed, SMALL, each, 9)

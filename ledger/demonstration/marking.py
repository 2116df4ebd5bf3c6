"""What every demonstration begins and ends with: the mark that a folder is one, its day, and its counts."""

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from ledger.application import Ledger
from ledger.demonstration.content import ZONE
from ledger.errors import UsageError
from ledger.home import Home
from ledger.storage.factory import wall_clock
from ledger.values import canonical

STARTED = "demo-started.json"
DECIDED = "learner.decided.1"


def no_progress(stage: str, done: int, total: int) -> None:
    """Tell nobody."""


def begin(home: Path, numbers: Mapping[str, int]) -> None:
    """Mark a home as a demonstration's; raise `UsageError` where it holds another one, or any other ledger."""
    marker, wanted = home / STARTED, canonical(dict(numbers))
    if marker.is_file():
        if marker.read_bytes() != wanted:
            raise UsageError(
                f"{home} holds a demonstration made with other numbers; build anew with --fresh or use another folder"
            )
        return
    if Home(home).jurisdictions():
        raise UsageError(f"{home} holds ledgers that are no demonstration; use another folder")
    home.mkdir(parents=True, exist_ok=True)
    marker.write_bytes(wanted)


def day_of(today: date | None) -> date:
    """Return the day a demonstration is made on: the one named, which must have come, else today's in its zone."""
    now = datetime.fromisoformat(wall_clock()).astimezone(ZoneInfo(ZONE)).date()
    if today is not None and today > now:
        raise UsageError(f"{today} has not come yet; today is {now} in {ZONE}")
    return today or now


def outcomes_of(ledgers: Iterable[Ledger]) -> tuple[tuple[str, int], ...]:
    """Count the decisions of ledgers by outcome, superseded ones included."""
    found = Counter(event.data.outcome for each in ledgers for event in each.log.scan(topics=[DECIDED]))
    return tuple(sorted(found.items()))

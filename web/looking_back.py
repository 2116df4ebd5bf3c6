"""Looking back: a day is chosen in the bar, and the page is shown as the ledger knew it at the end of that day."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from ledger.application import Ledger


def position_at_end_of(ledger: Ledger, day: date) -> int:
    """Return the last position recorded on a day of the ledger's zone or before it, 0 where there is none.

    Instants never decrease along the log, so it is found by halving.
    """
    midnight = datetime.combine(day + timedelta(days=1), time.min, ZoneInfo(ledger.opened.zone))
    low, high = 0, ledger.log.recorder.max_notification_id()
    while low < high:
        middle = (low + high + 1) // 2
        if datetime.fromisoformat(_instant(ledger, middle)) < midnight:
            low = middle
        else:
            high = middle - 1
    return low


def _instant(ledger: Ledger, position: int) -> str:
    return str(next(ledger.log.scan(position - 1, position)).at)

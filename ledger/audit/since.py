"""What was recorded since a day: the position before its first event."""

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

from ledger.audit.integrity import UNSOUND
from ledger.storage.envelope import instant_of
from ledger.storage.inspection import Inspection


def position_before(inspection: Inspection, upto: int, day: date, zone: str) -> int:
    """Return the position before the first event recorded on a day or later, the last one where there is none.

    All that stands behind that event counts as recorded since, whatever its clock said.
    """
    midnight = datetime.combine(day, time.min, ZoneInfo(zone)).astimezone(UTC)
    text = midnight.isoformat(timespec="microseconds").replace("+00:00", "Z")
    for position, state in inspection.beginnings(upto):
        try:
            instant = instant_of(state)
        except UNSOUND:
            continue
        if instant >= text:
            return position - 1
    return upto

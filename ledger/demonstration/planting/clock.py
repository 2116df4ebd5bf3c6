"""The clock of a story: it stands at the hour being told, and never goes back within it."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from ledger.demonstration.content import ZONE


class StoryClock:
    """A clock that is set; each time it is asked a microsecond has passed."""

    def __init__(self) -> None:
        self._at = datetime(2000, 1, 1, tzinfo=UTC)
        self._asked = 0

    def set(self, local: datetime) -> None:
        """Set it to a time of the demonstration's zone."""
        self._at = local.replace(tzinfo=ZoneInfo(ZONE)).astimezone(UTC)
        self._asked = 0

    def __call__(self) -> str:
        """Return the instant as stored text."""
        self._asked += 1
        return f"{self._at.isoformat()[:19]}.{self._asked:06}Z"

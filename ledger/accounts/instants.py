"""Instants as they are written down, and the time between two of them."""

from datetime import datetime, timedelta


def read(instant: str) -> datetime:
    """Return an instant such as 2026-05-30T15:30:00.000000Z."""
    return datetime.fromisoformat(instant)


def written(instant: datetime) -> str:
    """Write an instant in UTC, so that the order of texts is the order of time."""
    return f"{instant.replace(tzinfo=None).isoformat(timespec='microseconds')}Z"


def since(earlier: str, now: str) -> timedelta:
    """Return how long ago something was; nothing lies ahead, whatever a clock that was set back says."""
    return max(read(now) - read(earlier), timedelta())


def after(instant: str, time: timedelta) -> str:
    """Return the instant some time after another, or before it where the time is negative."""
    return written(read(instant) + time)

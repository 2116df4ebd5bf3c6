"""Spans of days in which something holds: from a day, which counts, up to a day that no longer does.

Days are ISO texts; a span without an end is open. Spans stand in rising order and never overlap.
"""

from typing import TypeAlias

Span: TypeAlias = tuple[str, str | None]

Spans: TypeAlias = tuple[Span, ...]


def holds_on(spans: Spans, day: str) -> bool:
    """Say whether a day lies in one of the spans; an undated day (empty) lies in none."""
    return bool(day) and any(first <= day and (end is None or day < end) for first, end in spans)


def ended_on(spans: Spans, day: str) -> Spans:
    """Return the spans where nothing holds from a day on."""
    return tuple((first, end if end is not None and end < day else day) for first, end in spans if first < day)


def begun_on(spans: Spans, day: str) -> Spans:
    """Return the spans where it holds from a day on without an end."""
    before = ended_on(spans, day)
    if before and before[-1][1] == day:
        return *before[:-1], (before[-1][0], None)
    return *before, (day, None)


def spans_text(spans: Spans) -> str:
    """Write spans as a short text that only equal spans share."""
    return ",".join(f"{first}/{end or ''}" for first, end in spans) or "-"

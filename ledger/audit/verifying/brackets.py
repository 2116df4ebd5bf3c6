"""Instants held against the times at which witnesses saw checkpoints: what lies before one cannot be later than it.

Back-dating beyond the bracket shows even where the application itself sealed the event.
"""

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta

from ledger.audit.verifying.findings import Finding, Kind
from ledger.storage.envelope import instant_of
from ledger.storage.survey import Survey

TOLERANCE = 300
"""Seconds by which the clocks of a witness and of those who write may differ."""

_BEGINNING = datetime(1970, 1, 1, tzinfo=UTC)


def check_brackets(survey: Survey, times: Iterable[tuple[int, int]], tolerance: int = TOLERANCE) -> Iterator[Finding]:
    """Yield events recorded after a witness saw them, or, though it had not seen them yet, before.

    `times` are pairs of the size of a checkpoint and the seconds since 1970 at which it was cosigned.
    """
    seen = sorted(set(times))
    with survey.one_state():
        states = survey.states(sorted({place for size, _ in seen for place in (size, size + 1)}))
    for size, time in seen:
        before, after = (_seconds(states.get(place)) for place in (size, size + 1))
        if before is not None and before > time + tolerance:
            yield _finding(size, f"it says it was recorded at {_text(before)}, and a witness saw it at {_text(time)}")
        if after is not None and after < time - tolerance:
            what = f"it says it was recorded at {_text(after)}, and at {_text(time)} a witness saw the log without it"
            yield _finding(size + 1, what)


def _seconds(state: object) -> int | None:
    try:
        return (datetime.fromisoformat(instant_of(state)) - _BEGINNING) // timedelta(seconds=1)  # type: ignore[arg-type]
    except (AttributeError, TypeError, ValueError):
        return None


def _text(seconds: int) -> str:
    return (_BEGINNING + timedelta(seconds=seconds)).isoformat()


def _finding(position: int, what: str) -> Finding:
    return Finding(Kind.TIME_WENT_BACK, f"position {position}", what, position)

"""Rows of a log read again for the signer: each leaf recomputed from stored bytes, each seal held.

Anything that was not written by the application in its own order ends it: nothing is signed over it.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta

from ledger.audit.verifying.rows import RowCheck
from ledger.audit.verifying.work import Log
from ledger.errors import KeyUnusable, SigningRefused
from ledger.storage.envelope import instant_of
from ledger.storage.survey import EventRow, LeafRow, Survey

AT_ONCE = 2048
"""Rows read in one go."""


class Rereading:
    """Reads one log; `not_before` and `not_after` are the instants between which new events may say they happened."""

    def __init__(self, log: Log, survey: Survey) -> None:
        if log.seal_key is None:
            raise KeyUnusable(
                "the signer needs the key that seals the log: set MASTERY_SEAL_KEY to its 64 hexadecimal digits, or "
                "put keys/seal.key back"
            )
        self._log = log
        self._survey = survey
        self._check = RowCheck(log.origin, log.seal_key, log.key_name)

    def last(self) -> int:
        """Return the highest position of an event or a leaf; refuse what stands before the first."""
        with self._survey.one_state():
            events, leaves = self._survey.before_the_first()
            if events or leaves:
                place = f"position {events[0]}" if events else f"index {leaves[0]}"
                raise self._refused(place, "something stands before the first event")
            return self._survey.last()

    def leaves(self, first: int, last: int, instant: str = "") -> Iterator[list[tuple[bytes, str]]]:
        """Yield leaf and instant of each event of a span of positions, some at a time.

        `instant` is that of the event before the first. Raises `SigningRefused` naming the row.
        """
        for start in range(first, last + 1, AT_ONCE):
            end = min(start + AT_ONCE - 1, last)
            with self._survey.one_state():
                events, leaves = self._survey.events(start, end), self._survey.leaves(start, end)
            found = [self._one(place, row, leaf) for place, row, leaf in self._paired(start, end, events, leaves)]
            for offset, (_, at) in enumerate(found):
                if at < instant:
                    raise self._refused(
                        f"position {start + offset}",
                        f"it was recorded at {at}, before the event in front of it: {instant}",
                    )
                instant = at
            yield found

    def _paired(
        self, start: int, end: int, events: list[EventRow], leaves: list[LeafRow]
    ) -> Iterator[tuple[int, EventRow, LeafRow]]:
        rows, sealed = {row[0]: row for row in events}, {leaf[0] + 1: leaf for leaf in leaves}
        for place in range(start, end + 1):
            if place not in rows:
                raise self._refused(f"position {place}", "no event stands there")
            if place not in sealed:
                raise self._refused(f"position {place}", "it has no leaf")
            yield place, rows[place], sealed[place]

    def _one(self, place: int, row: EventRow, leaf_row: LeafRow) -> tuple[bytes, str]:
        before = self._check.unchecked
        leaf, finding = self._check.judge(row, leaf_row)
        if finding is not None:
            raise self._refused(finding.place, finding.what)
        if self._check.unchecked != before:
            raise self._refused(f"position {place}", f"it is sealed with a key that is not at hand: {leaf_row[2]}")
        return leaf, instant_of(row[4])

    def _refused(self, place: str, why: str) -> SigningRefused:
        return SigningRefused(f"{self._log.origin}, {place}: {why}; nothing is signed from here on")


def shifted(instant: str, seconds: int) -> str:
    """Return an instant some seconds later, in the form in which instants are stored."""
    moved = datetime.fromisoformat(instant) + timedelta(seconds=seconds)
    return moved.strftime("%Y-%m-%dT%H:%M:%S.%fZ")

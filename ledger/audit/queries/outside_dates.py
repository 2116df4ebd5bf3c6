"""Decisions outside the dates of the rule they were made by."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from ledger.audit.integrity import shown
from ledger.audit.queries.finding import AuditFinding, Query, Setting, Threshold, Watching, count
from ledger.audit.queries.life import Life
from ledger.domain.governance import Placed
from ledger.domain.learner import Decided
from ledger.storage.envelope import Event

NAME = "outside-dates"

DAYS = Threshold("days", 1, "days that a decision's legal day may lie off the day it was recorded")


class OutsideDates(Watching):
    """Holds each decision's day against its adoption, its edition and the day it was recorded."""

    __slots__ = ("_adoptions",)

    def __init__(self, setting: Setting) -> None:
        super().__init__(setting)
        self._adoptions = {one.position: one for one in setting.governance.adoptions}

    def look(self, life: Life) -> Iterator[AuditFinding]:
        """Yield each decision about a learner that its rule cannot have made on its day."""
        for _, event in life.events():
            if isinstance(event.data, Decided) and (why := self._wrong(event)):
                made = event.data
                sentence = (
                    f"{made.question} of {shown(made.subject.key)} was decided for {made.on} by {made.edition}: {why}."
                )
                yield self.finding(NAME, event, sentence)

    def _wrong(self, event: Event[Any]) -> str | None:
        made = event.data
        placed = self._adoptions.get(made.adoption)
        if placed is None:
            return f"no adoption stands at position {made.adoption}"
        if made.adoption > made.read_to:
            return f"its adoption, at position {made.adoption}, came after all it had read, up to {made.read_to}"
        return self._off_the_rule(made, placed) or self._off_the_day(event)

    def _off_the_rule(self, made: Decided, placed: Placed) -> str | None:
        first_day, last_day = placed.payload.first_day, self.setting.governance.last_day_of(placed, made.read_to)
        if made.on < first_day:
            return f"its adoption binds only from {first_day}"
        if last_day is not None and made.on > last_day:
            return f"its adoption bound for the last time on {last_day}"
        _, _, edition = made.edition.partition("@")
        return f"the edition is of {edition}" if made.on < edition else None

    def _off_the_day(self, event: Event[Any]) -> str | None:
        recorded = self.setting.day(event)
        days = (date.fromisoformat(recorded) - date.fromisoformat(event.data.on)).days
        if abs(days) <= self.setting[DAYS.name]:
            return None
        return f"it was recorded on {recorded}, {count(abs(days), 'day')} {'later' if days > 0 else 'earlier'}"


QUERY = Query(
    NAME,
    "Which decisions lie outside the dates of the rule they were made by?",
    "A decision for a day on which its adoption did not bind, as far as was known when it was made; by an edition of a "
    "later day; by an adoption it cannot have read; for a day that is not the one it was recorded on.",
    "A decision on the very first or last day; one made before the end of the rule was known; one about old evidence "
    "or an old cohort, for the day of the decision counts; one that was made at midnight.",
    (DAYS,),
    OutsideDates,
)

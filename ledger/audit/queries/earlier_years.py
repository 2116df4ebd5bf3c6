"""Changes to school years that are over."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from ledger.audit.queries.finding import AuditFinding, Query, Threshold, Watching, count, shifted
from ledger.audit.queries.life import Change, Life, dated
from ledger.audit.queries.undocumented import documented
from ledger.domain.belonging import BelongingRetracted
from ledger.storage.envelope import Event

NAME = "earlier-years"

BEGINS = Threshold("year-begins", 7, "month on whose first day a school year begins", 1, 12)
GRACE = Threshold("grace-days", 30, "days after a school year in which it may still be set right")


class EarlierYears(Watching):
    """Looks at what was changed of a school year after it was over."""

    __slots__ = ()

    def look(self, life: Life) -> Iterator[AuditFinding]:
        """Yield each change of a learner's record that reaches into a year that is over."""
        for change in life.changes:
            if change.changes_what_counts() and (day := self._day(change)):
                yield from self._judged(change.event, day, change.entry)
        by_version = {event.originator_version: event for _, event in life.events()}
        for _, event in life.events():
            if isinstance(event.data, BelongingRetracted) and event.data.entry in by_version:
                entry = by_version[event.data.entry]
                if day := first_day(entry):
                    yield from self._judged(event, day, entry)

    def _day(self, change: Change) -> str | None:
        days = [dated(one) for one in (change.before, change.after) if one is not None]
        return min((day for day in days if day), default=None)

    def _judged(self, event: Event[Any], day: str, entry: Event[Any]) -> Iterator[AuditFinding]:
        over = end_of_year(day, self.setting[BEGINS.name])
        late = (date.fromisoformat(self.setting.day(event)) - over).days
        if late > self.setting[GRACE.name]:
            paper = "a document is named" if documented(event) else "no document is named"
            sentence = (
                f"What is of {day} was changed {count(late, 'day')} after its school year ended on {over}: recorded "
                f"{self.when(event)}; {paper}."
            )
            yield self.finding(NAME, event, sentence, entry)


def first_day(event: Event[Any]) -> str | None:
    """Return the first day that an entry about where a learner belongs speaks of; null for any other."""
    found = getattr(event.data, "first_day", None) or getattr(event.data, "day", None)
    return found[:10] if found else None


def end_of_year(day: str, month: int) -> date:
    """Return the last day of the school year in which a day lies; years begin on the first of a month."""
    found = date.fromisoformat(day)
    year = found.year + (found.month >= month)
    return shifted(date(year, month, 1), -1) if year <= date.max.year else date.max


QUERY = Query(
    NAME,
    "What was changed of school years that were over?",
    "A correction, withdrawal or retraction of what is of an earlier school year, recorded after the days of grace.",
    "A new entry about an earlier year, which `backdating` looks at; a change within the days of grace; a change of "
    "what no rule weighs.",
    (BEGINS, GRACE),
    EarlierYears,
)

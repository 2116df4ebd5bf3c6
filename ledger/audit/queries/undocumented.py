"""Overrides and corrections without a document."""

from collections.abc import Iterator
from typing import Any

from ledger.audit.queries.finding import AuditFinding, Query, Threshold, Watching, person, within
from ledger.audit.queries.life import Act, Change, Life
from ledger.domain.belonging import BelongingRetracted
from ledger.domain.settlement import DifferenceSettled
from ledger.storage.envelope import Event

NAME = "undocumented"

SLIP = Threshold("slip-minutes", 60, "minutes within which whoever entered something may set a slip of the hand right")


class Undocumented(Watching):
    """Looks at every event that sets aside what stood and could have named a document."""

    __slots__ = ()

    def look(self, life: Life) -> Iterator[AuditFinding]:
        """Yield each correction, withdrawal or other override of a learner that names none."""
        for change in life.changes:
            if not documented(change.event) and not self._harmless(change):
                yield self.finding(NAME, change.event, self._told(change), change.entry)
        yield from self._others(life)

    def _others(self, life: Life) -> Iterator[AuditFinding]:
        entries = {event.originator_version: event for _, event in life.events()}
        for act, event in life.events():
            said = event.data
            if isinstance(said, DifferenceSettled) and not documented(event):
                yield self.finding(
                    NAME, event, f"A ruling on a decision, recorded {self.when(event)}, names no document."
                )
            elif isinstance(said, BelongingRetracted) and not documented(event):
                entry = entries.get(said.entry, event)
                if not self._set_right(act, event, entry):
                    yield self.finding(
                        NAME, event, f"A retraction, recorded {self.when(event)}, names no document.", entry
                    )

    def _harmless(self, change: Change) -> bool:
        if not change.changes_what_counts():
            return True
        return self._set_right(change.act, change.event, change.entry)

    def _set_right(self, act: Act, event: Event[Any], entry: Event[Any]) -> bool:
        return is_slip(event, entry, self.setting[SLIP.name]) and not follows(act, event)

    def _told(self, change: Change) -> str:
        what = "A correction" if change.after else "A withdrawal"
        return (
            f"{what}, recorded {self.when(change.event)}, names no document; what it sets aside was entered "
            f"{self.when(change.entry)}."
        )


def documented(event: Event[Any]) -> bool:
    """Say whether a correction, withdrawal, retraction or ruling names a document."""
    return event.data.document is not None


def is_slip(event: Event[Any], entry: Event[Any], minutes: int) -> bool:
    """Say whether somebody set right what they had entered themselves shortly before."""
    return event.actor == entry.actor and within(entry.at, event.at, minutes)


def follows(act: Act, event: Event[Any]) -> tuple[Event[Any], ...]:
    """Return the decisions of an act that turned after an event of it."""
    return tuple(one for one in act.turned if one.originator_version > event.originator_version)


def by_another(change: Change) -> str:
    """Say who had entered what was changed, where that was somebody else."""
    return "" if change.event.actor == change.entry.actor else f", entered by {person(change.entry)}"


QUERY = Query(
    NAME,
    "Which corrections and overrides rest on no document?",
    "A correction, a withdrawal, a retraction or a ruling that names no document.",
    "A correction of what no rule weighs (the name of a task); one with which somebody sets right within an hour "
    "what they entered themselves, where no decision became met by it.",
    (SLIP,),
    Undocumented,
)

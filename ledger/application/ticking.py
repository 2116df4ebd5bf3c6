"""The calendar moves on: every question whose rule reads it is asked again, as of a day."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date

from ledger.application.changing import activate_due
from ledger.application.learning import decide_anew
from ledger.application.ledger import Ledger
from ledger.deciding import Decider, Touched
from ledger.domain.ledger import Ticked
from ledger.errors import UsageError
from ledger.facts.record import LearnerRecord
from ledger.policy.facts import Reads
from ledger.storage.envelope import Author
from ledger.values import identifier, random_identifier

Progress = Callable[[int, int], None]


def tick(ledger: Ledger, author: Author, through: date, progress: Progress | None = None) -> int:
    """Ask again what depends on the calendar, which has been gone through up to a day; return the decisions written.

    Changes of rules that are scheduled for a day that has come are activated first.
    Whatever is decided is decided today: a decision is never dated back. Questions nobody has asked
    yet about a subject are asked as well, so that a rule adopted or a standard designated since finds
    those it concerns. The tick is an event, written once for each day; it may be repeated, and
    resumed after an interruption. Raises `UsageError` for a day to come, or before the last tick's.
    """
    if through > ledger.today():
        raise UsageError(f"{through} has not come yet; today is {ledger.today()} in this ledger's zone")
    last = ledger.governance().ticked
    if last is not None and through.isoformat() < last:
        raise UsageError(f"the calendar was gone through up to {last} already; name that day or a later one")
    once = replace(author, command=identifier("tick", ledger.opened.ledger, through.isoformat()))
    ledger.write(once, "ledger", [Ticked(through=through.isoformat())])
    activate_due(ledger, lambda: replace(author, command=random_identifier()))
    decider = ledger.decider()
    streams = ledger.log.recorder.streams("learner/")
    written = 0
    for number, stream in enumerate(streams, start=1):
        written += decide_anew(ledger, author, stream, decider, calendar)
        if progress is not None:
            progress(number, len(streams))
    return written


def calendar(decider: Decider, record: LearnerRecord) -> Iterator[Touched]:
    """Yield what a new day touches: every subject of the learner and those that build on it."""
    for subject in record.subjects:
        yield Touched(Reads.CALENDAR, subject)
        for follower in decider.followers_of(subject):
            yield Touched(Reads.CALENDAR, follower)

"""The calendar moves on: every question whose rule reads it is asked again, as of a day."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date

from ledger.application.learning import decide_anew
from ledger.application.ledger import Ledger
from ledger.deciding import Decider, Touched
from ledger.domain.ledger import Ticked
from ledger.errors import UsageError
from ledger.facts.record import LearnerRecord
from ledger.policy.facts import Reads
from ledger.storage.envelope import Author
from ledger.values import identifier

Progress = Callable[[int, int], None]


def tick(ledger: Ledger, author: Author, through: date, progress: Progress | None = None) -> int:
    """Ask again, as of a day, what depends on the calendar; return how many decisions were written.

    The tick is an event, written once for each day. It may be repeated, and resumed after an
    interruption: what was decided already is not decided again. Raises `UsageError` for a day to come.
    """
    if through > ledger.today():
        raise UsageError(f"{through} has not come yet; today is {ledger.today()} in this ledger's zone")
    once = replace(author, command=identifier("tick", ledger.opened.ledger, through.isoformat()))
    ledger.write(once, "ledger", [Ticked(through=through.isoformat())])
    decider = ledger.decider(through)
    streams = ledger.log.recorder.streams("learner/")
    written = 0
    for number, stream in enumerate(streams, start=1):
        written += decide_anew(ledger, author, stream, decider, calendar)
        if progress is not None:
            progress(number, len(streams))
    return written


def calendar(decider: Decider, record: LearnerRecord) -> Iterator[Touched]:
    """Yield what a new day touches: every subject of the learner, for rules that read the calendar."""
    if decider.reads_calendar:
        for subject in record.subjects:
            yield Touched(Reads.CALENDAR, subject)

"""Changes that make a fail a pass."""

from collections.abc import Iterator
from typing import Any

from ledger.audit.integrity import shown
from ledger.audit.queries.finding import AuditFinding, Query, Threshold, Watching
from ledger.audit.queries.life import Act, Change, Life
from ledger.audit.queries.undocumented import SLIP, by_another, documented, follows, is_slip
from ledger.domain.settlement import DifferenceSettled
from ledger.storage.envelope import Event

NAME = "fail-to-pass"

EVENING = Threshold("night-from", 20, "hour of the day, in the ledger's zone, from which it is night", most=24)
MORNING = Threshold("night-until", 6, "hour of the day before which it is night", most=24)


class FailToPass(Watching):
    """Looks at what became met by a change of what was on record, not by new work."""

    __slots__ = ()

    def look(self, life: Life) -> Iterator[AuditFinding]:
        """Yield each change of a learner's record that made a decision met and is not explained by itself."""
        for change in life.changes:
            slip = is_slip(change.event, change.entry, self.setting[SLIP.name])
            yield from self._judged(change.act, change.event, by_another(change), change, slip=slip)
        for act, event in life.events():
            if isinstance(event.data, DifferenceSettled):
                yield from self._judged(act, event, "", None, slip=False)

    def _judged(
        self, act: Act, event: Event[Any], by: str, change: Change | None, *, slip: bool
    ) -> Iterator[AuditFinding]:
        turned = follows(act, event)
        night = is_night(self.setting.local(event).hour, self.setting[EVENING.name], self.setting[MORNING.name])
        if not turned or not (night or not (slip or documented(event))):
            return
        why = [*(["at night"] if night else []), *(["without a document"] if not documented(event) else [])]
        said = turned[0].data
        sentence = (
            f"{_what(change)}{by} made {said.question} of {shown(said.subject.key)} met where it was "
            f"{act.stood[turned[0].originator_version] or 'undecided'}: {' and '.join(why)}, "
            f"recorded {self.when(event)}."
        )
        yield self.finding(NAME, event, sentence, *turned, *([change.entry] if change else []))


def is_night(hour: int, evening: int, morning: int) -> bool:
    """Say whether an hour of the day is one of the night, which may go past midnight or not."""
    return hour >= evening or hour < morning if evening > morning else evening <= hour < morning


def _what(change: Change | None) -> str:
    if change is None:
        return "A ruling"
    return "A correction of evidence" if change.after else "A withdrawal of evidence"


QUERY = Query(
    NAME,
    "Which changes of what was on record made a fail a pass?",
    "A correction, withdrawal or ruling by which a decision became met in the same append, without a document or at "
    "night.",
    "New work that passes, at whatever hour; a change in the day that names a document; what somebody sets right in "
    "the day within an hour of entering it themselves; a change after which every outcome is as before.",
    (SLIP, EVENING, MORNING),
    FailToPass,
)

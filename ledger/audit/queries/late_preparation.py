"""Preparation that was recorded after the retake it excuses."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any, NamedTuple

from ledger.audit.integrity import shown
from ledger.audit.queries.finding import AuditFinding, Query, Threshold, Watching, count
from ledger.audit.queries.life import Life, dated, subjects
from ledger.audit.queries.undocumented import follows
from ledger.domain.learner import EvidenceRecorded, PreparationRecorded
from ledger.storage.envelope import Event

NAME = "late-preparation"

DAYS = Threshold("days", 3, "days within which a preparation may be recorded after the retake")


class _Try(NamedTuple):
    event: Event[Any]
    day: str
    subjects: tuple[str, ...]


class LatePreparation(Watching):
    """Looks at preparations said to be earlier than a retake that was on record already."""

    __slots__ = ()

    def look(self, life: Life) -> Iterator[AuditFinding]:
        """Yield each such preparation of a learner by which a decision became met."""
        tries: list[_Try] = []
        for act, event in life.events():
            said = event.data
            if isinstance(said, EvidenceRecorded) and (day := dated(said.evidence)):
                tries.append(_Try(event, day, subjects(said.evidence)))
            elif isinstance(said, PreparationRecorded) and (turned := follows(act, event)):
                retake = excused(tries, said)
                if retake is not None and (late := self._days(retake.event, event)) > self.setting[DAYS.name]:
                    yield self.finding(NAME, event, self._told(event, retake, late, turned[0]), retake.event, turned[0])

    def _days(self, earlier: Event[Any], later: Event[Any]) -> int:
        return (date.fromisoformat(self.setting.day(later)) - date.fromisoformat(self.setting.day(earlier))).days

    def _told(self, event: Event[Any], retake: _Try, late: int, turned: Event[Any]) -> str:
        said = event.data
        return (
            f"A preparation ({shown(said.kind)}) said to be of {said.occurred or 'no day'}, before the retake of "
            f"{retake.day}, was recorded {count(late, 'day')} after that retake, at {self.when(event)}, and "
            f"{turned.data.question} of {shown(turned.data.subject.key)} became met by it."
        )


def excused(tries: Sequence[_Try], said: PreparationRecorded) -> _Try | None:
    """Return the first retake on record that is of the day of a preparation or later; nothing where there is none."""
    about = sorted((one for one in tries if said.subject.key in one.subjects), key=lambda one: one.day)
    day = (said.occurred or "")[:10]
    return next((one for one in about[1:] if one.day >= day), None)


QUERY = Query(
    NAME,
    "Which preparations were recorded only after the retake they excuse?",
    "A preparation dated not after a retake, recorded days after that retake was on record, by which a decision became "
    "met.",
    "One recorded within the days of grace, for a busy teacher writes down the week on Friday; one for the next "
    "retake, dated after the last; one by which nothing became met.",
    (DAYS,),
    LatePreparation,
)

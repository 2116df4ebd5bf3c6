"""Rules that governed for a short time, and the awards between."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from ledger.audit.integrity import shown
from ledger.audit.queries.finding import AuditFinding, Query, Setting, Threshold, Watching, count, shifted
from ledger.audit.queries.life import Life
from ledger.domain.governance import Governance, Placed, covers
from ledger.storage.envelope import Event

NAME = "short-lived-rules"

DAYS = Threshold("days", 92, "days; a rule that governs for fewer is looked at")


@dataclass(frozen=True, slots=True)
class Episode:
    """An adoption after which the rule before it came back: the first and last day it governed."""

    adoption: Placed
    before: Placed
    first_day: date
    last_day: date


class ShortLived(Watching):
    """Finds the episodes first, then the awards under them that the rule before would not have made."""

    __slots__ = ("_episodes", "_gained", "_kept")

    def __init__(self, setting: Setting) -> None:
        super().__init__(setting)
        found = episodes(setting.governance, setting[DAYS.name])
        self._episodes = {one.adoption.position: one for one in found}
        self._gained: dict[int, list[Event[Any]]] = defaultdict(list)
        self._kept = 0

    def look(self, life: Life) -> Iterator[AuditFinding]:
        """Yield each award of a learner that an episode brought, and those that rest on it."""
        gained: dict[int, int] = {}
        for act, event in life.events():
            if not act.turns(event):
                continue
            resting = {gained[version] for fact in event.data.facts for version in fact.versions if version in gained}
            episode, without = self._episodes.get(event.data.adoption), None
            if episode is not None:
                without = self.setting.outcome_under(life.learner, event.data, episode.before.position)
                self._kept += without == "met"
                resting |= {event.data.adoption} if without != "met" else set()
            for adoption in sorted(resting)[:1]:
                gained[event.originator_version] = adoption
                self._gained[adoption].append(event)
                yield self.finding(NAME, event, self._told(event, self._episodes[adoption], without))

    def _told(self, event: Event[Any], episode: Episode, without: str | None) -> str:
        made, how = event.data, "on the strength of what was decided by"
        said = "the rule before it governs again"
        if made.adoption == episode.adoption.position:
            how = "by"
            said = f"by the rule before it, which governs again, it would have been {without}"
            if without is None:
                said = "what the rule before it, which governs again, would have said cannot be told"
        return (
            f"{made.question} of {shown(made.subject.key)} became met on {made.on} {how} the rule adopted at position "
            f"{episode.adoption.position}, which governed from {episode.first_day} to {episode.last_day}; {said}."
        )

    def rest(self) -> Iterator[AuditFinding]:
        """Yield each episode that brought an award."""
        for position, awards in sorted(self._gained.items()):
            yield self._episode(self._episodes[position], awards)

    def _episode(self, episode: Episode, awards: list[Event[Any]]) -> AuditFinding:
        placed, days = episode.adoption, (episode.last_day - episode.first_day).days + 1
        learners = len({one.originator_id for one in awards})
        sentence = (
            f"{placed.payload.edition} of {placed.payload.jurisdiction} for {placed.payload.question} governed for "
            f"{count(days, 'day')}, from {episode.first_day} to {episode.last_day}, and then the rule before it "
            f"(position {episode.before.position}) again; {count(len(awards), 'decision')} about "
            f"{count(learners, 'learner')} became met by it that would not have been."
        )
        positions = tuple(sorted({placed.position, *(one.position for one in awards)}))
        return AuditFinding(NAME, placed.position, positions, None, None, awards[0].at, sentence)

    def notes(self) -> Iterator[str]:
        """Say how many episodes there are, and what they did not change."""
        days = count(self.setting[DAYS.name], "day")
        yield (
            f"{count(len(self._episodes), 'rule')} governed for less than {days} before the rule before came back; "
            f"{count(self._kept, 'decision')} under them would have been met anyway."
        )


def episodes(governance: Governance, days: int) -> Iterator[Episode]:
    """Yield each adoption that governed for fewer days, and after which the same rule governs as before it."""
    for placed in governance.adoptions:
        last_day = last_governed(governance, placed)
        first_day = date.fromisoformat(placed.payload.first_day)
        if placed.payload.pilot is not None or last_day is None or not 0 <= (last_day - first_day).days < days - 1:
            continue
        before = _governing(governance, placed, first_day, known_before=placed.position)
        after = _governing(governance, placed, shifted(last_day, 1), known_before=governance.position + 1)
        if before is not None and after is not None and _rule(before) == _rule(after) != _rule(placed):
            yield Episode(placed, before, first_day, last_day)


def last_governed(governance: Governance, placed: Placed) -> date | None:
    """Return the last day on which an adoption governed: it ended, or a later one took its place; null for neither."""
    told = governance.last_day_of(placed, governance.position)
    ends = [] if told is None else [date.fromisoformat(told)]
    for other in governance.adoptions:
        if other.position > placed.position and _covers_area(other, placed) and _at_home(placed, other):
            first_day = date.fromisoformat(other.payload.first_day)
            ends.append(max(shifted(first_day, -1), date.fromisoformat(placed.payload.first_day)))
    return min(ends, default=None)


def _governing(governance: Governance, placed: Placed, day: date, known_before: int) -> Placed | None:
    """Return what governs the area of an adoption on a day without it, of what was known before a position."""
    found = [
        one
        for one in governance.adoptions
        if one is not placed
        and one.position < known_before
        and _covers_area(one, placed)
        and _reaches(one.payload.jurisdiction, placed.payload.jurisdiction)
        and covers(one.payload.first_day, governance.last_day_of(one, known_before - 1), day)
    ]
    return max(found, key=lambda one: (len(one.payload.jurisdiction), one.position), default=None)


def _covers_area(one: Placed, other: Placed) -> bool:
    """Say whether an adoption is about all that another is about, and binds everyone."""
    ours, theirs = one.payload, other.payload
    if (ours.question, ours.award, ours.selector.kind) != (theirs.question, theirs.award, theirs.selector.kind):
        return False
    some, others = ours.selector.ids, theirs.selector.ids
    return ours.binding is None and (some is None or (others is not None and set(others) <= set(some)))


def _at_home(one: Placed, other: Placed) -> bool:
    return bool(one.payload.jurisdiction == other.payload.jurisdiction)


def _reaches(above: str, below: str) -> bool:
    return below == above or below.startswith(f"{above}/")


def _rule(placed: Placed) -> tuple[object, ...]:
    said = placed.payload
    return said.digest, frozenset((one.name, one.value) for one in said.overrides), said.scale


QUERY = Query(
    NAME,
    "Which rules governed for a short time only, and what was awarded between?",
    "An adoption that governed for fewer days, before and after which the same rule governs with the same values, and "
    "under which a decision became met that would not have been by that rule; and each such decision, with those that "
    "rest on it.",
    "A pilot, whose end is public from its beginning; a short time in which nobody was awarded, or in which everybody "
    "awarded meets the other rule too, as where a rule was raised and lowered again; a rule followed by a newer one.",
    (DAYS,),
    ShortLived,
)

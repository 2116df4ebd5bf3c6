"""A state with two districts, a pilot in one of them, and learners whose work is known beforehand."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import Any

from ledger.application import Ledger
from ledger.application.governing import define_scale, import_framework, pull_upstream
from ledger.application.piloting import Opening, open_pilot
from ledger.domain.pilots import Participant, Scope
from ledger.pilots.figures import Answered
from tests.support.ledgers import AUTHORITY, FOUR_LEVELS, Clock, adopted, author, framework, opened, record

STATE, PINE, CEDAR = "us-xx", "us-xx/pine", "us-xx/cedar"
TITLE = "One kind of task"
FIRST, LAST = date(2026, 1, 5), date(2026, 12, 31)
KINDS = ("task", "performance", "portfolio")


@dataclass(slots=True)
class Places:
    """The ledgers of a state and two districts, and the clock they share."""

    state: Ledger
    pine: Ledger
    cedar: Ledger
    clock: Clock

    @property
    def districts(self) -> tuple[Ledger, Ledger]:
        """Return the districts' ledgers."""
        return self.pine, self.cedar

    def pull(self) -> None:
        """Let both districts receive what came from the state."""
        for ledger in self.districts:
            pull_upstream(ledger, author(ledger), self.state)

    def open(self, **changes: Any) -> str:
        """Open the pilot and let the districts receive it; return its id."""
        open_pilot(self.state, author(self.state), opening(**changes))
        self.pull()
        return next(one.id for one in self.state.governance().pilots if one.opened.title == changes.get("title", TITLE))


def opening(**changes: Any) -> Opening:
    """Say what the pilot is: Pine takes part, in 2026."""
    settings: dict[str, Any] = {
        "title": TITLE,
        "authority": AUTHORITY,
        "purpose": "Is one kind of task enough?",
        "question": "MASTERY",
        "award": "standard",
        "first_day": FIRST,
        "last_day": LAST,
        "scope": Scope(organisations=(Participant(organisation=PINE),)),
        "exit_rule": "return-at-end",
        **changes,
    }
    return Opening(**settings)


def places(home: Path) -> Places:
    """Make a state that asks for two kinds of task, and two districts, of which Pine asks for one kind."""
    clock = Clock()
    state = opened(home, STATE, clock=clock, name="ledger.test/state")
    import_framework(state, author(state), framework(3), b"source")
    define_scale(state, author(state), FOUR_LEVELS)
    adopted(state, "competency-based/mastery", overrides={"retakes_need_preparation": "no"})
    below = [
        opened(home, name, clock=clock, kind="district", parent=STATE, upstream=STATE, name=f"ledger.test/{name}")
        for name in (PINE, CEDAR)
    ]
    found = Places(state, *below, clock)
    found.pull()
    adopted(
        found.pine,
        "competency-based/mastery",
        date(2026, 2, 1),
        overrides={"kinds": "1", "retakes_need_preparation": "no"},
    )
    return found


@dataclass(frozen=True, slots=True)
class Work:
    """A piece of work: its id, competency, level, kind, task, and day."""

    name: str
    competency: str
    level: int
    kind: str
    task: str
    day: date
    purpose: str = "summative"


def drawn(seed: int, pieces: int) -> list[Work]:
    """Draw the work of one learner, in the order of days."""
    random = Random(seed)
    found = [
        Work(
            f"e{seed}-{number}",
            random.choice(("c0", "c1", "c2")),
            random.choice((1, 2, 3, 3, 4)),
            random.choice(KINDS),
            f"t{random.randrange(4)}",
            date(2025, 12, 20) + timedelta(random.randrange(120)),
            random.choice(("summative", "summative", "summative", "practice")),
        )
        for number in range(pieces)
    ]
    return sorted(found, key=lambda one: one.day)


def recorded(ledger: Ledger, name: str, work: Sequence[Work]) -> str:
    """Record a learner's work; return the learner's UUID."""
    identity = ledger.vault.learner_id(name)
    for one in work:
        more = {"occurred": one.day.isoformat(), "task": one.task, "purpose": one.purpose}
        record(ledger, identity, f"{name}-{one.name}", one.competency, str(one.level), kind=one.kind, **more)
    return identity


def expected(work: Sequence[Work], kinds: int) -> dict[str, Answered]:
    """Work the answers out by hand: enough kinds of task at level 3, and the latest work at level 3.

    Work up to the first day of the pilot counts too, but an answer needs some within it.
    """
    found = {}
    for competency in ("c0", "c1", "c2"):
        own = [one for one in work if one.competency == competency and one.purpose == "summative"]
        if any(one.day >= FIRST for one in own):
            days = [day for day in sorted({one.day for one in own}) if _is_met(own, kinds, day)]
            is_met = _is_met(own, kinds, LAST)
            found[f"competency/{competency}"] = Answered(
                subject=f"competency/{competency}",
                outcome="met" if is_met else "not_yet",
                tries=len(own),
                retakes=len(own) - len({one.task for one in own}),
                days=(days[0] - own[0].day).days if is_met else None,
            )
    return found


def _is_met(own: Sequence[Work], kinds: int, day: date) -> bool:
    so_far = [one for one in own if one.day <= day]
    return len({one.kind for one in so_far if one.level >= 3}) >= kinds and so_far[-1].level >= 3

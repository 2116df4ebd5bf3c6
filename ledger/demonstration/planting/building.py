"""Builds the demonstration of planted wrongs, step by step at the hours of its story, and says what was planted."""

from collections.abc import Callable, Iterable
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import msgspec

from ledger import catalogue
from ledger.application import Ledger, initialise, open_ledger
from ledger.demonstration import files
from ledger.demonstration.acting import Desk
from ledger.demonstration.content import STATE, ZONE
from ledger.demonstration.governing import Hands, govern_district, govern_state
from ledger.demonstration.marking import begin, day_of, no_progress, outcomes_of
from ledger.demonstration.names import FAMILY
from ledger.demonstration.plan import Plan, SchoolYear
from ledger.demonstration.planting.changed import all_changes
from ledger.demonstration.planting.clock import StoryClock
from ledger.demonstration.planting.entries import all_entries
from ledger.demonstration.planting.ordinary import enrolments, school_year
from ledger.demonstration.planting.people import ALSO, LIVE_OAK, Casting
from ledger.demonstration.planting.playing import carry_out, position_of
from ledger.demonstration.planting.preparing import late_preparations
from ledger.demonstration.planting.rules import all_rules
from ledger.demonstration.planting.stage import Stage
from ledger.demonstration.planting.standing import all_settings
from ledger.demonstration.planting.steps import Step, at
from ledger.demonstration.signing import sign
from ledger.demonstration.summary import DemoSummary, Story, finish, finished
from ledger.home import Home
from ledger.vault import Profile

PLANTED = "planted.json"
"""What was planted: a list of objects with query, learner (a pseudonym, null for none), position, what and innocent."""

Progress = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True)
class Planted:
    """Something planted: the query it is for, whom and which event it is about, and whether it only looks alike."""

    query: str
    learner: str | None
    position: int
    what: str
    innocent: bool


def is_planted(home: Path) -> bool:
    """Say whether a home holds this demonstration, whole."""
    return (home / PLANTED).is_file()


def build_planted(
    home: Path, *, seed: int = 2026, progress: Progress | None = None, today: date | None = None
) -> DemoSummary:
    """Make the state, one district and its year, and write `planted.json`; return what it came to.

    The same seed and school year give the same story at the same positions. An interrupted build is
    taken up where it stopped. Raises `UsageError` where the home holds anything else.
    """
    year = Plan(day_of(today), seed).year
    begin(home, {"planted": seed})
    if (done := finished(home)) is not None:
        return done
    casting = Casting(year, seed)
    steps = story(casting)
    with ExitStack() as stack:
        state, stage = _opened(home, casting, stack)
        for number, step in enumerate(steps, start=1):
            carry_out(stage, step)
            (progress or no_progress)("commands", number, len(steps))
        found = tuple(_planted(stage, steps))
        (home / PLANTED).write_bytes(msgspec.json.format(msgspec.json.encode(found)) + b"\n")
        sign(home, state, (stage.ledger,))
        summary = _summary(stage, casting, steps, found)
    finish(home, summary)
    return summary


def story(casting: Casting) -> list[Step]:
    """Return every step of the story in the order of its hours."""
    kinds = (all_changes, all_entries, late_preparations, all_settings, all_rules)
    parts = [step for part in kinds for step in part(casting)]
    reserved = {(step.learner, step.competency) for step in parts}
    earlier = {step.learner for step in parts if step.name.endswith(" entry test")}
    rest = [*enrolments(casting, earlier), *school_year(casting, reserved, dict(ALSO))]
    return sorted([*parts, *rest], key=lambda step: step.when)


def _opened(home: Path, casting: Casting, stack: ExitStack) -> tuple[Ledger, Stage]:
    """Open both ledgers in June before the year, and adopt what governs."""
    clock, seed = StoryClock(), casting.seed
    clock.set(at(_begins(casting.year), "08:00"))
    state = stack.enter_context(_ledger(home, STATE, clock))
    ledger = stack.enter_context(_ledger(home, LIVE_OAK.jurisdiction, clock))
    folder, policies = files.write(files.governing_texts(), home), catalogue.load()
    govern_state(Hands(state, seed), folder, policies)
    hands = Hands(ledger, seed)
    govern_district(hands, state, LIVE_OAK, policies)
    _name(ledger, casting)
    desk = Desk(hands, {one.id: one.teacher for one in casting.learners})
    return state, Stage(desk, clock, folder, policies)


def _begins(year: SchoolYear) -> date:
    return date(year.first_day.year, 6, 8) - timedelta(days=4)


def _ledger(home: Path, jurisdiction: str, clock: StoryClock) -> Ledger:
    if Home(home).ledger_file(jurisdiction).exists():
        return open_ledger(home, jurisdiction, clock=clock)
    above = None if jurisdiction == STATE else STATE
    kind = "district" if above else "state"
    return initialise(home, jurisdiction, kind=kind, zone=ZONE, parent=above, upstream=above, clock=clock)  # type: ignore[arg-type]


def _name(ledger: Ledger, casting: Casting) -> None:
    known = ledger.vault.learner_ids([learner.id for learner in casting.learners])
    profiles = {
        known[one.id]: Profile(given_name=one.given_name, family_name=one.family_name, birth_date=one.birth_date)
        for one in casting.learners
    }
    for number, teacher in enumerate(sorted({one.teacher for one in casting.learners})):
        profiles[ledger.vault.person_id(teacher)] = Profile(family_name=FAMILY[-1 - number])
    ledger.vault.put_profiles(profiles)


def _planted(stage: Stage, steps: Iterable[Step]) -> Iterable[Planted]:
    for step in steps:
        for mark in step.marks:
            about = stage.ledger.vault.learner_id(step.learner) if step.learner else None
            yield Planted(mark.query, about, position_of(stage, step, mark), mark.what, mark.innocent)


def _summary(stage: Stage, casting: Casting, steps: list[Step], found: tuple[Planted, ...]) -> DemoSummary:
    ledger = stage.ledger
    outcomes = outcomes_of([ledger])
    names = {ledger.vault.learner_id(one.id): one.id for one in casting.learners}
    told = {one.query: one for one in reversed(found) if not one.innocent and one.learner}
    return DemoSummary(
        seed=casting.seed,
        ledgers=(STATE, LIVE_OAK.jurisdiction),
        year=(casting.year.first_day.isoformat(), casting.year.last_day.isoformat()),
        learners=len(casting.learners),
        evidence=sum(1 for _ in ledger.log.recorder.scan(0, None, topics=["learner.evidence-recorded.1"])),
        commands=len(steps),
        decisions=sum(count for _, count in outcomes),
        outcomes=outcomes,
        stories=tuple(
            Story(query, one.what, LIVE_OAK.jurisdiction, str(one.learner), names[str(one.learner)], None)
            for query, one in sorted(told.items())
        ),
    )

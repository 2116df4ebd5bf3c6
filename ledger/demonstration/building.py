"""Builds the demonstration: writes the files, then brings everything in through the commands people use."""

from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from ledger import catalogue
from ledger.application import Ledger, initialise, open_ledger
from ledger.application.learning import subject_of
from ledger.application.ticking import tick
from ledger.demonstration import files
from ledger.demonstration.acting import Desk
from ledger.demonstration.beside import align_pathway
from ledger.demonstration.content import DISTRICTS, STATE, ZONE
from ledger.demonstration.generator import generate
from ledger.demonstration.governing import Hands, govern_district, govern_state
from ledger.demonstration.granting import give_roles
from ledger.demonstration.marking import begin, day_of, no_progress, outcomes_of
from ledger.demonstration.names import FAMILY
from ledger.demonstration.pathway import DISTRICT
from ledger.demonstration.piloted import run_pilot
from ledger.demonstration.plan import Plan
from ledger.demonstration.practice import DRY_CREEK, build_practice
from ledger.demonstration.records import District, Telling, World
from ledger.demonstration.signing import sign
from ledger.demonstration.summary import DemoSummary, Story, finish, finished
from ledger.domain.learner import Decided
from ledger.home import Home
from ledger.importing import ImportOptions, import_evidence
from ledger.importing.roster import import_roster
from ledger.vault import Profile

Progress = Callable[[str, int, int], None]
"""Told the stage, how much is done and how much there is; 0 for not known."""

EVIDENCE = "learner.evidence-recorded.1"


def build_demo(
    home: Path,
    *,
    seed: int = 2026,
    progress: Progress | None = None,
    learners: int = 400,
    each: int = 50,
    today: date | None = None,
) -> DemoSummary:
    """Make a state, two districts and what happened in their last school year, and return what it came to.

    The same seed, numbers and school year give the same files; learner ids are random all the same.
    An interrupted build is taken up where it stopped; a finished one is only reported. `today`, the
    day in the state's zone by default, may not be later than that. Raises `UsageError` where the home holds a
    ledger that is not this demonstration's.
    """
    plan = Plan(day_of(today), seed, learners, each, learners * 3 // 8)
    begin(home, {"seed": seed, "learners": learners, "each": each})
    done = finished(home)
    if done is not None:
        return done
    with ExitStack() as stack:
        state = stack.enter_context(_ledger(home, STATE))
        building = _Building(home, generate(plan), progress or no_progress, stack)
        building.build(state)
        summary = building.summary()
    finish(home, summary)
    return summary


def _ledger(home: Path, jurisdiction: str) -> Ledger:
    if Home(home).ledger_file(jurisdiction).exists():
        return open_ledger(home, jurisdiction)
    parent = jurisdiction.rpartition("/")[0] or None
    kind = "district" if parent else "state"
    return initialise(home, jurisdiction, kind=kind, zone=ZONE, parent=parent, upstream=parent)  # type: ignore[arg-type]


@dataclass(slots=True)
class _Building:
    home: Path
    world: World
    progress: Progress
    stack: ExitStack
    ledgers: dict[str, Ledger] = field(default_factory=dict)

    def build(self, state: Ledger) -> None:
        self.progress("files", 0, 1)
        folder = files.write(files.texts(self.world), self.home)
        self.progress("files", 1, 1)
        policies, seed = catalogue.load(), self.world.plan.seed
        govern_state(Hands(state, seed), folder, policies)
        for district in DISTRICTS:
            ledger = self.stack.enter_context(_ledger(self.home, district.jurisdiction))
            self.ledgers[district.jurisdiction] = ledger
            hands = Hands(ledger, seed)
            govern_district(hands, state, district, policies)
            if district is DISTRICT:
                align_pathway(hands, folder)
            self._name(ledger, district)
            import_roster(ledger, hands.author("roster"), folder / files.roster_file(district), no_progress)
            self._import(hands, folder / files.evidence_file(district), district)
        self._act()
        for district in DISTRICTS:
            hands = Hands(self.ledgers[district.jurisdiction], seed)
            tick(hands.ledger, hands.author("tick"), hands.ledger.today())
        practice = self.stack.enter_context(_ledger(self.home, DRY_CREEK.jurisdiction))
        build_practice(Hands(practice, seed), state, policies, self.world.plan.year)
        run_pilot(Hands(state, seed), self.ledgers, self.world.plan.year)
        give_roles(state, {**self.ledgers, practice.jurisdiction: practice}, self.world)
        sign(self.home, state, (*self.ledgers.values(), practice))

    def _name(self, ledger: Ledger, district: District) -> None:
        """Put names into the vault, and nowhere else."""
        own = [learner for learner in self.world.learners if learner.district is district]
        known = ledger.vault.learner_ids([learner.id for learner in own])
        profiles = {
            known[learner.id]: Profile(
                given_name=learner.given_name,
                family_name=learner.family_name,
                birth_date=learner.birth_date,
                groups=learner.groups,
            )
            for learner in own
        }
        for number, teacher in enumerate(sorted({learner.teacher for learner in own})):
            profiles[ledger.vault.person_id(teacher)] = Profile(family_name=FAMILY[-1 - number % len(FAMILY)])
        ledger.vault.put_profiles(profiles)

    def _import(self, hands: Hands, file: Path, district: District) -> None:
        def told(stage: str, done: int, total: int) -> None:
            self.progress(f"{district.name}, {stage}", done, total)

        import_evidence(hands.ledger, hands.author("import"), file, ImportOptions(), told)

    def _act(self) -> None:
        teachers = {learner.id: learner.teacher for learner in self.world.learners}
        desks = {
            district.letters: Desk(Hands(self.ledgers[district.jurisdiction], self.world.plan.seed), teachers)
            for district in DISTRICTS
        }
        actions = self.world.actions
        for number, action in enumerate(actions, start=1):
            desks[action.learner.partition("-")[0]].act(number, action)
            self.progress("commands", number, len(actions))

    def summary(self) -> DemoSummary:
        """Count what is there, and find the decision each story is about."""
        plan, ledgers = self.world.plan, self.ledgers.values()
        outcomes = outcomes_of(ledgers)
        return DemoSummary(
            seed=plan.seed,
            ledgers=(STATE, *self.ledgers),
            year=(plan.year.first_day.isoformat(), plan.year.last_day.isoformat()),
            learners=len(self.world.learners),
            evidence=sum(1 for each in ledgers for _ in each.log.recorder.scan(0, None, topics=[EVIDENCE])),
            commands=len(self.world.actions),
            decisions=sum(count for _, count in outcomes),
            outcomes=outcomes,
            stories=tuple(self._story(telling) for telling in self.world.tellings),
        )

    def _story(self, telling: Telling) -> Story:
        district = self.world.district_of(telling.learner)
        ledger = self.ledgers[district.jurisdiction]
        identity = ledger.vault.learner_id(telling.learner)
        kind = "course" if telling.question == "CREDIT" else "competency"
        key = subject_of(ledger, telling.subject, kind).key
        versions = [
            event.originator_version
            for event in ledger.log.stream(f"learner/{identity}")
            if isinstance(event.data, Decided)
            and (event.data.question, event.data.subject.key, event.data.outcome)
            == (telling.question, key, telling.outcome)
        ]
        return Story(
            telling.title,
            telling.sentence,
            district.jurisdiction,
            identity,
            telling.learner,
            versions[-1] if versions else None,
        )

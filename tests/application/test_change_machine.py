"""Whatever people do in whatever order, no change governs without two of them and a preview that holds."""

import shutil
import tempfile
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from ledger.application import Ledger, changing
from ledger.application.proposing import Proposal, propose, roll_back
from ledger.bounds import governing
from ledger.domain.belonging import LearnerEnrolled
from ledger.domain.change_fold import Change
from ledger.domain.changes import ChangeApproved, ChangePreviewed
from ledger.domain.governance import Governance, Placed
from ledger.domain.jurisdiction import AdoptionEnded, PolicyAdopted
from ledger.errors import PolicyProblems, Refused, UsageError
from ledger.facts.record import LearnerRecord
from ledger.values import random_identifier
from tests.support.changes import BOARD, adoption, person
from tests.support.ledgers import Clock, author, classroom, evidence, record_evidence

PEOPLE = st.sampled_from(["ada", "ben", "cho"])
PLACES = ("us-xx", "us-xx/north", "us-xx/south")
NUMBERS = st.integers(1, 6)
OFFSETS = st.integers(0, 3)
KINDS = st.sampled_from(["1", "2", "3"])
SUBJECTS = st.sampled_from([None, ("c1",), ("c2", "c3")])


class Changing(RuleBasedStateMachine):
    """Three people and one ledger with two schools; days pass, evidence comes, and rules are changed."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp())
        self.clock = Clock()
        self.ledger: Ledger
        self.founding = 0

    @initialize()
    def open(self) -> None:
        """Make a ledger with a rule for mastery."""
        self.ledger = classroom(self.folder, clock=self.clock, course=False)
        self.founding = self.ledger.governance().position

    def teardown(self) -> None:
        """Close and remove what was made."""
        if hasattr(self, "ledger"):
            self.ledger.close()
        shutil.rmtree(self.folder)

    def attempt(self, step: Callable[[], object]) -> None:
        """Take a step that may be refused; a refusal stores nothing."""
        before = self.ledger.log.recorder.max_notification_id()
        try:
            step()
        except (Refused, UsageError, PolicyProblems):
            assert before == self.ledger.log.recorder.max_notification_id()

    def name(self, number: int) -> str:
        """Name a change there is, or one there is not where there is none."""
        return str(1 + number % max(1, len(self.ledger.governance().changes)))

    @rule(
        who=PEOPLE,
        place=st.sampled_from(PLACES),
        kinds=KINDS,
        subjects=SUBJECTS,
        begins=OFFSETS,
        lasts=st.sampled_from([None, 1, 4]),
        emergency=st.sampled_from([False, False, True]),
    )
    def propose(
        self,
        who: str,
        place: str,
        kinds: str,
        subjects: tuple[str, ...] | None,
        begins: int,
        lasts: int | None,
        emergency: bool,
    ) -> None:
        """Somebody proposes to adopt the rule with another number of kinds."""
        self.propose_any(who, place, kinds, subjects, begins, lasts, emergency=emergency)

    def propose_any(
        self,
        who: str,
        place: str,
        kinds: str,
        subjects: tuple[str, ...] | None,
        begins: int,
        lasts: int | None,
        *,
        emergency: bool,
    ) -> None:
        """Propose a change, or try to."""
        first_day = self.ledger.today() + timedelta(days=0 if emergency else begins)
        last_day = None if lasts is None else first_day + timedelta(days=lasts)
        options = {"subjects": subjects, "last_day": last_day, "jurisdiction": place}
        wanted = adoption(self.ledger, "competency-based/mastery", first_day, {"kinds": kinds}, **options)
        given = Proposal(BOARD, "random", first_day, adoption=wanted, emergency=emergency)
        self.attempt(lambda: propose(self.ledger, person(self.ledger, who), given))

    @rule(who=PEOPLE, number=NUMBERS, begins=OFFSETS)
    def roll_back(self, who: str, number: int, begins: int) -> None:
        """Somebody proposes to undo a change."""
        day = self.ledger.today() + timedelta(days=begins)
        self.attempt(lambda: roll_back(self.ledger, person(self.ledger, who), self.name(number), day, BOARD, "random"))

    @rule(who=PEOPLE, number=NUMBERS)
    def preview(self, who: str, number: int) -> None:
        """Somebody previews a change."""
        self.attempt(lambda: changing.preview_change(self.ledger, person(self.ledger, who), self.name(number)))

    @rule(who=PEOPLE, number=NUMBERS, step=st.sampled_from(["submit", "approve", "schedule", "activate"]))
    def step(self, who: str, number: int, step: str) -> None:
        """Somebody takes a step of a change, or tries to."""
        self.attempt(lambda: getattr(changing, step)(self.ledger, person(self.ledger, who), self.name(number)))

    @rule(who=PEOPLE, number=NUMBERS)
    def confirm(self, who: str, number: int) -> None:
        """Somebody confirms an emergency."""
        self.attempt(lambda: changing.confirm(self.ledger, person(self.ledger, who), self.name(number), BOARD))

    @rule(who=PEOPLE, number=NUMBERS, step=st.sampled_from(["withdraw_change", "decline"]))
    def give_up(self, who: str, number: int, step: str) -> None:
        """Somebody withdraws or declines a change."""
        act = getattr(changing, step)
        self.attempt(lambda: act(self.ledger, person(self.ledger, who), self.name(number), "random"))

    @rule(competency=st.sampled_from(["C.1", "C.2"]), kind=st.sampled_from(["task", "exam"]))
    def record(self, competency: str, kind: str) -> None:
        """A new learner shows something."""
        name = random_identifier()
        given = evidence(self.ledger, name, competency, "3", kind=kind)
        record_evidence(self.ledger, author(self.ledger), random_identifier(), given)

    @rule(days=st.integers(1, 3))
    def wait(self, days: int) -> None:
        """Days pass."""
        later = self.ledger.today() + timedelta(days=days)
        self.clock.instant = f"{later.isoformat()}T17:00:00.000000Z"

    @rule(place=st.sampled_from(PLACES), kinds=KINDS, subjects=SUBJECTS, begins=OFFSETS)
    def swap(self, place: str, kinds: str, subjects: tuple[str, ...] | None, begins: int) -> None:
        """Two people carry a change through, from its proposal to where it governs."""
        self.propose_one("ada", place, kinds, subjects, begins)
        self.carry_through(len(self.ledger.governance().changes))

    @rule(place=st.sampled_from(PLACES), kinds=KINDS, begins=OFFSETS)
    def overtake(self, place: str, kinds: str, begins: int) -> None:
        """A change that was approved is overtaken by another before it is activated."""
        self.propose_one("ada", place, kinds, ("c1",), begins)
        first = len(self.ledger.governance().changes)
        self.approve_all(first)
        self.propose_one("ada", place, kinds, ("c2", "c3"), begins)
        self.carry_through(len(self.ledger.governance().changes))
        self.step_of("cho", "activate", str(first))

    def propose_one(self, who: str, place: str, kinds: str, subjects: tuple[str, ...] | None, begins: int) -> None:
        """Propose a change without an end, or try to."""
        self.propose_any(who, place, kinds, subjects, begins, None, emergency=False)

    def approve_all(self, number: int) -> None:
        """Take a change as far as its schedule, today where it may be."""
        name = str(number)
        for who, step in (("ada", "preview_change"), ("ada", "submit"), ("ben", "approve"), ("cho", "approve")):
            self.step_of(who, step, name)
        day = self.ledger.today()
        self.attempt(lambda: changing.schedule(self.ledger, person(self.ledger, "cho"), name, day))

    @rule(number=NUMBERS)
    @precondition(lambda self: len(self.ledger.governance().changes))
    def carry_through(self, number: int) -> None:
        """Two people take a change as far as it goes."""
        self.approve_all(int(self.name(number - 1)))
        self.step_of("cho", "activate", self.name(number - 1))

    def step_of(self, who: str, step: str, name: str) -> None:
        """Take one step of one change, or try to."""
        self.attempt(lambda: getattr(changing, step)(self.ledger, person(self.ledger, who), name))

    @invariant()
    def nothing_governs_without_two_people_and_a_preview_that_held(self) -> None:
        """Every rule that came after the founding stands in a change approved by another person."""
        if not hasattr(self, "ledger"):
            return
        governance = self.ledger.governance()
        for placed in (*governance.adoptions, *governance.endings):
            if placed.position > self.founding:
                change = governance.changes.find(placed.payload.change or "")
                assert change is not None
                assert_approved_before(governance, change, placed)

    @invariant()
    def one_rule_or_none_governs_any_school_on_any_day(self) -> None:
        """For each school, competency and day the rule that governs is the one the law of precedence names."""
        if not hasattr(self, "ledger"):
            return
        governance = self.ledger.governance()
        for place in PLACES:
            learner = enrolled(place)
            for competency, offset in (("c1", 0), ("c2", 0), ("c2", 3), ("c4", 4)):
                day = self.ledger.today() + timedelta(days=offset)
                key = f"competency/{competency}"
                found = governing(governance, "MASTERY", "standard", key, day, governance.position, learner)
                expected = max(standing(governance, place, competency, day), key=lambda one: one[0])[1]

                assert found is not None
                assert expected.position == found.position


def enrolled(place: str) -> LearnerRecord:
    """Return the record of somebody who is at a school, or at none."""
    record = LearnerRecord(random_identifier())
    if place != PLACES[0]:
        record.apply(1, LearnerEnrolled(organisation=place, first_day="2020-01-01"))
    return record


def standing(
    governance: Governance, place: str, competency: str, day: date
) -> Iterator[tuple[tuple[int, bool, int], Placed]]:
    """Yield what stands for a competency at a school on a day, each with its rank."""
    for placed in governance.adoptions:
        adopted: PolicyAdopted = placed.payload
        ends = [one.payload for one in governance.endings if one.payload.adoption == placed.position]
        last_days = [one.last_day for one in ends if isinstance(one, AdoptionEnded)]
        last_day = min([*last_days, *([adopted.last_day] if adopted.last_day else [])], default="9999-12-31")
        named = adopted.selector.ids
        here = adopted.jurisdiction in (PLACES[0], place)
        if here and adopted.first_day <= day.isoformat() <= last_day and (named is None or competency in named):
            rank = (adopted.jurisdiction.count("/"), named is not None, placed.position)
            yield rank, placed


def assert_approved_before(governance: Governance, change: Change, placed: Placed) -> None:
    """Check that a change was approved by another person than its proposer, on a preview that held."""
    approvals = [(step, by) for step, by in change.steps if isinstance(step, ChangeApproved)]
    proposer = change.steps[0][1].actor

    assert approvals
    approval, by = approvals[-1]
    assert proposer != by.actor
    preview = change.previews[approval.preview]
    assert isinstance(preview, ChangePreviewed)
    moved = [
        one
        for one in (*governance.adoptions, *governance.endings)
        if preview.read_to < one.position < placed.position and one.payload.change != change.id
    ]
    assert [] == moved


TestChanging = Changing.TestCase
TestChanging.settings = settings(
    max_examples=25, stateful_step_count=40, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)

"""What is read off a learner's stream, against working it out by hand."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from ledger.application.learning import correct, record_evidence, withdraw
from ledger.application.learning import record as record_payload
from ledger.application.pilot_figures import figures_of, learners_told
from ledger.domain.belonging import CourseEnrolled, GradeOfRecordSet, LearnerEnrolled, LearnerTransferred
from ledger.domain.pilots import Participant, Scope
from ledger.facts.record import LearnerRecord
from ledger.pilots.figures import Answered
from ledger.pilots.measuring import Arm, Measuring, arm_of, arms_of, first_met
from tests.pilots.places import CEDAR, FIRST, LAST, PINE, STATE, Places, Work, drawn, expected, places, recorded
from tests.support.ledgers import author, evidence

ARM = Arm(PINE, True, FIRST.isoformat(), LAST.isoformat())


@pytest.fixture
def there(tmp_path: Path) -> Places:
    """The state and its districts, with the pilot opened."""
    found = places(tmp_path)
    found.open()
    return found


def answers(there: Places) -> dict[str, dict[str, Answered]]:
    """Return what is measured of Pine's learners, by learner and subject; kinds of evidence left out."""
    ledger = there.pine
    position = ledger.log.recorder.max_notification_id()
    measuring = Measuring(ledger.decider(date(2026, 6, 15)), "MASTERY", "standard")
    return {
        one.record.learner: {each.subject: replace(each, kinds=()) for each in measuring.answers(one, ARM)}
        for one in learners_told(ledger, position, "MASTERY", "standard")
    }


@pytest.mark.parametrize("seed", range(6))
def test_answers_are_those_worked_out_by_hand(there: Places, seed: int) -> None:
    """Outcome, tries, retakes and days to mastery of several learners are what their work says."""
    work = {number: drawn(seed * 100 + number, 9) for number in range(4)}
    learners = {recorded(there.pine, f"P-{number}", one): one for number, one in work.items()}

    assert {learner: expected(one, 1) for learner, one in learners.items()} == answers(there)


def work(name: str, day: str, level: int = 3, kind: str = "task", competency: str = "c0", task: str = "") -> Work:
    """Describe a piece of summative work."""
    return Work(name, competency, level, kind, task or name, date.fromisoformat(day))


def test_corrected_and_withdrawn_work_counts_as_it_stands(there: Places) -> None:
    """The first day on which the rule was met is told by the work as it stands now."""
    learner = recorded(
        there.pine, "P-1", [work("a", "2026-02-01"), work("b", "2026-03-01", 1), work("c", "2026-04-01")]
    )
    withdraw(there.pine, author(there.pine), learner, "P-1-a", "Somebody else's")
    better = evidence(there.pine, "P-1-b", "c0", "3", occurred="2026-03-11", task="b")
    correct(there.pine, author(there.pine), learner, better, "Misread")
    found = answers(there)[learner]["competency/c0"]

    assert Answered("competency/c0", "met", tries=2, days=0) == found


def test_undated_work_dates_nothing(there: Places) -> None:
    """Where the first piece has no date, no days are told; the outcome is."""
    learner = recorded(there.pine, "P-1", [work("b", "2026-03-01")])
    undated = evidence(there.pine, "x", "c0", "3", occurred=None, task="x")
    record_evidence(there.pine, author(there.pine), learner, undated)
    found = answers(there)[learner]["competency/c0"]

    assert Answered("competency/c0", "met", tries=2) == found


def test_kinds_are_those_of_the_evidence_behind_a_decision(there: Places) -> None:
    """Behind what is met stand the pieces its facts rest on, each once."""
    ledger = there.cedar
    recorded(ledger, "C-1", [work("a", "2026-02-01"), work("b", "2026-02-02", 1), work("c", "2026-03-01", 4, "exam")])
    measuring = Measuring(ledger.decider(), "MASTERY", "standard")
    (one,) = learners_told(ledger, 10_000, "MASTERY", "standard")
    (found,) = measuring.answers(one, ARM)

    assert (("exam", 1), ("task", 1)) == found.kinds


def test_work_nobody_decided_is_not_asked(there: Places) -> None:
    """Work about which no rule has answered is counted, as never asked; without any rule it is not."""
    learner = recorded(there.pine, "P-1", [work("a", "2026-02-01")])
    (one,) = learners_told(there.pine, 10_000, "READINESS", "standard")
    none = Measuring(there.pine.decider(), "READINESS", "standard")
    (two,) = learners_told(there.pine, 10_000, "MASTERY", "standard")
    two.decided.clear()
    some = Measuring(there.pine.decider(), "MASTERY", "standard")

    assert learner == two.record.learner
    assert [] == list(none.answers(one, ARM))
    assert [Answered("competency/c0", "not_asked", tries=1)] == list(some.answers(two, ARM))


def test_a_ledger_is_looked_at_as_of_a_position(there: Places) -> None:
    """What came after the position is not in the figures; whoever has nothing before it is nobody."""
    recorded(there.pine, "P-1", [work("a", "2026-02-01", 1)])
    before = there.pine.log.recorder.max_notification_id()
    recorded(there.pine, "P-1", [work("b", "2026-03-01")])
    recorded(there.pine, "P-2", [work("c", "2026-03-01")])
    pilot = next(iter(there.pine.governance().pilots))
    early, late = (
        {one.record.learner: len(one.stream) for one in learners_told(there.pine, at, "MASTERY", "standard")}
        for at in (before, 10_000)
    )

    assert (1, 2) == (len(early), len(late))
    assert before == figures_of(there.pine, pilot, before).position


def belongs(there: Places, name: str, *payloads: object) -> str | None:
    """Record where a learner belongs, and work on 1 March; return the organisation of the arm the learner is in."""
    learner = recorded(there.pine, name, [work(name, "2026-03-01")])
    for payload in payloads:
        record_payload(there.pine, author(there.pine), learner, payload)  # type: ignore[arg-type]
    scope = Scope(
        organisations=(Participant(organisation=f"{PINE}/north"),),
        grades=("4",),
        courses=("ALG",),
    )
    there.open(title=f"Narrow {name}", scope=scope)
    pilot = next(one for one in there.pine.governance().pilots if one.opened.title == f"Narrow {name}")
    arms = arms_of(pilot, PINE, LAST.isoformat(), [PINE])
    told = learners_told(there.pine, 10_000, "MASTERY", "standard")
    one = next(each for each in told if each.record.learner == learner)
    measuring = Measuring(there.pine.decider(), "MASTERY", "standard")
    found = arm_of(one.record, measuring.work_days(one), arms, pilot, PINE)
    return found.organisation if found else None


NORTH = LearnerEnrolled(organisation=f"{PINE}/north", first_day="2025-08-01", grade="4")
SOUTH = LearnerEnrolled(organisation=f"{PINE}/south", first_day="2025-08-01", grade="4")
ALGEBRA = CourseEnrolled(course="ALG", first_day="2026-01-05")


def test_a_learner_is_in_the_arm_of_the_first_day_of_work(there: Places) -> None:
    """School, grade and course are those of the first work within the pilot; a later move changes nothing."""
    moved = LearnerTransferred(origin=f"{PINE}/north", destination=f"{PINE}/south", day="2026-04-01")
    promoted = GradeOfRecordSet(grade="5", first_day="2026-08-01")

    assert f"{PINE}/north" == belongs(there, "P-1", NORTH, ALGEBRA, moved, promoted)


def test_who_is_elsewhere_is_compared_with(there: Places) -> None:
    """In the district but not in the school that takes part is in the arm to compare with."""
    assert PINE == belongs(there, "P-1", SOUTH, ALGEBRA)


def test_who_is_of_another_grade_or_course_is_in_no_arm(there: Places) -> None:
    """Where grades and courses are named, others are not looked at, in any arm."""
    fifth = GradeOfRecordSet(grade="5", first_day="2026-01-01")

    assert [None, None] == [belongs(there, "P-1", NORTH), belongs(there, "P-2", NORTH, ALGEBRA, fifth)]


def test_the_arms_of_a_ledger_are_its_own(there: Places) -> None:
    """A district that takes part is an arm; one that does not, and others named, are compared with."""
    pilot = next(iter(there.state.governance().pilots))

    assert (ARM,) == arms_of(pilot, PINE, LAST.isoformat())
    assert [(CEDAR, False)] == [(one.organisation, one.takes_part) for one in arms_of(pilot, CEDAR, "2026-12-31")]
    assert [(PINE, True), (f"{PINE}/north", False)] == [
        (one.organisation, one.takes_part) for one in arms_of(pilot, PINE, "2026-12-31", [f"{PINE}/north", PINE])
    ]
    assert [(PINE, True)] == [(one.organisation, one.takes_part) for one in arms_of(pilot, STATE, "2026-12-31")]


def test_a_rule_that_was_never_met_has_no_day(there: Places) -> None:
    """Where what stands would not have been enough on any day, no day is told."""
    recorded(there.pine, "P-1", [work("a", "2026-02-01")])
    (one,) = learners_told(there.pine, 10_000, "MASTERY", "standard")
    pieces = list(one.about("competency/c0"))
    asked: list[str | None] = []

    def never(record: LearnerRecord) -> bool:
        asked.append(record.first_evidence_day("competency/c0"))
        return False

    assert first_met(one, "competency/c0", ("MASTERY", "standard"), pieces, never) is None
    assert ["2026-02-01"] == asked

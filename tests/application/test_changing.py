"""A change of rules from its proposal to what governs, and back."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from ledger.application import Ledger, changing
from ledger.application.adopting import adopt
from ledger.application.change_state import change_named
from ledger.application.proposing import Proposal, propose, roll_back
from ledger.application.ticking import tick
from ledger.audit.replay import Replay
from ledger.bounds import governing
from ledger.domain.change_fold import Change, ChangeStatus
from ledger.domain.shapes import Authority
from ledger.errors import PolicyProblems, Refused, UnknownName, UsageError
from ledger.facts.record import LearnerRecord
from ledger.inquiry.changes import change_rows, change_view
from ledger.values import random_identifier
from tests.support.changes import BOARD, TODAY, activated, adoption, approved, person, proposed
from tests.support.ledgers import Clock, author, classroom, evidence, record_evidence

LATER = date(2026, 8, 1)


@pytest.fixture
def clock() -> Clock:
    """A clock to be set."""
    return Clock()


@pytest.fixture
def ledger(tmp_path: Path, clock: Clock) -> Ledger:
    """A ledger with rules, and one learner who has met one competency by one kind of task."""
    found = classroom(tmp_path, clock=clock)
    learner = random_identifier()
    for number in range(2):
        given = evidence(found, f"e{number}", "C.2", "3", kind=("task", "exam")[number])
        record_evidence(found, author(found), learner, given)
    return found


def kinds_in_force(ledger: Ledger, on: date) -> list[str]:
    """Return the local values of the mastery rule that governs a competency on a day."""
    governance, anyone = ledger.governance(), LearnerRecord(random_identifier())
    found = governing(governance, "MASTERY", "standard", "competency/c2", on, governance.position, anyone)
    assert found is not None
    return [f"{one.name}={one.value}" for one in found.adoption.overrides]


def test_a_change_takes_two_people_a_preview_and_a_day(ledger: Ledger) -> None:
    """Proposed by one, previewed, approved by another and scheduled, it governs from its first day on."""
    change = activated(ledger, proposed(ledger, overrides={"kinds": "3"}))
    view = change_view(ledger, "1", person(ledger, "j.lee"))

    assert ChangeStatus.ACTIVE is change.status
    assert ["kinds=3"] == kinds_in_force(ledger, TODAY)
    assert [] == kinds_in_force(ledger, date(2026, 6, 14))
    assert ["proposed", "previewed", "asked for approval", "approved", "scheduled", "activated"] == [
        step.what for step in view.steps
    ]
    assert ["m.ortiz", "m.ortiz", "m.ortiz", "j.lee", "j.lee", "j.lee"] == [step.who for step in view.steps]
    assert [("kinds", "2", "3")] == [(one.name, one.before, one.after) for one in view.values if one.differs]


def test_the_preview_counts_who_would_gain_and_lose(ledger: Ledger) -> None:
    """One learner has met a competency by two kinds of task; a rule that wants three would not say so."""
    change = proposed(ledger, overrides={"kinds": "3"})
    found = changing.preview_change(ledger, person(ledger, "m.ortiz"), change.id)

    assert (1, 0, 1, 0) == (found.learners, found.gains, found.losses, found.awards)
    assert found.rows == changing.worked_out_again(ledger, change, found).digest


def test_nobody_approves_what_they_proposed(ledger: Ledger) -> None:
    """The proposer is refused, and so is whoever acts for the proposer, or whom the proposer acted for."""
    change = proposed(ledger)
    changing.preview_change(ledger, person(ledger, "m.ortiz"), change.id)
    changing.submit(ledger, person(ledger, "m.ortiz"), change.id)
    ortiz = person(ledger, "m.ortiz")
    for who in (ortiz, ledger.author("assistant", "assistant", behalf=ortiz.actor)):
        with pytest.raises(Refused, match="change 1 was proposed by the same person; another one has to approve it"):
            changing.approve(ledger, who, change.id)


def test_each_step_waits_for_the_one_before(ledger: Ledger, clock: Clock) -> None:
    """Every step says what is missing where it comes too soon."""
    change, lee = proposed(ledger, first_day=LATER), person(ledger, "j.lee")
    steps: list[tuple[Callable[..., Change], str]] = [
        (changing.submit, "change 1 was never previewed; preview it first"),
        (changing.approve, "nobody has asked for approval of change 1"),
        (changing.schedule, "change 1 is not approved yet"),
        (changing.activate, "change 1 is not approved yet"),
    ]
    for step, said in steps:
        with pytest.raises(Refused, match=said):
            step(ledger, person(ledger, "j.lee"), change.id)
    with pytest.raises(Refused, match="change 1 is not active; only what governs can be rolled back"):
        roll_back(ledger, lee, "1", LATER, BOARD, "why")
    with pytest.raises(Refused, match="change 1 is no emergency; there is nothing to confirm"):
        changing.confirm(ledger, lee, "1", BOARD)
    approved(ledger, change)
    with pytest.raises(Refused, match="change 1 has no day yet; schedule it first"):
        changing.activate(ledger, person(ledger, "j.lee"), change.id)
    changing.schedule(ledger, person(ledger, "j.lee"), change.id)
    with pytest.raises(Refused, match="change 1 is scheduled for 2026-08-01; today is 2026-06-15"):
        changing.activate(ledger, person(ledger, "j.lee"), change.id)
    clock.instant = "2026-08-01T05:00:00.000000Z"

    assert ChangeStatus.ACTIVE is changing.activate(ledger, person(ledger, "j.lee"), change.id).status


def test_a_day_begins_at_midnight_in_the_ledgers_zone(ledger: Ledger, clock: Clock) -> None:
    """A minute before midnight in Chicago nothing is due, though it is tomorrow already in Greenwich."""
    change = proposed(ledger, first_day=LATER)
    approved(ledger, change)
    changing.schedule(ledger, person(ledger, "j.lee"), change.id)
    clock.instant = "2026-08-01T04:59:00.000000Z"
    before = changing.due(ledger)
    clock.instant = "2026-08-01T05:00:00.000000Z"

    assert ((), ("1",)) == (before, tuple(str(one.proposed.number) for one in changing.due(ledger)))


def test_a_tick_activates_what_is_due(ledger: Ledger, clock: Clock) -> None:
    """A scheduled change governs once the calendar has been gone through up to its day."""
    change = proposed(ledger, first_day=LATER, overrides={"kinds": "3"})
    approved(ledger, change)
    changing.schedule(ledger, person(ledger, "j.lee"), change.id)
    clock.instant = "2026-08-02T17:00:00.000000Z"
    tick(ledger, author(ledger), LATER)

    assert ["kinds=3"] == kinds_in_force(ledger, LATER)


def test_new_evidence_that_alters_the_preview_makes_it_stale(ledger: Ledger) -> None:
    """Evidence about another learner that the change would decide otherwise is enough; other evidence is not."""
    change = proposed(ledger, overrides={"kinds": "3"})
    changing.preview_change(ledger, person(ledger, "m.ortiz"), change.id)
    changing.submit(ledger, person(ledger, "m.ortiz"), change.id)
    other = random_identifier()
    record_evidence(ledger, author(ledger), other, evidence(ledger, "o1", "C.2", "3", kind="task"))
    held = changing.worked_out_again(ledger, change, change.previews[2])
    record_evidence(ledger, author(ledger), other, evidence(ledger, "o2", "C.2", "3", kind="exam"))
    said = "what was recorded since the preview changes what it says about 1 learner: preview change 1 again"
    with pytest.raises(Refused, match=said):
        changing.approve(ledger, person(ledger, "j.lee"), change.id)
    approved(ledger, change)

    assert ChangeStatus.APPROVED is change_named(ledger.governance(), change.id).status
    assert 1 == held.learners


def test_evidence_that_alters_nothing_leaves_the_preview_fresh(ledger: Ledger) -> None:
    """Approval is given though evidence came in that both rules read alike."""
    change = proposed(ledger, overrides={"kinds": "3"})
    changing.preview_change(ledger, person(ledger, "m.ortiz"), change.id)
    changing.submit(ledger, person(ledger, "m.ortiz"), change.id)
    record_evidence(ledger, author(ledger), random_identifier(), evidence(ledger, "o1", "C.3", "2"))

    assert ChangeStatus.APPROVED is changing.approve(ledger, person(ledger, "j.lee"), change.id).status


def test_another_rule_since_the_preview_makes_it_stale(ledger: Ledger) -> None:
    """Where what governs the same question changed, the change is previewed and approved again before it governs."""
    early, late = proposed(ledger, subjects=("c1",)), proposed(ledger, subjects=("c2",))
    approved(ledger, late)
    changing.schedule(ledger, person(ledger, "j.lee"), late.id)
    activated(ledger, early)
    with pytest.raises(Refused, match="the preview of change 2 no longer holds: what governs MASTERY changed"):
        changing.activate(ledger, person(ledger, "j.lee"), late.id)

    assert ChangeStatus.ACTIVE is activated(ledger, late).status


def test_changes_that_meet_are_refused(ledger: Ledger) -> None:
    """A second proposal about the same subjects and days waits; one about others, or for earlier days, does not."""
    proposed(ledger, first_day=LATER, subjects=("c2",))
    with pytest.raises(Refused, match="change 1 is proposed and already concerns MASTERY of every competency on some"):
        proposed(ledger, first_day=date(2026, 9, 1))
    proposed(ledger, subjects=("c1",))
    proposed(ledger, subjects=("c2",), last_day=date(2026, 7, 31))
    changing.withdraw_change(ledger, person(ledger, "m.ortiz"), "1", "another level")
    proposed(ledger, first_day=date(2026, 9, 1), subjects=("c2",))

    assert ["proposed", "proposed", "proposed", "withdrawn"] == [row.status for row in change_rows(ledger)]


def test_what_has_passed_is_not_changed(ledger: Ledger, clock: Clock) -> None:
    """A change binds from today at the earliest, and is not approved once its first day has passed."""
    with pytest.raises(UsageError, match="2026-06-14 has passed; a change binds from 2026-06-15 or later"):
        proposed(ledger, first_day=date(2026, 6, 14))
    change = proposed(ledger)
    changing.preview_change(ledger, person(ledger, "m.ortiz"), change.id)
    changing.submit(ledger, person(ledger, "m.ortiz"), change.id)
    clock.instant = "2026-06-16T17:00:00.000000Z"
    with pytest.raises(Refused, match="change 1 was to bind from 2026-06-15, which has passed; propose it anew"):
        changing.approve(ledger, person(ledger, "j.lee"), change.id)


def test_a_rollback_is_a_change_of_its_own(ledger: Ledger) -> None:
    """It is proposed, previewed and approved like any other; then what governed before governs again."""
    change = activated(ledger, proposed(ledger, overrides={"kinds": "3"}))
    undoing = roll_back(ledger, person(ledger, "m.ortiz"), "1", LATER, BOARD, "not ready")
    with pytest.raises(Refused, match="change 2, which is pending, would roll change 1 back already"):
        roll_back(ledger, person(ledger, "m.ortiz"), "1", LATER, BOARD, "again")
    approved(ledger, undoing)
    changing.schedule(ledger, person(ledger, "j.lee"), undoing.id, TODAY)
    changing.activate(ledger, person(ledger, "j.lee"), undoing.id)

    assert ChangeStatus.ROLLED_BACK is change_named(ledger.governance(), change.id).status
    assert (["kinds=3"], []) == (kinds_in_force(ledger, date(2026, 7, 31)), kinds_in_force(ledger, LATER))


def test_a_rollback_is_rolled_back(ledger: Ledger) -> None:
    """What a rollback ended is adopted again, with its values."""
    activated(ledger, proposed(ledger, overrides={"kinds": "3"}))
    activated(ledger, roll_back(ledger, person(ledger, "m.ortiz"), "1", TODAY, BOARD, "not ready"))
    activated(ledger, roll_back(ledger, person(ledger, "m.ortiz"), "2", TODAY, BOARD, "ready after all"))

    assert ["kinds=3"] == kinds_in_force(ledger, TODAY)
    assert ["active", "rolled-back", "rolled-back"] == [row.status for row in change_rows(ledger)]


def test_a_swap_and_back_rewrites_nothing(ledger: Ledger) -> None:
    """Every decision made before, under and after a change is made again as it was."""
    activated(ledger, proposed(ledger, overrides={"kinds": "3"}))
    record_evidence(ledger, author(ledger), random_identifier(), evidence(ledger, "n1", "C.2", "3"))
    activated(ledger, roll_back(ledger, person(ledger, "m.ortiz"), "1", TODAY, BOARD, "not ready"))
    record_evidence(ledger, author(ledger), random_identifier(), evidence(ledger, "n2", "C.2", "3"))

    learners = [stream.removeprefix("learner/") for stream in ledger.log.recorder.streams("learner/")]

    assert {"identical"} == {one.verdict.value for one in Replay(ledger.log).replay(learners)}


def test_an_emergency_takes_two_people_and_ends_by_itself(ledger: Ledger) -> None:
    """It governs at once, tells those concerned, and after thirty days what governed before governs again."""
    change = proposed(ledger, overrides={"kinds": "3"}, emergency=True)
    activated(ledger, change)
    view = change_view(ledger, "1", person(ledger, "j.lee"))

    assert (["kinds=3"], []) == (kinds_in_force(ledger, date(2026, 7, 15)), kinds_in_force(ledger, date(2026, 7, 16)))
    assert ("notice given", "to board; to be confirmed by 2026-07-15") == (view.steps[-1].what, view.steps[-1].words)


def test_a_confirmed_emergency_lasts(ledger: Ledger, clock: Clock) -> None:
    """The body confirms it, by another person than proposed it, and it lasts as it was proposed."""
    activated(ledger, proposed(ledger, overrides={"kinds": "3"}, emergency=True))
    with pytest.raises(Refused, match="change 1 was proposed by the same person; another one has to confirm it"):
        changing.confirm(ledger, person(ledger, "m.ortiz"), "1", BOARD)
    changing.confirm(ledger, person(ledger, "j.lee"), "1", Authority(body="Board of trustees", minute="33"))
    lasting = kinds_in_force(ledger, date(2027, 1, 1))
    activated(ledger, roll_back(ledger, person(ledger, "m.ortiz"), "1", TODAY, BOARD, "not ready"))

    assert (["kinds=3"], []) == (lasting, kinds_in_force(ledger, TODAY))
    with pytest.raises(Refused, match="change 1 is not active; only what governs can be confirmed"):
        changing.confirm(ledger, person(ledger, "j.lee"), "1", BOARD)


def test_an_emergency_overtaken_by_another_change_is_not_confirmed(ledger: Ledger) -> None:
    """Confirming it would put it in front of the rule that came after it."""
    activated(ledger, proposed(ledger, overrides={"kinds": "3"}, emergency=True))
    activated(ledger, proposed(ledger, overrides={"kinds": "1"}, subjects=("c2",)))
    with pytest.raises(Refused, match="since change 1 was approved what governs MASTERY changed"):
        changing.confirm(ledger, person(ledger, "j.lee"), "1", BOARD)


def test_an_emergency_not_confirmed_in_time_is_over(ledger: Ledger, clock: Clock) -> None:
    """After the day by which it was to be confirmed nothing is left to confirm."""
    activated(ledger, proposed(ledger, overrides={"kinds": "3"}, emergency=True))
    clock.instant = "2026-07-16T17:00:00.000000Z"
    with pytest.raises(Refused, match="change 1 was to be confirmed by 2026-07-15 and has ended by itself"):
        changing.confirm(ledger, person(ledger, "j.lee"), "1", BOARD)


def test_a_declined_change_is_asked_for_again(ledger: Ledger) -> None:
    """Another person than the proposer declines, with a reason; previewed again it may be submitted again."""
    change = proposed(ledger)
    changing.preview_change(ledger, person(ledger, "m.ortiz"), "1")
    changing.submit(ledger, person(ledger, "m.ortiz"), "1")
    with pytest.raises(Refused, match="change 1 was proposed by the same person, who may withdraw it"):
        changing.decline(ledger, person(ledger, "m.ortiz"), "1", "no")
    declined = changing.decline(ledger, person(ledger, "j.lee"), "1", "wait for spring")

    assert ChangeStatus.DECLINED is declined.status
    assert ChangeStatus.APPROVED is approved(ledger, change).status


def test_ending_an_adoption_lets_what_it_replaced_govern(ledger: Ledger) -> None:
    """Only an adoption of this ledger that still binds can be ended."""
    activated(ledger, proposed(ledger, overrides={"kinds": "3"}))
    position = ledger.governance().adoptions[-1].position
    ending = Proposal(BOARD, "enough", TODAY, ends=position)
    activated(ledger, propose(ledger, person(ledger, "m.ortiz"), ending))

    assert [] == kinds_in_force(ledger, TODAY)
    with pytest.raises(Refused, match="binds until 2026-06-14 only; nothing is left to end"):
        propose(ledger, person(ledger, "m.ortiz"), ending)
    with pytest.raises(UnknownName, match="no adoption of this ledger stands at position 1;"):
        propose(ledger, person(ledger, "m.ortiz"), Proposal(BOARD, "enough", TODAY, ends=1))


def test_a_first_adoption_replaces_nothing(ledger: Ledger) -> None:
    """What would replace a rule that governs is refused as an adoption: it is a change, and takes two people."""
    with pytest.raises(PolicyProblems, match="what governs is changed by two people: use `mastery changes propose`"):
        adopt(ledger, author(ledger), adoption(ledger, "competency-based/mastery"))
    adopt(ledger, author(ledger), adoption(ledger, "competency-based/readiness"))


def test_a_repeated_command_changes_nothing(ledger: Ledger) -> None:
    """Proposing and approving again with the same command ids is answered as the first time."""
    wanted = Proposal(BOARD, "twice", TODAY, adoption=adoption(ledger, "competency-based/mastery"))
    command = random_identifier()
    first = propose(ledger, person(ledger, "m.ortiz", command), wanted)
    again = propose(ledger, person(ledger, "m.ortiz", command), wanted)

    assert first.id == again.id
    assert 1 == len(ledger.governance().changes)

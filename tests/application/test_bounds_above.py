"""Floors and guarantees set above, and the adoptions below that keep within them or do not."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from ledger.application import Ledger, changing
from ledger.application.bound_setting import BoundOrder, end_bound, set_bound
from ledger.application.fitting import misfits
from ledger.application.governing import define_scale, import_framework, pull_upstream
from ledger.application.piloting import Opening, open_pilot
from ledger.application.proposing import Proposal, propose, roll_back
from ledger.domain.change_fold import Change, ChangeStatus
from ledger.domain.jurisdiction import Attestation
from ledger.domain.pilots import Participant, Scope, Waiver
from ledger.domain.shapes import Authority
from ledger.errors import PolicyProblems, Refused, UnknownName
from ledger.inquiry.changes import change_view
from tests.support.changes import BOARD, TODAY, activated, adoption, approved, person, proposed
from tests.support.ledgers import FOUR_LEVELS, LONG_AGO, adopted, author, catalogue, framework, opened

STATE = Authority(body="State board of education", minute="5")
MASTERY = "competency-based/mastery"
DISTRICT = "us-xx/pine"


@dataclass
class Two:
    """A state and a district below it."""

    state: Ledger
    district: Ledger

    def pull(self) -> None:
        """Hand the district what binds it."""
        pull_upstream(self.district, author(self.district), self.state)

    def bound(self, *sides: Any, first_day: date = LONG_AGO, **more: Any) -> int:
        """Set a bound for mastery in the state, and hand it on; return its position in the state's ledger."""
        policy = catalogue().find(MASTERY, TODAY)
        order = BoundOrder(policy, sides, first_day, STATE, "for the test", **more)
        done = set_bound(self.state, author(self.state), order)
        self.pull()
        return done.last

    def change(self, kinds: str, **more: Any) -> Change:
        """Propose a number of kinds in the district."""
        return proposed(self.district, overrides={"kinds": kinds}, **more)

    def refused(self, kinds: str, **more: Any) -> str:
        """Propose what is refused, and return what was said."""
        with pytest.raises(PolicyProblems) as caught:
            self.change(kinds, **more)
        return str(caught.value)


@pytest.fixture
def two(tmp_path: Path) -> Iterator[Two]:
    """A state with a framework, a scale and a rule for mastery, and a district that has received them."""
    state = opened(tmp_path, "us-xx")
    import_framework(state, author(state), framework(5), b"source")
    define_scale(state, author(state), FOUR_LEVELS)
    adopted(state, MASTERY)
    below = {"kind": "district", "parent": "us-xx", "upstream": "us-xx"}
    found = Two(state, opened(tmp_path, DISTRICT, **below))
    found.pull()
    with state, found.district:
        yield found


def test_a_floor_refuses_whatever_awards_more_easily_with_a_learner(two: Two) -> None:
    """Fewer kinds of task are refused with somebody who would be awarded; more are proved to keep within."""
    two.bound("floor")
    change = two.change("3")

    assert (
        f"{MASTERY}@2000-01-01, floor of us-xx: refused: a learner with 1 different kind of task with work at the "
        "level would be awarded; the floor is 2 kinds of task"
    ) == two.refused("1", subjects=("c1",), first_day=date(2027, 1, 1))
    assert [("floor", "within", True)] == [(one.side, one.fit, one.proved) for one in change.proposed.checks]
    assert ChangeStatus.ACTIVE is activated(two.district, change).status


def test_a_guarantee_refuses_whatever_withholds(two: Two) -> None:
    """More kinds of task are refused with somebody who would not be awarded; fewer keep within."""
    two.bound("guarantee")

    assert "guarantee of us-xx: refused: a learner with 2 different kinds" in two.refused("3")
    assert "within" == two.change("1").proposed.checks[0].fit


def test_both_sides_leave_one_rule(two: Two) -> None:
    """With a floor and a guarantee a district may adopt the same and nothing else."""
    two.bound("floor", "guarantee")
    change = two.change("2")

    assert ["floor", "guarantee"] == [one.side for one in change.proposed.checks]
    assert "guarantee of us-xx" in two.refused("3", subjects=("c1",), first_day=date(2027, 1, 1))
    assert "floor of us-xx" in two.refused("1", subjects=("c1",), first_day=date(2027, 1, 1))


def test_a_bound_holds_for_its_subjects_and_days_alone(two: Two) -> None:
    """What concerns other subjects, or ends before the bound begins, is not held against it."""
    two.bound("floor", first_day=date(2026, 9, 1), subjects=("c1",))

    assert () == two.change("1", subjects=("c2",)).proposed.checks
    assert () == two.change("1", subjects=("c1",), last_day=date(2026, 8, 31)).proposed.checks
    assert "floor of us-xx: refused" in two.refused("1", subjects=("c1",), first_day=date(2026, 9, 1))


def test_what_cannot_be_compared_is_attested_by_a_named_person(two: Two) -> None:
    """A rule that reads other facts is refused until somebody answers for it; the view says so."""
    two.bound("floor")
    other = adoption(two.district, MASTERY, overrides={"level": "4"})
    given = Proposal(BOARD, "level 4", TODAY, adoption=other)
    with pytest.raises(PolicyProblems, match="not comparable with the floor.*--attested-by and --attested"):
        propose(two.district, person(two.district, "m.ortiz"), given)
    who = two.district.vault.person_id("c.reyes")
    answered = Attestation(who=who, capacity="superintendent", day="2026-06-15", reason="Level 4 is above level 3")
    change = propose(
        two.district,
        person(two.district, "m.ortiz"),
        Proposal(BOARD, "level 4", TODAY, adoption=other, attestation=answered),
    )
    activated(two.district, change)
    view = change_view(two.district, "1", person(two.district, "j.lee"))

    assert [("attested", False)] == [(one.fit, one.proved) for one in change.proposed.checks]
    assert ("a named person answers for it.",) == tuple(one[-30:] for one in view.checks)
    assert answered == two.district.governance().adoptions[-1].payload.attestation
    assert [] == list(misfits(two.district))


def test_a_bound_received_later_names_what_falls_outside_and_from_when(two: Two) -> None:
    """What was adopted stands; the report says which rule is outside which bound, since when, with a learner."""
    activated(two.district, two.change("1", subjects=("c1",)))
    order = BoundOrder(catalogue().find(MASTERY, TODAY), ("floor",), date(2026, 9, 1), STATE, "for the test")
    set_bound(two.state, author(two.state), order)
    known, told = list(misfits(two.district)), list(misfits(two.district, two.state))
    two.pull()
    (found,) = misfits(two.district)

    assert [] == known
    assert [found.sentence] == [one.sentence for one in told]
    assert ("floor of us-xx", date(2026, 9, 1), True) == (found.where, found.since, found.refused)
    assert found.sentence.startswith("refused: a learner with 1 different kind of task")


def test_a_bound_received_between_approval_and_activation_stops_the_change(two: Two) -> None:
    """Nothing that would fall outside comes to govern, though it was approved, and approved again."""
    change = two.change("1")
    approved(two.district, change)
    changing.schedule(two.district, person(two.district, "j.lee"), change.id)
    two.bound("floor")
    with pytest.raises(Refused, match="the preview of change 1 no longer holds: the bounds set above changed"):
        changing.activate(two.district, person(two.district, "j.lee"), change.id)
    with pytest.raises(PolicyProblems, match="floor of us-xx: refused: a learner with 1 different kind of task"):
        activated(two.district, change)


def test_an_end_that_brings_back_what_is_outside_is_refused(two: Two) -> None:
    """What a stricter rule replaced does not come to govern again once a floor forbids it; nor is it made again."""
    activated(two.district, two.change("1", subjects=("c1",)))
    activated(two.district, two.change("3", subjects=("c1",)))
    activated(two.district, roll_back(two.district, person(two.district, "m.ortiz"), "2", TODAY, BOARD, "too soon"))
    activated(two.district, two.change("3", subjects=("c1",)))
    two.bound("floor")

    for number in ("4", "2"):
        with pytest.raises((PolicyProblems, Refused)) as caught:
            roll_back(two.district, person(two.district, "m.ortiz"), number, TODAY, BOARD, "again")
        said = "floor of us-xx: refused: a learner with 1 different kind" if number == "4" else "change 2 is not active"
        assert said in str(caught.value)


def test_what_was_ended_is_not_made_again_outside_a_bound(two: Two) -> None:
    """The rollback of an end is held against the bounds like any other adoption."""
    activated(two.district, two.change("1", subjects=("c1",)))
    ends = two.district.governance().adoptions[-1].position
    ending = propose(two.district, person(two.district, "m.ortiz"), Proposal(BOARD, "enough", TODAY, ends=ends))
    activated(two.district, ending)
    two.bound("floor")

    with pytest.raises(PolicyProblems, match="floor of us-xx: refused: a learner with 1 different kind"):
        roll_back(two.district, person(two.district, "m.ortiz"), "2", TODAY, BOARD, "again")


def test_a_bound_ends(two: Two) -> None:
    """After its last day it holds nobody; only a bound of the own ledger is ended, and only sooner."""
    position = two.bound("floor")
    end_bound(two.state, author(two.state), position, date(2026, 7, 31), STATE, "repealed")
    two.pull()

    assert () == two.change("1", first_day=date(2026, 8, 1)).proposed.checks
    with pytest.raises(Refused, match=f"the bound at position {position} holds until 2026-07-31 already"):
        end_bound(two.state, author(two.state), position, date(2026, 8, 31), STATE, "again")
    with pytest.raises(UnknownName, match="no bound of this ledger stands at position 2; `mastery bounds list`"):
        end_bound(two.district, author(two.district), 2, date(2026, 8, 31), STATE, "again")


def test_what_may_not_be_a_bound_is_refused_with_every_reason(two: Two) -> None:
    """Another state's policy, days the wrong way round, before the edition takes effect, and unverified."""
    policy = catalogue().find("us-va/standard-credit", TODAY)
    order = BoundOrder(policy, ("floor",), date(1999, 1, 1), STATE, "test", last_day=date(1998, 1, 1))
    with pytest.raises(PolicyProblems) as caught:
        set_bound(two.state, author(two.state), order)

    said = str(caught.value)
    assert "it is a policy of us-va, which is not above us-xx" in said
    assert "1998-01-01 is before the first day, 1999-01-01" in said
    assert "1999-01-01 is before this edition takes effect on" in said


def test_a_pilot_waives_a_bound_for_what_is_adopted_under_it(two: Two) -> None:
    """Within its days and places a rule under the pilot may award more easily; outside of the pilot it may not."""
    bound = two.bound("floor")
    opening = Opening(
        title="One kind of task",
        authority=STATE,
        purpose="To see whether one kind of task is enough",
        question="MASTERY",
        award="standard",
        first_day=date(2026, 6, 1),
        last_day=date(2027, 6, 30),
        scope=Scope(organisations=(Participant(organisation=DISTRICT),)),
        exit_rule="return-at-end",
        waiver=Waiver(citation="Invented Code 1.2", sentence="The board may waive its own floor."),
        waives=(bound,),
    )
    open_pilot(two.state, author(two.state), opening)
    two.pull()
    change = two.change("1", pilot="One kind of task", last_day=date(2027, 6, 30))

    assert ["waived"] == [one.fit for one in change.proposed.checks]
    assert "the pilot 'One kind of task' lets this bind until 2027-06-30" in two.refused("1", pilot="One kind of task")
    assert "no pilot 'nowhere' is known here" in two.refused("1", pilot="nowhere")
    activated(two.district, change)
    assert [] == list(misfits(two.district))

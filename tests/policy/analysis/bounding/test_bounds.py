"""Rules held against bounds on every day of a span, and against asking everybody."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ledger.policy import NONE, UNKNOWN, FactType, Policy, all_of, any_of, clause, each, fact, not_, param, times
from ledger.policy.analysis.bounding import Bounded, BoundSide, BoundVerdict, Standing, check_bound
from ledger.policy.analysis.implying import implies
from ledger.policy.analysis.side import Side
from ledger.policy.evaluate import decide
from ledger.policy.model import Outcome
from ledger.policy.sheet import Value
from ledger.policy.sheets import sheet_from_data
from tests.policy.analysis.grids import ON, SHEET, everybody, policies
from tests.policy.examples import CHALLENGE, FOLIO, dated, definition, parameter, policy

FLOOR, GUARANTEE = BoundSide.FLOOR, BoundSide.GUARANTEE
SCORE = definition("score")
RULE = clause("score", "Scored {cut} or more.", fact.score >= param.cut)


def cutting(*values: Any, rule: Any = RULE, **more: Any) -> Policy:
    """Write a policy with one cut that may have several dated values."""
    return policy(rule, SCORE, parameters=(parameter("cut", *values),), **more)


def held(bound: Policy, candidate: Policy, side: BoundSide, first: date = ON, last: date | None = None) -> BoundVerdict:
    """Hold one policy against another."""
    return check_bound(Bounded(bound, {}), Bounded(candidate, {}), side, first, last)


def alone(one: Policy, other: Policy, overrides: Mapping[str, Value]) -> list[Any]:
    """Return everybody on the grid who meets the one and not the other, which has local values."""
    return [
        sheet
        for sheet in everybody(one, other)
        if decide(one, sheet, ON).outcome is Outcome.MET
        and decide(other, sheet, ON, overrides=overrides).outcome is not Outcome.MET
    ]


CUTS = st.fixed_dictionaries({}, optional={"cut": st.integers(0, 4), "other_cut": st.integers(0, 4)})


@settings(deadline=None, max_examples=60, suppress_health_check=list(HealthCheck))
@given(policies(), policies(), CUTS, st.booleans())
def test_a_verdict_is_what_asking_everybody_shows(
    bound: Policy, other: Policy, cuts: dict[str, int], same: bool
) -> None:
    """Within means that nobody on the grid is awarded alone, outside that the learner told is."""
    candidate = bound if same else other
    found = check_bound(Bounded(candidate, cuts), Bounded(bound, {}), FLOOR, ON, ON)
    reverse = check_bound(Bounded(bound, {}), Bounded(candidate, cuts), GUARANTEE, ON, ON)

    assert (found.standing is Standing.WITHIN) is (alone(bound, candidate, cuts) == [])
    assert found.standing is reverse.standing
    if found.standing is Standing.OUTSIDE:
        assert found.learner is not None
        sheet, wrong = sheet_from_data(bound, found.learner.example)
        assert () == wrong
        assert Outcome.MET is found.learner.candidate is decide(bound, sheet, ON).outcome
        assert found.learner.bound is decide(candidate, sheet, ON, overrides=cuts).outcome


@settings(deadline=None, max_examples=100, suppress_health_check=list(HealthCheck))
@given(policies(), CUTS)
def test_what_the_shapes_show_is_so(asked: Policy, cuts: dict[str, int]) -> None:
    """Where two rules of one shape say that whoever meets one meets the other, nobody on the grid shows otherwise."""
    if implies(Side(asked, ON), Side(asked, ON, cuts)):
        assert [] == alone(asked, asked, cuts)


@pytest.mark.parametrize(
    ("bound", "candidate", "side", "standing", "since"),
    [
        (cutting(70), cutting(70), FLOOR, Standing.WITHIN, None),
        (cutting(70), cutting(65), FLOOR, Standing.OUTSIDE, ON),
        (cutting(70), cutting(65), GUARANTEE, Standing.WITHIN, None),
        (cutting(70), cutting(75), GUARANTEE, Standing.OUTSIDE, ON),
        (
            cutting(dated(70, last=date(2026, 7, 31)), dated(75, first=date(2026, 8, 1))),
            cutting(70),
            FLOOR,
            Standing.OUTSIDE,
            date(2026, 8, 1),
        ),
        (cutting(70), cutting(70, until=date(2026, 1, 31)), GUARANTEE, Standing.OUTSIDE, date(2026, 2, 1)),
        (cutting(70), cutting(70, until=date(2026, 1, 31)), FLOOR, Standing.WITHIN, None),
        (cutting(dated(NONE)), cutting(70, until=date(2026, 1, 31)), GUARANTEE, Standing.WITHIN, None),
        (cutting(70, until=date(2025, 1, 31)), cutting(10), FLOOR, Standing.WITHIN, None),
        (cutting(70, effective=date(2027, 1, 1)), cutting(10), FLOOR, Standing.OUTSIDE, date(2027, 1, 1)),
        (cutting(70), cutting(dated(NONE)), GUARANTEE, Standing.OUTSIDE, ON),
        (cutting(dated(NONE)), cutting(70), FLOOR, Standing.OUTSIDE, ON),
        (cutting(70), policy(RULE, replace(SCORE, lowest=3)), FLOOR, Standing.NOT_COMPARABLE, ON),
        (cutting(70), replace(cutting(70), subject="competency"), FLOOR, Standing.NOT_COMPARABLE, ON),
    ],
)
def test_the_first_day_outside_is_found(
    bound: Policy, candidate: Policy, side: BoundSide, standing: Standing, since: date | None
) -> None:
    """Every day counts on which a value, or the force of an edition, changes for one of the two."""
    found = held(bound, candidate, side)

    assert (standing, since, "proved") == (found.standing, found.since, found.method)


def test_a_day_after_the_span_does_not_count() -> None:
    """What changes after the last day says nothing."""
    bound = cutting(dated(70, last=date(2026, 7, 31)), dated(75, first=date(2026, 8, 1)))

    assert Standing.WITHIN is held(bound, cutting(70), FLOOR, ON, date(2026, 7, 31)).standing
    assert Standing.OUTSIDE is held(bound, cutting(70), FLOOR, ON, date(2026, 8, 1)).standing


def test_a_day_outside_goes_before_a_day_on_which_nobody_can_say() -> None:
    """A learner who shows that a rule is outside is told, though on an earlier day the rules cannot be compared."""
    gap = (dated(UNKNOWN, last=date(2026, 7, 31)), dated(75, first=date(2026, 8, 1)))
    found = held(cutting(*gap), cutting(70), FLOOR)
    early = held(cutting(*gap), cutting(70), FLOOR, ON, date(2026, 7, 31))

    assert (Standing.OUTSIDE, date(2026, 8, 1)) == (found.standing, found.since)
    assert (Standing.NOT_COMPARABLE, ON) == (early.standing, early.since)
    assert "the floor itself gives no answer" in early.sentence


def test_a_day_that_a_rule_holds_against_today_counts() -> None:
    """A rule may turn on a day that stands in the rule itself."""
    today = replace(definition("today", FactType.DATE, UNKNOWN), method="today.1")
    opened = policy(clause("open", "Opened.", fact.today >= date(2027, 3, 1)), SCORE, today)
    shut = policy(clause("open", "Opened.", fact.today > date(2027, 4, 1)), SCORE, today)
    found = held(shut, opened, FLOOR)

    assert (Standing.OUTSIDE, date(2027, 3, 1)) == (found.standing, found.since)


def test_what_is_only_sampled_is_not_within_for_good() -> None:
    """Where not everybody was looked at and nobody was found, a person has to attest, and the sentence says why."""
    one = (definition("one"), definition("two"))
    counted = policy(clause("sum", "S.", times(3, fact.one) >= times(2, fact.two)), *one)
    more = policy(clause("sum", "S.", not_(times(2, fact.two) > times(3, fact.one))), *one)
    asked = replace(more, requires=all_of(more.requires, clause("there", "T.", all_of(fact.one >= 0, fact.two >= 0))))
    found = held(counted, asked, FLOOR)

    assert (Standing.WITHIN, "sampled", True) == (found.standing, found.method, found.wants_attestation)
    assert found.sentence.startswith("within as far as was seen: no learner would be awarded who is not under")
    assert "whole numbers are compared as multiples of one another" in found.sentence


def test_a_requirement_left_out_is_outside_and_one_added_withholds() -> None:
    """A rule that reads fewer facts can be held against the other; what only the candidate reads has to be attested."""
    enrolled = definition("enrolled", FactType.BOOLEAN, UNKNOWN)
    both = policy(
        all_of(RULE, clause("in", "Enrolled.", fact.enrolled)), SCORE, enrolled, parameters=cutting(70).parameters
    )
    left_out, added = held(both, cutting(70), FLOOR), held(cutting(70), both, GUARANTEE)

    assert (Standing.OUTSIDE, ("enrolled",)) == (left_out.standing, left_out.only_bound)
    assert (Standing.NOT_COMPARABLE, ("enrolled",)) == (added.standing, added.only_candidate)
    assert Standing.WITHIN is held(cutting(70), both, FLOOR).standing


@pytest.mark.parametrize(
    ("asked", "stricter"),
    [
        (CHALLENGE, {"tries": 1}),
        (CHALLENGE, {"year_cap": 100, "local_cut": 90}),
        (FOLIO, {"items": 4}),
        (FOLIO, {"quorum": 4, "first_class": 2028}),
    ],
)
def test_stricter_numbers_keep_within_a_floor_and_outside_a_guarantee(
    asked: Policy, stricter: dict[str, Value]
) -> None:
    """Asking for more is proved by the shape, and somebody shows what it withholds."""
    bound, candidate = Bounded(asked, {}), Bounded(asked, stricter)
    within, outside = (check_bound(bound, candidate, side, ON, ON) for side in (FLOOR, GUARANTEE))

    assert implies(Side(asked, ON, stricter), Side(asked, ON))
    assert (Standing.WITHIN, Standing.OUTSIDE) == (within.standing, outside.standing)


def test_parts_are_proved_by_themselves() -> None:
    """A number that another clause makes idle may be lowered, which only exploring shows."""
    other = definition("other")
    idle = any_of(
        all_of(RULE, clause("floor", "F.", fact.score >= 50)),
        each(fact.items, clause("of", "O.", fact.value >= 2)),
        clause("other", "O.", fact.other >= 5),
    )
    asked = policy(idle, SCORE, SHEET[-1], other, parameters=cutting(40).parameters)

    assert Standing.WITHIN is check_bound(Bounded(asked, {}), Bounded(asked, {"cut": 30}), FLOOR, ON, None).standing

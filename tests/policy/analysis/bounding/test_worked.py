"""Colorado's menu, Michigan's C+ and Idaho's ceiling: what a district may set, and who shows that it may not."""

from datetime import date
from fractions import Fraction
from typing import Any

import pytest

from ledger.overrides import read_overrides
from ledger.policy.analysis.bounding import Bounded, BoundSide, BoundVerdict, Standing, check_bound
from ledger.policy.evaluate import decide
from ledger.policy.model import Outcome, Policy
from ledger.policy.sheet import Value
from ledger.policy.sheets import sheet_from_data
from tests.policy.analysis.bounding.menus import (
    AREA_ADDED,
    ASVAB_LEFT_OUT,
    C_PLUS,
    COLORADO,
    IDAHO,
    MICHIGAN,
    MICHIGAN_BY_PERCENT,
    OPTION_ADDED,
)

ON = date(2025, 8, 1)
FLOOR, GUARANTEE = BoundSide.FLOOR, BoundSide.GUARANTEE


def held(bound: Policy, candidate: Policy, side: BoundSide, **overrides: Value) -> BoundVerdict:
    """Hold a policy with local values against a law."""
    return check_bound(Bounded(bound, {}), Bounded(candidate, overrides), side, ON, None)


def outcome(policy: Policy, overrides: dict[str, Value], example: Any) -> Outcome:
    """Decide about the learner of a verdict."""
    sheet, wrong = sheet_from_data(policy, example)
    assert () == wrong
    return decide(policy, sheet, ON, overrides=overrides).outcome


@pytest.mark.parametrize(
    ("candidate", "overrides"),
    [
        (COLORADO, {"options": ("sat-english", "sat-mathematics")}),
        (COLORADO, {"sat_english": Fraction(480), "act_mathematics": Fraction(21)}),
        (ASVAB_LEFT_OUT, {}),
        (AREA_ADDED, {}),
    ],
    ids=["some options", "higher minimums", "a shorter rule", "one more area"],
)
def test_a_district_may_choose_from_the_menu_raise_it_and_ask_for_more(
    candidate: Policy, overrides: dict[str, Value]
) -> None:
    """The guidelines are a floor: fewer options, higher minimums and one more area award nobody more easily."""
    found = held(COLORADO, candidate, FLOOR, **overrides)

    assert (Standing.WITHIN, "proved", None) == (found.standing, found.method, found.learner)
    assert "within: no learner would be awarded who is not under the state's floor" == found.sentence


def test_a_minimum_of_the_menu_is_not_lowered() -> None:
    """A learner between the two cuts shows it, and both rules say so of them."""
    found = held(COLORADO, COLORADO, FLOOR, sat_english=Fraction(460))

    assert (Standing.OUTSIDE, "proved", ON) == (found.standing, found.method, found.since)
    assert (
        "refused: a learner with 460 in sat-english would be awarded; the state's floor is 470 points" == found.sentence
    )
    assert found.learner is not None
    assert (Outcome.NOT_YET, Outcome.MET) == (
        outcome(COLORADO, {}, found.learner.example),
        outcome(COLORADO, {"sat_english": Fraction(460)}, found.learner.example),
    )


def test_an_option_of_the_districts_own_has_to_be_attested() -> None:
    """What the guidelines do not measure cannot be held against them; who would be awarded by it is told."""
    found = held(COLORADO, OPTION_ADDED, FLOOR)

    assert (Standing.NOT_COMPARABLE, True, ("capstone",)) == (
        found.standing,
        found.wants_attestation,
        found.only_candidate,
    )
    assert found.sentence.startswith(
        "not comparable with the state's floor: it alone reads “level of the capstone” (as far as they can be: a "
    )
    assert found.sentence.endswith("; a named person has to attest that it keeps within")


@pytest.mark.parametrize(
    ("given", "what"),
    [
        ({"options": "act-english,asvab"}, None),
        ({"act_mathematics": "20"}, None),
        ({"act_mathematics": "18.5"}, "a learner with 18.5 in act-mathematics would be awarded, and is not under"),
    ],
)
def test_the_menus_own_parameters_say_the_same(given: dict[str, str], what: str | None) -> None:
    """A board that adopts the state's rule is refused a lower minimum with the same learner."""
    _, problems = read_overrides(COLORADO, given, ON)

    assert [what is not None] * len(problems) == [(what or "?") in problem.what for problem in problems]
    assert (what is None) is (problems == [])


@pytest.mark.parametrize(
    ("side", "step", "sentence"),
    [
        (FLOOR, C_PLUS, "within: no learner would be awarded who is not under the state's floor"),
        (GUARANTEE, C_PLUS, "within: every learner whom the state's guarantee awards would be awarded"),
        (
            FLOOR,
            C_PLUS - 1,
            "refused: a learner for whom the grade on the final examination is 5 steps would be awarded; ",
        ),
        (
            GUARANTEE,
            C_PLUS + 1,
            "refused: a learner for whom the grade on the final examination is 6 steps would not be awarded; ",
        ),
    ],
)
def test_a_c_plus_is_neither_lowered_nor_raised(side: BoundSide, step: int, sentence: str) -> None:
    """A C+ shows reasonable mastery: with less it is not shown, and whoever has it is not turned away."""
    found = held(MICHIGAN, MICHIGAN, side, step=Fraction(step))

    assert found.sentence.startswith(sentence)


@pytest.mark.parametrize("side", [FLOOR, GUARANTEE])
@pytest.mark.parametrize("cut", [77, 78, 80])
def test_what_percent_a_c_plus_is_has_to_be_attested(side: BoundSide, cut: int) -> None:
    """The law binds a grade; a district that counts in percent reads another fact, whatever its percent is."""
    found = held(MICHIGAN, MICHIGAN_BY_PERCENT, side, cut=Fraction(cut))

    assert (Standing.NOT_COMPARABLE, ("grade",), ("percent",)) == (
        found.standing,
        found.only_bound,
        found.only_candidate,
    )
    assert "it alone reads “percent correct on the final examination”" in found.sentence


@pytest.mark.parametrize("cut", [75, 80])
def test_a_qualifying_score_may_be_at_the_ceiling_or_below(cut: int) -> None:
    """Idaho's ceiling guarantees credit from 80 %: a district may ask for less."""
    assert Standing.WITHIN is held(IDAHO, IDAHO, GUARANTEE, qualifying=Fraction(cut)).standing
    assert [] == read_overrides(IDAHO, {"qualifying": str(cut)}, ON)[1]


def test_a_qualifying_score_above_the_ceiling_withholds() -> None:
    """A learner with 80 % would be turned away by a district that asks for 85."""
    found = held(IDAHO, IDAHO, GUARANTEE, qualifying=Fraction(85))
    (problem,) = read_overrides(IDAHO, {"qualifying": "85"}, ON)[1]

    assert (
        "refused: a learner with 80 % on the assessment would not be awarded; the state's guarantee is 80 %"
        == found.sentence
    )
    assert (
        "85 is not allowed: the law sets 80 (on 2025-08-01, Idaho Code 33-6404), and a lower level may only lower it; "
        "a learner with 80 % on the assessment is awarded under the law, and would not be"
    ) == problem.what

"""Who fares differently under two rules, held against asking everybody."""

from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings

from ledger.policy import UNKNOWN, FactType, Policy, Question, all_of, clause, fact, param
from ledger.policy.analysis.comparing import Strictness, compare
from ledger.policy.analysis.side import Side
from ledger.policy.evaluate import decide
from ledger.policy.model import Outcome
from ledger.policy.sheets import sheet_from_data
from tests.policy.analysis.grids import ON, SHEET, everybody, policies
from tests.policy.examples import CHALLENGE, dated, definition, parameter, policy

SCORE = definition("score")


def asked(cut: int, *more: object, **options: object) -> Policy:
    """Write a policy with one cut, and perhaps more clauses."""
    rule = clause("score", "Scored.", fact.score >= param.cut)
    parameters = (parameter("cut", cut),)
    return policy(all_of(rule, *more) if more else rule, SCORE, *SHEET[1:], parameters=parameters, **options)  # type: ignore[arg-type]


@settings(deadline=None, max_examples=60, suppress_health_check=list(HealthCheck))
@given(policies(), policies())
def test_the_groups_are_those_that_asking_everybody_shows(first: Policy, second: Policy) -> None:
    """Every two outcomes somebody on the grid has are found, each with a learner who has them, and no others."""
    found = compare(Side(first, ON), Side(second, ON))
    pairs = {(decide(first, one, ON).outcome, decide(second, one, ON).outcome) for one in everybody(first, second)}

    assert {(one, other) for one, other in pairs if one is not other} == {
        (faring.first, faring.second) for faring in found.farings
    }
    for faring in found.farings:
        sheet, wrong = sheet_from_data(first, faring.example)
        assert ((), faring.first, faring.second) == (
            wrong,
            decide(first, sheet, ON).outcome,
            decide(second, sheet, ON).outcome,
        )


@pytest.mark.parametrize(
    ("first", "second", "strictness"),
    [
        (asked(2), asked(2), Strictness.THE_SAME),
        (asked(3), asked(2), Strictness.STRICTER),
        (asked(2), asked(3), Strictness.MORE_LENIENT),
        (
            asked(3),
            policy(clause("few", "Few.", all_of(fact.score >= 2, fact.tries < 2)), SCORE, *SHEET[1:], parameters=()),
            Strictness.INCOMPARABLE,
        ),
        (asked(2), policy(clause("other", "Other.", fact.other >= 2), definition("other")), Strictness.NOT_COMPARABLE),
    ],
)
def test_the_stricter_of_two_rules_is_found(first: Policy, second: Policy, strictness: Strictness) -> None:
    """Whoever meets the stricter rule meets the other; where facts differ nobody can say."""
    found = compare(Side(first, ON), Side(second, ON))

    assert (strictness, "proved") == (found.strictness, found.method)


def test_a_group_has_a_learner_at_the_threshold() -> None:
    """The example lies as close to the threshold as the facts allow, and both sides say what they rest on."""
    (faring,) = compare(Side(asked(80), ON), Side(asked(85), ON)).farings

    assert (Outcome.MET, Outcome.NOT_YET) == (faring.first, faring.second)
    assert 80 == faring.example["score"]
    assert (("score",), ("score",)) == (faring.first_rests_on, faring.second_rests_on)


def test_one_policy_on_two_days() -> None:
    """A policy is held against itself on two days, by the values of each day."""
    found = compare(Side(CHALLENGE, date(2024, 6, 30)), Side(CHALLENGE, date(2024, 7, 1)))

    assert Strictness.STRICTER is found.strictness
    assert {("denied", "met"), ("not_yet", "met")} == {(one.first, one.second) for one in found.farings}


def test_one_policy_with_other_values() -> None:
    """A policy is held against itself with another value of a parameter."""
    found = compare(Side(CHALLENGE, ON), Side(CHALLENGE, ON, {"local_cut": 90}))

    assert Strictness.MORE_LENIENT is found.strictness


def test_facts_that_are_folded_otherwise_are_named() -> None:
    """A fact of one name that is not the same fold of the record cannot be held against the other."""
    one = policy(clause("a", "A.", fact.score >= 2), definition("score"))
    other = policy(clause("a", "A.", fact.score >= 2), definition("score", lowest=1))
    found = compare(Side(one, ON), Side(other, ON))

    assert (Strictness.NOT_COMPARABLE, ("score",), ()) == (found.strictness, found.otherwise, found.farings)


def test_facts_of_one_side_are_named() -> None:
    """Facts that only one rule reads are named; who fares differently is told all the same."""
    first = policy(clause("a", "A.", fact.score >= 2), SCORE)
    second = policy(
        clause("b", "B.", fact.enrolled), definition("enrolled", FactType.BOOLEAN, UNKNOWN), question=Question.MASTERY
    )
    found = compare(Side(first, ON), Side(second, ON))

    assert (("score",), ("enrolled",)) == (found.only_first, found.only_second)
    assert {("met", "not_yet"), ("not_yet", "met")} == {(one.first, one.second) for one in found.farings}


def test_a_day_that_matters_only_by_its_values() -> None:
    """A clock that reads a fact cuts that fact where a value begins."""
    cut = parameter("cut", dated(1, last=date(2024, 12, 31)), dated(3, first=date(2025, 1, 1)), clock="taken_on")
    sheet = (definition("score"), definition("taken_on", FactType.DATE, UNKNOWN))
    first = policy(clause("a", "A.", fact.score >= param.cut), *sheet, parameters=(cut,))
    found = compare(Side(first, ON), Side(first, ON, {"cut": 3}))

    assert {("met", "not_yet")} == {(one.first, one.second) for one in found.farings}
    assert {"date": "2024-12-31"} == found.farings[0].example["taken_on"]

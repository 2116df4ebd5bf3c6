"""Which way a number of a rule leans, and which of two values lowers the bar."""

from datetime import date
from fractions import Fraction

import pytest

from ledger import catalogue
from ledger.inquiry.leaning import Lean, lean_of, movement
from ledger.policy.model import Policy
from ledger.policy.sheet import Value

ON = date(2026, 6, 5)
INSTALLED = catalogue.load()


def policy(name: str) -> Policy:
    """Return the edition of a policy in force."""
    return INSTALLED.find(name, ON)


@pytest.mark.parametrize(
    ("name", "parameter", "expected"),
    [
        ("competency-based/mastery", "level", "more asks more"),
        ("competency-based/mastery", "kinds", "more asks more"),
        ("competency-based/mastery", "readiness_level", ""),
        ("competency-based/mastery", "purposes", ""),
        ("traditional/course", "pass_mark", "more asks more"),
        ("us-tx/credit-by-examination", "credit", ""),
        ("shared/relearn-then-retake", "cut", "more asks more"),
        ("certification/nurse-aide", "hours", "more asks more"),
    ],
)
def test_a_rule_shows_by_its_form_which_way_a_number_leans(name: str, parameter: str, expected: Lean) -> None:
    """A level work has to reach asks more the higher it is; what only tells of an award or a filter tells nothing."""
    assert lean_of(policy(name), parameter) == expected


def test_no_lean_is_found_where_a_parameter_stands_nowhere() -> None:
    """Of every parameter of every built-in policy the reader gives one of three answers, and never fails."""
    found = {lean_of(one, each.name) for one in INSTALLED.policies for each in one.parameters}

    assert found == {"more asks more", "more asks less", ""}


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        (Fraction(3), Fraction(4), "raises the bar"),
        (Fraction(3), Fraction(2), "lowers the bar"),
        (Fraction(3), Fraction(3), ""),
        (None, Fraction(3), ""),
        ("3", "4", ""),
        (3, Fraction(4), ""),
    ],
)
def test_a_lower_level_lowers_the_bar(before: Value | None, after: Value | None, expected: str) -> None:
    """Only between two numbers of one type, and only where they differ."""
    assert movement(policy("competency-based/mastery"), "level", before, after) == expected


def test_what_does_not_lean_moves_no_bar() -> None:
    """Where the form says nothing, nothing is said of a value."""
    assert movement(policy("competency-based/mastery"), "readiness_level", Fraction(2), Fraction(3)) == ""

"""Comparisons: what is known, absent, unknown, or counted over members not all known."""

from fractions import Fraction
from typing import Any

import pytest

from ledger.policy import ABSENT, UNKNOWN, all_of, any_of, clause, count_of, each, fact, not_, param, times
from ledger.policy.sheet import Between
from ledger.policy.terms import Node
from tests.policy.asking import asked, items, text


@pytest.mark.parametrize(
    ("test", "value", "outcome"),
    [
        (fact.score >= 3, 3, "met"),
        (fact.score >= 3, 2, "not_yet"),
        (fact.score > 3, 3, "not_yet"),
        (fact.score > 3, 4, "met"),
        (fact.score <= 3, 3, "met"),
        (fact.score <= 3, 4, "not_yet"),
        (fact.score < 3, 2, "met"),
        (fact.score < 3, 3, "not_yet"),
        (fact.score >= Fraction(5, 2), 2, "not_yet"),
        (fact.score >= Fraction(5, 2), 3, "met"),
        (fact.score.is_(3), 3, "met"),
        (fact.score.is_(3), 4, "not_yet"),
        (fact.score.in_((1, 3)), 3, "met"),
        (fact.score.in_((1, 3)), 2, "not_yet"),
        (fact.score.exists(), 0, "met"),
        (fact.score + fact.tries >= 3, 3, "met"),
        (times(100, fact.score) >= times(75, fact.score + 1), 3, "met"),
        (times(100, fact.score) >= times(76, fact.score + 1), 3, "not_yet"),
    ],
)
def test_comparisons_of_known_values(test: Node, value: int, outcome: str) -> None:
    """Equality meets a cut that says at least or at most, and not one that says more or less."""
    assert outcome == text(asked(test, score=value))


@pytest.mark.parametrize(
    "test",
    [
        fact.score >= 3,
        fact.score < 3,
        fact.score.is_(3),
        fact.score.in_((3,)),
        fact.score.exists(),
        fact.score + fact.tries < 3,
        times(2, fact.score) < 3,
    ],
)
def test_absent_meets_no_comparison_and_unknown_leaves_it_open(test: Node) -> None:
    """A score that is known not to exist is not met, also for less than; an unknown one is undetermined."""
    absent, unknown = asked(test), asked(test, score=UNKNOWN)

    assert (text(absent), absent.needs) == ("not_yet", ())
    assert (text(unknown), unknown.needs) == ("undetermined", ("score",))


@pytest.mark.parametrize(
    ("test", "facts", "outcome", "needs"),
    [
        (fact.prior, {}, "undetermined", ("prior",)),
        (fact.prior, {"prior": False}, "not_yet", ()),
        (fact.passed, {}, "not_yet", ()),
        (not_(fact.passed), {}, "met", ()),
        (not_(fact.prior), {}, "undetermined", ("prior",)),
        (not_(fact.score < 60), {}, "met", ()),
        (fact.score >= 60, {}, "not_yet", ()),
        (param.allowed, {}, "met", ()),
        (param.shut, {}, "not_yet", ()),
        (param.gap, {}, "undetermined", ("param.gap",)),
        (all_of(fact.passed, fact.prior), {}, "not_yet", ()),
        (any_of(fact.prior, fact.tries.is_(0)), {}, "met", ()),
        (fact.score + fact.undeclared < 3, {}, "not_yet", ()),
        (fact.undeclared >= 3, {}, "undetermined", ("undeclared",)),
        (fact.path.in_(param.menu), {"path": "x"}, "met", ()),
        (fact.path.in_(param.menu), {"path": "y"}, "not_yet", ()),
        (fact.path.in_(param.shut), {"path": "y"}, "not_yet", ()),
        (fact.path.in_(param.gap), {"path": "y"}, "undetermined", ("param.gap",)),
        (fact.tries >= param.cut.by(fact.path), {"path": "y", "tries": 2}, "met", ()),
        (fact.tries >= param.cut.by(fact.path), {"path": "z", "tries": 2}, "not_yet", ()),
        (fact.tries >= param.cut.by(fact.path), {}, "undetermined", ("path",)),
        (fact.tries >= param.cut.by(fact.area), {}, "not_yet", ()),
        (fact.tries >= param.shut.by(fact.path), {}, "not_yet", ()),
        (fact.tries >= param.gap.by(fact.area), {}, "undetermined", ("param.gap",)),
        (param.gap.exists(), {}, "undetermined", ("param.gap",)),
    ],
)
def test_tests_on_what_is_missing(test: Node, facts: dict[str, Any], outcome: str, needs: tuple[str, ...]) -> None:
    """Absent is settled and unknown is open, for facts, parameters and tables; only what is open is asked for."""
    finding = asked(test, **facts)

    assert (outcome, needs) == (text(finding), finding.needs)


HIGH = count_of(fact.items, fact.level >= 3)


@pytest.mark.parametrize(
    ("test", "listed", "outcome"),
    [
        (HIGH >= 1, items(3, UNKNOWN, UNKNOWN), "met"),
        (HIGH >= 2, items(3, UNKNOWN, UNKNOWN), "undetermined"),
        (HIGH >= 4, items(3, UNKNOWN, UNKNOWN), "not_yet"),
        (HIGH > 0, items(3, UNKNOWN), "met"),
        (HIGH <= 2, items(3, UNKNOWN), "met"),
        (HIGH <= 1, items(3, UNKNOWN), "undetermined"),
        (HIGH > 1, items(3, UNKNOWN), "undetermined"),
        (HIGH < 1, items(3, UNKNOWN), "not_yet"),
        (HIGH < 2, items(3, UNKNOWN), "undetermined"),
        (HIGH < 3, items(3, UNKNOWN), "met"),
        (HIGH.is_(3), items(3, UNKNOWN), "not_yet"),
        (HIGH.is_(2), items(3, UNKNOWN), "undetermined"),
        (HIGH.is_(1), items(3, 2), "met"),
        (HIGH.is_(HIGH), items(3, UNKNOWN), "undetermined"),
        (HIGH.in_((2, 5)), items(3, UNKNOWN), "undetermined"),
        (HIGH.in_((0, 5)), items(3, UNKNOWN), "not_yet"),
        (HIGH + 1 >= 2, items(3, UNKNOWN), "met"),
        (times(2, HIGH) >= 4, items(3, UNKNOWN), "undetermined"),
        (HIGH.is_(0), (), "met"),
        (HIGH >= 0, UNKNOWN, "undetermined"),
        (HIGH >= 0, ABSENT, "not_yet"),
        (HIGH.exists(), items(UNKNOWN), "met"),
        (fact.tries >= param.cut.by(HIGH), items(3, UNKNOWN), "undetermined"),
    ],
)
def test_a_count_over_members_not_all_known_is_a_range(test: Node, listed: Any, outcome: str) -> None:
    """What every possible count meets is met, what none meets is not, and the rest is open."""
    assert outcome == text(asked(test, items=listed))


def test_a_count_names_the_members_it_waits_for() -> None:
    """The facts that would settle a count are named with their member; an unknown list by itself."""
    some_unknown = asked(times(1, HIGH) + fact.score >= 2, items=items(3, UNKNOWN, 1), score=0)
    whole_list = asked(HIGH >= 2, items=UNKNOWN)

    assert some_unknown.needs == ("level[2]",)
    assert some_unknown.sentences()[0].conditions[0].got == Between(1, 2)
    assert whole_list.needs == ("items",)


@pytest.mark.parametrize(
    ("test", "facts", "sentence"),
    [
        (fact.score >= 3, {"score": "x"}, "'x' >= 3: these two have no order between them."),
        (fact.score, {"score": 3}, "fact.score is 3: only what is true or false may stand alone in a test."),
        (param.two, {}, "param.two is 2: only what is true or false may stand alone in a test."),
        (fact.path.in_(param.two), {"path": "x"}, "2 is not a list of values to be in."),
        (fact.score >= param.two.by(fact.path), {"score": 3}, "param.two is 2, not a table: leave out .by(...)."),
        (each(fact.items, clause("level", "Level 3.", fact.level >= 3)), {"items": 3}, "fact.items is 3, not a list."),
    ],
)
def test_a_sheet_of_another_schema_is_refused(test: Node, facts: dict[str, Any], sentence: str) -> None:
    """A value of a type the rule cannot use is told, not guessed at."""
    with pytest.raises(TypeError) as caught:
        asked(test, **facts)

    assert sentence == str(caught.value)

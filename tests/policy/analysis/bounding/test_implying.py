"""What two rules of one shape show without asking about anybody, node by node."""

from dataclasses import replace
from datetime import date
from fractions import Fraction
from typing import Any

import pytest

from ledger.policy import (
    NONE,
    FactType,
    ParameterType,
    all_of,
    any_of,
    at_least_of,
    but_if,
    by_case,
    by_default,
    clause,
    count_of,
    each,
    fact,
    final_when,
    not_,
    panel,
    param,
    route,
    some,
    table,
    times,
)
from ledger.policy.analysis.implying import implies
from ledger.policy.analysis.side import Side
from tests.policy.analysis.grids import ON, SHEET
from tests.policy.examples import dated, definition, parameter, policy

HIGH, LOW = clause("high", "H.", fact.score >= param.cut), clause("low", "L.", fact.score <= param.cut)
OTHER = clause("other", "O.", fact.enrolled)
DAY = definition("day", FactType.DATE)
STRICTER, LOOSER = {"cut": 3}, {"cut": 1}

RISING: tuple[Any, ...] = (
    HIGH,
    clause("more", "M.", fact.score > param.cut),
    clause("sum", "S.", fact.score + fact.tries >= param.cut),
    clause("own", "S.", times(2, fact.score) >= param.cut),
    clause("counted", "C.", count_of(fact.items, fact.value >= param.cut) >= 1),
    clause("turned", "T.", param.cut <= fact.score),
    clause("shared", "S.", fact.score >= times(2, param.cut)),
    clause("added", "A.", fact.score >= fact.tries + param.cut),
    clause("few", "F.", not_(count_of(fact.items, fact.value >= param.cut) < 1)),
    all_of(HIGH, OTHER),
    any_of(OTHER, all_of(HIGH, clause("tries", "T.", fact.tries >= 1))),
    at_least_of(2, HIGH, OTHER, clause("tries", "T.", fact.tries >= 1)),
    at_least_of(param.cut, OTHER, clause("a", "A.", fact.tries >= 1), clause("b", "B.", fact.score >= 1)),
    route("way", "A way", HIGH),
    final_when(fact.tries >= 2, HIGH),
    not_(LOW),
    each(fact.items, clause("of", "O.", fact.value >= param.cut)),
    some(fact.items, clause("of", "O.", fact.value >= 2), param.cut),
    by_case(fact.path, x=HIGH, y=OTHER),
    by_default(OTHER, but_if(fact.tries >= 1, HIGH)),
    panel("board", "B.", decided=fact.tries >= param.cut, carried=fact.enrolled),
)


def sides(rule: Any, one: Any, other: Any, *parameters: Any) -> tuple[Side, Side]:
    """Return one rule on two sides, with local values of each."""
    asked = policy(rule, *SHEET, DAY, parameters=parameters or (parameter("cut", 2),))
    return Side(asked, ON, one), Side(asked, ON, other)


@pytest.mark.parametrize("rule", RISING)
def test_a_rule_that_asks_for_more_is_seen_and_not_the_reverse(rule: Any) -> None:
    """Whatever node the number stands in: with a higher one the rule implies itself, with a lower one not."""
    assert implies(*sides(rule, STRICTER, {}))
    assert not implies(*sides(rule, LOOSER, {}))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (by_case(fact.path, x=HIGH, y=OTHER), by_case(fact.path, y=OTHER, x=HIGH)),
        (
            by_default(OTHER, but_if(fact.tries >= 1, HIGH)),
            by_default(OTHER, but_if(fact.tries >= 1, HIGH), but_if(fact.tries < 0, LOW)),
        ),
        (by_default(OTHER, but_if(fact.tries >= 1, HIGH)), by_default(OTHER, but_if(fact.tries >= 2, HIGH))),
        (HIGH, LOW),
        (clause("a", "A.", fact.score >= fact.tries), clause("a", "A.", fact.score >= param.cut)),
        (clause("a", "A.", fact.enrolled), clause("a", "A.", fact.score.exists())),
    ],
)
def test_rules_of_other_shapes_are_left_to_exploring(one: Any, other: Any) -> None:
    """Where the shapes differ nothing is claimed."""
    first, second = (policy(rule, *SHEET, parameters=(parameter("cut", 2),)) for rule in (one, other))

    assert not implies(Side(first, ON), Side(second, ON))


@pytest.mark.parametrize(
    ("rule", "kind", "values", "implied"),
    [
        (fact.path.in_(param.p), ParameterType.NAMES, (("x",), ("x", "y")), True),
        (fact.path.in_(param.p), ParameterType.NAMES, (("x", "y"), ("x",)), False),
        (fact.path.in_(param.p), ParameterType.NAMES, (NONE, ("x",)), True),
        (fact.path.is_(param.p), ParameterType.TEXT, ("x", "y"), False),
        (param.p, ParameterType.BOOLEAN, (False, True), True),
        (param.p, ParameterType.BOOLEAN, (True, False), False),
        (fact.day >= param.p, ParameterType.DATE, (date(2026, 2, 1), date(2026, 1, 1)), True),
        (fact.day <= param.p, ParameterType.DATE, (date(2026, 2, 1), date(2026, 1, 1)), False),
        (fact.share >= param.p, ParameterType.FRACTION, (Fraction(3, 2), 1), True),
        (fact.share >= param.p, ParameterType.FRACTION, (NONE, 1), True),
        (fact.share >= param.p, ParameterType.FRACTION, (1, NONE), False),
        (fact.share >= param.p.by(fact.path), ParameterType.TABLE, (table({"x": 3}), table({"x": 2, "y": 2})), True),
        (fact.share >= param.p.by(fact.path), ParameterType.TABLE, (table({"x": 3, "z": 1}), table({"x": 2})), False),
        (
            fact.score >= param.p.by(fact.path) + fact.tries,
            ParameterType.TABLE,
            (table({"x": 3}), table({"x": 3})),
            True,
        ),
    ],
)
def test_values_of_every_type_are_compared(
    rule: Any, kind: ParameterType, values: tuple[Any, Any], implied: bool
) -> None:
    """Menus, yes and no, days, shares and tables; a way that is not in force is met by nobody."""
    one, other = (
        policy(clause("a", "A.", rule), *SHEET, DAY, parameters=(replace(parameter("p", value), type=kind),))
        for value in values
    )

    assert implied is implies(Side(one, ON), Side(other, ON))


def test_a_value_dated_by_a_fact_is_compared_on_every_day_of_it() -> None:
    """It is enough that one stretch of the clock asks for less."""
    cut = parameter("cut", dated(2, last=date(2024, 12, 31)), dated(3, first=date(2025, 1, 1)), clock="day")
    both = sides(HIGH, {"cut": 3}, {}, cut)

    assert not implies(*both)
    known = replace(DAY, when_none=0)
    asked = policy(HIGH, *SHEET, known, parameters=(cut,))
    assert implies(Side(asked, ON, {"cut": 3}), Side(asked, ON))
    assert not implies(Side(asked, ON, {"cut": 2}), Side(asked, ON))

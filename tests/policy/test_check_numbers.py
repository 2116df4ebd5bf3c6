"""What is said against numbers with gaps, exceptions that collide and grants that contradict."""

from datetime import date
from fractions import Fraction
from typing import Any

import pytest

from ledger.policy import (
    NONE,
    ParameterDefinition,
    ParameterType,
    all_of,
    always,
    but_if,
    by_case,
    by_default,
    count_of,
    each,
    fact,
    grant,
    not_,
    param,
    table,
)
from tests.policy.checking import SHEET, said, sentence
from tests.policy.examples import dated, definition, parameter

GAPS: list[tuple[str, ParameterDefinition, list[str]]] = [
    ("none at all", parameter("cut"), ["a decision on any day"]),
    ("a late beginning", parameter("cut", dated(3, date(2013, 6, 14))), ["a decision before 2013-06-14"]),
    ("an early end", parameter("cut", dated(3, None, date(2013, 6, 14))), ["a decision after 2013-06-14"]),
    (
        "a hole",
        parameter("cut", dated(3, None, date(2013, 6, 13)), dated(3, date(2013, 7, 1))),
        ["a decision from 2013-06-14 to 2013-06-30"],
    ),
    ("an overlap", parameter("cut", dated(3, None, date(2013, 6, 13)), dated(3, date(2013, 6, 1))), []),
    ("none is a value", parameter("cut", dated(NONE, None, date(2013, 6, 13)), dated(3, date(2013, 6, 14))), []),
    ("a class", parameter("cut", dated(3, date(2027, 1, 1)), clock="year"), ["year before 2027"]),
    ("a day of the learner", parameter("cut", dated(3, date(2027, 1, 1)), clock="begun"), ["begun before 2027-01-01"]),
    ("no value for a class", parameter("cut", clock="year"), ["any day of year"]),
]


@pytest.mark.parametrize(("number", "gaps"), [each[1:] for each in GAPS], ids=[each[0] for each in GAPS])
def test_a_gap_in_a_parameter_is_found(number: ParameterDefinition, gaps: list[str]) -> None:
    """Days without a value are named by the parameter's own clock."""
    advice = "Add an entry, write `none` if the route did not exist, or narrow `applies`."

    assert [f"param.cut has no value for {gap}. {advice}" for gap in gaps] == said(
        sentence(fact.score >= param.cut), number
    )


@pytest.mark.parametrize("bound", [2027, param.first, date(2027, 1, 1)])
def test_a_gap_that_applies_keeps_out_is_none(bound: Any) -> None:
    """A policy that applies from a class on needs no values for earlier classes."""
    clock = "begun" if isinstance(bound, date) else "year"
    test = fact.begun >= bound if isinstance(bound, date) else fact.year >= bound
    found = said(
        sentence(fact.score >= param.cut),
        parameter("cut", dated(3, date(2027, 1, 1)), clock=clock),
        parameter("first", 2027),
        applies=all_of(sentence(test, "class"), sentence(fact.passed, "passed")),
    )

    assert [each for each in found if "never used" not in each] == []


def test_a_policy_that_ended_needs_no_later_values() -> None:
    """The last day in force bounds what a parameter has to cover."""
    number = parameter("cut", dated(3, date(1990, 1, 1), date(2013, 6, 14)))

    assert said(sentence(fact.score >= param.cut), number, until=date(2013, 6, 14)) == []


def exceptions(first: Any, second: Any) -> Any:
    """Write a default with two exceptions."""
    return by_default(
        sentence(fact.score >= 80, "base"),
        but_if(first, sentence(fact.score >= 70, "after-instruction")),
        but_if(second, sentence(fact.score >= 75, "transfer")),
    )


NAMED = "requires: exceptions 'after-instruction' and 'transfer'"
COLLISIONS: list[tuple[str, Any, Any, str]] = [
    ("two truths", fact.passed, fact.moved, "{passed: yes, moved: yes}"),
    ("two sides of one cut", fact.tries >= 1, fact.tries < 1, ""),
    ("an overlap of one number", fact.tries >= 1, fact.tries <= 1, "{tries: 1}"),
    ("an overlap of one fraction", fact.grade > 2, fact.grade < 3, ""),
    ("two days", fact.begun < date(2026, 1, 1), fact.begun >= date(2025, 12, 31), "{begun: 2025-12-31}"),
    ("two choices", fact.path.is_("work"), fact.path.is_("college"), ""),
    ("two texts", fact.note.is_("a"), fact.note.in_(("a", "b")), "{note: a}"),
    ("a condition and its absence", fact.score >= 60, not_(fact.score.exists()), ""),
    ("a sum", fact.score + fact.tries >= 3, fact.score < 3, "{score: 1, tries: 2}"),
    ("a counted list", count_of(fact.areas, fact.area_level >= 3) >= 2, fact.passed, "{passed: yes, areas: 2 entries}"),
    ("an entry of a table", fact.share >= param.table.by(fact.path), fact.share < 3, "{share: 2.5, path: work}"),
    ("a cut that moved apart", fact.tries >= param.low, fact.tries <= param.high, "{tries: 1, on 1990-01-01}"),
]


@pytest.mark.parametrize(
    ("first", "second", "example"), [each[1:] for each in COLLISIONS], ids=[each[0] for each in COLLISIONS]
)
def test_exceptions_that_can_both_hold_are_found_with_an_example(first: Any, second: Any, example: str) -> None:
    """Both conditions are asked on every side of every threshold."""
    found = said(
        exceptions(first, second),
        parameter("low", dated(1, None, date(2020, 1, 1)), dated(2, date(2020, 1, 2))),
        parameter("high", dated(2, None, date(2020, 1, 1)), dated(1, date(2020, 1, 2))),
        ParameterDefinition(
            "table",
            "table",
            ParameterType.TABLE,
            values=(dated(table({"work": Fraction(5, 2)})),),
            entries=ParameterType.FRACTION,
        ),
        sheet=SHEET,
    )
    expected = [f"{NAMED} both hold for {example}. Nest one inside the other or use by_case."] if example else []

    assert expected == [each for each in found if "never used" not in each]


def test_exceptions_inside_a_list_are_asked_member_by_member() -> None:
    """Conditions over a member's facts collide for a member."""
    rule = each(
        fact.areas,
        by_default(
            sentence(fact.area_level >= 3, "base"),
            but_if(fact.kind.is_("studio"), sentence(fact.area_level >= 2, "studio")),
            but_if(fact.area_level >= 4, sentence(fact.passed, "high")),
        ),
    )

    assert said(rule) == [
        (
            "requires: exceptions 'studio' and 'high' both hold for {kind: studio, area_level: 4}. "
            "Nest one inside the other or use by_case."
        )
    ]


def test_exceptions_that_read_too_much_are_sent_to_by_case() -> None:
    """What cannot be tried out is said, not passed over."""
    sheet = tuple(definition(f"f{number}") for number in range(8))
    everything = all_of(*(getattr(fact, each.name) >= 5 for each in sheet))
    rule = by_default(
        sentence(fact.f0 >= 1, "base"),
        but_if(everything, sentence(fact.f0 >= 2, "a")),
        but_if(fact.f1 < 5, always),
    )

    assert said(rule, sheet=sheet) == [
        "requires: exceptions 'a' and 'always' read too many facts to be held against one another. Use by_case."
    ]


@pytest.mark.parametrize(
    ("first", "second", "sentences"),
    [
        (always, always, ["gives two values for `credit` when every learner."]),
        (fact.passed, fact.moved, ["gives two values for `credit` when {passed: yes, moved: yes}."]),
        (fact.tries >= 1, fact.tries < 1, []),
        (
            by_case(fact.path, work=fact.passed, college=not_(fact.passed)),
            fact.path.is_("college"),
            ["gives two values for `credit` when {path: college, passed: no}."],
        ),
    ],
)
def test_two_values_for_one_grant_are_found(first: Any, second: Any, sentences: list[str]) -> None:
    """Grants of one key exclude one another."""
    grants = (grant("credit", 1, when=first), grant("credit", 2, when=second), grant("notation", "CH"))

    assert sentences == said(sentence(fact.passed), grants=grants)

"""What is said against a rule whose types, scales or closed sets do not fit."""

from datetime import date
from fractions import Fraction
from typing import Any

import pytest

from ledger.policy import (
    ParameterDefinition,
    ParameterType,
    all_of,
    always,
    any_of,
    by_case,
    count_of,
    enough_of,
    fact,
    not_,
    param,
    table,
    take,
    times,
)
from ledger.policy.terms import Comparison, Operator
from tests.policy.checking import LAW, said, sentence
from tests.policy.examples import dated, parameter

TYPES: list[tuple[str, Any, str]] = [
    (
        "another scale",
        fact.grade >= param.points,
        "fact.grade is a level of scale letter, param.points is a whole number of points.",
    ),
    ("a text and a number", fact.note.is_(3), "fact.note is a text, 3 is a number."),
    ("a day and a number", fact.begun >= 3, "fact.begun is a day, 3 is a number."),
    (
        "an order between texts",
        Comparison(fact.note, Operator.AT_LEAST, "b"),
        "fact.note is a text, which has no order: write .is_(...) or .in_(...).",
    ),
    (
        "a number that stands alone",
        fact.score,
        "fact.score stands alone as a test and is a whole number of points: compare it with something.",
    ),
    (
        "a number among texts",
        fact.score.in_(("a", 3)),
        "fact.score is a whole number of points, and not all of the values in .in_(...) are.",
    ),
    (
        "a number in a menu",
        fact.score.in_(param.menu),
        "fact.score is a whole number of points, param.menu is a list of texts.",
    ),
    (
        "in what is no list",
        fact.note.in_(param.points),
        "param.points is a whole number of points, not a list of values to be in.",
    ),
    (
        "a look into what is no table",
        fact.score >= param.points.by(fact.note),
        "param.points is not a table: leave out .by(...).",
    ),
    ("a list that is none", count_of(fact.note, fact.passed) >= 3, "fact.note is a text, not a list."),
    ("a sum with a day", fact.score + fact.begun >= 3, "fact.begun is a day, which has no sum."),
    ("a sum of two scales", fact.score + fact.grade >= 3, "a sum of points and level of scale letter has no unit."),
    (
        "a count and a day",
        count_of(fact.areas, fact.passed) >= fact.begun,
        "count_of(fact.areas) is a count, fact.begun is a day.",
    ),
    ("a truth and a number", fact.passed.is_(3), "fact.passed is true or false, 3 is a number."),
    (
        "a multiple and a truth",
        times(3, fact.score) >= fact.passed,
        "3 x fact.score is a whole number of points, fact.passed is true or false.",
    ),
    ("a day and a truth", fact.begun.is_(date(2026, 1, 1)), ""),
    ("a truth and a truth", fact.passed.is_(False), ""),
    ("a fraction", fact.score >= Fraction(5, 2), ""),
]


@pytest.mark.parametrize(("test", "what"), [each[1:] for each in TYPES], ids=[each[0] for each in TYPES])
def test_the_two_sides_of_a_comparison_must_fit(test: Any, what: str) -> None:
    """Types and scales that do not go together are said in words."""
    found = said(
        sentence(test),
        ParameterDefinition("points", "points", ParameterType.INTEGER, "points", values=(dated(3),)),
        parameter("menu", ("a",), kind=ParameterType.NAMES),
    )
    unused = [f"parameter {name!r}: is declared and never used." for name in ("points", "menu")]

    assert ([f"clause 'b': {what}"] if what else []) == [each for each in found if each not in unused]


CLOSED: list[tuple[str, Any, list[str]]] = [
    (
        "a case left out",
        by_case(fact.path, work=sentence(fact.passed)),
        [
            (
                "requires: by_case over fact.path leaves out 'college'; "
                "its cases must cover the closed set 'work', 'college'."
            )
        ],
    ),
    (
        "a case too many",
        by_case(fact.path, work=always, college=always, colledge=sentence(fact.passed)),
        ["requires: case 'colledge' is not in the closed set of fact.path (did you mean 'college'?)."],
    ),
    (
        "cases of whole numbers",
        by_case(fact.tries, {0: always, 1: always, 2: sentence(fact.passed)}),
        [],
    ),
    (
        "cases of an open set",
        by_case(fact.score, {0: sentence(fact.passed)}),
        ["requires: by_case needs a closed set, and fact.score has none: declare its choices."],
    ),
    (
        "cases of a parameter",
        by_case(param.open, {True: sentence(fact.passed)}),
        ["requires: by_case over param.open leaves out False; its cases must cover the closed set True, False."],
    ),
    (
        "cases of a menu",
        by_case(param.way, work=always, college=sentence(fact.passed)),
        [],
    ),
    (
        "cases of what is not declared",
        by_case(fact.pth, work=sentence(fact.passed)),
        ["requires: fact.pth is not declared in the sheet (did you mean 'path'?)."],
    ),
    (
        "cases of a sum",
        by_case(fact.score + 1, {3: sentence(fact.passed)}),
        ["requires: by_case needs a closed set, and fact.score + 1 has none: declare its choices."],
    ),
    (
        "a parameter that is not declared",
        sentence(param.wy.is_("work")),
        ["clause 'b': param.wy is not declared (did you mean 'way'?)."],
    ),
    (
        "a value outside its closed set",
        sentence(fact.path.is_("colledge")),
        ["clause 'b': value 'colledge' is not in the closed set of fact.path (did you mean 'college'?)."],
    ),
    (
        "values outside their closed set",
        sentence(fact.path.in_(("work", "sea"))),
        ["clause 'b': value 'sea' is not in the closed set of fact.path (there are 'work', 'college')."],
    ),
]


@pytest.mark.parametrize(("rule", "sentences"), [each[1:] for each in CLOSED], ids=[each[0] for each in CLOSED])
def test_cases_and_constants_belong_to_closed_sets(rule: Any, sentences: list[str]) -> None:
    """by_case covers its closed set exactly, and constants come from it."""
    way = ParameterDefinition("way", "way", ParameterType.CHOICE, values=(dated("work"),), choices=("work", "college"))
    found = said(rule, parameter("open", True, kind=ParameterType.BOOLEAN), way)

    assert sentences == [each for each in found if "never used" not in each]


def test_kinds_and_categories_come_from_closed_sets() -> None:
    """A misspelt kind in a table of categories, and a category nothing serves, are found."""
    rule = enough_of("items", "Items.", fact.areas, fact.kind, param.lists, 3, take("studios", at_least=1), cites=LAW)
    lists = table({"residncy": ("studio", "field"), "studio": ("studio",)})

    assert said(rule, parameter("lists", lists, kind=ParameterType.TABLE)) == [
        "clause 'items': kind 'residncy' is not in the closed set of fact.kind (did you mean 'residency'?).",
        "clause 'items': category 'studios' is not in the closed set of param.lists (did you mean 'studio'?).",
    ]


def test_categories_must_be_a_table() -> None:
    """enough_of refuses a parameter that is no table."""
    rule = enough_of("items", "Items.", fact.areas, fact.kind, param.lists, 3, cites=LAW)

    assert said(rule, parameter("lists", 3)) == ["clause 'items': param.lists is not a table from kinds to categories."]


@pytest.mark.parametrize(
    ("test", "sentences"),
    [
        (
            not_(fact.score < 60),
            ["not_(score < 60) is met by a learner with no score. Say fact.score.exists() as well, or confirm."],
        ),
        (
            not_(fact.score + 1 < param.cut),
            ["not_(score + 1 < cut) is met by a learner with no score. Say fact.score.exists() as well, or confirm."],
        ),
        (
            not_(times(2, fact.score) < 60),
            [
                (
                    "not_(2 x fact.score < 60) is met by a learner with no score. "
                    "Say fact.score.exists() as well, or confirm."
                )
            ],
        ),
        (
            not_(any_of(fact.passed, fact.note.is_("x"))),
            ["not_(note is 'x') is met by a learner with no note. Say fact.note.exists() as well, or confirm."],
        ),
        (
            all_of(fact.score.exists(), not_(fact.note.is_("x"))),
            ["not_(note is 'x') is met by a learner with no note. Say fact.note.exists() as well, or confirm."],
        ),
        (
            not_(fact.known),
            ["not_(known) is met by a learner with no known. Say fact.known.exists() as well, or confirm."],
        ),
        (not_(fact.passed), []),
        (not_(fact.score.exists()), []),
    ],
)
def test_not_over_what_may_be_absent_is_questioned(test: Any, sentences: list[str]) -> None:
    """A learner without the fact would meet the rule, so the author is asked."""
    found = said(sentence(test), parameter("cut", 3))

    assert [f"clause 'b': {each}" for each in sentences] == [each for each in found if "never used" not in each]

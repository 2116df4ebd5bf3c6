"""Verdicts in one sentence for people, by the kind of what was measured."""

from dataclasses import replace
from datetime import date
from fractions import Fraction
from typing import Any

import pytest

from ledger.policy import FactType, Keep, ParameterType, Policy, all_of, clause, count_of, fact, not_, param
from ledger.policy.analysis.bounding import Bounded, BoundSide, check_bound
from ledger.policy.sheet import Value
from tests.policy.analysis.grids import ON
from tests.policy.examples import FOLIO, definition, parameter, policy

PERCENT = replace(definition("percent", FactType.FRACTION), says="percent correct", unit="percent", measure="percent")
TRIES = replace(definition("tries", when_none=0), says="earlier tries at the examination", unit="tries", lowest=0)
ENDED = replace(definition("ended", FactType.DATE), says="last day of the course")
GRADE = replace(definition("grade", FactType.FRACTION), says="the best grade", unit="level")
READY = replace(definition("ready", FactType.BOOLEAN, False), says="a teacher recommends the course")
WAY = replace(definition("way", FactType.CHOICE), says="way in which it is met", choices=("examination", "portfolio"))
WORKS = replace(
    definition("works", FactType.LIST, ()),
    says="pieces of work",
    members=(replace(definition("points"), says="score", unit="points"),),
)


def asking(says: str, test: Any, facts: tuple[Any, ...], *parameters: Any, jurisdiction: str = "us-ex") -> Policy:
    """Write a policy of one clause."""
    rule = clause("one", says, test)
    return replace(policy(rule, *facts, parameters=parameters), jurisdiction=jurisdiction)


CUT = parameter("cut", Fraction(70), kind=ParameterType.FRACTION)
PATH = replace(parameter("opened", False, kind=ParameterType.BOOLEAN), keep=Keep.LOCAL, says="the board opens this way")
INSTRUCTED = asking("{cut} % after instruction.", fact.percent >= param.cut, (PERCENT,), CUT)
FEW = asking("At most {tries} earlier tries.", fact.tries <= param.tries, (TRIES,), parameter("tries", 2))
MANY = asking("Three tries.", fact.tries >= param.tries, (TRIES,), parameter("tries", 2))
BY = asking(
    "Ended by {day}.", fact.ended <= param.day, (ENDED,), parameter("day", date(2026, 6, 1), kind=ParameterType.DATE)
)
LEVEL = asking("Good enough.", fact.grade >= param.cut, (GRADE,), CUT, jurisdiction="us-ex/valley")
WAYS = asking(
    "In an approved way.",
    fact.way.in_(param.ways),
    (WAY,),
    parameter("ways", ("examination",), kind=ParameterType.NAMES),
)
OPENED = asking("Opened.", all_of(param.opened, fact.percent >= 1), (PERCENT,), PATH, jurisdiction="")
COUNTED = asking(
    "Two pieces of {cut} or more.",
    count_of(fact.works, fact.points >= param.cut) >= 2,
    (WORKS,),
    CUT,
    jurisdiction="us-ex/valley/north",
)


@pytest.mark.parametrize(
    ("asked", "lenient", "sentence"),
    [
        (
            INSTRUCTED,
            {"cut": Fraction(65)},
            "refused: a learner with 65 % after instruction would be awarded; the state's floor is 70 %",
        ),
        (
            FEW,
            {"tries": 3},
            (
                "refused: a learner with 3 earlier tries at the examination would be awarded; "
                "the state's floor is at most 2 tries"
            ),
        ),
        (
            MANY,
            {"tries": 1},
            "refused: a learner with 1 earlier try at the examination would be awarded; the state's floor is 2 tries",
        ),
        (
            BY,
            {"day": date(2026, 7, 1)},
            (
                "refused: a learner for whom the last day of the course is 2 June 2026 would be awarded; "
                "the state's floor is 1 June 2026 or earlier"
            ),
        ),
        (
            LEVEL,
            {"cut": Fraction(65)},
            "refused: a learner for whom the best grade is level 65 would be awarded; the district's floor is level 70",
        ),
        (
            WAYS,
            {"ways": ("examination", "portfolio")},
            (
                "refused: a learner for whom the way in which it is met is portfolio would be awarded; "
                "the state's floor is examination"
            ),
        ),
        (
            OPENED,
            {"opened": True},
            (
                "refused: a learner with percent correct: 1 % would be awarded; "
                "the floor is that the board opens this way: no"
            ),
        ),
        (
            COUNTED,
            {"cut": Fraction(65)},
            (
                "refused: a learner with pieces of work: score 65 points; score 65 points would be awarded; "
                "the school's floor is “Two pieces of 70 or more”"
            ),
        ),
        (
            FOLIO,
            {"items": 2},
            (
                "refused: a learner whose items are artefact (2 times) would be awarded; "
                "the state's floor is “3 items: at least one studio, at most two field”"
            ),
        ),
    ],
)  # fmt: skip
def test_a_refusal_reads_aloud(asked: Policy, lenient: dict[str, Value], sentence: str) -> None:
    """Who would be awarded, and what the bound asks: cuts, counts, days, levels, choices, yes and no, lists."""
    found = check_bound(Bounded(asked, {}), Bounded(asked, lenient), BoundSide.FLOOR, ON, None)

    assert sentence == found.sentence


def test_a_boolean_reads_aloud() -> None:
    """A requirement that was left out is named by its own words."""
    strict = policy(all_of(INSTRUCTED.requires, clause("ready", "Recommended.", fact.ready)), PERCENT, READY)
    bound, candidate = replace(strict, parameters=(CUT,)), replace(INSTRUCTED, sheet=(PERCENT, READY))
    found = check_bound(Bounded(bound, {}), Bounded(candidate, {}), BoundSide.FLOOR, ON, None)

    assert (
        "refused: a learner for whom it does not hold that “a teacher recommends the course” would be awarded; "
        "the state's floor is that “a teacher recommends the course”"
    ) == found.sentence


def test_what_no_clause_says_is_told_by_facts_and_outcome() -> None:
    """Where a rule is turned round, the learner's facts and the bound's own answer have to do."""
    bound = asking("Not low.", not_(fact.tries >= param.tries), (TRIES,), parameter("tries", 2))
    found = check_bound(Bounded(bound, {}), Bounded(bound, {"tries": 3}), BoundSide.FLOOR, ON, None)

    assert (
        "refused: a learner with earlier tries at the examination: 2 tries would be awarded; "
        "under the state's floor the answer is 'not yet', resting on one"
    ) == found.sentence


def test_a_bound_that_is_never_in_force_says_so() -> None:
    """An edition that has ended binds nobody."""
    ended = replace(INSTRUCTED, until=date(2020, 1, 1))
    found = check_bound(Bounded(ended, {}), Bounded(INSTRUCTED, {}), BoundSide.FLOOR, ON, None)

    assert "within: us-ex/policy@1990-01-01, the state's floor, is not in force on any of these days" == found.sentence

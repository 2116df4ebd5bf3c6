"""A rule of three clauses asked of each of ten standards, and learners made up for it."""

import random
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from fractions import Fraction
from typing import Any

from ledger.policy import (
    UNKNOWN,
    Citation,
    DatedValue,
    FactDefinition,
    FactType,
    ParameterDefinition,
    ParameterType,
    Policy,
    Question,
    Reads,
    all_of,
    clause,
    each,
    fact,
    param,
)
from ledger.policy.sheet import Sheet, Value
from ledger.simulation import Case, Held, Side, shared

DAY = date(2026, 5, 30)
STANDARDS = tuple(f"M.{number}" for number in range(1, 11))
LAW = Citation("Invented law")
LOOSER: dict[str, Value] = {"average": Fraction(5, 2), "kinds": 1}
"""The candidate's numbers; the baseline asks for an average of 3 and two kinds of task."""


def rule() -> Policy:
    """Write a rule of three clauses asked of each of ten standards."""
    members = (
        _fact("standard", FactType.TEXT, when_none=UNKNOWN),
        _fact("average", FactType.FRACTION),
        _fact("latest", FactType.INTEGER),
        _fact("kinds", FactType.INTEGER, when_none=0),
    )
    mastered = all_of(
        clause("average", "{average} or more on average.", fact.average >= param.average, LAW),
        clause("latest", "{latest} or more in the most recent work.", fact.latest >= param.latest, LAW),
        clause("kinds", "{kinds} or more kinds of task.", fact.kinds >= param.kinds, LAW),
    )
    return Policy(
        "us-ex/ten-standards",
        date(2020, 1, 1),
        Question.CREDIT,
        "Ten standards",
        LAW,
        each(fact.standards, mastered, name="standard"),
        jurisdiction="us-ex",
        subject="course",
        sheet=(replace(_fact("standards", FactType.LIST, when_none=()), members=members),),
        parameters=(
            _parameter("average", ParameterType.FRACTION, Fraction(3)),
            _parameter("latest", ParameterType.INTEGER, 2),
            _parameter("kinds", ParameterType.INTEGER, 2),
        ),
    )


def _fact(name: str, kind: FactType, **more: Any) -> FactDefinition:
    return FactDefinition(name, name, "latest.1", kind, Reads.EVIDENCE, **more)


def _parameter(name: str, kind: ParameterType, value: Any) -> ParameterDefinition:
    return ParameterDefinition(name, name, kind, values=(DatedValue(None, None, value, date(2020, 1, 1), LAW),))


def generated(learners: int, partition: int, seed: int = 1) -> list[Held]:
    """Make learners of differing ability, each with ten standards; equal sub-sheets are one object."""
    draw = random.Random(seed)
    pool: dict[object, Sheet] = {}
    cases = []
    for number in range(learners):
        sheet = shared({"standards": tuple(_standards(draw))}, pool)
        cases.append(Case(f"learner-{number:06}", "course/algebra", sheet, sheet))
    return [Held(tuple(cases[start : start + partition])) for start in range(0, learners, partition)]


def _standards(draw: random.Random) -> Iterator[Sheet]:
    ability = draw.gauss(0, 1)
    for standard in STANDARDS:
        half_points = max(2, min(8, round(7.2 + ability + draw.gauss(0, 0.6))))
        yield {
            "standard": standard,
            "average": Fraction(half_points, 2),
            "latest": max(1, min(4, round(3.4 + ability / 3 + draw.gauss(0, 0.4)))),
            "kinds": max(1, min(3, round(2.7 + draw.gauss(0, 0.5)))),
        }


def sides() -> tuple[Side, Side]:
    """Return the rule with its own numbers, and with the candidate's."""
    return Side(rule(), DAY), Side(rule(), DAY, LOOSER)

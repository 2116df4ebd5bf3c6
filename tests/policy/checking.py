"""A sheet with every type of fact, and short ways to check a rule over it."""

from fractions import Fraction
from typing import Any

from ledger.facts.methods import METHOD_NAMES
from ledger.policy import (
    UNKNOWN,
    Citation,
    FactDefinition,
    FactType,
    ParameterDefinition,
    clause,
)
from ledger.policy.check import problems
from ledger.policy.rules import Clause
from tests.policy.examples import definition, policy

LAW = Citation("Invented law")
MEMBERS = (
    definition("area", FactType.TEXT),
    definition("area_level", unit="level"),
    definition("kind", FactType.CHOICE, UNKNOWN, choices=("studio", "residency")),
    definition("tried_on", FactType.DATE, UNKNOWN),
)
SHEET = (
    definition("score", unit="points"),
    definition("grade", unit="level of scale letter"),
    definition("share", FactType.FRACTION, Fraction(0)),
    definition("tries", when_none=0, lowest=0, highest=2),
    definition("known", FactType.BOOLEAN),
    definition("passed", FactType.BOOLEAN, False),
    definition("moved", FactType.BOOLEAN, False),
    definition("path", FactType.CHOICE, UNKNOWN, choices=("work", "college")),
    definition("note", FactType.TEXT),
    definition("begun", FactType.DATE, UNKNOWN),
    definition("year", when_none=UNKNOWN),
    definition("areas", FactType.LIST, members=MEMBERS),
)


def sentence(test: Any, identity: str = "b", says: str = "Said.", cites: Citation | None = LAW) -> Clause:
    """Write a clause of which only the test matters."""
    return clause(identity, says, test, cites)


def said(
    rule: Any, *parameters: ParameterDefinition, sheet: tuple[FactDefinition, ...] = SHEET, **more: Any
) -> list[str]:
    """Return what is said against a rule over the sheet of this module, without the policy's name."""
    checked = policy(rule, *sheet, parameters=parameters, **more)
    found = problems(checked, METHOD_NAMES)

    assert {problem.policy for problem in found} <= {"us-ex/policy"}

    return [str(problem).removeprefix("us-ex/policy").removeprefix(", ").removeprefix(": ") for problem in found]

"""Ask one rule on a few facts of one schema."""

from datetime import date
from typing import Any

from ledger.policy import NONE, UNKNOWN, FactType, ParameterType, clause, table
from ledger.policy.evaluate import decide
from ledger.policy.finding import Finding
from ledger.policy.terms import Node, walk
from tests.policy.examples import definition, parameter, policy

TODAY = date(2025, 6, 1)
MEMBERS = (
    definition("name", FactType.TEXT, UNKNOWN),
    definition("level"),
    definition("sound", FactType.BOOLEAN, UNKNOWN),
    definition("kind", FactType.CHOICE, UNKNOWN, choices=("x", "y")),
)
SHEET = (
    definition("score"),
    definition("tries", when_none=0),
    definition("share", FactType.FRACTION),
    definition("taken_on", FactType.DATE),
    definition("prior", FactType.BOOLEAN, UNKNOWN),
    definition("transfer", FactType.BOOLEAN, UNKNOWN),
    definition("passed", FactType.BOOLEAN),
    definition("path", FactType.CHOICE, UNKNOWN, choices=("x", "y")),
    definition("area", FactType.CHOICE, choices=("x", "y")),
    definition("items", FactType.LIST, (), members=MEMBERS),
)
PARAMETERS = (
    parameter("two", 2),
    parameter("shut", NONE),
    parameter("gap"),
    parameter("cut", table({"x": 3, "y": 2}), kind=ParameterType.TABLE),
    parameter("menu", ("x", "z"), kind=ParameterType.NAMES),
    parameter("lists", table({"x": "studio", "y": ("field", "studio")}), kind=ParameterType.TABLE),
    parameter("allowed", True, kind=ParameterType.BOOLEAN),
)


def asked(test: Node, **facts: Any) -> Finding:
    """Decide one clause, or a rule that holds its own, on a few facts."""
    holds_sentences = any(part.stands_as_rule and not part.stands_as_test for part in walk(test))
    rule = test if holds_sentences else clause("it", "It.", test)
    return decide(policy(rule, *SHEET, parameters=PARAMETERS), facts, TODAY)


def text(finding: Finding) -> str:
    """Return an outcome as text."""
    return finding.outcome.value


def items(*levels: object, **more: object) -> tuple[dict[str, Any], ...]:
    """Describe members by their level."""
    return tuple({"level": level, **more} for level in levels)

"""Routes: named ways to one award, and a grant that tells which was taken."""

from datetime import date
from typing import Any

import pytest

from ledger.policy import UNKNOWN, FactType, Policy, all_of, any_of, clause, fact, grant, route, route_taken
from ledger.policy.canonical import policy_from_text, policy_text
from ledger.policy.evaluate import decide
from ledger.policy.layout import policy_text_in_words
from ledger.policy.plain import policy_in_words
from tests.policy.checking import LAW, said, sentence
from tests.policy.examples import definition, policy

DAY = date(2026, 5, 30)
FACTS = tuple(definition(name, FactType.BOOLEAN, False) for name in "abc")
A, B, C = (clause(name, f"{name.upper()}.", getattr(fact, name), LAW) for name in "abc")
RULE = any_of(route("exam", "Examination", A), route("work", "Body of work", all_of(B, C)))


def pathways(**more: Any) -> Policy:
    """Write a policy with two routes whose grant names the one taken."""
    return policy(RULE, *FACTS, grants=(grant("pathway", route_taken),), **more)


@pytest.mark.parametrize(
    ("sheet", "outcome", "grants"),
    [
        ({"a": True}, "met", (("pathway", "Examination"),)),
        ({"b": True, "c": True}, "met", (("pathway", "Body of work"),)),
        ({"a": True, "b": True, "c": True}, "met", (("pathway", "Examination"),)),
        ({"a": UNKNOWN, "b": True, "c": True}, "met", (("pathway", UNKNOWN),)),
        ({"b": True}, "not_yet", ()),
    ],
)
def test_the_first_route_met_is_named(sheet: dict[str, Any], outcome: str, grants: tuple[Any, ...]) -> None:
    """In the order of the rule; where an earlier route may be met it is not known which."""
    finding = decide(pathways(), sheet, DAY)

    assert (outcome, grants) == (finding.outcome.value, finding.grants)


def test_a_route_changes_nothing_but_its_name() -> None:
    """Outcome, decisive clauses and what is missing are those of the rule without names."""
    plain = policy(any_of(A, all_of(B, C)), *FACTS)
    sheets: list[dict[str, Any]] = [{}, {"a": True}, {"b": True}, {"b": True, "c": UNKNOWN}]

    assert [decide(plain, sheet, DAY).decisive for sheet in sheets] == [
        decide(policy(RULE, *FACTS), sheet, DAY).decisive for sheet in sheets
    ]


def test_where_no_route_was_needed_nothing_is_named() -> None:
    """A rule met otherwise gives no name."""
    asked = policy(any_of(C, RULE), *FACTS, grants=(grant("pathway", route_taken),))

    assert () == decide(asked, {"c": True}, DAY).grants


def test_a_route_of_any_stage_is_named() -> None:
    """A route may stand among the conditions of who may ask."""
    asked = policy(C, *FACTS, eligible=RULE, grants=(grant("pathway", route_taken),))

    assert (("pathway", "Examination"),) == decide(asked, {"a": True, "c": True}, DAY).grants


def test_routes_survive_being_archived() -> None:
    """Route and grant come back equal from the canonical text."""
    assert pathways() == policy_from_text(policy_text(pathways()))


def test_routes_are_headings_in_plain_words() -> None:
    """The name stands above what the route asks."""
    text = policy_text_in_words(policy_in_words(pathways(), DAY))

    assert "  Any one of these:\n    (1) Examination:\n" in text
    assert "    (2) Body of work, all of these:\n      (a) B.  [" in text
    assert "pathway: the name of the route taken" in text


SHEET = tuple(definition(name, FactType.BOOLEAN, False) for name in "ab")


def test_the_route_taken_may_stand_in_a_grant_alone() -> None:
    """Anywhere else, or where no route is named, it is refused with a sentence."""
    nowhere = said(sentence(fact.a), sheet=SHEET[:1], grants=(grant("pathway", route_taken),))
    compared = said(route("x", "X", sentence(route_taken.is_("Examination"))), sheet=SHEET[:1])
    twice = said(any_of(route("x", "X", sentence(fact.a, "p")), route("x", "Y", sentence(fact.b, "q"))), sheet=SHEET)

    assert ["grant 'pathway': gives the route taken, and no route(...) is named in the rule."] == nowhere
    assert [
        "clause 'b': reads the route taken: it may stand in a grant alone, as in grant('pathway', route_taken)."
    ] == compared
    assert ["route 'x': stands 2 times; give each a name of its own."] == twice

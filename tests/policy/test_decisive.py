"""Which clauses a decision rests on."""

from collections.abc import Callable, Iterator
from typing import Any
from unittest.mock import patch

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ledger.policy import (
    UNKNOWN,
    FactType,
    Policy,
    all_of,
    any_of,
    at_least_of,
    but_if,
    by_default,
    clause,
    each,
    fact,
    final_when,
    not_,
    some,
    weighing,
)
from ledger.policy.decisive import flipped
from ledger.policy.evaluate import decide
from ledger.policy.finding import Finding
from ledger.policy.model import Outcome
from ledger.policy.nodes import Clause, EnoughOf, Panel
from ledger.policy.order import Pair
from ledger.policy.result import Result
from ledger.policy.scope import Scope
from ledger.policy.terms import Node
from tests.policy.examples import definition, policy
from tests.policy.strategies import DAYS, PARAMETERS, SHEET, sheets, stages

slowly = settings(deadline=None, max_examples=150, suppress_health_check=list(HealthCheck))


def _leaves(result: Result) -> Iterator[Result]:
    if result.key:
        yield result
    else:
        for part in result.parts:
            yield from _leaves(part)


def _decide_with(asked: Policy, sheet: dict[str, Any], key: str, pair: Pair) -> Finding:
    """Decide again from the start, with one clause forced to a pair."""

    def forced(weigh: Callable[[Any, Scope], Result]) -> Callable[[Any, Scope], Result]:
        def weigh_or_force(node: Any, scope: Scope) -> Result:
            result = weigh(node, scope)
            return result._replace(pair=pair) if result.key == key else result

        return weigh_or_force

    kinds: dict[type[Node], Any] = {kind: forced(weighing._WEIGH[kind]) for kind in (Clause, EnoughOf, Panel)}
    with patch.dict(weighing._WEIGH, kinds):
        return decide(asked, sheet, DAYS[1])


@slowly
@given(stages(), st.data())
def test_decisive_clauses_are_those_whose_flip_changes_the_outcome(parts: dict[str, Any], data: st.DataObject) -> None:
    """Deciding anew with each clause flipped gives another outcome for the decisive ones and for no other.

    Where no clause of the stage that decides is decisive alone, clauses of that stage stand in for it; a
    clause that stands in an earlier stage too may be decisive there and not here. Where exceptions are in
    conflict, one that settles the conflict is decisive, whatever a later stage might leave open.
    """
    asked = policy(parts.pop("requires"), *SHEET, parameters=PARAMETERS, **parts)
    sheet = data.draw(sheets(asked.applies, asked.eligible, asked.requires))
    finding = decide(asked, sheet, DAYS[1])
    leaves = {leaf.key: leaf for staged in finding.tree for leaf in _leaves(staged.result)}
    changing = tuple(
        key
        for key, leaf in leaves.items()
        if _decide_with(asked, sheet, key, flipped(leaf)).outcome is not finding.outcome
    )

    own = {leaf.key for leaf in _leaves(finding.tree[-1].result)} if finding.tree else set()
    passed = {leaf.key for staged in finding.tree[:-1] for leaf in _leaves(staged.result)}

    if finding.needs:
        assert finding.decisive == finding.needs
    elif (own - passed).intersection(changing) and not finding.conflict:
        assert set(finding.decisive) == set(changing)
    else:
        assert set(changing) <= set(finding.decisive) <= {*changing, *own}


A, B, C = (clause(name, "Asked for.", getattr(fact, name)) for name in "abc")
EXAM = clause("exam", "Passed.", fact.a, final=True)


@pytest.mark.parametrize(
    ("rule", "sheet", "outcome", "decisive"),
    [
        pytest.param(any_of(A, B), "ab", "met", ("a", "b"), id="two routes, each enough alone"),
        pytest.param(any_of(A, B, C), "ab", "met", ("a", "b"), id="and one that failed"),
        pytest.param(all_of(A, B), "", "not_yet", ("a", "b"), id="two faults, neither alone"),
        pytest.param(all_of(any_of(A, B), C), "b", "not_yet", ("c",), id="the one fault"),
        pytest.param(all_of(any_of(A, B), C, any_of(C, A)), "b", "not_yet", ("c",), id="one clause in two places"),
        pytest.param(
            any_of(all_of(A, B), all_of(A, each(fact.items, C))), "b", "not_yet", ("a",), id="and beside an empty list"
        ),
        pytest.param(
            all_of(any_of(A, B), C, clause("d", "Asked for.", not_(fact.b))),
            "b",
            "not_yet",
            ("c", "d"),
            id="a fault inside a met part is not one",
        ),
        pytest.param(final_when(fact.c, all_of(A, B)), "c", "denied", ("a", "b"), id="two faults, closed"),
        pytest.param(at_least_of(2, A, B, C), "abc", "met", ("a", "b", "c"), id="one more than needed"),
        pytest.param(not_(any_of(A, B)), "ab", "not_yet", ("a", "b"), id="two reasons against"),
        pytest.param(all_of(EXAM, B), "", "denied", ("exam",), id="the lower of two faults"),
        pytest.param(
            by_default(A, but_if(fact.b, clause("b2", "Asked for.", fact.a)), but_if(fact.c, C)),
            "bc",
            "undetermined",
            ("b2", "c"),
            id="two exceptions that disagree",
        ),
    ],
)
def test_a_decision_rests_on(rule: Node, sheet: str, outcome: str, decisive: tuple[str, ...]) -> None:
    """Where no flip alone matters, the clauses of every part that is as the whole are decisive."""
    items = definition("items", FactType.LIST, ())
    asked = policy(rule, items, *(definition(name, FactType.BOOLEAN, False) for name in "abc"))
    finding = decide(asked, dict.fromkeys(sheet, True), DAYS[1])

    assert (outcome, decisive) == (finding.outcome.value, finding.decisive)


def test_a_stage_that_fails_twice_rests_on_both_faults() -> None:
    """An ineligible learner with two faults sees both; so does one whom the policy does not concern."""
    facts = [definition(name, FactType.BOOLEAN, False) for name in "abc"]
    ineligible = decide(policy(C, *facts, eligible=all_of(A, B)), {}, DAYS[1])
    elsewhere = decide(policy(C, *facts, applies=all_of(A, B), eligible=C), {}, DAYS[1])

    assert (Outcome.INELIGIBLE, ("a", "b")) == (ineligible.outcome, ineligible.decisive)
    assert (Outcome.NOT_APPLICABLE, ("a", "b")) == (elsewhere.outcome, elsewhere.decisive)
    assert ineligible.missing() == elsewhere.missing() == ()


def test_a_stage_that_was_passed_does_not_hide_why_the_next_one_failed() -> None:
    """The clause that let the learner in is decisive, and so are both faults inside."""
    facts = [definition(name, FactType.BOOLEAN, False) for name in "abc"]
    finding = decide(policy(all_of(A, B), *facts, applies=C), {"c": True}, DAYS[1])

    assert ("c", "a", "b") == finding.decisive


def test_names_carry_every_member_around_a_clause() -> None:
    """A clause inside two lists is named with the member of each."""
    level = definition("level")
    tasks = definition("tasks", FactType.LIST, members=(definition("task", FactType.TEXT), level))
    areas = definition("areas", FactType.LIST, members=(definition("area", FactType.TEXT), tasks))
    rule = each(fact.areas, some(fact.tasks, clause("level", "Level 3.", fact.level >= 3), name=fact.task), name="area")
    sheet = {
        "areas": (
            {"area": "writing", "tasks": ({"task": "essay", "level": 3},)},
            {"area": "number", "tasks": ({"task": "proof", "level": 2}, {"task": "proof", "level": UNKNOWN})},
        )
    }
    finding = decide(policy(rule, areas), sheet, DAYS[1])

    assert finding.needs == ("level[number][proof#2]",)
    assert finding.nodes() == (
        "level[writing][essay]=met",
        "level[number][proof]=not_yet",
        "level[number][proof#2]=not_yet..met",
    )

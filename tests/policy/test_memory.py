"""Remembering what list members and sheets came to changes no finding."""

import pickle
from datetime import date
from fractions import Fraction
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ledger.policy import UNKNOWN, FactType, Outcome, clause, each, fact, param
from ledger.policy import memory as memories
from ledger.policy.evaluate import decide, finding_of, outcome_of
from ledger.policy.memory import Memory, fingerprint
from ledger.policy.model import Policy
from tests.policy.asking import SHEET as ASKED
from tests.policy.asking import TODAY, items
from tests.policy.examples import definition, parameter, policy
from tests.policy.strategies import DAYS, PARAMETERS, SHEET, sheets, stages

slowly = settings(deadline=None, max_examples=200, suppress_health_check=list(HealthCheck))


def remembering(asked: Policy, on: date = TODAY) -> Memory:
    """Return an empty memory for a policy without local values."""
    return Memory(asked, on, {}, None)


def level_rule(**more: Any) -> Policy:
    """Write a rule that asks one level of every member."""
    return policy(each(fact.items, clause("level", "Level 2.", fact.level >= 2), name="name"), *ASKED, **more)


@slowly
@given(stages(), st.data())
def test_findings_with_and_without_memory_are_equal(parts: dict[str, Any], data: st.DataObject) -> None:
    """Whatever was asked before, a sheet has the finding it has when asked alone, and its outcome."""
    asked = policy(parts.pop("requires"), *SHEET, parameters=PARAMETERS, **parts)
    some = data.draw(st.lists(sheets(asked.applies, asked.eligible, asked.requires), min_size=2, max_size=4))
    memory = remembering(asked, DAYS[1])
    repeated = [*some, *some]
    alone = [decide(asked, sheet, DAYS[1]) for sheet in repeated]

    assert [found.outcome for found in alone] == [outcome_of(memory, sheet) for sheet in repeated]
    assert [found.to_data() for found in alone] == [finding_of(memory, sheet).to_data() for sheet in repeated]
    assert [found.tree for found in alone] == [finding_of(memory, sheet).tree for sheet in repeated]


def test_equal_members_are_weighed_once() -> None:
    """A hundred sheets of two kinds of members ask the rule of two members."""
    memory = remembering(level_rule())
    for number in range(100):
        outcome_of(memory, {"items": ({"name": "a", "level": 2 + number % 2}, {"name": "a", "level": 9})})
    [body] = memory.bodies

    assert 3 == len(body.members.kept)
    assert (100, 98) == (memory.sheets.asked, memory.sheets.found)


def test_a_member_is_told_by_type_as_well_as_by_value() -> None:
    """True is not 1, and 2 is not the fraction 2, though Python finds them equal."""
    values = [(True,), (1,), (Fraction(1),), ((),), (UNKNOWN,), (date(2025, 1, 1),)]
    nested = [({"level": True},), ({"level": 1},), ({"level": Fraction(1)},)]

    assert 6 == len({fingerprint(value, lists=True) for value in values})
    assert 3 == len({fingerprint([value], lists=True) for value in nested})


def test_two_members_of_one_name_are_told_apart() -> None:
    """The very same member standing twice in a list is one finding for each of its two names."""
    member = {"name": "a", "level": 1}
    asked = level_rule()
    memory = remembering(asked)
    found = [finding_of(memory, {"items": (member, member)}) for _ in range(2)]

    assert [("level[a]=not_yet", "level[a#2]=not_yet")] * 2 == [one.nodes() for one in found]


def test_what_stands_around_a_member_is_part_of_what_it_came_to() -> None:
    """A member whose rule reads an outer fact is weighed again where that fact is another."""
    asked = policy(each(fact.items, clause("enough", "As many as tries.", fact.level >= fact.tries)), *ASKED)
    memory = remembering(asked)
    [member] = items(2)
    found = [outcome_of(memory, {"tries": tries, "items": (member,)}) for tries in (1, 3, 1)]

    assert [Outcome.MET, Outcome.NOT_YET, Outcome.MET] == found


def test_a_full_memory_forgets_and_stays_right(monkeypatch: Any) -> None:
    """With room for two, every answer is still the one it was."""
    monkeypatch.setattr(memories, "MOST_KEPT", 2)
    memory = remembering(level_rule())
    asked = [{"items": items(level, name="a")} for level in (1, 2, 3, 4, 1, 2)]

    assert [outcome_of(remembering(level_rule()), sheet) for sheet in asked] == [
        outcome_of(memory, sheet) for sheet in asked
    ]
    assert 2 >= len(memory.sheets.kept)


def test_a_policy_not_in_force_is_not_applicable_from_memory_too() -> None:
    """Before its first day a rule applies to nobody, remembered or not."""
    memory = remembering(level_rule(effective=date(2030, 1, 1)))

    assert Outcome.NOT_APPLICABLE is outcome_of(memory, {})
    assert decide(memory.policy, {}, TODAY) == finding_of(memory, {})


def test_a_memory_travels_empty() -> None:
    """What is kept is told by places in one process, so another process begins anew."""
    memory = remembering(level_rule())
    outcome_of(memory, {"items": items(2)})
    other = pickle.loads(pickle.dumps(memory))  # noqa: S301 - our own bytes

    assert (memory.policy, memory.on, 0, ()) == (other.policy, other.on, len(other.sheets.kept), other.bodies)


def test_a_list_of_lists_is_told_by_all_that_is_in_it() -> None:
    """A member that holds members is another one where one of those is."""
    inner = definition("inner", FactType.LIST, (), members=(definition("depth"),))
    listed = definition("outer", FactType.LIST, (), members=(inner,))
    rule = each(fact.outer, each(fact.inner, clause("deep", "Deep.", fact.depth >= param.two)))
    asked = policy(rule, listed, parameters=(parameter("two", 2),))
    memory = remembering(asked)
    found = [outcome_of(memory, {"outer": ({"inner": ({"depth": depth},)},)}) for depth in (1, 2)]

    assert [Outcome.NOT_YET, Outcome.MET] == found

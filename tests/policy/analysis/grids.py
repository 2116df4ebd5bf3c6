"""Small policies drawn at random, and every learner of them on a grid, asked one by one."""

from collections.abc import Iterator
from datetime import date
from itertools import product
from typing import Any

from hypothesis import strategies as st

from ledger.policy import (
    ABSENT,
    UNKNOWN,
    FactDefinition,
    FactType,
    Policy,
    all_of,
    any_of,
    at_least_of,
    but_if,
    by_case,
    by_default,
    clause,
    each,
    fact,
    final_when,
    not_,
    param,
    some,
)
from ledger.policy.analysis.boxes import Boxes
from ledger.policy.analysis.members import explore
from ledger.policy.analysis.side import Side
from ledger.policy.terms import Node
from tests.policy.examples import definition, parameter, policy

ON = date(2025, 6, 1)
SHEET: tuple[FactDefinition, ...] = (
    definition("score", lowest=0, highest=4),
    definition("share", FactType.FRACTION),
    definition("tries", when_none=0, lowest=0, highest=3),
    definition("enrolled", FactType.BOOLEAN, UNKNOWN),
    definition("path", FactType.CHOICE, UNKNOWN, choices=("x", "y")),
    definition("items", FactType.LIST, (), members=(definition("value", when_none=0, lowest=0, highest=3),)),
)
PARAMETERS = (parameter("cut", 2), parameter("other_cut", 3))

TESTS = (
    fact.score >= param.cut,
    fact.score > 3,
    fact.score <= 1,
    fact.tries >= param.other_cut,
    fact.score + fact.tries >= 4,
    fact.tries < 2,
    fact.enrolled,
    fact.path.is_("x"),
    fact.score.exists(),
    fact.score.is_(param.cut),
)
MEMBER_TESTS = (fact.value >= param.cut, fact.value < 1, fact.value >= fact.tries)


@st.composite
def rules(draw: Any) -> Node:
    """Draw a rule over the small sheet, every clause with an id of its own."""
    ids = (f"c{number}" for number in range(99))

    def sentence(tests: tuple[Any, ...] = TESTS, *, final: bool = True) -> Node:
        return clause(next(ids), "Asked for.", draw(st.sampled_from(tests)), final=final and draw(st.booleans()))

    def rule(depth: int) -> Node:
        if depth == 0:
            return sentence()
        parts = [rule(depth - 1) for _ in range(draw(st.integers(2, 3)))]
        ways = (
            lambda: all_of(*parts),
            lambda: any_of(*parts),
            lambda: at_least_of(2, *parts),
            lambda: final_when(draw(st.sampled_from(TESTS)), parts[0]),
            lambda: not_(sentence(final=False)),
            lambda: by_case(fact.path, x=parts[0], y=parts[1]),
            lambda: by_default(parts[0], but_if(draw(st.sampled_from(TESTS)), parts[1])),
            lambda: each(fact.items, all_of(sentence(MEMBER_TESTS), sentence(MEMBER_TESTS))),
            lambda: some(fact.items, sentence(MEMBER_TESTS), draw(st.integers(1, 2))),
        )
        node: Node = draw(st.sampled_from(ways))()
        return node

    return rule(draw(st.integers(0, 2)))


@st.composite
def policies(draw: Any) -> Policy:
    """Draw a policy with rules at two of its stages."""
    rule, eligible = draw(rules()), draw(st.sampled_from(TESTS))
    return policy(rule, *SHEET, parameters=PARAMETERS, eligible=clause("open", "Open.", eligible))


LISTS: tuple[Any, ...] = tuple(
    tuple({"value": value} for value in members) for size in range(4) for members in product(range(4), repeat=size)
)
VALUES: dict[str, tuple[Any, ...]] = {
    "score": (ABSENT, 0, 1, 2, 3, 4),
    "tries": (0, 1, 2, 3),
    "enrolled": (True, False),
    "path": ("x", "y"),
    "items": LISTS,
}


def everybody(*asked: Policy) -> Iterator[dict[str, Any]]:
    """Yield every learner there can be, as far as some policies read the facts, lists of up to three members."""
    read = {name for one in asked for stage in (one.eligible, one.requires) for name in Side(one, ON).reads(stage)}
    names = [name for name in VALUES if name in read]
    for values in product(*(VALUES[name] for name in names)):
        yield dict(zip(names, values, strict=True))


def boxes_of(*asked: Policy, budget: int = 20_000) -> Boxes:
    """Begin to explore some policies."""
    return explore([Side(one, ON) for one in asked], budget)

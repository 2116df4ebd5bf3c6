"""What the nodes of a rule refuse, and that equal rules are equal values."""

from typing import Any

import pytest

from ledger.policy import (
    Citation,
    all_of,
    always,
    any_of,
    at_least_of,
    but_if,
    by_case,
    by_default,
    clause,
    each,
    enough_of,
    fact,
    final_when,
    grant,
    not_,
    panel,
    param,
    some,
    take,
)
from ledger.policy.nodes import AllOf, ByCase, Case, Each, FinalWhen, Some, Take
from ledger.policy.terms import FactTerm
from tests.policy.examples import policy

LAW = Citation("Invented law", "(a)")
A, B = (clause(name, "Asked for.", getattr(fact, name)) for name in "ab")
BOARD = panel("board", "A board.", fact.decided, fact.carried)
FINAL = clause("once", "Only once.", fact.a, final=True)
ENOUGH = enough_of("n", "Enough.", fact.items, fact.kind, param.lists, 2, final=True)


def test_equal_rules_are_equal_values() -> None:
    """A rule written twice is one value, and the words of the language write its nodes."""
    assert all_of(A, B) == AllOf((A, B))
    assert each(fact.items, A, name="area") == Each(FactTerm("items"), A, FactTerm("area"))
    assert some(fact.items, A, param.n, fact.area) == Some(FactTerm("items"), A, param.n, FactTerm("area"))
    assert by_case(fact.path, {1: A}, x=B) == ByCase(FactTerm("path"), (Case(1, A), Case("x", B)))
    assert final_when(fact.a, always) == FinalWhen(fact.a, always)
    assert take("studio", at_most=2) == Take("studio", 0, 2)
    assert clause("a", "Asked for.", fact.a, LAW).cites == LAW


@pytest.mark.parametrize(
    ("mistake", "sentence"),
    [
        (lambda: all_of(), "all_of needs at least one rule."),
        (lambda: any_of(A, "b"), "any_of needs a rule such as clause(...), all_of(...) or any_of(...), not 'b'."),
        (
            lambda: each(fact.items, but_if(fact.a, A)),
            f"each needs a rule such as clause(...), all_of(...) or any_of(...), not {but_if(fact.a, A)!r}.",
        ),
        (lambda: at_least_of(0, A), "at_least_of needs a whole number of 1 or more, or a parameter, not 0."),
        (lambda: at_least_of(True, A), "at_least_of needs a whole number of 1 or more, or a parameter, not True."),
        (lambda: at_least_of(1.5, A), "1.5 is a float: give a whole number in the fact's smallest unit."),
        (lambda: some("items", A), "some needs the fact that holds the list, such as fact.items, not 'items'."),
        (lambda: each(fact.items, A, 3), "3 is not the fact that names a member: write name=fact.area."),
        (lambda: not_(BOARD), "not_ over the panel 'board': a panel that has not sat is not a plain no."),
        (
            lambda: not_(any_of(A, FINAL)),
            "not_ over the final clause 'once': say what is wanted in a clause of its own.",
        ),
        (lambda: not_(ENOUGH), "not_ over the final clause 'n': say what is wanted in a clause of its own."),
        (lambda: by_default(A), "by_default needs at least one but_if(condition, rule)."),
        (
            lambda: by_default(A, fact.b),
            "by_default needs but_if(condition, rule) after its first rule, not FactTerm(name='b').",
        ),
        (lambda: by_case(fact.path), "by_case needs at least one case."),
        (lambda: by_case("path", x=A), "by_case needs a fact or a parameter, not 'path'."),
        (lambda: by_case(fact.path, {1.5: A}), "by_case: 1.5 is not a text, a whole number, true or false."),
        (
            lambda: enough_of("n", "Enough.", fact.items, fact.kind, param.lists, 2, "studio"),
            "enough_of 'n' needs take(category, ...) after its total, not 'studio'.",
        ),
        (
            lambda: enough_of("n", "Enough.", fact.items, fact.kind, fact.lists, 2),
            "enough_of 'n' needs a parameter that holds the table of categories, not FactTerm(name='lists').",
        ),
        (lambda: take("studio", at_least=-1), "take needs a whole number of 0 or more, or a parameter, not -1."),
        (lambda: clause("a", "A.", fact.a, "law"), "clause 'a': 'law' is not a Citation."),
        (
            lambda: final_when(A, B),
            (
                "final_when needs a test, not Clause: write a comparison such as fact.score >= "
                "param.cut, a fact that is true or false, or all_of, any_of, not_ over such."
            ),
        ),
        (lambda: grant("credit", 2.5), "2.5 is a float: give a whole number in the fact's smallest unit."),
        (
            lambda: policy(A, eligible=fact.a == 1),
            "us-ex/policy, eligible got a plain False: == compares the terms themselves; write fact.kind.is_('ap').",
        ),
    ],
)
def test_a_rule_that_can_never_be_decided_is_refused(mistake: Any, sentence: str) -> None:
    """The words of the language refuse what has no meaning, and say what to write."""
    with pytest.raises(TypeError) as caught:
        mistake()

    assert sentence == str(caught.value)

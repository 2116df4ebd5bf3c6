"""Terms are values; comparing them builds a node, and mistakes are told to their author."""

from datetime import UTC, date, datetime
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest

from ledger.policy import all_of, clause, count_of, fact, param, times
from ledger.policy.terms import (
    Comparison,
    CountOf,
    Exists,
    FactTerm,
    Operator,
    ParamTerm,
    SumTerm,
    Times,
    needed_facts,
    needed_parameters,
    walk,
)


@pytest.mark.parametrize(
    ("built", "expected"),
    [
        (fact.a >= 1, Comparison(FactTerm("a"), Operator.AT_LEAST, 1)),
        (fact.a > param.p, Comparison(FactTerm("a"), Operator.MORE, ParamTerm("p"))),
        (fact.a <= Fraction(1, 2), Comparison(FactTerm("a"), Operator.AT_MOST, Fraction(1, 2))),
        (fact.a < date(2025, 1, 1), Comparison(FactTerm("a"), Operator.LESS, date(2025, 1, 1))),
        (3 <= fact.a, Comparison(FactTerm("a"), Operator.AT_LEAST, 3)),
        (fact.a.is_("x"), Comparison(FactTerm("a"), Operator.IS, "x")),
        (fact.a.is_(fact.b), Comparison(FactTerm("a"), Operator.IS, FactTerm("b"))),
        (fact.a.in_(["x", "y"]), Comparison(FactTerm("a"), Operator.IN, ("x", "y"))),
        (fact.a.in_(param.menu), Comparison(FactTerm("a"), Operator.IN, ParamTerm("menu"))),
        (fact.a.exists(), Exists(FactTerm("a"))),
        (param.p.by(fact.k, "x"), ParamTerm("p", (FactTerm("k"), "x"))),
        (fact.a + fact.b + 1, SumTerm((FactTerm("a"), FactTerm("b"), 1))),
        (1 + (fact.a + fact.b), SumTerm((1, FactTerm("a"), FactTerm("b")))),
        (times(100, fact.a), Times(100, FactTerm("a"))),
        (count_of(fact.items, fact.sound), CountOf(FactTerm("items"), FactTerm("sound"))),
    ],
)
def test_an_expression_is_the_value_it_writes(built: object, expected: object) -> None:
    """Operators on terms build nodes, and equal expressions are equal values."""
    assert expected == built
    assert hash(expected) == hash(built)


TRUTH = "Compare has no truth value yet: write all_of(a, b), any_of(a, b) or not_(a); do not chain 1 <= a <= 3."
PLAIN = ": == compares the terms themselves; write fact.kind.is_('ap')."
FLOAT = "2.5 is a float: give a whole number in the fact's smallest unit."


@pytest.mark.parametrize(
    ("mistake", "sentence"),
    [
        (lambda: 1 <= fact.a <= 3, TRUTH),
        (lambda: fact.a >= 1 and fact.b, TRUTH),
        (lambda: fact.a or fact.b, TRUTH),
        (lambda: not fact.a, TRUTH),
        (lambda: clause("kind", "Kind.", fact.kind == "ap"), "clause 'kind' got a plain False" + PLAIN),
        (lambda: clause("kind", "Kind.", fact.kind != "ap"), "clause 'kind' got a plain True" + PLAIN),
        (lambda: all_of(fact.kind == "ap"), "all_of got a plain False" + PLAIN),
        (lambda: fact.a >= 2.5, FLOAT),
        (lambda: 2.5 < fact.a, FLOAT),
        (lambda: fact.a.is_(2.5), FLOAT),
        (lambda: fact.a.in_((1, 2.5)), FLOAT),
        (lambda: fact.a + 2.5, FLOAT),
        (lambda: times(2.5, fact.a), FLOAT),
        (lambda: fact.a >= "x", "'x' has no order: write .is_('x'), or .in_(...) for several values."),
        (lambda: fact.a >= True, "True has no order: write .is_(True), or .in_(...) for several values."),
        (
            lambda: fact.a >= Decimal("2.5"),
            (
                "Decimal('2.5') is not a value of this language: give a whole number, a fraction, a text, "
                "true, false or a date."
            ),
        ),
        (
            lambda: fact.a >= datetime(2025, 1, 1, tzinfo=UTC),
            (
                "datetime.datetime(2025, 1, 1, 0, 0, tzinfo=datetime.timezone.utc) is not a value of this "
                "language: give a whole number, a fraction, a text, true, false or a date."
            ),
        ),
        (lambda: fact.a.in_("xy"), "'xy' is not a list of values: write .in_(('a', 'b')) or .in_(param.p)."),
        (lambda: fact.a.in_(3), "3 is not a list of values: write .in_(('a', 'b')) or .in_(param.p)."),
        (lambda: fact.a + date(2025, 1, 1), "datetime.date(2025, 1, 1) cannot be added: only numbers have a sum."),
        (lambda: times(0, fact.a), "times(0, ...) needs a whole number of 1 or more."),
        (lambda: times(2, 3), "times(2, 3) needs a fact, a parameter, a sum or a count."),
        (lambda: param.p.by(), "param.p.by() needs at least one key, such as fact.area."),
        (
            lambda: count_of(3, fact.a),
            "count_of needs the fact that holds the list, such as fact.items, not 3.",
        ),
        (
            lambda: clause("a", "A.", fact.a + 1),
            (
                "clause 'a' needs a test, not SumTerm: write a comparison such as fact.score >= param.cut, "
                "a fact that is true or false, or all_of, any_of, not_ over such."
            ),
        ),
        (
            lambda: clause("a", "A.", all_of(clause("b", "B.", fact.b))),
            "clause 'a' got a Clause inside a test: only comparisons may stand there.",
        ),
    ],
)
def test_a_mistake_is_told_in_a_sentence(mistake: Any, sentence: str) -> None:
    """What can never be decided is refused while the rule is written, with what to write instead."""
    with pytest.raises(TypeError) as caught:
        mistake()

    assert sentence == str(caught.value)


def test_only_plain_names_are_facts_and_parameters() -> None:
    """Names that begin with an underscore are not facts, so that tools that look for them find none."""
    with pytest.raises(AttributeError, match="'_x' is not the name of a fact or a parameter"):
        _ = fact._x

    assert not hasattr(param, "__wrapped__")


def test_what_a_rule_reads_can_be_listed() -> None:
    """The facts and parameters of a rule are named once each, in the order in which they are written."""
    rule = all_of(
        clause("a", "A.", fact.a >= param.p.by(fact.k)),
        clause("b", "B.", count_of(fact.items, fact.sound) + fact.a >= times(2, param.q)),
    )

    assert needed_facts(rule) == ("a", "k", "items", "sound")
    assert needed_parameters(rule) == ("p", "q")
    assert next(iter(walk(rule))) is rule

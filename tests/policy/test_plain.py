"""A policy in plain words."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from ledger.catalogue import load
from ledger.policy import (
    Citation,
    Confidence,
    FactType,
    ParameterType,
    all_of,
    always,
    any_of,
    at_least_of,
    but_if,
    by_case,
    by_default,
    clause,
    count_of,
    each,
    enough_of,
    fact,
    final_when,
    grant,
    not_,
    panel,
    param,
    some,
    table,
    times,
)
from ledger.policy.plain import Outline, policy_in_words, policy_text_in_words
from ledger.policy.terms import Node
from tests.policy.examples import CHALLENGE, FOLIO, dated, definition, parameter, policy
from tests.policy.strategies import PARAMETERS

DAY = date(2026, 5, 30)
LAW = Citation("Law", "(a)", Confidence.VERBATIM)
TEXAS = load().find("us-tx/credit-by-examination", DAY)
MASTERY = load().find("competency-based/mastery", DAY)


def leaves(part: Outline) -> list[str]:
    """Return the lines of an outline with their depth."""
    return [part.text, *("  " + line for below in part.parts for line in leaves(below))]


def said(rule: Node, *facts: Any, **more: Any) -> list[str]:
    """Return a rule as the lines of its outline."""
    return leaves(policy_in_words(policy(rule, *facts, **more), DAY).requires)


SCORE, DONE = definition("score"), definition("done", FactType.BOOLEAN, False)
ITEMS = definition("items", FactType.LIST, members=(definition("level"), definition("kind", FactType.TEXT)))
A, B = clause("a", "A.", fact.done, LAW), clause("b", "B.", fact.done, LAW)
GROUPS: list[tuple[Node, list[str]]] = [
    (all_of(A, all_of(A, B)), ["All of these:", "  A.", "  A.", "  B."]),
    (any_of(A, all_of(A, B)), ["Any one of these:", "  A.", "  All of these:", "    A.", "    B."]),
    (at_least_of(2, A, B), ["At least 2 of these:", "  A.", "  B."]),
    (at_least_of(param.cut, A, B), ["At least 3 of these:", "  A.", "  B."]),
    (each(fact.items, A), ["For each of these: items:", "  A."]),
    (some(fact.items, A, at_least=2), ["For at least 2 of these: items:", "  A."]),
    (not_(A), ["None of this:", "  A."]),
    (
        by_default(A, but_if(fact.score < 3, B)),
        ["As a rule, with exceptions:", "  A.", "  But if score: less than 3:", "    B."],
    ),
    (by_case(fact.done, {True: A, False: B}), ["Depending on done:", "  yes:", "    A.", "  no:", "    B."]),
    (final_when(fact.score > 3, A), ["Final once score: more than 3:", "  A."]),
    (panel("p", "A board of {cut}.", fact.done, fact.done), ["A board of 3."]),
    (
        enough_of("n", "{cut} items.", fact.items, fact.kind, param.lists, 3, where=clause("w", "W.", fact.done)),
        ["3 items.", "  W."],
    ),
    (enough_of("n", "{cut} items.", fact.items, fact.kind, param.lists, 3), ["3 items."]),
    (always, ["always"]),
    (fact.score <= 3, ["score: 3 or less"]),
    (
        all_of(fact.score + 2 >= param.cut, times(2, fact.score).is_(6)),
        ["All of these:", "  score plus 2: 3 or more", "  2 times score: 6"],
    ),
    (fact.begun >= DAY, ["begun: on or after 2026-05-30"]),
    (fact.begun < fact.other, ["begun: before other"]),
    (fact.kind.in_(("a", "b")), ["kind: one of a, b"]),
    (fact.score.exists(), ["score: on record"]),
    (param.open, ["open"]),
    (clause("c", "C.", not_(any_of(fact.done, fact.done))), ["C."]),
    (final_when(not_(any_of(fact.done, param.open)), A), ["Final once not (done; or open):", "  A."]),
    (
        count_of(fact.items, all_of(fact.level >= 3, always)) >= 2,
        ["the number of items with: level: 3 or more; and always: 2 or more"],
    ),
    (fact.score >= param.lists.by(fact.kind), ["score: the value for kind in lists or more"]),
    (fact.score >= param.shut, ["score: not in force or more"]),
    (fact.score >= param.gap, ["score: no value or more"]),
    (clause("d", "At {shut} or {gap} points.", fact.done), ["At … or … points (not in force)."]),
]


@pytest.mark.parametrize(("rule", "lines"), GROUPS, ids=[each[1][0] for each in GROUPS])
def test_every_node_has_words(rule: Node, lines: list[str]) -> None:
    """A rule reads as an outline of sentences."""
    facts = (
        SCORE,
        DONE,
        ITEMS,
        definition("begun", FactType.DATE),
        definition("other", FactType.DATE),
    )
    numbers = (
        parameter("cut", 3),
        parameter("gap"),
        PARAMETERS[1],
        parameter("open", True, kind=ParameterType.BOOLEAN),
        parameter("lists", table({"x": "studio"}), kind=ParameterType.TABLE),
    )

    assert lines == said(rule, *facts, parameters=numbers)


def test_a_policy_in_words_holds_its_values_on_the_day() -> None:
    """Sentences carry the values in force, and a route not yet in force says so."""
    before = policy_text_in_words(policy_in_words(TEXAS, date(2012, 5, 30)))
    after = policy_text_in_words(policy_in_words(TEXAS, DAY, {"instruction_route": True}))

    assert "90 % on another approved test." in before
    assert "… or higher on the CLEP examination (not in force)." in before
    assert "80 % on another approved test." in after
    assert "50 or higher on the CLEP examination." in after
    assert "instruction_route = yes" in after
    assert "2013-06-14 to further notice: 80  [HB 2694 (83R), effective 2013-06-14; 19 TAC §74.24(c)]" in after


def test_a_policy_in_words_names_source_question_and_grants() -> None:
    """What it answers, for whom, where it comes from and what it gives stand at the top and the end."""
    words = policy_in_words(CHALLENGE, DAY)
    text = policy_text_in_words(words)

    assert words.gives == ("credit: credit_sought", "notation: CH")
    assert words.unverified
    assert text.startswith(
        "Credit by challenging a course\n"
        "us-ex/course-challenge@1990-01-01, in force from 1990-01-01; values of 2026-05-30.\n"
        "Answers: credit of a course, in us-ex.\n"
        "Source: Invented law (unverified)\n\nOpen to\n"
    )
    assert "Taken before the course begins. A failure is final." in text


def test_a_policy_that_applies_to_some_says_to_whom() -> None:
    """The first stage has a heading of its own, and the last day is named."""
    text = policy_text_in_words(policy_in_words(replace(FOLIO, until=date(2030, 6, 30)), DAY))

    assert "in force from 1990-01-01 to 2030-06-30" in text
    assert "\nApplies to\n  Class of 2027 or later." in text


def test_a_verified_policy_is_not_called_unverified() -> None:
    """Only confidence M makes a policy unverified."""
    assert not policy_in_words(TEXAS, DAY).unverified
    assert not policy_in_words(MASTERY, DAY).unverified


def test_a_conditional_grant_says_when() -> None:
    """A grant with a condition of its own names it."""
    rule = policy(A, DONE, grants=(grant("credit", 1, when=fact.done),))

    assert policy_in_words(rule, DAY).gives == ("credit: 1, where done",)


def test_dated_values_that_were_never_in_force_are_shown_as_such() -> None:
    """A parameter's history lists `none` as not in force."""
    number = parameter(
        "cut", dated(3, date(2020, 1, 1)), dated(PARAMETERS[1].values[0].value, None, date(2019, 12, 31))
    )
    words = policy_in_words(policy(clause("c", "C.", fact.score >= param.cut, LAW), SCORE, parameters=(number,)), DAY)

    assert [value.value for value in words.numbers[0].values] == ["3", "not in force"]

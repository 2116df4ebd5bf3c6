"""What is found odd about a policy, and how the law may explain it."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from ledger.policy import (
    UNKNOWN,
    FactType,
    Keep,
    ParameterType,
    Policy,
    all_of,
    any_of,
    but_if,
    by_case,
    by_default,
    clause,
    count_of,
    each,
    fact,
    final_when,
    grant,
    not_,
    param,
    some,
    times,
)
from ledger.policy.analysis.checking import check
from ledger.policy.analysis.findings import Kind, PolicyFinding, explanations
from ledger.policy.cases import cases_from_toml
from ledger.policy.parameters import NONE
from ledger.policy.sheets import sheet_from_data
from tests.policy.analysis.grids import ON, SHEET
from tests.policy.examples import dated, definition, parameter, policy

A = clause("a", "A.", fact.score >= 2)
B = clause("b", "B.", fact.score >= 3)
C = clause("c", "C.", fact.tries >= 1)
OF_TWO = clause("m", "M.", fact.value >= 2)
IDLE = any_of(clause("low", "L.", fact.tries < 2), clause("high", "H.", fact.tries >= 2), A)
"""Whoever is not met by the one is met by the other, whatever A comes to."""


def found(rule: Any, *claims: str, law: str = "", **more: Any) -> tuple[PolicyFinding, ...]:
    """Check a policy of one rule over the small sheet."""
    sheet = more.pop("sheet", SHEET)
    return check(policy(rule, *sheet, **more), ON, claims, law)


def keys(rule: Any, *claims: str, **more: Any) -> list[str]:
    """Name what is found of a rule."""
    return [finding.key for finding in found(rule, *claims, **more)]


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        (all_of(A, C), []),
        (all_of(A, B), []),
        (IDLE, ["never-decisive a"]),
        (any_of(A, clause("none", "N.", all_of(fact.score > 3, fact.score < 3))), ["never-met none"]),
        (all_of(A, clause("all", "N.", any_of(fact.tries > 1, fact.tries <= 1))), ["never-fails all"]),
        (by_case(fact.path, x=A, y=A), []),
        (by_default(A, but_if(all_of(fact.score > 3, fact.score < 1), C)), ["never-reached c"]),
        (by_default(A, but_if(fact.score > 2, C), but_if(fact.score > 3, B)), ["collision c b"]),
        (each(fact.items, clause("of", "Of.", fact.value >= 2)), []),
        (some(fact.items, all_of(OF_TWO, clause("n", "N.", fact.value >= 9))), ["never-decisive m", "never-met n"]),
        (clause("counted", "C.", count_of(fact.items, fact.value >= 1) >= 2), []),
        (any_of(A, clause("turned", "T.", not_(fact.score < 4))), ["absent-turned 'turned'"]),
    ],
)  # fmt: skip
def test_what_never_matters_is_found(rule: Any, expected: list[str]) -> None:
    """Clauses and routes that matter to nobody, and exceptions that hold at once, are found and nothing else."""
    assert expected == keys(rule)


def test_a_finding_has_a_learner_who_shows_it() -> None:
    """The example is a fact sheet in the form in which sheets are read, and the finding says it is proved."""
    (finding,) = found(final_when(fact.tries >= 2, A), "tries")
    sheet, wrong = sheet_from_data(policy(A, *SHEET), finding.example or {})

    assert (Kind.BETTER_IS_WORSE, "tries", "proved") == (finding.kind, finding.about, finding.method)
    assert "With tries at 1 somebody is not_yet; with 2, all else being equal, denied." == finding.sentence
    assert () == wrong
    assert 1 == sheet["tries"]


@pytest.mark.parametrize(
    ("rule", "claims"),
    [
        (all_of(A, B), ("score",)),
        (all_of(A, clause("sum", "S.", fact.score + fact.tries >= 3)), ("score", "tries")),
        (clause("share", "S.", times(100, fact.share) >= 50), ("share",)),
        (all_of(A, clause("fine", "F.", not_(not_(fact.tries >= 1)))), ("tries",)),
        (some(fact.items, clause("of", "Of.", fact.value >= 2)), ("value",)),
        (by_default(A, but_if(fact.enrolled, C)), ("score", "tries", "enrolled")),
        (clause("counted", "C.", count_of(fact.items, fact.value >= 1) >= 2), ("value",)),
    ],
)
def test_more_never_hurts_where_the_rule_only_asks_for_more(rule: Any, claims: tuple[str, ...]) -> None:
    """No fact is named that only helps, in sums, counts and members of lists too."""
    named = [key for key in keys(rule, *claims) if key.startswith("better")]

    assert [key for key in named if key != "better-is-worse enrolled"] == []


@pytest.mark.parametrize(
    ("rule", "name"),
    [
        (clause("low", "L.", fact.score < 3), "score"),
        (clause("same", "S.", fact.score.is_(2)), "score"),
        (by_default(C, but_if(fact.enrolled, A)), "enrolled"),
        (some(fact.items, clause("of", "Of.", fact.value < 2)), "value"),
        (not_(clause("inside", "I.", fact.tries >= 2)), "tries"),
    ],
)
def test_a_better_value_that_is_worse_is_found(rule: Any, name: str) -> None:
    """A fact of which more is meant to be better is named where more of it is worse for somebody."""
    assert f"better-is-worse {name}" in keys(rule, name)


def test_two_grants_of_one_key_are_found() -> None:
    """Grants of one key that are given together are found with a learner."""
    grants = (grant("credit", 1), grant("credit", 2, when=clause("more", "More.", fact.score >= 3)))

    assert ["two-grants credit"] == keys(A, grants=grants)
    assert [] == keys(A, grants=(grant("credit", 1), grant("other", 2), grant("credit", 3, at="not_yet")))


def test_a_clock_that_shows_nothing_leaves_a_gap() -> None:
    """A value dated by a fact of which there may be none leaves somebody undetermined about whom all is known."""
    cut = parameter("cut", 2, clock="taken_on")
    sheet = (definition("score"), definition("taken_on", FactType.DATE))
    (finding,) = found(clause("a", "A.", fact.score >= param.cut), sheet=sheet, parameters=(cut,))

    assert ("gap taken_on", None) == (finding.key, (finding.example or {})["taken_on"])


def test_a_clause_may_matter_on_another_day() -> None:
    """A route that is not in force on the day asked is no finding where it was or will be."""
    cut = parameter("cut", dated(NONE, last=date(2029, 12, 31)), dated(2, first=date(2030, 1, 1)))
    rule = any_of(C, clause("later", "L.", fact.score >= param.cut))

    assert [] == keys(rule, parameters=(cut,))
    assert ["never-met later"] == keys(rule, parameters=(parameter("cut", NONE),))


def test_a_clause_may_matter_by_a_local_choice() -> None:
    """A route that a local body may open is no finding."""
    choices = replace(parameter("way", "x", kind=ParameterType.CHOICE), keep=Keep.LOCAL, choices=("x", "y"))
    opened = replace(parameter("opened", False, kind=ParameterType.BOOLEAN), keep=Keep.LOCAL)
    rule = all_of(
        A,
        clause("choice", "C.", any_of(param.way.is_("x"), fact.tries >= 1)),
        clause("open", "O.", any_of(not_(param.opened), fact.tries >= 2)),
    )

    assert [] == keys(rule, parameters=(choices, opened))


def test_cases_show_what_need_not_be_searched_for() -> None:
    """A clause that is decisive in a case is not named, by a value of its own that no search would try."""
    asked = policy(clause("a", "A.", fact.score >= param.cut), *SHEET, parameters=(parameter("cut", NONE),))
    opened = policy(clause("a", "A.", fact.score >= param.cut), *SHEET, parameters=(parameter("cut", 2),))
    text = """[[case]]
name = "one"
on = 2025-06-01
given = { score = 2 }
expect = { outcome = "met", because = ["a"] }
anchor = "law.md#a"
"""
    cases = cases_from_toml(text, "x.cases.toml", [opened], "# A\n").cases

    assert ["never-met a"] == [one.key for one in check(asked, ON, (), "", cases)]
    assert [] == [one.key for one in check(opened, ON, (), "", cases)]


LAW = """# A law

## Findings

Some are meant.

- `never-decisive a`: because B asks
  for more.
- `us-ex/policy collision c b`, said elsewhere

## Other

- `never-met z`: no finding
"""


def test_the_law_explains_findings_by_their_key() -> None:
    """A list line under the heading Findings explains the finding whose key it begins with."""
    explained = found(IDLE, law=LAW)

    assert ["because B asks for more."] == [finding.because for finding in explained]
    assert {
        "never-decisive a": "because B asks for more.",
        "us-ex/policy collision c b": "said elsewhere",
    } == explanations(LAW)


def test_a_key_may_name_the_policy() -> None:
    """Where one law stands beside several policies, a key that begins with a policy's id is of that policy alone."""
    rule = by_default(A, but_if(fact.score > 2, C), but_if(fact.score > 3, B))
    (finding, *_) = found(rule, law=LAW)

    assert "said elsewhere" == finding.because


def test_what_is_not_exact_is_called_sampled() -> None:
    """Where cells may be missed a finding that nobody can be found is sampled, never proved."""
    sheet = (definition("present"), definition("offered", when_none=UNKNOWN))
    share = times(100, fact.present) >= times(75, fact.offered)
    findings = found(all_of(clause("a", "A.", share), clause("never", "N.", all_of(share, not_(share)))), sheet=sheet)

    assert {("never-met never", "sampled")} == {(one.key, one.method) for one in findings if one.kind == "never-met"}


def test_an_edition_that_has_ended_is_checked_on_its_last_day() -> None:
    """The day asked is the nearest on which the edition is in force."""
    ended: Policy = policy(all_of(A, C), *SHEET, until=date(2020, 1, 1))

    assert () == check(ended, ON, ())

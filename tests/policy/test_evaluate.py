"""Deciding: every node of a rule, the stages, and what a finding holds."""

from datetime import date
from typing import Any

import pytest

from ledger.policy import (
    ABSENT,
    UNKNOWN,
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
    times,
)
from ledger.policy.evaluate import decide
from ledger.policy.finding import Stage
from ledger.policy.model import Outcome
from ledger.policy.terms import Node
from tests.policy.asking import PARAMETERS, SHEET, TODAY, asked, items, text
from tests.policy.examples import policy

A, B, C = (clause(name, "Asked for.", fact.score >= cut) for name, cut in (("a", 1), ("b", 2), ("c", 3)))
ONCE = clause("once", "Only once.", fact.tries <= 1, final=True)
BOARD = panel("board", "A board.", fact.tries >= 1, fact.passed)
LEVEL = clause("level", "Level 3.", fact.level >= 3)
DOWN = clause("down", "Never below 1.", fact.level >= 1, final=True)
BY_PATH = by_case(fact.path, x=B, y=C)
EXCEPT = by_default(B, but_if(fact.prior, A), but_if(fact.transfer, C))
ENOUGH = enough_of(
    "n", "Two.", fact.items, fact.kind, param.lists, param.two, take("field", at_least=1), where=fact.sound
)


def kinds(*names: object, sound: object = True) -> tuple[dict[str, Any], ...]:
    """Describe members by their kind."""
    return tuple({"kind": name, "sound": sound} for name in names)


@pytest.mark.parametrize(
    ("rule", "facts", "outcome", "nodes"),
    [
        pytest.param(all_of(A, BOARD), {"score": 1}, "needs_panel", "a=met board=needs_panel", id="open board"),
        pytest.param(all_of(A, BOARD), {}, "not_yet", "a=not_yet board=needs_panel", id="work before the board"),
        pytest.param(any_of(ONCE, A), {"tries": 2}, "not_yet", "once=denied a=not_yet", id="another route open"),
        pytest.param(ONCE, {"tries": UNKNOWN}, "undetermined", "once=denied..met", id="final and unknown"),
        pytest.param(at_least_of(param.two, A, B, C), {"score": 2}, "met", "a=met b=met c=not_yet", id="two of three"),
        pytest.param(at_least_of(param.shut, A), {"score": 1}, "not_yet", "a=met", id="a count not in force"),
        pytest.param(at_least_of(param.gap, A), {"score": 1}, "undetermined", "a=met", id="an unknown count"),
        pytest.param(each(fact.items, LEVEL), {}, "not_yet", "", id="each of an empty list"),
        pytest.param(each(fact.items, LEVEL), {"items": ABSENT}, "not_yet", "", id="each of no list"),
        pytest.param(each(fact.items, LEVEL), {"items": UNKNOWN}, "undetermined", "", id="each of an unknown list"),
        pytest.param(some(fact.items, LEVEL, 1), {}, "not_yet", "", id="some of an empty list"),
        pytest.param(
            some(fact.items, LEVEL, param.two),
            {"items": items(3, 2, 4)},
            "met",
            "level[1]=met level[2]=not_yet level[3]=met",
            id="two of a list",
        ),
        pytest.param(
            some(fact.items, LEVEL, param.gap),
            {"items": items(3)},
            "undetermined",
            "level[1]=met",
            id="an unknown number of a list",
        ),
        pytest.param(
            each(fact.items, LEVEL, name=fact.name),
            {"items": (*items(3, name="essay"), *items(3, name="essay"), *items(2))},
            "not_yet",
            "level[essay]=met level[essay#2]=met level[3]=not_yet",
            id="members of one name and of none",
        ),
        pytest.param(
            any_of(A, each(fact.items, DOWN)),
            {"items": UNKNOWN},
            "undetermined",
            "a=not_yet",
            id="a list that may deny",
        ),
        pytest.param(not_(all_of(A, B)), {"score": 1}, "met", "a=met b=not_yet", id="not both"),
        pytest.param(EXCEPT, {"prior": False, "transfer": False, "score": 2}, "met", "b=met", id="the default"),
        pytest.param(EXCEPT, {"prior": True, "transfer": False, "score": 1}, "met", "a=met", id="an exception"),
        pytest.param(EXCEPT, {"prior": UNKNOWN, "transfer": False, "score": 2}, "met", "b=met a=met", id="both agree"),
        pytest.param(
            EXCEPT,
            {"prior": UNKNOWN, "transfer": False, "score": 1},
            "undetermined",
            "b=not_yet a=met",
            id="default and exception differ",
        ),
        pytest.param(BY_PATH, {"path": "x", "score": 2}, "met", "b=met", id="a case"),
        pytest.param(BY_PATH, {"score": 3}, "met", "b=met c=met", id="every case agrees"),
        pytest.param(BY_PATH, {"score": 2}, "undetermined", "b=met c=not_yet", id="cases differ"),
        pytest.param(BY_PATH, {"path": "z", "score": 3}, "not_yet", "", id="no such case"),
        pytest.param(BY_PATH, {"path": ABSENT, "score": 3}, "not_yet", "", id="no value to choose by"),
        pytest.param(by_case(fact.prior, {True: A, False: A}), {"score": 1}, "met", "a=met a=met", id="yes and no"),
        pytest.param(
            by_case(fact.area, x=A, y=A), {"area": UNKNOWN, "score": 1}, "undetermined", "a=met a=met", id="maybe none"
        ),
        pytest.param(
            by_case(param.gap, {1: A}), {"score": 1}, "undetermined", "a=met", id="a case by an unknown parameter"
        ),
        pytest.param(
            by_case(fact.undeclared, x=A), {"score": 1}, "undetermined", "a=met", id="a case by a fact nobody declared"
        ),
        pytest.param(by_case(fact.path, x=A), {"score": 1}, "undetermined", "a=met", id="cases that leave one out"),
        pytest.param(final_when(fact.tries >= 2, B), {"tries": 2, "score": 1}, "denied", "b=not_yet", id="closed"),
        pytest.param(final_when(fact.tries >= 2, B), {"tries": UNKNOWN, "score": 2}, "met", "b=met", id="met anyway"),
        pytest.param(
            final_when(fact.tries >= 2, B), {"tries": UNKNOWN}, "undetermined", "b=not_yet", id="perhaps closed"
        ),
        pytest.param(BOARD, {"tries": 1, "passed": True}, "met", "board=met", id="carried"),
        pytest.param(BOARD, {"tries": 1}, "denied", "board=denied", id="not carried"),
        pytest.param(ENOUGH, {"items": kinds("x", "y")}, "met", "n=met", id="enough"),
        pytest.param(ENOUGH, {"items": kinds("x", "x")}, "not_yet", "n=not_yet", id="a minimum short"),
        pytest.param(ENOUGH, {"items": kinds("y", "z")}, "not_yet", "n=not_yet", id="a kind of no category"),
        pytest.param(ENOUGH, {"items": kinds("y", ABSENT)}, "not_yet", "n=not_yet", id="a member of no kind"),
        pytest.param(ENOUGH, {"items": UNKNOWN}, "undetermined", "n=not_yet..met", id="enough of an unknown list"),
        pytest.param(ENOUGH, {"items": ()}, "not_yet", "n=not_yet", id="enough of an empty list"),
        pytest.param(ENOUGH, {"items": kinds("y", "y", sound=False)}, "not_yet", "n=not_yet", id="none qualify"),
        pytest.param(always, {}, "met", "", id="always"),
    ],
)
def test_a_rule_comes_to(rule: Node, facts: dict[str, Any], outcome: str, nodes: str) -> None:
    """Each kind of node comes to its value, and every clause in play is in the finding with its own."""
    finding = decide(policy(rule, *SHEET, parameters=PARAMETERS), facts, TODAY)

    assert (outcome, nodes) == (text(finding), " ".join(finding.nodes()))


@pytest.mark.parametrize(
    ("facts", "needs"),
    [
        ({"items": kinds("y", UNKNOWN)}, ("kind[2]",)),
        ({"items": (*kinds("y"), *kinds("x", sound=UNKNOWN))}, ("sound[2]",)),
        ({"items": UNKNOWN}, ("items",)),
        ({"items": kinds("x", "x", UNKNOWN)}, ("kind[3]",)),
    ],
)
def test_enough_of_asks_for_what_would_settle_it(facts: dict[str, Any], needs: tuple[str, ...]) -> None:
    """Members that may qualify or may serve are named by the fact that is unknown."""
    assert needs == asked(ENOUGH, **facts).needs


@pytest.mark.parametrize(
    ("total", "categories", "cap", "listed", "outcome"),
    [
        (param.gap, param.lists, 5, kinds("y"), "undetermined"),
        (param.shut, param.lists, 5, kinds("y"), "not_yet"),
        (2, param.gap, 5, kinds("y", "y"), "undetermined"),
        (2, param.gap, 5, kinds("y"), "not_yet"),
        (2, param.shut, 5, kinds("y", "y"), "not_yet"),
        (1, param.lists, param.gap, kinds("x"), "undetermined"),
    ],
)
def test_enough_of_with_numbers_not_in_force_or_not_known(
    total: Any, categories: Any, cap: Any, listed: Any, outcome: str
) -> None:
    """A number that is not in force shuts the route, one not known leaves open what some number allows."""
    rule = enough_of("n", "Enough.", fact.items, fact.kind, categories, total, take("field", at_most=cap))

    assert outcome == text(asked(rule, items=listed))


def test_two_exceptions_that_hold_at_once_are_marked() -> None:
    """A conflict is the hull of the exceptions: undetermined where they differ, and marked either way."""
    differ = asked(EXCEPT, prior=True, transfer=True, score=2)
    agree = asked(EXCEPT, prior=True, transfer=True, score=3)
    single = asked(EXCEPT, prior=True, transfer=False, score=3)

    assert (text(differ), differ.conflict, differ.decisive) == ("undetermined", True, ("a", "c"))
    assert (text(agree), agree.conflict) == ("met", True)
    assert not single.conflict


@pytest.mark.parametrize(
    ("on", "applies", "eligible", "outcome", "stage", "nodes"),
    [
        (date(2019, 12, 31), A, B, "not_applicable", "in-force", ()),
        (date(2025, 7, 1), A, B, "not_applicable", "in-force", ()),
        (date(2020, 1, 1), C, B, "not_applicable", "applies", ("c=not_yet",)),
        (TODAY, BOARD, B, "not_applicable", "applies", ("board=needs_panel",)),
        (TODAY, clause("p", "P.", fact.prior), C, "undetermined", "applies", ("p=not_yet..met",)),
        (TODAY, A, C, "ineligible", "eligible", ("a=met", "c=not_yet")),
        (TODAY, A, clause("p", "P.", fact.prior), "undetermined", "eligible", ("a=met", "p=not_yet..met")),
        (date(2025, 6, 30), A, B, "met", "requires", ("a=met", "b=met")),
    ],
)
def test_the_first_stage_that_is_not_plainly_met_decides(
    on: date, applies: Node, eligible: Node, outcome: str, stage: str, nodes: tuple[str, ...]
) -> None:
    """In force, applies, eligible, requires: later stages are not shown as if they were decided."""
    asked_for = policy(
        always,
        *SHEET,
        applies=applies,
        eligible=eligible,
        effective=date(2020, 1, 1),
        until=date(2025, 6, 30),
    )
    finding = decide(asked_for, {"score": 2}, on)

    assert (outcome, stage, nodes) == (text(finding), finding.stage.value, finding.nodes())


def test_a_stage_that_may_be_denied_or_not_yet_is_settled() -> None:
    """Only met or below met matters for who is eligible."""
    eligible = final_when(fact.prior, C)
    finding = decide(policy(always, *SHEET, eligible=eligible), {"score": 2}, TODAY)

    assert (Outcome.INELIGIBLE, ("c",), ()) == (finding.outcome, finding.decisive, finding.needs)


def test_grants_and_level_go_with_their_outcome() -> None:
    """What a decision gives depends on its outcome and on a rule; where that is unknown, so is the grant."""
    asked_for = policy(
        B,
        *SHEET,
        level=fact.score,
        grants=(
            grant("credit", times(50, fact.score)),
            grant("weighted", True, when=fact.passed),
            grant("pathway", fact.path, when=fact.prior),
            grant("notation", "NG", at="not_yet"),
        ),
    )
    met = decide(asked_for, {"score": 2, "passed": True}, TODAY)
    short = decide(asked_for, {"score": 1, "passed": True}, TODAY)

    assert (met.level, met.grants) == (2, (("credit", 100), ("weighted", True), ("pathway", UNKNOWN)))
    assert (short.level, short.grants) == (ABSENT, (("notation", "NG"),))


def test_a_finding_is_data_with_a_digest() -> None:
    """A finding has one form as data, and another finding has another digest."""
    finding = asked(any_of(A, all_of(B, C)), score=2)
    data = finding.to_data()

    assert data == {
        "outcome": "met",
        "stage": "requires",
        "level": None,
        "grants": [],
        "decisive": ["a"],
        "needs": [],
        "next": [],
        "conflict": False,
        "nodes": ["a=met", "b=met", "c=not_yet"],
        "parameters": [],
    }
    assert finding.digest != asked(any_of(A, all_of(B, C)), score=3).digest


def test_what_is_missing_leaves_out_what_cannot_help() -> None:
    """Missing clauses are those that would help: not those of a closed route, nor those of a met alternative."""
    shut = clause("shut", "Taken in time.", fact.taken_on.exists(), final=True)
    closed_route = all_of(shut, clause("work", "Work.", fact.passed, next="hand in"))
    open_route = all_of(any_of(A, B), clause("more", "More.", fact.prior, next="attend"), BOARD)
    finding = asked(any_of(closed_route, all_of(not_(C), open_route)), score=1)

    assert finding.missing() == ("more", "board")
    assert finding.next == ("attend",)
    assert finding.stage is Stage.REQUIRES

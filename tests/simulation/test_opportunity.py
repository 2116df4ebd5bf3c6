"""The opportunity note names those, and only those, who are held back by what was never offered."""

from dataclasses import replace
from typing import Any

import pytest

from ledger.policy import all_of, any_of, clause, fact, param
from ledger.simulation import Case, Held, HeldBack, Side, simulate
from tests.policy.examples import definition
from tests.simulation.support import DAY, STUDIO, TWO_KINDS, case, kinds_case


def note(*cases: Case, policy: Any = TWO_KINDS) -> tuple[HeldBack, ...]:
    """Return who is held back under a baseline; the candidate asks for one kind."""
    candidate = Side(policy, DAY, {"kinds": 1} if policy is TWO_KINDS else {})
    found = simulate([Held(cases)], Side(policy, DAY), candidate, seed=1)
    return tuple(one for one in found.held_back if one.side == "baseline")


def test_a_learner_who_was_offered_one_kind_is_held_back() -> None:
    """Where a rule wants two kinds of task and one was ever offered, that alone holds the learner back."""
    [found] = note(kinds_case("a", "task"), kinds_case("b", "task", score=1))

    assert HeldBack("baseline", "a", "course/algebra", "here", "kinds", "kind", 2, "", ("task",)) == found


def test_what_anybody_was_given_was_offered() -> None:
    """Where a classmate did another kind of task, it was offered; in another class it was not."""
    mate, other = kinds_case("b", "exam"), kinds_case("c", "exam", place="there")

    assert () == note(kinds_case("a", "task"), mate)
    assert ["a", "c"] == [one.learner for one in note(kinds_case("a", "task"), other)]


@pytest.mark.parametrize("score", [0, 2])
def test_who_lacks_something_else_is_not_held_back_by_it_alone(score: int) -> None:
    """A learner below the score would not be met with two kinds of task either."""
    assert () == note(kinds_case("a", "task", score=score))


def test_a_candidate_that_asks_for_what_is_offered_holds_nobody_back() -> None:
    """The note is of each side: one kind of task is enough for the candidate."""
    found = simulate(
        [Held((kinds_case("a", "task"),))], Side(TWO_KINDS, DAY), Side(TWO_KINDS, DAY, {"kinds": 1}), seed=1
    )

    assert ["baseline"] == [one.side for one in found.held_back]


def test_two_wants_that_only_together_hold_back_are_both_told() -> None:
    """Where two clauses want two kinds each, no single one of them is the reason, both are."""
    kinds = TWO_KINDS.sheet[0]
    settings = replace(kinds, name="settings", arguments=(("field", "setting"),))
    both = all_of(
        clause("kinds", "Kinds.", fact.kinds >= param.kinds), clause("settings", "More settings.", fact.settings > 1)
    )
    rule = replace(TWO_KINDS, requires=both, sheet=(kinds, settings, definition("score")))
    one = kinds_case("a", "task")._replace(baseline={"kinds": 1, "settings": 1}, candidate={"kinds": 1, "settings": 1})
    given = one._replace(offers=(*one.offers, one.offers[0]._replace(fact="settings", values=("school",))))
    wider = given._replace(
        learner="b",
        baseline={"kinds": 2, "settings": 2},
        offers=(one.offers[0]._replace(fact="settings", values=("school", "online")),),
    )

    assert [("kinds", 2), ("settings", 2)] == [(found.clause, found.wanted) for found in note(given, policy=rule)]
    assert () == note(given, wider, policy=rule)


def test_another_way_to_the_award_is_enough() -> None:
    """A learner who could take a way that asks for no kinds is not held back while it is the way that fails."""
    either = any_of(
        clause("kinds", "Kinds.", all_of(fact.kinds >= param.kinds, fact.score >= 2)),
        clause("score", "5.", fact.score >= 5),
    )
    rule = replace(TWO_KINDS, requires=either)

    assert ["a"] == [one.learner for one in note(kinds_case("a", "task"), policy=rule)]
    assert () == note(kinds_case("a", "task", score=1), policy=rule)


def test_a_rule_of_ranges_or_of_other_comparisons_is_left_alone() -> None:
    """Where values are limited from above, or compared with what is not there, nothing is wanting."""
    limits = all_of(
        clause("few", "One kind at most.", fact.kinds <= 0),
        clause("gap", "As many as scored.", fact.kinds >= fact.score),
    )

    assert () == note(
        kinds_case("a", "task", score=9)._replace(baseline={"kinds": 1}), policy=replace(TWO_KINDS, requires=limits)
    )


def test_a_category_nobody_was_offered_holds_back() -> None:
    """Enough items, but none of the studio, and nobody here ever had one: that alone is why."""
    visits = {"items": ({"kind": "visit"}, {"kind": "visit"})}
    [found] = note(case("a", visits), case("b", {"items": ({"kind": "visit"},)}), policy=STUDIO)

    assert HeldBack("baseline", "a", "course/algebra", "here", "items", "kind", 1, "studio", ("visit",)) == found
    assert () == note(case("a", visits), case("b", {"items": ({"kind": "artefact"},)}), policy=STUDIO)

"""The boxes against asking everybody: whatever a learner comes to is found, and whatever is found is so."""

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ledger.policy import Policy
from ledger.policy.analysis.boxes import BUDGET
from ledger.policy.analysis.outcomes import decided, reachable
from ledger.policy.analysis.questions import decisive
from ledger.policy.analysis.variations import standings
from ledger.policy.evaluate import changing_alone, decide
from ledger.policy.sheet import UNKNOWN
from tests.policy import strategies
from tests.policy.analysis.grids import ON, boxes_of, everybody, policies
from tests.policy.examples import CHALLENGE, FOLIO, policy

slowly = settings(deadline=None, max_examples=60, suppress_health_check=list(HealthCheck))


@slowly
@given(policies())
def test_boxes_find_what_asking_everybody_finds(asked: Policy) -> None:
    """The outcomes found are exactly those that somebody on the grid has."""
    boxes = boxes_of(asked)

    assert {decide(asked, sheet, ON).outcome for sheet in everybody(asked)} == set(reachable(boxes))
    assert () == boxes.doubts


@slowly
@given(policies())
def test_clauses_are_decisive_for_somebody_or_for_nobody(asked: Policy) -> None:
    """A clause is found decisive exactly where turning it alone changes the outcome of somebody on the grid."""
    shown = {
        key.partition("[")[0]
        for sheet in everybody(asked)
        if (finding := decide(asked, sheet, ON)).tree and finding.outcome != "undetermined"
        for key in changing_alone(finding.tree)
    }
    boxes = boxes_of(asked)
    found = {
        standing.id
        for stage in ("eligible", "requires")
        for standing, _ in standings(getattr(asked, stage))
        if decisive(boxes, stage, standing) is not None
    }

    assert shown == found


@pytest.mark.parametrize("asked", [CHALLENGE, FOLIO])
def test_each_example_is_a_learner_who_has_the_outcome(asked: Policy) -> None:
    """The learner given for an outcome has it, asked by the evaluator as an author would ask."""
    boxes = boxes_of(asked)
    found = reachable(boxes)

    assert {outcome: outcome for outcome in found} == {
        outcome: decided(boxes, 0, sheet).outcome for outcome, sheet in found.items()
    }
    assert len(found) >= 4


@settings(slowly, max_examples=25)
@given(strategies.stages(), st.data())
def test_no_outcome_of_the_whole_vocabulary_is_lost(parts: dict[str, Any], data: st.DataObject) -> None:
    """Whatever a whole sheet comes to under a rule of any words is among the outcomes found, where they are exact."""
    asked = policy(parts.pop("requires"), *strategies.SHEET, parameters=strategies.PARAMETERS, **parts)
    boxes = boxes_of(asked, budget=200)
    found = reachable(boxes)
    sheet = data.draw(strategies.sheets(asked.applies, asked.eligible, asked.requires))

    assert [outcome for outcome, each in found.items() if decided(boxes, 0, each).outcome is not outcome] == []
    if _whole(sheet) and not boxes.doubts:
        assert decide(asked, sheet, ON).outcome in found


def _whole(sheet: Any) -> bool:
    return all(
        value is not UNKNOWN and (not isinstance(value, tuple) or all(_whole(member) for member in value))
        for value in sheet.values()
    )


def test_an_exploration_stops_at_its_budget_and_says_so() -> None:
    """Beyond the budget few values are tried, and the doubt is told in words."""
    boxes = boxes_of(FOLIO, budget=5)
    found = reachable(boxes)

    assert found
    assert ("more than 5 learners would have to be asked",) == boxes.doubts
    assert BUDGET == 200_000

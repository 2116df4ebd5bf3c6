"""The law of the evaluator: what is not known can only widen a result, never move it."""

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ledger.policy.evaluate import decide
from ledger.policy.model import Outcome
from ledger.policy.scope import open_scope
from ledger.policy.weighing import weigh
from tests.policy.examples import policy
from tests.policy.strategies import DAYS, KINDS, PARAMETERS, SHEET, hidden, rules, sheets, stages

slowly = settings(deadline=None, max_examples=100, suppress_health_check=list(HealthCheck))


@pytest.mark.parametrize("kind", KINDS)
@slowly
@given(st.data())
def test_the_pair_of_a_partial_sheet_contains_that_of_every_completion(kind: str, data: st.DataObject) -> None:
    """Hiding facts of a sheet leaves a pair around the pair of the whole sheet."""
    rule = data.draw(rules(kind))
    sheet = data.draw(sheets(rule))
    partial = data.draw(hidden(sheet))
    asked = policy(rule, *SHEET, parameters=PARAMETERS)
    low, high = weigh(rule, open_scope(asked, sheet, DAYS[1], {}, None)).pair
    widest_low, widest_high = weigh(rule, open_scope(asked, partial, DAYS[1], {}, None)).pair

    assert widest_low <= low <= high <= widest_high


@slowly
@given(stages(), st.data())
def test_an_outcome_on_a_partial_sheet_is_the_outcome_of_every_completion(
    parts: dict[str, Any], data: st.DataObject
) -> None:
    """Where hidden facts leave an outcome other than undetermined, the whole sheet has the same."""
    asked = policy(parts.pop("requires"), *SHEET, parameters=PARAMETERS, **parts)
    sheet = data.draw(sheets(asked.applies, asked.eligible, asked.requires))
    partial = decide(asked, data.draw(hidden(sheet)), DAYS[1])
    whole = decide(asked, sheet, DAYS[1])

    assert partial.outcome in (Outcome.UNDETERMINED, whole.outcome)


@slowly
@given(stages(), st.data())
def test_an_undetermined_finding_names_what_would_settle_it(parts: dict[str, Any], data: st.DataObject) -> None:
    """A finding is undetermined only with facts to ask for, or where exceptions collide."""
    asked = policy(parts.pop("requires"), *SHEET, parameters=PARAMETERS, **parts)
    sheet = data.draw(sheets(asked.applies, asked.eligible, asked.requires))
    finding = decide(asked, sheet, DAYS[1])
    open_ones = finding.outcome is Outcome.UNDETERMINED

    assert bool(finding.needs) <= open_ones
    assert open_ones <= (bool(finding.needs) or finding.conflict)


@slowly
@given(stages(), st.data())
def test_equal_sheets_have_equal_findings(parts: dict[str, Any], data: st.DataObject) -> None:
    """A finding does not depend on the order in which a sheet is written, nor on the asking."""
    asked = policy(parts.pop("requires"), *SHEET, parameters=PARAMETERS, **parts)
    sheet = data.draw(sheets(asked.applies, asked.eligible, asked.requires))
    one = decide(asked, sheet, DAYS[1])
    other = decide(asked, dict(reversed(sheet.items())), DAYS[1])

    assert one.to_data() == other.to_data()
    assert one.digest == other.digest

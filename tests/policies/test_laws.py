"""Laws that hold of every policy that comes with the product, for every learner."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ledger.catalogue import load
from ledger.policy import Citation, DatedValue, FactDefinition, ParameterDefinition, ParameterType, Policy
from ledger.policy.canonical import policy_from_text, policy_text, value_from_text, value_text
from ledger.policy.checks.places import Subject, definitions
from ledger.policy.evaluate import decide
from ledger.policy.model import Outcome
from ledger.policy.nodes import Not
from ledger.policy.parameters import DECISION
from ledger.policy.terms import Comparison, FactTerm, Operator, walk
from tests.policies.drawing import masked, sheets

CATALOGUE = load()
DAY = date(2026, 5, 30)
LATER = date(2099, 1, 1)
slowly = settings(deadline=None, max_examples=60, suppress_health_check=list(HealthCheck))
each_policy = pytest.mark.parametrize("policy", CATALOGUE.policies, ids=lambda policy: policy.id)


@each_policy
@slowly
@given(st.data())
def test_what_is_not_known_never_moves_an_outcome(policy: Policy, data: st.DataObject) -> None:
    """An outcome other than undetermined stays whatever the hidden facts turn out to be."""
    sheet = data.draw(sheets(policy))
    partial = decide(policy, data.draw(masked(sheet)), DAY)

    assert partial.outcome in (Outcome.UNDETERMINED, decide(policy, sheet, DAY).outcome)


ORDER = (
    Outcome.INELIGIBLE,
    Outcome.NOT_APPLICABLE,
    Outcome.UNDETERMINED,
    Outcome.DENIED,
    Outcome.NOT_YET,
    Outcome.NEEDS_PANEL,
    Outcome.MET,
)


def unbounded_scores(policy: Policy) -> frozenset[str]:
    """Name the levels, scores and shares that the rule asks for at least something of, and never at most."""
    bounded: set[str] = set()
    for node, _ in Subject(policy).nodes:
        turned = isinstance(node, Not) or (
            isinstance(node, Comparison) and node.operator not in (Operator.AT_LEAST, Operator.MORE)
        )
        right = node.right if isinstance(node, Comparison) and isinstance(node.right, FactTerm) else None
        parts = walk(node) if turned else () if right is None else (right,)
        bounded |= {part.name for part in parts if isinstance(part, FactTerm)}
    scores = {definition.name for definition, _ in definitions(policy.sheet) if definition.type.value == "fraction"}
    return frozenset(scores - bounded)


def places(sheet: dict[str, Any], names: frozenset[str]) -> Iterator[tuple[dict[str, Any], str]]:
    """Yield each place of a sheet that holds one of these facts as a number."""
    for name, value in sheet.items():
        if isinstance(value, Fraction) and name in names:
            yield sheet, name
        elif isinstance(value, tuple):
            for member in value:
                yield from places(member, names)


@each_policy
@slowly
@given(st.data())
def test_a_better_score_never_lowers_an_outcome(policy: Policy, data: st.DataObject) -> None:
    """Raising a level or score of which the rule only asks for at least something leaves the outcome as good."""
    sheet = data.draw(sheets(policy))
    before = decide(policy, sheet, DAY)
    found = list(places(sheet, unbounded_scores(policy)))
    if not found:
        return
    holder, name = data.draw(st.sampled_from(found))
    holder[name] += data.draw(st.integers(1, 500))

    assert ORDER.index(decide(policy, sheet, DAY).outcome) >= ORDER.index(before.outcome)


def with_a_later_value(definition: ParameterDefinition) -> ParameterDefinition:
    """Add a value far off, other than all there were, for a number; leave anything else as it is."""
    if definition.type not in (ParameterType.INTEGER, ParameterType.FRACTION) or definition.clock not in ("", DECISION):
        return definition
    value = DatedValue(LATER, None, 9_999, date(2026, 1, 1), Citation("An act to come"))
    return replace(definition, values=(*definition.values, value))


@each_policy
@slowly
@given(st.data())
def test_a_value_dated_later_changes_nothing_before(policy: Policy, data: st.DataObject) -> None:
    """A value in force from 2099 on decides nobody on an earlier day, and nothing of the reasons."""
    changed = replace(policy, parameters=tuple(map(with_a_later_value, policy.parameters)))
    sheet = data.draw(sheets(policy))
    on = data.draw(st.sampled_from([DAY, LATER - timedelta(days=1)]))

    assert decide(policy, sheet, on) == decide(changed, sheet, on)


@each_policy
def test_an_edition_survives_being_archived(policy: Policy) -> None:
    """Rule, facts, parameters and words come back equal from the canonical text."""
    assert policy == policy_from_text(policy_text(policy))


@each_policy
@settings(slowly, max_examples=20)
@given(st.data())
def test_facts_survive_being_stored(policy: Policy, data: st.DataObject) -> None:
    """Every value a fact of the sheet may have comes back equal from its canonical text."""
    sheet = data.draw(sheets(policy))

    assert sheet == {name: value_from_text(value_text(value)) for name, value in sheet.items()}


def entitlements(policy: Policy) -> list[FactDefinition]:
    """Return the facts that read a legal entitlement."""
    return [definition for definition, _ in definitions(policy.sheet) if definition.sensitive]


@each_policy
def test_a_clause_that_reads_an_entitlement_names_its_law(policy: Policy) -> None:
    """Whatever reads a legal entitlement stands in a clause with a source that was read."""
    names = {definition.name for definition in entitlements(policy)}
    reading = [
        node
        for node, place in Subject(policy).nodes
        if place.where.startswith("clause") and names & {getattr(part, "name", "") for part in walk(node)}
    ]
    cited = [node for node in reading if getattr(node, "cites", None)]

    assert bool(names) == bool(reading)
    assert all(node.cites.confidence.value in "VS" for node in cited)  # type: ignore[attr-defined]

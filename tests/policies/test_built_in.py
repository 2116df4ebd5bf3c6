"""The policies that come with the product: their cases, and laws that hold for every learner."""

from collections.abc import Iterator
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ledger.catalogue import load
from ledger.policy import ABSENT, UNKNOWN, FactDefinition, FactType, Policy
from ledger.policy.cases import Case, CaseResult, cases_from_toml, run
from ledger.policy.checks.places import Subject, places
from ledger.policy.evaluate import decide
from ledger.policy.model import Outcome
from ledger.policy.rules import Clause

CATALOGUE = load()
FILES: dict[str, list[Policy]] = {}
for _policy in CATALOGUE.policies:
    FILES.setdefault(CATALOGUE.beside[_policy.edition].cases_file, []).append(_policy)

DAY = date(2026, 5, 30)
slowly = settings(deadline=None, max_examples=300, suppress_health_check=list(HealthCheck))


def cases(file: str) -> tuple[Case, ...]:
    """Read the cases of a file; a problem of the file is a failure."""
    beside = CATALOGUE.beside[FILES[file][0].edition]
    read = cases_from_toml(beside.cases, file, FILES[file], beside.law)

    assert read.problems == ()

    return read.cases


EVERY_CASE = [case for file in FILES for case in cases(file)]
RESULTS: list[CaseResult] = [run(case) for case in EVERY_CASE]


@pytest.mark.parametrize("result", RESULTS, ids=lambda result: f"{result.case.policy.id}: {result.case.name}")
def test_a_case_comes_out_as_it_says(result: CaseResult) -> None:
    """Outcome, decisive clauses, next steps and grants are those of the case."""
    assert result.failures == ()


@pytest.mark.parametrize("policy", CATALOGUE.policies, ids=lambda policy: policy.id)
def test_every_clause_is_decisive_in_some_case(policy: Policy) -> None:
    """No clause of a built-in policy is without a case that rests on it."""
    decisive = {
        key.partition("[")[0]
        for result in RESULTS
        if result.case.policy is policy
        for key in result.finding.decisive
        if result.finding.outcome is not Outcome.UNDETERMINED
    }
    written = {node.id for node, _ in Subject(policy).nodes if isinstance(node, Clause)}

    assert written == decisive


@pytest.mark.parametrize("policy", CATALOGUE.policies, ids=lambda policy: policy.id)
def test_every_clause_is_met_and_unmet_in_some_case(policy: Policy) -> None:
    """Each clause is seen on both sides of its threshold."""
    seen = {
        (node.partition("=")[0].partition("[")[0], node.endswith("=met"))
        for result in RESULTS
        if result.case.policy is policy
        for node in result.finding.nodes()
    }
    written = {node.id for node, _ in Subject(policy).nodes if isinstance(node, Clause)}

    assert {(clause, side) for clause in written for side in (True, False)} <= seen


def values(definition: FactDefinition) -> st.SearchStrategy[Any]:
    """Draw a value of a fact near the lines of the built-in policies, or ABSENT where there may be none."""
    kinds: dict[FactType, st.SearchStrategy[Any]] = {
        FactType.INTEGER: st.integers(0, 3),
        FactType.FRACTION: st.sampled_from([Fraction(n) for n in (2, 3, 4, 49, 50, 69, 70, 79, 80, 89, 90)]),
        FactType.BOOLEAN: st.booleans(),
        FactType.DATE: st.sampled_from([date(2013, 6, 13), date(2013, 6, 14), DAY, DAY + timedelta(days=1)]),
        FactType.TEXT: st.sampled_from(["ap", "clep", "criterion-referenced"]),
        FactType.LIST: st.lists(sheets(definition.members), max_size=3).map(tuple),
    }
    known = kinds[definition.type]
    return st.one_of(known, st.just(ABSENT)) if definition.when_none is ABSENT else known


def sheets(definitions: tuple[FactDefinition, ...]) -> st.SearchStrategy[dict[str, Any]]:
    """Draw a whole fact sheet."""
    return st.fixed_dictionaries({definition.name: values(definition) for definition in definitions})


@st.composite
def masked(draw: Any, sheet: dict[str, Any]) -> dict[str, Any]:
    """Hide some facts of a sheet, inside lists as well."""
    hidden: dict[str, Any] = {}
    for name, value in sheet.items():
        whole = tuple(draw(masked(member)) for member in value) if isinstance(value, tuple) else value
        hidden[name] = UNKNOWN if draw(st.integers(0, 3)) == 0 else whole
    return hidden


@pytest.mark.parametrize("policy", CATALOGUE.policies, ids=lambda policy: policy.id)
@slowly
@given(st.data())
def test_what_is_not_known_never_moves_an_outcome(policy: Policy, data: st.DataObject) -> None:
    """An outcome other than undetermined stays whatever the hidden facts turn out to be."""
    sheet = data.draw(sheets(policy.sheet))
    partial = decide(policy, data.draw(masked(sheet)), DAY)

    assert partial.outcome in (Outcome.UNDETERMINED, decide(policy, sheet, DAY).outcome)


ORDER = (Outcome.DENIED, Outcome.NOT_YET, Outcome.NEEDS_PANEL, Outcome.MET)


def scores(sheet: dict[str, Any]) -> Iterator[tuple[dict[str, Any], str]]:
    """Yield each place of a sheet that holds a level, a score or a share."""
    for name, value in sheet.items():
        if isinstance(value, Fraction):
            yield sheet, name
        elif isinstance(value, tuple):
            for member in value:
                yield from scores(member)


@pytest.mark.parametrize("policy", CATALOGUE.policies, ids=lambda policy: policy.id)
@slowly
@given(st.data())
def test_a_better_score_never_lowers_an_outcome(policy: Policy, data: st.DataObject) -> None:
    """Raising any level or score, all else equal, leaves the outcome as good or better."""
    sheet = data.draw(sheets(policy.sheet))
    before = decide(policy, sheet, DAY, overrides={"instruction_route": True})
    found = list(scores(sheet))
    if not found:
        return
    holder, name = data.draw(st.sampled_from(found))
    holder[name] += data.draw(st.integers(1, 50))
    after = decide(policy, sheet, DAY, overrides={"instruction_route": True})

    assert ORDER.index(after.outcome) >= ORDER.index(before.outcome)


TEXAS = CATALOGUE.find("us-tx/credit-by-examination", DAY)


@slowly
@given(st.data())
def test_a_further_sitting_never_takes_credit_away(data: st.DataObject) -> None:
    """Whatever a later sitting brings, credit earned by an earlier one stays."""
    member = {definition.name: definition for definition in TEXAS.sheet}["sittings"].members
    drawn = data.draw(st.lists(sheets(member), min_size=1, max_size=4))
    sittings = tuple({**sitting, "ordinal": number} for number, sitting in enumerate(drawn, 1))
    fewer, more = (
        decide(TEXAS, {"sittings": part, "sittings_taken": len(part), "today": DAY}, DAY).outcome
        for part in (sittings[:-1], sittings)
    )

    assert fewer is not Outcome.MET or more is Outcome.MET


def test_a_district_may_change_only_what_the_law_leaves_to_it() -> None:
    """The cuts, tries and windows of Texas are exact; approval, route and amount are local."""
    keeps = {parameter.name: parameter.keep.value for parameter in TEXAS.parameters}

    assert {name for name, keep in keeps.items() if keep == "local"} == {"approved", "credit", "instruction_route"}
    assert {keep for name, keep in keeps.items() if name not in ("approved", "credit", "instruction_route")} == {
        "exact"
    }


def test_only_the_clause_of_windows_reads_an_entitlement() -> None:
    """One clause of Texas reads a legal entitlement, and it names its law."""
    sensitive = {definition.name for definition in Subject(TEXAS).facts.values() if definition.sensitive}
    reading = [
        node
        for node, place in Subject(TEXAS).nodes
        if isinstance(node, Clause) and sensitive & {getattr(inner, "name", "") for inner, _ in places(node, place)}
    ]

    assert sensitive == {"any_time"}
    assert [(node.id, str(node.cites)) for node in reading] == [("window", "19 TAC §74.24(c)")]

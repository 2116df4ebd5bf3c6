"""The policies that come with the product: their cases come out, and what Texas promises beyond them."""

from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ledger.catalogue import load
from ledger.policy import Policy
from ledger.policy.cases import Case, CaseResult, cases_from_toml, run
from ledger.policy.checks.places import Subject, places
from ledger.policy.evaluate import decide
from ledger.policy.model import Outcome
from ledger.policy.rules import Clause
from tests.policies.drawing import sheets

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


TEXAS = CATALOGUE.find("us-tx/credit-by-examination", DAY)


@slowly
@given(st.data())
def test_a_further_sitting_never_takes_credit_away(data: st.DataObject) -> None:
    """Whatever a later sitting brings, credit earned by an earlier one stays."""
    member = {definition.name: definition for definition in TEXAS.sheet}["sittings"].members
    drawn = data.draw(st.lists(sheets(TEXAS, member), min_size=1, max_size=4))
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

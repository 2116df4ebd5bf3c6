"""The kit's own measure, held against every policy that comes with the product."""

import pytest

from ledger.catalogue import load
from ledger.policy import Policy
from ledger.policy.cases import Case, cases_from_toml
from ledger.policy.kit.coverage import coverage
from ledger.policy.kit.mutation import mutate

CATALOGUE = load()


def beside(policy: Policy) -> tuple[tuple[Case, ...], str]:
    """Return the cases that may be about a policy, and the law beside it."""
    file = CATALOGUE.beside[policy.edition]
    about = [each for each in CATALOGUE.policies if CATALOGUE.beside[each.edition].cases_file == file.cases_file]
    return cases_from_toml(file.cases, file.cases_file, about, file.law).cases, file.law


@pytest.mark.parametrize("policy", CATALOGUE.policies, ids=lambda policy: policy.edition)
def test_cases_try_every_clause_threshold_and_value(policy: Policy) -> None:
    """Every clause is met, failed and decisive, every threshold tried on both sides, every value in force."""
    assert coverage(policy, beside(policy)[0]).gaps == ()


@pytest.mark.parametrize("policy", CATALOGUE.policies, ids=lambda policy: policy.edition)
def test_cases_notice_every_mistake(policy: Policy) -> None:
    """Every mutant is killed by a case, or the law says why no learner can tell it from the rule."""
    assert list(mutate(policy, *beside(policy)).sentences()) == []

"""Cases written as values, and what the kit says of them."""

from datetime import date
from typing import Any

from ledger.policy import Policy
from ledger.policy.cases import Case, Expectation, run
from ledger.policy.evaluate import decide
from ledger.policy.kit.coverage import coverage
from ledger.policy.kit.mutants import Mutant, mutants
from ledger.policy.kit.mutation import mutate

DAY = date(2026, 5, 30)


def case(asked: Policy, on: date = DAY, set_: dict[str, Any] | None = None, **given: Any) -> Case:
    """Write a case that comes out as it says, all of it told."""
    finding = decide(asked, given, on, overrides=set_ or {})
    grants = {key: str(value) for key, value in finding.grants}
    expect = Expectation(finding.outcome, frozenset(finding.decisive), finding.next, None, grants)
    found = Case(f"{asked.id} with {given}", asked, on, None, given, set_ or {}, expect, "law.md#rule")
    assert run(found).failures == ()
    return found


def gaps(asked: Policy, *cases: Case) -> tuple[str, ...]:
    """Return what cases leave untried."""
    return coverage(asked, cases).gaps


def keys(asked: Policy) -> list[str]:
    """Name the mutants of a policy."""
    return [mutant.key for mutant in mutants(asked)]


def mutant(asked: Policy, key: str) -> Mutant:
    """Return one mutant."""
    return next(each for each in mutants(asked) if each.key == key)


def survivors(asked: Policy, *cases: Case, law: str = "") -> list[str]:
    """Name the mutants that no case notices and the law does not explain."""
    return [survivor.key for survivor in mutate(asked, cases, law).unexplained]

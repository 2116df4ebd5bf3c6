"""What an analysis says of a rule in which code judges: never that anything is proved, and never by asking the code."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from ledger.policy import Policy, Question, all_of, clause, fact, not_
from ledger.policy.analysis.bounding import Bounded, BoundSide, Standing, check_bound
from ledger.policy.analysis.checking import check
from ledger.policy.analysis.comparing import Strictness, compare
from ledger.policy.analysis.findings import Kind
from ledger.policy.analysis.overriding import shown_against
from ledger.policy.analysis.side import Side
from ledger.policy.analysis.suggesting import suggest
from ledger.policy.analysis.tree import policy_tree
from ledger.policy.judging.asking import in_worker
from ledger.policy.kit.coverage import coverage
from ledger.policy.kit.mutation import mutate
from tests.judging.files import LAW, cases, whole
from tests.judging.growth import ACT, growing

TODAY = date(2026, 5, 30)
DOUBT = "clause 'growing' is judged by code, of which nothing is proved"


def plain() -> Policy:
    """Return the policy without its code."""
    requires: Any = whole().requires
    return replace(whole(), requires=requires.parts[0])


def test_nothing_is_proved_of_it() -> None:
    """The code is the one finding, sampled and not proved; the law beside the policy may explain it."""
    policy = whole()
    (found,) = check(policy, TODAY, ("work_count",), LAW, cases(policy))

    assert (Kind.JUDGED, "growing", "sampled") == (found.kind, found.about, found.method)
    assert "'growing' is judged by code, which no analysis asks: nothing is proved of this rule." == found.sentence
    assert "no word of the rule language looks back over a list." == found.because


def test_what_is_read_off_the_rule_is_still_found() -> None:
    """A not_ that a learner without the fact meets is found without asking the code."""
    policy = whole()
    turned = clause("turned", "Turned.", not_(fact.works.exists()), ACT)
    sheet = (policy.sheet[0], replace(policy.sheet[1], when_none=()))
    found = check(replace(policy, requires=all_of(turned, growing), sheet=sheet), TODAY, ())

    assert Kind.JUDGED is found[0].kind
    assert {"sampled"} == {finding.method for finding in found}


@pytest.mark.parametrize("sides", [(whole, plain), (plain, whole), (whole, whole)])
def test_two_rules_are_not_compared(sides: Any) -> None:
    """A rule with code is comparable with none, not even with itself, and the reason is said."""
    first, second = (Side(side(), TODAY) for side in sides)
    found = compare(first, second)

    assert (Strictness.NOT_COMPARABLE, "sampled", (DOUBT,), ()) == (
        found.strictness,
        found.method,
        found.doubts,
        found.farings,
    )


@pytest.mark.parametrize("side", list(BoundSide))
def test_a_bound_wants_a_person(side: BoundSide) -> None:
    """Under a bound a rule with code is not comparable: a named person has to attest, and nothing is proved."""
    verdict = check_bound(Bounded(plain(), {}), Bounded(whole(), {}), side, TODAY, TODAY)

    assert (Standing.NOT_COMPARABLE, "sampled", True, TODAY) == (
        verdict.standing,
        verdict.method,
        verdict.wants_attestation,
        verdict.since,
    )
    assert f"not comparable with the {side}: {DOUBT}; a named person has to attest that it keeps within" == (
        verdict.sentence
    )


def test_a_guarantee_with_code_outlasts_the_candidate() -> None:
    """Nobody can say whether a guarantee with code gave anything that a rule not in force withholds."""
    gone = replace(plain(), until=date(2025, 1, 1))
    found = [
        check_bound(Bounded(whole(), {}), Bounded(gone, {}), side, TODAY, TODAY).standing
        for side in (BoundSide.GUARANTEE, BoundSide.FLOOR)
    ]

    assert [Standing.NOT_COMPARABLE, Standing.WITHIN] == found


def test_nobody_is_looked_for() -> None:
    """No learner is searched for who would show a local value, and no case is suggested."""
    assert shown_against(whole(), "fall", 3, {}, TODAY) is None
    assert () == suggest(whole(), TODAY, cases(whole()))


def test_the_tree_says_so() -> None:
    """The tree names the clause, what it reads, and that it is judged by code."""
    node = policy_tree(whole(), TODAY).requires.parts[1]

    assert ("growing", "clause", ("works",), {"fall": "1"}) == (node.clause, node.word, node.facts, node.parameters)
    assert node.text.endswith("(judged by code, not proved).")


def test_cases_try_it_and_no_mistake_is_made_in_it() -> None:
    """Cases cover the clause like any other; mutants leave its inside alone, which is said."""
    policy = whole()
    own = cases(policy)
    tried, made = coverage(policy, own, in_worker), mutate(policy, own, LAW, in_worker)

    assert () == tried.gaps
    assert ((), ("growing",), ()) == (made.failing, made.judged, made.unexplained)
    assert Question.MASTERY is policy.question

"""What methods claim, held against random learners; and the digest of what a policy rests on."""

from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from ledger.facts.claims import better_never_lowers, compares_levels, evaluator_digest, methods_used, reads_day
from ledger.policy import ABSENT, AtLevel, Counted, FactDefinition, FactType, Reads, Ready
from tests.facts.strategies import ALL_FACTS, MEMBERS
from tests.facts.support import fact, policy_of, record_of, shown, value_of

LEVELS = ["0", "1", "2", "2.5", "3", "4"]
FOLDS = {each.method: each for each in ALL_FACTS}.values()
CLAIMS = [
    fact(each.method, each.type, arguments=each.arguments, where=where)
    for each in FOLDS
    for where in ((), (AtLevel(2),))
]
CLAIMED = [definition for definition in CLAIMS if better_never_lowers(definition)]


def test_methods_claim_what_is_known_of_them() -> None:
    """Best, counts and averages never fall when a score rises; latest and averages may where scores are cut off."""
    claimed = sorted((each.method, bool(each.where)) for each in CLAIMED)

    assert claimed == [
        ("best.1", False),
        ("best.1", True),
        ("best_n_of_m.1", False),
        ("count.1", False),
        ("count.1", True),
        ("decaying.1", False),
        ("distinct.1", False),
        ("distinct.1", True),
        ("exists_after.1", False),
        ("exists_after.1", True),
        ("latest.1", False),
        ("level.1", False),
        ("mean.1", False),
        ("sum.1", False),
        ("weighted.1", False),
    ]


@settings(max_examples=300, deadline=None)
@given(st.data())
def test_a_better_score_never_lowers_a_result_that_claims_so(data: Any) -> None:
    """Raise one score, all else equal: no method that claims to be monotone gives less."""
    definition = data.draw(st.sampled_from(CLAIMED))
    texts = data.draw(st.lists(st.sampled_from(LEVELS), min_size=1, max_size=6))
    place = data.draw(st.integers(0, len(texts) - 1))
    better = data.draw(st.sampled_from(LEVELS))
    assume(LEVELS.index(better) > LEVELS.index(texts[place]))
    raised = [better if each == place else text for each, text in enumerate(texts)]
    before, after = (value_of(learner(each), definition) for each in (texts, raised))

    assert before is ABSENT or after >= before


def learner(texts: list[str]) -> Any:
    """Fold results of these levels, one a day, of two kinds."""
    return record_of(
        *(
            shown(f"e{place}", text, f"2026-01-{place + 1:02d}", kind=("task", "exam")[place % 2])
            for place, text in enumerate(texts)
        )
    )


@pytest.mark.parametrize(
    ("definition", "before", "after"),
    [
        pytest.param(fact("latest.1", where=(AtLevel(3),)), ["4", "2"], ["4", "3"], id="latest at the level"),
        pytest.param(
            fact("mode_of_last.1", arguments=(("n", 3), ("tie", "lowest"))), ["3", "3", "2"], ["4", "3", "2"], id="mode"
        ),
        pytest.param(fact("n_times.1", arguments=(("n", 1), ("cut", 3))), ["4", "2.5"], ["4", "3"], id="n times"),
    ],
)
def test_what_may_fall_does_not_claim_otherwise(definition: Any, before: list[str], after: list[str]) -> None:
    """For each method that makes no claim there is a learner whose better score lowers the result."""
    assert value_of(learner(after), definition) < value_of(learner(before), definition)
    assert not better_never_lowers(definition)


def test_better_practice_may_lower_what_asks_for_readiness() -> None:
    """Practice at the level lets a poor assessment count, so a fact that waits for it makes no claim."""
    definition = fact("latest.1", where=(Ready(True, ("practice",), 2),))

    def learner(practice: str) -> Any:
        return record_of(
            shown("good", "2", "2026-01-01", purpose="practice"),
            shown("a", "4", "2026-01-02"),
            shown("b", "1", "2026-01-04"),
            shown("p", practice, "2026-01-03", purpose="practice"),
        )

    assert value_of(learner("1"), definition) == value_of(learner("2"), definition) == 1
    assert not better_never_lowers(definition)
    assert better_never_lowers(fact("best.1", where=(Ready(True, ("practice",), 2),)))


@pytest.mark.parametrize(
    ("definition", "compares"),
    [
        pytest.param(fact("best.1"), True, id="a level"),
        pytest.param(fact("best.1", measure="percent"), False, id="a share"),
        pytest.param(fact("count.1", FactType.INTEGER, reads=Reads.PREPARATION), False, id="preparations"),
        pytest.param(fact("best.1", measure="value", where=(Ready(),)), False, id="readiness by decision"),
        pytest.param(
            fact("best.1", measure="value", where=(Ready(True, ("practice",), 2),)), True, id="readiness by level"
        ),
    ],
)
def test_a_policy_compares_levels_where_evidence_is_read_as_one(definition: FactDefinition, compares: bool) -> None:
    """Only what reads evidence as a level, or asks for readiness at a level, needs a scale."""
    assert compares_levels(policy_of(definition)) is compares


LOOKED_UP = {
    "status.1": (("code", "x"),),
    "status_day.1": (("code", "x"),),
    "approved.1": (("kind", "board"),),
    "decision.1": (("question", "MASTERY"),),
}


@pytest.mark.parametrize(
    ("method", "daily"),
    [
        ("status.1", True),
        ("approved.1", True),
        ("designated.1", True),
        ("today.1", True),
        ("status_day.1", False),
        ("decision.1", False),
        ("prerequisites.1", False),
        ("best.1", False),
    ],
)
def test_what_may_change_with_the_day_says_so(method: str, daily: bool) -> None:
    """A status, an approval and a designation hold on some days; what names a day or a decision does not move."""
    definition = fact(method, FactType.BOOLEAN, reads=Reads.STATUS, arguments=LOOKED_UP.get(method, ()))

    assert reads_day(policy_of(definition, fact("latest.1", name="other", where=(Counted(),)))) is daily


def test_a_look_up_claims_nothing() -> None:
    """What reads no score says nothing about better scores."""
    assert not better_never_lowers(fact("today.1", FactType.DATE, reads=Reads.CALENDAR))


def test_methods_used_are_named_with_those_of_members() -> None:
    """A policy rests on the methods of its facts and of what their members carry, each once."""
    policy = policy_of(
        fact("best.1", name="a"), fact("best.1", name="b"), fact("items.1", FactType.LIST, members=MEMBERS)
    )

    assert methods_used(policy) == (
        "best.1",
        "item.earlier_in_window",
        "item.occurred",
        "item.ordinal",
        "item.status",
        "item.value",
        "items.1",
    )


def test_the_evaluator_digest_follows_the_methods_alone() -> None:
    """Another name for a fact leaves the digest, another method changes it."""
    one, renamed, other = (
        evaluator_digest(policy_of(each))
        for each in (fact("best.1", name="a"), fact("best.1", name="b"), fact("latest.1", name="a"))
    )

    assert one == renamed
    assert one != other

"""What methods claim, held against random learners; and the digest of what a policy rests on."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from itertools import product
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from ledger.facts.claims import better_never_lowers, compares_levels, evaluator_digest, methods_used, reads_day
from ledger.facts.record import LearnerRecord
from ledger.policy import ABSENT, AtLevel, Counted, FactDefinition, FactType, Reads, Ready
from ledger.policy.sheet import Missing
from tests.facts.samples import FOLDS, sample
from tests.facts.support import fact, policy_of, record_of, shown, value_of

NUMBERS = ["-2", "-1", "0", "1", "2", "2.5", "3", "4"]
CUTS = [(), (AtLevel(2),), (AtLevel(-1),)]
CLAIMS = [
    sample(name, given, where=where)
    for name, method in FOLDS.items()
    if FactType.LIST not in method.types
    for given in (False, True)
    for where in CUTS
]
CLAIMED = [definition for definition in CLAIMS if better_never_lowers(definition)]
UNCLAIMED = sorted({(each.method, bool(each.where)) for each in CLAIMS if not better_never_lowers(each)})


def test_methods_claim_what_is_known_of_them() -> None:
    """Best, counts and spans never fall when a score rises; latest, sums and averages may where scores are cut off."""
    claimed = sorted({(each.method, bool(each.where)) for each in CLAIMED})

    assert claimed == [
        ("best.1", False),
        ("best.1", True),
        ("best_n_of_m.1", False),
        ("count.1", False),
        ("count.1", True),
        ("crowded.1", False),
        ("decaying.1", False),
        ("distinct.1", False),
        ("distinct.1", True),
        ("exists_after.1", False),
        ("exists_after.1", True),
        ("first_date.1", False),
        ("last_date.1", False),
        ("last_date.1", True),
        ("latest.1", False),
        ("level.1", False),
        ("margin.1", False),
        ("mean.1", False),
        ("mean_of_each.1", False),
        ("median.1", False),
        ("ratio.1", False),
        ("span.1", False),
        ("span.1", True),
        ("sum.1", False),
        ("sum_of_each.1", False),
        ("weighted.1", False),
    ]


@settings(max_examples=600, deadline=None)
@given(st.data())
def test_a_better_score_never_lowers_a_result_that_claims_so(data: Any) -> None:
    """Raise one score, all else equal: no method that claims to be monotone gives less."""
    definition = data.draw(st.sampled_from(CLAIMED))
    texts = data.draw(st.lists(st.sampled_from(NUMBERS), min_size=1, max_size=6))
    place = data.draw(st.integers(0, len(texts) - 1))
    better = data.draw(st.sampled_from(NUMBERS))
    assume(NUMBERS.index(better) > NUMBERS.index(texts[place]))
    raised = [better if each == place else text for each, text in enumerate(texts)]
    before, after = (value_of(learner(each, definition), definition) for each in (texts, raised))

    assert before is ABSENT or after >= before


@pytest.mark.parametrize(("method", "cut_off"), UNCLAIMED)
def test_where_nothing_is_claimed_a_better_score_lowers_some_result(method: str, cut_off: bool) -> None:
    """Of every method that makes no claim there is a learner whose better score lowers the result."""
    tried = [each for each in CLAIMS if (each.method, bool(each.where)) == (method, cut_off)]

    assert any(lowers(definition, before, after) for before, after in raises() for definition in tried)


def lowers(definition: FactDefinition, before: tuple[str, ...], after: tuple[str, ...]) -> bool:
    """Say whether a fact falls from one learner to another."""
    values = [value_of(learner(each, definition), definition) for each in (before, after)]
    return not any(isinstance(value, Missing) for value in values) and values[1] < values[0]


def raises() -> Iterator[tuple[tuple[str, ...], tuple[str, ...]]]:
    """Yield every pair of up to three scores of which one is raised."""
    few = ("-2", "-1", "1", "2", "4")
    for before in (each for size in (2, 3) for each in product(few, repeat=size)):
        for place, better in product(range(len(before)), few):
            if few.index(better) > few.index(before[place]):
                yield before, (*before[:place], better, *before[place + 1 :])


def learner(texts: Sequence[str], definition: FactDefinition) -> LearnerRecord:
    """Fold results of these numbers, seven weeks apart, of two kinds: levels, or scores where those are measured."""
    told = []
    for place, text in enumerate(texts):
        day, kind = date(2026, 1, 5) + timedelta(49 * place), ("task", "exam")[place % 2]
        said = {"score": (text, "0", "4")} if definition.measure == "value" else {"level": text}
        told.append(shown(f"e{place}", occurred=day.isoformat(), kind=kind, **said))
    return record_of(*told)


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
    members = tuple(fact(f"item.{name}", name=name) for name in ("value", "ordinal", "occurred"))
    policy = policy_of(
        fact("best.1", name="a"), fact("best.1", name="b"), fact("items.1", FactType.LIST, members=members)
    )

    assert methods_used(policy) == (
        "best.1",
        "item.occurred",
        "item.ordinal",
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

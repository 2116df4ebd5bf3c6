"""The figures of an arm, against counting one by one."""

from collections import Counter
from fractions import Fraction
from statistics import median
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from ledger.pilots.figures import Answered, ArmFigures, Days, RuleInForce, Share, arm_figures, clustered_share
from ledger.pilots.hiding import FEWEST

ANSWERS = st.builds(
    Answered,
    subject=st.just("competency/c0"),
    outcome=st.sampled_from(["met", "not_yet", "undetermined"]),
    tries=st.integers(1, 5),
    retakes=st.integers(0, 2),
    days=st.integers(0, 90) | st.none(),
    kinds=st.lists(
        st.tuples(st.sampled_from(["exam", "task"]), st.integers(1, 3)), max_size=2, unique_by=lambda x: x[0]
    )
    .map(sorted)
    .map(tuple),
)
LEARNERS = st.lists(st.lists(ANSWERS, max_size=3), max_size=40).map(
    lambda several: {f"l{number}": answers for number, answers in enumerate(several)}
)


def figures(learners: Any, **more: Any) -> ArmFigures:
    """Work out the figures of an arm."""
    last_day = "2026-12-31"
    return arm_figures("us-xx/pine", learners, takes_part=True, first_day="2026-01-05", last_day=last_day, **more)


@settings(max_examples=60)
@given(LEARNERS)
def test_whatever_is_shown_is_what_is_counted(learners: dict[str, list[Answered]]) -> None:
    """Every number that is not hidden is the one that counting gives."""
    found = figures(learners)
    rows = [one for answers in learners.values() for one in answers]
    outcomes = Counter(one.outcome for one in rows)
    kinds = Counter(dict.fromkeys(("exam", "task"), 0))
    for one in rows:
        kinds.update(dict(one.kinds))

    assert found.learners in (None, len(learners))
    assert found.with_evidence in (None, sum(1 for answers in learners.values() if answers))
    assert found.answers in (None, len(rows))
    assert found.met.count in (None, outcomes["met"])
    assert all(one.count in (None, outcomes[one.name]) and one.of in (None, len(rows)) for one in found.outcomes)
    assert all(one.count in (None, kinds[one.name]) and one.of in (None, kinds.total()) for one in found.kinds)
    assert found.retaken.count in (None, sum(1 for one in rows if one.retakes))
    assert sum(one.count for one in found.tries if one.count is not None) <= len(rows)
    assert found.mean_tries is None or Fraction(found.mean_tries) == Fraction(sum(one.tries for one in rows), len(rows))


@settings(max_examples=60)
@given(LEARNERS)
def test_few_learners_are_never_told_of(learners: dict[str, list[Answered]]) -> None:
    """Behind every number but none stand ten learners at least."""
    found = figures(learners)
    behind = Counter(
        one.outcome for answers in learners.values() for one in {each.outcome: each for each in answers}.values()
    )

    assert not 0 < (found.learners or 0) < FEWEST
    assert not 0 < (found.with_evidence or 0) < FEWEST
    assert not any(0 < behind[one.name] < FEWEST and one.count is not None for one in found.outcomes)
    assert not 0 < (found.days_to_mastery.learners or 0) < FEWEST


@settings(max_examples=40)
@given(LEARNERS)
def test_days_are_the_median_of_medians(learners: dict[str, list[Answered]]) -> None:
    """Each learner counts once, with the median of the learner's days; few learners are told nothing of."""
    own = [days for answers in learners.values() if (days := [one.days for one in answers if one.days is not None])]
    middles = [median(map(Fraction, days)) for days in own]
    found = figures(learners).days_to_mastery

    assert (not middles or len(middles) < FEWEST) == (found.median is None)
    assert found.median is None or median(middles) == Fraction(found.median)
    assert found.median is None or Fraction(found.low or 0) <= Fraction(found.median) <= Fraction(found.high or 0)


def answered(outcome: str, **more: Any) -> Answered:
    """Describe an answer."""
    return Answered("competency/c0", outcome, **{"tries": 1, **more})


def test_an_arm_written_out() -> None:
    """Forty learners, thirty of them with work, of whom twenty met the rule: every measure."""
    learners = {f"m{n}": [answered("met", days=n, kinds=(("task", 1),))] for n in range(20)}
    learners |= {f"n{n}": [answered("not_yet", tries=2, retakes=1)] for n in range(10)}
    learners |= {f"o{n}": [] for n in range(10)}
    rule = RuleInForce(
        edition="a@2020-01-01",
        digest="d",
        jurisdiction="us-xx",
        first_day="2026-02-01",
        last_day=None,
        began=True,
        ended=False,
    )
    found = figures(learners, rules=(rule,))
    met = Share(name="met", count=20, of=30, low="0.4878", high="0.8077")
    rest = Share(name="not_yet", count=10, of=30, low="0.1923", high="0.5122")

    assert (40, 30, 30) == (found.learners, found.with_evidence, found.answers)
    assert (met, (met, rest)) == (found.met, found.outcomes)
    assert Days(learners=20, median="9.5", low="5", high="14") == found.days_to_mastery
    assert (10, 30, "4/3") == (found.retaken.count, found.retaken.of, found.mean_tries)
    assert [("1", 20), ("2", 10)] == [(one.name, one.count) for one in found.tries]
    assert [("task", 20, 20)] == [(one.name, one.count, one.of) for one in found.kinds]
    assert found.changed


def test_nobody_met_is_a_zero_that_was_counted() -> None:
    """Where ten have work and none is met, that is none of ten, with the interval of none of ten."""
    found = figures({f"n{n}": [answered("not_yet")] for n in range(10)})

    assert Share(name="met", count=0, of=10, low="0.0000", high="0.2775") == found.met
    assert Days(learners=0) == found.days_to_mastery
    assert not found.changed


def test_an_arm_without_learners_says_so() -> None:
    """No learner at all is a zero; no share of it is made."""
    found = figures({})

    assert (0, 0, 0, Share(name="met", count=0, of=0), ()) == (
        found.learners,
        found.with_evidence,
        found.answers,
        found.met,
        found.outcomes,
    )
    assert found.mean_tries is None


def test_many_tries_of_few_are_joined() -> None:
    """The long end of the tries is one number; the mean is told, for nothing is hidden beside it."""
    learners = {f"a{n}": [answered("met", tries=1)] for n in range(12)}
    learners |= {f"b{n}": [answered("met", tries=2)] for n in range(11)}
    learners |= {"c": [answered("met", tries=7)]}
    found = figures(learners)

    assert [("1", 12), ("2 or more", 12)] == [(one.name, one.count) for one in found.tries]
    assert "41/24" == found.mean_tries


def test_a_share_of_which_few_are_left_out_is_hidden() -> None:
    """Where all but three met the rule, neither the three nor, by subtraction, the others are told."""
    found = clustered_share("met", [(1, 1)] * 30 + [(0, 1)] * 3)

    assert Share(name="met", count=None, of=33) == found

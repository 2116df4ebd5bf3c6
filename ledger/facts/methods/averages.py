"""Methods in which every item weighs the same: sum, mean, the mean of those at a cut, the middle one.

One name, one formula: each states its own. All are exact and round only where `round_to` asks.
"""

from fractions import Fraction
from itertools import accumulate

from ledger.facts.backing import Backing, backing, behind, nothing_behind
from ledger.facts.methods.base import (
    NUMBERS,
    UP_TO_1000,
    Arguments,
    ArgumentWanted,
    Better,
    Method,
    Sighting,
    State,
    nothing,
    number,
    whole,
)
from ledger.facts.methods.rounding import ROUND_TO, rounding
from ledger.facts.methods.single import NUMERIC
from ledger.facts.ratios import ZERO, Pair, fraction, plus, reaches, reduced
from ledger.policy.facts import FactType, Reads

EXACT = frozenset({FactType.FRACTION})
EVIDENCE = frozenset({Reads.EVIDENCE})


def _added(state: State, seen: Sighting, _arguments: Arguments) -> State:
    numerator, denominator, behind_it = state or (*ZERO, nothing_behind())
    return [*plus((numerator, denominator), seen.number), behind(behind_it, seen.item.version)]


def _total(state: State, _arguments: Arguments) -> tuple[Pair | None, Backing]:
    if state is None:
        return None, Backing()
    return (state[0], state[1]), backing(state[2])


def _mean(state: State, _arguments: Arguments) -> tuple[Pair | None, Backing]:
    if state is None:
        return None, Backing()
    found = backing(state[2])
    return reduced(state[0], state[1] * found.count), found


def _added_if_reached(state: State, seen: Sighting, arguments: Arguments) -> State:
    return _added(state, seen, arguments) if reaches(seen.number, number(arguments, "cut")) else state


def _mean_of_enough(state: State, arguments: Arguments) -> tuple[Pair | None, Backing]:
    if state is None or state[2][1] < whole(arguments, "n"):
        return None, Backing()
    return _mean(state, arguments)


def _counted_by_measure(state: State, seen: Sighting, _arguments: Arguments) -> State:
    measures, behind_it = state or ([], nothing_behind())
    counted = [[*entry[:2], entry[2] + (tuple(entry[:2]) == seen.number)] for entry in measures]
    if counted == measures:
        counted.append([*seen.number, 1])
    return [counted, behind(behind_it, seen.item.version)]


def _middle(state: State, _arguments: Arguments) -> tuple[Pair | None, Backing]:
    if state is None:
        return None, Backing()
    found = backing(state[1])
    rising = sorted(state[0], key=fraction)
    lower, upper = (_at(rising, place) for place in ((found.count - 1) // 2, found.count // 2))
    total = plus(lower, upper)
    return reduced(total[0], total[1] * 2), found


def _at(measures: list[list[int]], place: int) -> list[int]:
    """Return the measure at a place, from 0, of measures in rising order, each as often as it occurs."""
    passed = accumulate(entry[2] for entry in measures)
    return next(entry for entry, end in zip(measures, passed, strict=True) if place < end)


SUM = Method(
    name="sum.1",
    formula="The sum of the measures of the counted items, exact, in the measure's unit; of nothing, the fact's "
    "when_none.",
    initial=nothing,
    step=_added,
    result=rounding(_total),
    types=NUMERIC,
    measures=NUMBERS,
    reads=EVIDENCE | {Reads.SUPPORT},
    arguments=(ROUND_TO,),
    better=Better.NEVER_LOWERS_UNCUT,
    title="sum",
)

MEAN = Method(
    name="mean.1",
    formula="The sum of the measures divided by how many there are, exact, in the measure's unit; of nothing, the "
    "fact's when_none.",
    initial=nothing,
    step=_added,
    result=rounding(_mean),
    types=EXACT,
    measures=NUMBERS,
    reads=EVIDENCE,
    arguments=(ROUND_TO,),
    better=Better.NEVER_LOWERS_UNCUT,
    title="mean",
    source="The outcome calculation Canvas calls Average; other gradebooks call it mean or average.",
)

MEDIAN = Method(
    name="median.1",
    formula="The middle one of the measures in rising order, of an even number the mean of the two in the middle, "
    "exact, in the measure's unit; of nothing, the fact's when_none.",
    initial=nothing,
    step=_counted_by_measure,
    result=rounding(_middle),
    types=EXACT,
    measures=NUMBERS,
    reads=EVIDENCE,
    arguments=(ROUND_TO,),
    better=Better.NEVER_LOWERS_UNCUT,
    title="median",
    source="One of the calculations of standards grades in PowerTeacher Pro.",
)

N_TIMES = Method(
    name="n_times.1",
    formula="The mean of every measure at or above `cut`, not of `n` of them alone, exact, in the measure's unit, "
    "once there are at least `n`; of fewer, and so of nothing, the fact's when_none.",
    initial=nothing,
    step=_added_if_reached,
    result=rounding(_mean_of_enough),
    types=EXACT,
    measures=NUMBERS,
    reads=EVIDENCE,
    arguments=(
        ArgumentWanted("n", "how many are needed", (int,), limits=UP_TO_1000),
        ArgumentWanted("cut", "the measure from which an item is averaged", (int, Fraction)),
        ROUND_TO,
    ),
    title="n times",
    source="The outcome calculation Canvas calls n Number of Times, its cut the points that mean mastery.",
)

"""Methods in which recent items weigh more, or alone: weighted, decaying, the best of the last few.

Two formulas that products have sold under one name stand here under two: 2, 3, 4 at 65 % is 3.475
weighted and 3.5275 decaying.
"""

from fractions import Fraction

from ledger.facts.backing import Backing, backing, behind, nothing_behind
from ledger.facts.methods.averages import EVIDENCE, EXACT
from ledger.facts.methods.base import (
    NUMBERS,
    PERCENT,
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
from ledger.facts.ratios import ZERO, Pair, fraction, plus, reduced, rounded_half_up, times

BILLIONTHS = 10**9

_WEIGHT = ArgumentWanted("weight", "share of the latest, in percent from 0 to 100", (int, Fraction), limits=PERCENT)


def _latest_aside(state: State, seen: Sighting, _arguments: Arguments) -> State:
    latest, rest, behind_it = state or (None, [*ZERO, 0], nothing_behind())
    if latest is not None:
        rest = [*plus(rest, latest), rest[2] + 1]
    return [[*seen.number], rest, behind(behind_it, seen.item.version)]


def _weighted(state: State, arguments: Arguments) -> tuple[Pair | None, Backing]:
    if state is None:
        return None, Backing()
    latest, rest, behind_it = state
    if not rest[2]:
        return (latest[0], latest[1]), backing(behind_it)
    share, whole_share = _shares(arguments)
    mean = reduced(rest[0], rest[1] * rest[2])
    above = plus(times(latest, (share, 1)), times(mean, (whole_share - share, 1)))
    return reduced(above[0], above[1] * whole_share), backing(behind_it)


def _shares(arguments: Arguments) -> Pair:
    numerator, denominator = number(arguments, "weight")
    return numerator, 100 * denominator


def _decayed(state: State, seen: Sighting, arguments: Arguments) -> State:
    numerator, denominator = seen.number
    if state is None:
        average = rounded_half_up(numerator * BILLIONTHS, denominator)
        return [average, behind(nothing_behind(), seen.item.version)]
    share, whole_share = _shares(arguments)
    above = share * numerator * BILLIONTHS + (whole_share - share) * state[0] * denominator
    return [rounded_half_up(above, whole_share * denominator), behind(state[1], seen.item.version)]


def _decaying(state: State, _arguments: Arguments) -> tuple[Pair | None, Backing]:
    if state is None:
        return None, Backing()
    return reduced(state[0], BILLIONTHS), backing(state[1])


def _last_few(state: State, seen: Sighting, arguments: Arguments) -> State:
    return [*(state or ()), [*seen.number, seen.item.version]][-whole(arguments, "m") :]


def _mean_of_best(state: State, arguments: Arguments) -> tuple[Pair | None, Backing]:
    wanted = whole(arguments, "n")
    if state is None or len(state) < wanted:
        return None, Backing()
    places = sorted(range(len(state)), key=lambda place: (-fraction(state[place]), place))[:wanted]
    total: Pair = ZERO
    behind_it = nothing_behind()
    for place in sorted(places):
        total = plus(total, state[place])
        behind_it = behind(behind_it, state[place][2])
    return reduced(total[0], total[1] * wanted), backing(behind_it)


WEIGHTED = Method(
    name="weighted.1",
    formula="latest * `weight`/100 + mean of all before it * (100 - `weight`)/100, exact, in the measure's unit; of "
    "one item its own measure; of nothing, the fact's when_none.",
    initial=nothing,
    step=_latest_aside,
    result=rounding(_weighted),
    types=EXACT,
    measures=NUMBERS,
    reads=EVIDENCE,
    arguments=(_WEIGHT, ROUND_TO),
    better=Better.NEVER_LOWERS_UNCUT,
    title="weighted average of the latest and the rest",
    source="The outcome calculation Canvas calls Weighted Average, and called Decaying Average before it took up the "
    "recursive one; Canvas orders by the day of scoring.",
    ordered=True,
)

DECAYING = Method(
    name="decaying.1",
    formula="Recursive: of one item its own measure, then average = item * `weight`/100 + average * "
    "(100 - `weight`)/100, each step rounded to 10^-9, a half up, in the measure's unit; of nothing, the fact's "
    "when_none.",
    initial=nothing,
    step=_decayed,
    result=rounding(_decaying),
    types=EXACT,
    measures=NUMBERS,
    reads=EVIDENCE,
    arguments=(_WEIGHT, ROUND_TO),
    better=Better.NEVER_LOWERS_UNCUT,
    title="decaying average",
    source="The outcome calculation Mastery Connect, and since its renaming also Canvas, calls Decaying Average.",
    ordered=True,
)

BEST_N_OF_M = Method(
    name="best_n_of_m.1",
    formula="The mean of the `n` highest of the last `m` measures, exact, in the measure's unit; of equal ones the "
    "earlier stands behind it; of fewer than `n`, and so of nothing, the fact's when_none.",
    initial=nothing,
    step=_last_few,
    result=rounding(_mean_of_best),
    types=EXACT,
    measures=NUMBERS,
    reads=EVIDENCE,
    arguments=(
        ArgumentWanted("n", "how many are averaged", (int,), limits=UP_TO_1000),
        ArgumentWanted("m", "among how many of the last", (int,), limits=UP_TO_1000),
        ROUND_TO,
    ),
    better=Better.NEVER_LOWERS_UNCUT,
    title="best n of the last m",
    ordered=True,
)

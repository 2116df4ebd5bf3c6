"""Methods that average. One name, one formula: each states its own, and none of them rounds but decaying.

Formulas under one name differ between products; these are named by what they do. Averages are
exact fractions: 2, 3, 4 at 65 % is 3.475 weighted and 3.5275 decaying.
"""

from fractions import Fraction

from ledger.facts.backing import Backing, backing, behind, nothing_behind
from ledger.facts.methods.base import (
    NUMBERS,
    Arguments,
    ArgumentWanted,
    Better,
    Method,
    Raw,
    Sighting,
    State,
    nothing,
    number,
    whole,
)
from ledger.facts.methods.single import NUMERIC
from ledger.facts.ratios import ZERO, Pair, plus, reaches, reduced, rounded_half_up, times
from ledger.policy.facts import FactType, Reads

EXACT = frozenset({FactType.FRACTION})
EVIDENCE = frozenset({Reads.EVIDENCE})
BILLIONTHS = 10**9

_WEIGHT = ArgumentWanted("weight", "share of the latest, in percent from 0 to 100", (int, Fraction))


def _added(state: State, seen: Sighting, _arguments: Arguments) -> State:
    numerator, denominator, behind_it = state or (*ZERO, nothing_behind())
    return [*plus((numerator, denominator), seen.number), behind(behind_it, seen.item.version)]


def _total(state: State, _arguments: Arguments) -> tuple[Raw, Backing]:
    if state is None:
        return None, Backing()
    return (state[0], state[1]), backing(state[2])


def _mean(state: State, _arguments: Arguments) -> tuple[Raw, Backing]:
    if state is None:
        return None, Backing()
    found = backing(state[2])
    return reduced(state[0], state[1] * found.count), found


def _added_if_reached(state: State, seen: Sighting, arguments: Arguments) -> State:
    return _added(state, seen, arguments) if reaches(seen.number, number(arguments, "cut")) else state


def _mean_of_enough(state: State, arguments: Arguments) -> tuple[Raw, Backing]:
    if state is None or state[2][1] < whole(arguments, "n"):
        return None, Backing()
    return _mean(state, arguments)


def _latest_aside(state: State, seen: Sighting, _arguments: Arguments) -> State:
    latest, rest, behind_it = state or (None, [*ZERO, 0], nothing_behind())
    if latest is not None:
        rest = [*plus(rest, latest), rest[2] + 1]
    return [[*seen.number], rest, behind(behind_it, seen.item.version)]


def _weighted(state: State, arguments: Arguments) -> tuple[Raw, Backing]:
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


def _decaying(state: State, _arguments: Arguments) -> tuple[Raw, Backing]:
    if state is None:
        return None, Backing()
    return reduced(state[0], BILLIONTHS), backing(state[1])


def _last_few(state: State, seen: Sighting, arguments: Arguments) -> State:
    return [*(state or ()), [*seen.number, seen.item.version]][-whole(arguments, "m") :]


def _mean_of_best(state: State, arguments: Arguments) -> tuple[Raw, Backing]:
    wanted = whole(arguments, "n")
    if state is None or len(state) < wanted:
        return None, Backing()
    places = sorted(range(len(state)), key=lambda place: _descending(state, place))[:wanted]
    total: Pair = ZERO
    behind_it = nothing_behind()
    for place in sorted(places):
        total = plus(total, state[place])
        behind_it = behind(behind_it, state[place][2])
    return reduced(total[0], total[1] * wanted), backing(behind_it)


def _descending(state: State, place: int) -> "tuple[_Falling, int]":
    return _Falling(state[place]), place


class _Falling:
    """A number that sorts before every lower one, compared crosswise."""

    __slots__ = ("denominator", "numerator")

    def __init__(self, entry: list[int]) -> None:
        self.numerator, self.denominator = entry[0], entry[1]

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Falling) and not self < other and not other < self

    def __lt__(self, other: "_Falling") -> bool:
        return self.numerator * other.denominator > other.numerator * self.denominator


SUM = Method(
    name="sum.1",
    formula="The sum of the measures of the counted items, exact, in the measure's unit; of nothing, the fact's "
    "when_none.",
    initial=nothing,
    step=_added,
    result=_total,
    types=NUMERIC,
    measures=NUMBERS,
    reads=EVIDENCE,
    better=Better.NEVER_LOWERS_UNCUT,
)

MEAN = Method(
    name="mean.1",
    formula="The sum of the measures divided by how many there are, an exact fraction in the measure's unit; of "
    "nothing, the fact's when_none.",
    initial=nothing,
    step=_added,
    result=_mean,
    types=EXACT,
    measures=NUMBERS,
    reads=EVIDENCE,
    better=Better.NEVER_LOWERS_UNCUT,
)

N_TIMES = Method(
    name="n_times.1",
    formula="The mean of every measure at or above `cut`, exact, once there are at least `n` of them; of fewer, the "
    "fact's when_none.",
    initial=nothing,
    step=_added_if_reached,
    result=_mean_of_enough,
    types=EXACT,
    measures=NUMBERS,
    reads=EVIDENCE,
    arguments=(
        ArgumentWanted("n", "how many are needed", (int,)),
        ArgumentWanted("cut", "the measure from which an item is averaged", (int, Fraction)),
    ),
)

WEIGHTED = Method(
    name="weighted.1",
    formula="latest * weight/100 + mean of all before it * (100 - weight)/100, exact; of one item its own measure; of "
    "nothing, the fact's when_none.",
    initial=nothing,
    step=_latest_aside,
    result=_weighted,
    types=EXACT,
    measures=NUMBERS,
    reads=EVIDENCE,
    arguments=(_WEIGHT,),
    better=Better.NEVER_LOWERS_UNCUT,
)

DECAYING = Method(
    name="decaying.1",
    formula="Recursive: of one item its own measure, then average = item * weight/100 + average * (100 - weight)/100, "
    "each step rounded to 10^-9, a half up; of nothing, the fact's when_none.",
    initial=nothing,
    step=_decayed,
    result=_decaying,
    types=EXACT,
    measures=NUMBERS,
    reads=EVIDENCE,
    arguments=(_WEIGHT,),
    better=Better.NEVER_LOWERS_UNCUT,
)

BEST_N_OF_M = Method(
    name="best_n_of_m.1",
    formula="The mean of the `n` highest of the last `m` measures, exact, of equal ones the earlier; of fewer "
    "than `n` the fact's when_none.",
    initial=nothing,
    step=_last_few,
    result=_mean_of_best,
    types=EXACT,
    measures=NUMBERS,
    reads=EVIDENCE,
    arguments=(
        ArgumentWanted("n", "how many are averaged", (int,)),
        ArgumentWanted("m", "among how many of the last", (int,)),
    ),
    better=Better.NEVER_LOWERS_UNCUT,
)

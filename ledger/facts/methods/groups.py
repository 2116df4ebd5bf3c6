"""Methods that take one measure of each task, examination or other group, and then add up or average.

So a retake replaces the result it repeats, and a credential shown twice counts once.
"""

from fractions import Fraction

from ledger.facts.backing import Backing, backing_of
from ledger.facts.methods.averages import EVIDENCE, EXACT
from ledger.facts.methods.base import (
    NUMBERS,
    Arguments,
    ArgumentWanted,
    Better,
    Method,
    Sighting,
    State,
    nothing,
    words,
)
from ledger.facts.methods.counts import FIELDS
from ledger.facts.methods.rounding import ROUND_TO, rounding
from ledger.facts.methods.single import NUMERIC
from ledger.facts.ratios import ZERO, Pair, exceeds, pair_of, plus, reduced
from ledger.policy.sheet import Missing, Table

ONES = ("best", "latest")


def _one_of_each(state: State, seen: Sighting, arguments: Arguments) -> State:
    value = getattr(seen.item, words(arguments, "each"), None)
    if value is None:
        return state
    group = next((entry for entry in state or () if entry[0] == value), None)
    if group and words(arguments, "one") == "best" and not exceeds(seen.number, group[1:3]):
        return state
    return [*(entry for entry in state or () if entry is not group), [value, *seen.number, seen.item.version]]


def _sum(state: State, _arguments: Arguments) -> tuple[Pair | None, Backing]:
    if state is None:
        return None, Backing()
    total: Pair = ZERO
    for entry in state:
        total = plus(total, entry[1:3])
    return total, backing_of(entry[3] for entry in state)


def _mean(state: State, arguments: Arguments) -> tuple[Pair | None, Backing]:
    total, behind = _sum(state, arguments)
    return (None if total is None else reduced(total[0], total[1] * len(state))), behind


def _best_with_a_cut(state: State, seen: Sighting, arguments: Arguments) -> State:
    value = getattr(seen.item, words(arguments, "each"), None)
    if value is None or _cut(arguments, value) is None:
        return state
    return _one_of_each(state, seen, {**arguments, "one": "best"})


def _above_cuts(state: State, arguments: Arguments) -> tuple[Pair | None, Backing]:
    total, behind = _sum(state, arguments)
    if total is None:
        return None, behind
    for entry in state:
        cut = _cut(arguments, entry[0]) or ZERO
        total = plus(total, (-cut[0], cut[1]))
    return total, behind


def _cut(arguments: Arguments, value: str) -> Pair | None:
    cuts = arguments["cuts"]
    found = cuts.look_up(value) if isinstance(cuts, Table) else cuts
    if isinstance(found, Missing):
        return None
    if isinstance(found, bool) or not isinstance(found, int | Fraction):
        raise TypeError(f"the cut of {value!r} is {found!r}; give a whole number or a fraction")
    return pair_of(found)


_EACH = ArgumentWanted("each", "the field of which each value is one group", (str,), choices=FIELDS)
_ONE = ArgumentWanted("one", "which measure of a group stands for it", (str,), "best", ONES)

SUM_OF_EACH = Method(
    name="sum_of_each.1",
    formula="The sum of one measure for each value of `each`: its highest where `one` is `best`, its last in fold "
    "order where it is `latest`; exact, in the measure's unit; an item without the field is not counted; of nothing, "
    "the fact's when_none.",
    initial=nothing,
    step=_one_of_each,
    result=rounding(_sum),
    types=NUMERIC,
    measures=NUMBERS,
    reads=EVIDENCE,
    arguments=(_EACH, _ONE, ROUND_TO),
    better=Better.NEVER_LOWERS_UNCUT,
    title="sum, one of each",
    ordered=True,
)

MEAN_OF_EACH = Method(
    name="mean_of_each.1",
    formula="The mean of one measure for each value of `each`: its highest where `one` is `best`, its last in fold "
    "order where it is `latest`; exact, in the measure's unit; an item without the field is not counted; of nothing, "
    "the fact's when_none.",
    initial=nothing,
    step=_one_of_each,
    result=rounding(_mean),
    types=EXACT,
    measures=NUMBERS,
    reads=EVIDENCE,
    arguments=(_EACH, _ONE, ROUND_TO),
    better=Better.NEVER_LOWERS_UNCUT,
    title="mean, one of each",
    ordered=True,
)

MARGIN = Method(
    name="margin.1",
    formula="The sum, over each value of `each`, of its highest measure less the cut that `cuts` has for that "
    "value; exact, in the measure's unit; 0 or more says that the results together reach their cuts together; an item "
    "without the field, or whose value has no cut, is not counted; of nothing, the fact's when_none.",
    initial=nothing,
    step=_best_with_a_cut,
    result=_above_cuts,
    types=NUMERIC,
    measures=NUMBERS,
    reads=EVIDENCE,
    arguments=(_EACH, ArgumentWanted("cuts", "the cut of each value, or one cut for all", (int, Fraction, Table))),
    better=Better.NEVER_LOWERS_UNCUT,
    title="margin over the cuts",
)

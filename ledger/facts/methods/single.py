"""Methods whose value is one item's own number: best, latest, level."""

from ledger.facts.backing import Backing
from ledger.facts.methods.base import (
    MEASURES,
    NUMBERS,
    Arguments,
    Better,
    Method,
    Raw,
    Sighting,
    State,
    nothing,
)
from ledger.facts.ratios import exceeds
from ledger.policy.facts import FactType, Reads

NUMERIC = frozenset({FactType.INTEGER, FactType.FRACTION})


def _higher(state: State, seen: Sighting, _arguments: Arguments) -> State:
    if state is not None and not exceeds(seen.number, state):
        return state
    return [*seen.number, seen.item.version]


def _newer(_state: State, seen: Sighting, _arguments: Arguments) -> State:
    return [*seen.number, seen.item.version]


def _one(state: State, _arguments: Arguments) -> tuple[Raw, Backing]:
    if state is None:
        return None, Backing()
    numerator, denominator, version = state
    return (numerator, denominator), Backing((version,), 1)


BEST = Method(
    name="best.1",
    formula="The highest measure of the counted items, in the measure's unit; the first to reach it stands "
    "behind it; of nothing, the fact's when_none.",
    initial=nothing,
    step=_higher,
    result=_one,
    types=NUMERIC | {FactType.BOOLEAN},
    measures=MEASURES - {"presence"},
    better=Better.NEVER_LOWERS,
    title="highest",
    source="The outcome calculation Canvas calls Highest Score.",
)

LATEST = Method(
    name="latest.1",
    formula="The measure of the last counted item in fold order, in the measure's unit; of nothing, the fact's "
    "when_none.",
    initial=nothing,
    step=_newer,
    result=_one,
    types=NUMERIC | {FactType.BOOLEAN},
    measures=MEASURES - {"presence"},
    better=Better.NEVER_LOWERS_UNCUT,
    title="latest",
    source="The outcome calculation Canvas calls Most Recent Score, by the day of scoring; a fact names its own.",
    ordered=True,
)

LEVEL = Method(
    name="level.1",
    formula="The level of the last counted item in fold order, in levels of the scale named: its own, else the highest "
    "level whose band, in force on the item's day, its percent reaches; of nothing, the fact's when_none.",
    initial=nothing,
    step=_newer,
    result=_one,
    types=NUMERIC,
    measures=NUMBERS & {"level"},
    reads=frozenset({Reads.EVIDENCE}),
    better=Better.NEVER_LOWERS_UNCUT,
    title="level of the latest",
    ordered=True,
)

"""The method that asks which measure occurs most often among the last few."""

from ledger.facts.backing import Backing, backing_of
from ledger.facts.methods.base import (
    NUMBERS,
    UP_TO_1000,
    Arguments,
    ArgumentWanted,
    Method,
    Raw,
    Sighting,
    State,
    nothing,
    whole,
    words,
)
from ledger.facts.methods.single import NUMERIC
from ledger.facts.ratios import Pair, fraction
from ledger.policy.facts import Reads
from ledger.policy.sheet import UNKNOWN, Missing

TIES = ("highest", "lowest", "latest", "undetermined")


def _last_few(state: State, seen: Sighting, arguments: Arguments) -> State:
    return [*(state or ()), [*seen.number, seen.item.version]][-whole(arguments, "n") :]


def _mode(state: State, arguments: Arguments) -> tuple[Raw, Backing]:
    if state is None:
        return None, Backing()
    numbers: list[Pair] = [(entry[0], entry[1]) for entry in state]
    most = max(numbers.count(each) for each in numbers)
    return _settled([each for each in numbers if numbers.count(each) == most], words(arguments, "tie")), backing_of(
        entry[2] for entry in state
    )


def _settled(tied: list[Pair], tie: str) -> Pair | Missing:
    if tie == "undetermined" and len(set(tied)) > 1:
        return UNKNOWN
    if tie == "latest":
        return tied[-1]
    return max(tied, key=fraction) if tie == "highest" else min(tied, key=fraction)


MODE_OF_LAST = Method(
    name="mode_of_last.1",
    formula="The measure that occurs most often among the last `n` counted items, or among all where there are fewer; "
    "in the measure's unit; by `tie` a tie goes to the `highest`, the `lowest` or the last in fold order "
    "(`latest`), or is `undetermined`: then the fact is UNKNOWN; of nothing, the fact's when_none.",
    initial=nothing,
    step=_last_few,
    result=_mode,
    types=NUMERIC,
    measures=NUMBERS,
    reads=frozenset({Reads.EVIDENCE}),
    arguments=(
        ArgumentWanted("n", "among how many of the last", (int,), limits=UP_TO_1000),
        ArgumentWanted("tie", "which of the tied measures holds", (str,), choices=TIES),
    ),
    title="mode of the last n",
    source="The rule of Kearsarge Regional Middle School, New Hampshire, for up to the three most recent; it leaves a "
    "tie open.",
    ordered=True,
)

"""The one way in which a method may round its result: to a multiple, asked for by the definition."""

from collections.abc import Callable
from fractions import Fraction

from ledger.facts.backing import Backing
from ledger.facts.methods.base import ABOVE_NOTHING, Arguments, ArgumentWanted, Raw, State, number
from ledger.facts.ratios import Pair, reduced, rounded_half_up
from ledger.policy.sheet import ABSENT

ROUND_TO = ArgumentWanted(
    "round_to",
    "the multiple the result is rounded to, a half up; without it nothing is rounded",
    (int, Fraction),
    ABSENT,
    limits=ABOVE_NOTHING,
    folds=False,
)

Averaging = Callable[[State, Arguments], tuple[Pair | None, Backing]]


def rounding(result: Averaging) -> Callable[[State, Arguments], tuple[Raw, Backing]]:
    """Return the result of a method, rounded to a multiple of `round_to` where that is given."""

    def rounded(state: State, arguments: Arguments) -> tuple[Raw, Backing]:
        found, behind = result(state, arguments)
        if found is None or ROUND_TO.name not in arguments:
            return found, behind
        return rounded_to(found, number(arguments, ROUND_TO.name)), behind

    return rounded


def rounded_to(value: Pair, step: Pair) -> Pair:
    """Return the multiple of a step, which is above 0, that is nearest to a number; halfway it is the higher one."""
    return reduced(rounded_half_up(value[0] * step[1], value[1] * step[0]) * step[0], step[1])

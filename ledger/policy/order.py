"""The order of values a rule can have, and how combining nodes move in it.

`denied < not_yet < needs_panel < met`. Every node is a pair (lowest, highest) of what it could still
be; one operator applied to both ends serves all of them.
"""

from collections.abc import Iterable, Sequence
from enum import IntEnum
from typing import TypeAlias

from ledger.policy.sheet import ABSENT, UNKNOWN, Between, Value


class Rank(IntEnum):
    """The four values of a rule, in their order."""

    DENIED = 0
    NOT_YET = 1
    NEEDS_PANEL = 2
    MET = 3

    @property
    def word(self) -> str:
        """Write the value as findings do."""
        return self.name.lower()


Pair: TypeAlias = tuple[Rank, Rank]
"""The lowest and the highest value a node could still have."""

DENIED: Pair = (Rank.DENIED, Rank.DENIED)
NOT_YET: Pair = (Rank.NOT_YET, Rank.NOT_YET)
NEEDS_PANEL: Pair = (Rank.NEEDS_PANEL, Rank.NEEDS_PANEL)
MET: Pair = (Rank.MET, Rank.MET)
OPEN: Pair = (Rank.NOT_YET, Rank.MET)
"""A test on something unknown."""


def pair_text(pair: Pair) -> str:
    """Write a pair: `met`, or `not_yet..met` while it is open."""
    low, high = pair
    return low.word if low == high else f"{low.word}..{high.word}"


def lowest(pairs: Sequence[Pair]) -> Pair:
    """Combine as all_of and each do."""
    low, high = pairs[0]
    for lowest_here, highest_here in pairs:
        if lowest_here < low:
            low = lowest_here
        if highest_here < high:
            high = highest_here
    return low, high


def highest(pairs: Sequence[Pair]) -> Pair:
    """Combine as any_of does."""
    low, high = pairs[0]
    for lowest_here, highest_here in pairs:
        if lowest_here > low:
            low = lowest_here
        if highest_here > high:
            high = highest_here
    return low, high


def nth_highest(count: Value | Between, pairs: Sequence[Pair]) -> Pair:
    """Combine as at_least_of and some do; a count beyond the parts is not yet, none needed is met.

    A count that is ABSENT shuts the route; an UNKNOWN one leaves everything open that some count allows.
    """
    if count is ABSENT:
        return NOT_YET
    if count is UNKNOWN:
        return min([Rank.NOT_YET, *(pair[0] for pair in pairs)]), Rank.MET
    if not isinstance(count, int):
        raise TypeError(f"{count!r} is not how many are needed: give a whole number.")
    if count < 1:
        return MET
    if count > len(pairs):
        return NOT_YET
    lows = sorted([pair[0] for pair in pairs], reverse=True)
    highs = sorted([pair[1] for pair in pairs], reverse=True)
    return lows[count - 1], highs[count - 1]


def turned(pair: Pair) -> Pair:
    """Combine as not_ does: met becomes not yet, everything below met becomes met."""
    low, high = pair
    return (
        Rank.NOT_YET if high is Rank.MET else Rank.MET,
        Rank.MET if low is not Rank.MET else Rank.NOT_YET,
    )


def hull(pairs: Iterable[Pair]) -> Pair:
    """Return the narrowest pair around all of these."""
    every = list(pairs)
    return min([pair[0] for pair in every]), max([pair[1] for pair in every])


def closed_when(condition: Pair, pair: Pair) -> Pair:
    """Combine as final_when does: not yet becomes denied where the condition holds."""
    low, high = pair
    if low is Rank.NOT_YET and condition[1] is Rank.MET:
        low = Rank.DENIED
    if high is Rank.NOT_YET and condition[0] is Rank.MET:
        high = Rank.DENIED
    return low, high


def judged(decided: Pair, carried: Pair, sent_back: Pair) -> Pair:
    """Combine as panel does; needs panel until decided, then met, not yet (sent back) or denied."""
    possible = []
    if decided[0] is not Rank.MET:
        possible.append(NEEDS_PANEL)
    if decided[1] is Rank.MET:
        if carried[1] is Rank.MET:
            possible.append(MET)
        if carried[0] is not Rank.MET:
            possible.extend(_refused(sent_back))
    return hull(possible)


def _refused(sent_back: Pair) -> list[Pair]:
    open_ways = []
    if sent_back[1] is Rank.MET:
        open_ways.append(NOT_YET)
    if sent_back[0] is not Rank.MET:
        open_ways.append(DENIED)
    return open_ways

"""The method that adds up parts and wholes: present of offered, points won of points possible."""

from ledger.facts.backing import Backing, backing, behind, nothing_behind
from ledger.facts.items import EvidenceItem
from ledger.facts.methods.averages import EVIDENCE, EXACT
from ledger.facts.methods.base import Arguments, Better, Method, Sighting, State, nothing
from ledger.facts.methods.rounding import ROUND_TO, rounding
from ledger.facts.ratios import ZERO, Pair, plus, reduced


def _both_added(state: State, seen: Sighting, _arguments: Arguments) -> State:
    whole = seen.item.maximum if isinstance(seen.item, EvidenceItem) else None
    if whole is None:
        return state
    part_before, whole_before, behind_it = state or (ZERO, ZERO, nothing_behind())
    return [[*plus(part_before, seen.number)], [*plus(whole_before, whole)], behind(behind_it, seen.item.version)]


def _percent(state: State, _arguments: Arguments) -> tuple[Pair | None, Backing]:
    if state is None or state[1][0] <= 0:
        return None, Backing()
    part, whole, behind_it = state
    return reduced(100 * part[0] * whole[1], part[1] * whole[0]), backing(behind_it)


RATIO = Method(
    name="ratio.1",
    formula="100 * sum of the values / sum of the maxima of the counted items, exact, in percent; an item whose score "
    "has no maximum is not counted; of nothing, and where the maxima do not add up to more than 0, the fact's "
    "when_none.",
    initial=nothing,
    step=_both_added,
    result=rounding(_percent),
    types=EXACT,
    measures=frozenset({"value"}),
    reads=EVIDENCE,
    arguments=(ROUND_TO,),
    better=Better.NEVER_LOWERS_UNCUT,
    title="ratio",
    source="A share of sums, as days present of days offered; not the mean of the items' own percents.",
)

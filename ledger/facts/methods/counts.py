"""Methods that count: all items, distinct values of a field, tries crowded into one window."""

from ledger.facts.backing import Backing, backing, backing_of, behind, nothing_behind
from ledger.facts.items import EvidenceItem
from ledger.facts.methods.base import (
    DIVISORS_OF_A_YEAR,
    Arguments,
    ArgumentWanted,
    Better,
    Method,
    Raw,
    Sighting,
    State,
    nothing,
    whole,
    words,
)
from ledger.policy.facts import FactType, Reads

FIELDS = (
    "kind", "purpose", "task", "item", "instrument", "form", "setting", "organisation", "stage", "occurred",
    "evidence_id",
)  # fmt: skip
"""Fields of an item that may tell items apart."""

COUNTS = frozenset({FactType.INTEGER})


def _one_more(state: State, seen: Sighting, _arguments: Arguments) -> State:
    return behind(state or nothing_behind(), seen.item.version)


def _how_many(state: State, _arguments: Arguments) -> tuple[Raw, Backing]:
    if state is None:
        return None, Backing()
    found = backing(state)
    return found.count, found


def _another_value(state: State, seen: Sighting, arguments: Arguments) -> State:
    value = getattr(seen.item, words(arguments, "field"), None)
    if value is None:
        return state
    values, versions = state or ([], [])
    if value in values:
        return state
    return [[*values, value], [*versions, seen.item.version]]


def _how_many_values(state: State, _arguments: Arguments) -> tuple[Raw, Backing]:
    if state is None:
        return None, Backing()
    return len(state[0]), backing_of(state[1])


def window_of(day: str, months: int) -> str:
    """Name the calendar window of a day: windows of some months, counted from 1 January of each year."""
    return f"{day[:4]}/{(int(day[5:7]) - 1) // months + 1}"


def _one_more_in_window(state: State, seen: Sighting, arguments: Arguments) -> State:
    if not seen.day:
        return state
    item = seen.item
    instrument = item.instrument if isinstance(item, EvidenceItem) else None
    place = f"{window_of(seen.day, whole(arguments, 'months'))} {instrument or ''}"
    places = dict(state[1]) if state else {}
    places[place] = behind(places.get(place) or nothing_behind(), item.version)
    return [place, places]


def _how_crowded(state: State, _arguments: Arguments) -> tuple[Raw, Backing]:
    if state is None:
        return None, Backing()
    found = backing(state[1][state[0]])
    return found.count, found


COUNT = Method(
    name="count.1",
    formula="How many items count; of nothing, the fact's when_none (declare 0 where none is zero).",
    initial=nothing,
    step=_one_more,
    result=_how_many,
    types=COUNTS,
    better=Better.NEVER_LOWERS,
    title="count",
)

DISTINCT = Method(
    name="distinct.1",
    formula="How many different values `field` has among the counted items, an item without the field not counting; "
    "the first item of each value stands behind it; of nothing, the fact's when_none.",
    initial=nothing,
    step=_another_value,
    result=_how_many_values,
    types=COUNTS,
    arguments=(ArgumentWanted("field", "the field whose values are told apart", (str,), choices=FIELDS),),
    better=Better.NEVER_LOWERS,
    title="distinct values",
)

CROWDED = Method(
    name="crowded.1",
    formula="How many counted items of the same instrument fall into the same calendar window as the last one, with "
    "that one; windows of `months` months begin on 1 January; undated items are in no window; of nothing, the "
    "fact's when_none.",
    initial=nothing,
    step=_one_more_in_window,
    result=_how_crowded,
    types=COUNTS,
    arguments=(ArgumentWanted("months", "months in a window, a divisor of 12", (int,), limits=DIVISORS_OF_A_YEAR),),
    reads=frozenset({Reads.EVIDENCE}),
    better=Better.NEVER_LOWERS_UNCUT,
    title="tries in one window",
    ordered=True,
)

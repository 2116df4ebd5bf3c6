"""The method that hands over the items themselves, one sub-sheet each, and what a member can carry."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Protocol

from ledger.facts.backing import Backing, backing_of
from ledger.facts.methods.base import (
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
from ledger.facts.methods.counts import FIELDS, window_of
from ledger.policy.facts import FactType
from ledger.policy.sheet import UNKNOWN

Row = dict[str, Any]
"""One member in plain data: its version, its day in the fact's order, and the fields its members read."""


class StatusView(Protocol):
    """Answers whether a status holds for the subject at hand, or the learner as a whole, on a day."""

    def holds(self, code: str, day: str) -> bool | None:
        """Return whether it holds; None where nothing is on record for that day."""


@dataclass(frozen=True, slots=True)
class ItemMethod:
    """One version of what a member of a list carries: `value(rows, place, arguments, statuses)`."""

    name: str
    formula: str
    value: Callable[[Sequence[Row], int, Arguments, StatusView], Raw]
    types: frozenset[FactType]
    fields: tuple[str, ...] = ()
    arguments: tuple[ArgumentWanted, ...] = ()


HELD = (*FIELDS, "attempt", "level", "percent", "value", "passed", "submitted", "due", "scored")
"""Fields a row may hold; which ones, the members of the definition say."""


def _one_more(state: State, seen: Sighting, arguments: Arguments) -> State:
    item = seen.item
    fields = arguments["fields"]
    row: Row = {"version": item.version, "day": seen.day}
    for field in fields if isinstance(fields, tuple) else ():
        row[str(field)] = getattr(item, str(field), None)
    return [*(state or ()), row]


def _rows(state: State, _arguments: Arguments) -> tuple[Raw, Backing]:
    if state is None:
        return None, Backing()
    return state, backing_of(row["version"] for row in state)


def _field(name: str, kind: FactType, says: str) -> ItemMethod:
    def value(rows: Sequence[Row], place: int, _arguments: Arguments, _statuses: StatusView) -> Raw:
        found: Raw = rows[place].get(name)
        return found

    types = {kind, FactType.CHOICE} if kind is FactType.TEXT else {kind}
    return ItemMethod(f"item.{name}", says, value, frozenset(types), (name,))


def _date(name: str) -> ItemMethod:
    def value(rows: Sequence[Row], place: int, _arguments: Arguments, _statuses: StatusView) -> Raw:
        text = rows[place].get(name)
        return text[:10] if text else None

    return ItemMethod(f"item.{name}", f"The calendar day of `{name}`.", value, frozenset({FactType.DATE}), (name,))


def _ordinal(_rows: Sequence[Row], place: int, _arguments: Arguments, _statuses: StatusView) -> Raw:
    return place + 1


def _value(rows: Sequence[Row], place: int, _arguments: Arguments, _statuses: StatusView) -> Raw:
    found: Raw = rows[place]["value"] or rows[place]["level"]
    return found


def _earlier(rows: Sequence[Row], place: int, arguments: Arguments, _statuses: StatusView) -> Raw:
    months, same = whole(arguments, "months"), words(arguments, "same")
    row = rows[place]
    if not row["day"]:
        return UNKNOWN
    window = window_of(row["day"], months)
    return sum(
        1
        for other in rows[:place]
        if other["day"] and other[same] == row[same] and window_of(other["day"], months) == window
    )


def _status(rows: Sequence[Row], place: int, arguments: Arguments, statuses: StatusView) -> Raw:
    return statuses.holds(words(arguments, "code"), rows[place]["day"])


def _of_table(name: str, kind: FactType, says: str) -> ItemMethod:
    def value(rows: Sequence[Row], place: int, _arguments: Arguments, _statuses: StatusView) -> Raw:
        found: Raw = rows[place].get(name)
        return found

    return ItemMethod(f"item.{name}", says, value, frozenset({kind}))


ITEMS = Method(
    name="items.1",
    formula="The counted items in fold order, one sub-sheet each; of nothing, the fact's when_none (declare () where "
    "none is an empty list).",
    initial=nothing,
    step=_one_more,
    result=_rows,
    types=frozenset({FactType.LIST}),
)

_COUNT_ARGUMENTS = (
    ArgumentWanted("months", "months in a window, a divisor of 12", (int,)),
    ArgumentWanted("same", "the field that must be equal", (str,), choices=FIELDS),
)

_ALL = (
    ItemMethod("item.ordinal", "Place in fold order, from 1.", _ordinal, frozenset({FactType.INTEGER})),
    _field("kind", FactType.TEXT, "The kind of evidence, preparation or approval."),
    _field("purpose", FactType.TEXT, "The purpose of the evidence."),
    _field("task", FactType.TEXT, "The task."),
    _field("item", FactType.TEXT, "The item within the task."),
    _field("instrument", FactType.TEXT, "The instrument, such as an examination."),
    _field("form", FactType.TEXT, "The form of the instrument."),
    _field("setting", FactType.TEXT, "Where it took place."),
    _field("organisation", FactType.TEXT, "The organisation of the assessor."),
    _field("attempt", FactType.INTEGER, "Which try it was, as recorded."),
    _field("level", FactType.FRACTION, "The level as recorded."),
    _field("percent", FactType.FRACTION, "100 * (value - minimum) / (maximum - minimum), exact."),
    _field("passed", FactType.BOOLEAN, "Whether it was passed, as recorded."),
    ItemMethod(
        "item.value",
        "The score as given, else the level's value.",
        _value,
        frozenset({FactType.FRACTION, FactType.INTEGER}),
        ("value", "level"),
    ),
    _date("occurred"),
    _date("submitted"),
    _date("due"),
    _date("scored"),
    ItemMethod(
        "item.earlier_in_window",
        "How many earlier members with the same field `same` fall into the same calendar window; windows of "
        "`months` months begin on 1 January; UNKNOWN for an undated member.",
        _earlier,
        frozenset({FactType.INTEGER}),
        arguments=_COUNT_ARGUMENTS,
    ),
    ItemMethod(
        "item.status",
        "Whether the status `code` holds on the member's day, for the subject or the learner as a whole; when_none "
        "where nothing is on record for that day.",
        _status,
        frozenset({FactType.BOOLEAN}),
        arguments=(ArgumentWanted("code", "the code of the status", (str,)),),
    ),
    _of_table("id", FactType.TEXT, "The id of the competency."),
    _of_table(
        "met",
        FactType.BOOLEAN,
        "Whether its standing decision is met; UNKNOWN where that is undetermined; when_none where there is none.",
    ),
    _of_table("outcome", FactType.CHOICE, "The outcome of its standing decision."),
)

ITEM_METHODS: Mapping[str, ItemMethod] = MappingProxyType({method.name: method for method in _ALL})
"""What a member of a list can carry, by name."""


def fields_held(methods: Sequence[tuple[str, Arguments]]) -> tuple[str, ...]:
    """Name the fields the rows of a list must hold for these members (method name and arguments each)."""
    found: set[str] = set()
    for name, arguments in methods:
        found.update(ITEM_METHODS[name].fields)
        if "same" in arguments:
            found.add(words(arguments, "same"))
    return tuple(sorted(found))

"""The method that hands over the items themselves, one sub-sheet each, and what a member can carry."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Any, Protocol

from ledger.facts.backing import Backing, backing_of
from ledger.facts.methods.base import (
    DIVISORS_OF_A_YEAR,
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
from ledger.facts.ratios import exceeds
from ledger.facts.standing import granted
from ledger.policy.facts import FactType
from ledger.policy.sheet import ABSENT, UNKNOWN

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


HELD = (*FIELDS, "attempt", "level", "percent", "value", "maximum", "passed", "submitted", "due", "scored")
"""Fields a row may hold; which ones, the members of the definition say."""


def _one_more(state: State, seen: Sighting, arguments: Arguments) -> State:
    item = seen.item
    fields = arguments["fields"]
    row: Row = {"version": item.version, "day": seen.day}
    for field in fields if isinstance(fields, tuple) else ():
        row[str(field)] = getattr(item, str(field), None)
    if "each" in arguments:
        row["number"] = [*seen.number]
        row[words(arguments, "each")] = getattr(item, words(arguments, "each"), None)
    return [*(state or ()), row]


def _rows(state: State, arguments: Arguments) -> tuple[Raw, Backing]:
    if state is None:
        return None, Backing()
    rows = _one_of_each(state, arguments) if "each" in arguments else state
    return rows, backing_of(row["version"] for row in rows)


def _one_of_each(rows: Sequence[Row], arguments: Arguments) -> list[Row]:
    field, best = words(arguments, "each"), arguments.get("one", "best") == "best"
    kept: dict[object, Row] = {}
    for place, row in enumerate(rows):
        key = (place,) if row[field] is None else row[field]
        if key in kept and best and not exceeds(row["number"], kept[key]["number"]):
            continue
        kept.pop(key, None)
        kept[key] = row
    return [*kept.values()]


def _field(name: str, kind: FactType, says: str) -> ItemMethod:
    def value(rows: Sequence[Row], place: int, _arguments: Arguments, _statuses: StatusView) -> Raw:
        found: Raw = rows[place].get(name)
        return found

    types = {kind, FactType.CHOICE} if kind is FactType.TEXT else {kind}
    formula = f"{says}; when_none where it is not recorded."
    return ItemMethod(f"item.{name}", formula, value, frozenset(types), (name,))


def _date(name: str) -> ItemMethod:
    def value(rows: Sequence[Row], place: int, _arguments: Arguments, _statuses: StatusView) -> Raw:
        text = rows[place].get(name)
        return text[:10] if text else None

    formula = f"The calendar day of `{name}`; when_none where it is undated."
    return ItemMethod(f"item.{name}", formula, value, frozenset({FactType.DATE}), (name,))


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


def _since_previous(rows: Sequence[Row], place: int, arguments: Arguments, _statuses: StatusView) -> Raw:
    row, same = rows[place], arguments.get("same")
    previous = [other for other in rows[:place] if same is None or other[str(same)] == row[str(same)]]
    if not previous:
        return None
    days = (previous[-1]["day"], row["day"])
    return (date.fromisoformat(days[1]) - date.fromisoformat(days[0])).days if all(days) else UNKNOWN


def _status(rows: Sequence[Row], place: int, arguments: Arguments, statuses: StatusView) -> Raw:
    return statuses.holds(words(arguments, "code"), rows[place]["day"])


def _of_table(name: str, kind: FactType, says: str) -> ItemMethod:
    def value(rows: Sequence[Row], place: int, _arguments: Arguments, _statuses: StatusView) -> Raw:
        found: Raw = rows[place].get(name)
        return found

    return ItemMethod(f"item.{name}", says, value, frozenset({kind}))


def _grant(kind: FactType) -> Callable[[Sequence[Row], int, Arguments, StatusView], Raw]:
    def value(rows: Sequence[Row], place: int, arguments: Arguments, _statuses: StatusView) -> Raw:
        return granted(rows[place].get("grants") or (), words(arguments, "key"), kind)

    return value


ITEMS = Method(
    name="items.1",
    formula="The counted items in fold order, one sub-sheet each; with `each`, of all items that are equal in that "
    "field only one: the highest by the measure unless `one` is `latest` (of equal ones the earlier), else the last; "
    "an item without the field stands for itself; of nothing, the fact's when_none (declare () where "
    "none is an empty list).",
    initial=nothing,
    step=_one_more,
    result=_rows,
    types=frozenset({FactType.LIST}),
    arguments=(
        ArgumentWanted("each", "the field of which each value is listed once", (str,), ABSENT, choices=FIELDS),
        ArgumentWanted("one", "which item stands for the others", (str,), ABSENT, ("best", "latest"), folds=False),
    ),
    title="the items themselves",
    ordered=True,
)

_KEY = ArgumentWanted("key", "the key of the grant", (str,))

_COUNT_ARGUMENTS = (
    ArgumentWanted("months", "months in a window, a divisor of 12", (int,), limits=DIVISORS_OF_A_YEAR),
    ArgumentWanted("same", "the field that must be equal", (str,), choices=FIELDS),
)

_ALL = (
    ItemMethod(
        "item.ordinal",
        "Place in fold order, from 1; every member always has one.",
        _ordinal,
        frozenset({FactType.INTEGER}),
    ),
    _field("kind", FactType.TEXT, "The kind of evidence, preparation, approval or support"),
    _field("purpose", FactType.TEXT, "The purpose of the evidence"),
    _field("task", FactType.TEXT, "The task"),
    _field("item", FactType.TEXT, "The item within the task"),
    _field("instrument", FactType.TEXT, "The instrument, such as an examination"),
    _field("form", FactType.TEXT, "The form of the instrument"),
    _field("setting", FactType.TEXT, "Where it took place"),
    _field("organisation", FactType.TEXT, "The organisation of the assessor"),
    _field("stage", FactType.TEXT, "Whether support was offered or provided"),
    _field("attempt", FactType.INTEGER, "Which try it was, as recorded"),
    _field("level", FactType.FRACTION, "The level as recorded"),
    _field("percent", FactType.FRACTION, "100 * (value - minimum) / (maximum - minimum), exact"),
    _field("passed", FactType.BOOLEAN, "Whether it was passed, as recorded"),
    ItemMethod(
        "item.value",
        "The score as given, else the level's value; when_none where there is neither.",
        _value,
        frozenset({FactType.FRACTION, FactType.INTEGER}),
        ("value", "level"),
    ),
    _field("maximum", FactType.FRACTION, "The highest score there was to have, as given"),
    _date("occurred"),
    _date("submitted"),
    _date("due"),
    _date("scored"),
    ItemMethod(
        "item.earlier_in_window",
        "How many earlier members with the same field `same` fall into the same calendar window, and of nothing, 0; "
        "windows of `months` months begin on 1 January; UNKNOWN for an undated member.",
        _earlier,
        frozenset({FactType.INTEGER}),
        arguments=_COUNT_ARGUMENTS,
    ),
    ItemMethod(
        "item.days_since_previous",
        "Days from the member before it to this one, of the members with the same field `same` where that is given; "
        "UNKNOWN where either is undated; when_none for the first.",
        _since_previous,
        frozenset({FactType.INTEGER}),
        arguments=(ArgumentWanted("same", "the field that must be equal", (str,), ABSENT, choices=FIELDS),),
    ),
    ItemMethod(
        "item.status",
        "Whether the status `code` holds on the member's day, for the subject or the learner as a whole; when_none "
        "where nothing is on record for that day.",
        _status,
        frozenset({FactType.BOOLEAN}),
        arguments=(ArgumentWanted("code", "the code of the status", (str,)),),
    ),
    _of_table(
        "id",
        FactType.TEXT,
        "The id of what it is about, as its kind has it: a competency, a subject, an option; it always has one.",
    ),
    _of_table(
        "met",
        FactType.BOOLEAN,
        "Whether its standing decision is met; UNKNOWN where that is undetermined; when_none where there is none.",
    ),
    _of_table(
        "designation",
        FactType.CHOICE,
        "The kind it is designated as: academic, transferable or habit; it always has one.",
    ),
    _of_table("outcome", FactType.CHOICE, "The outcome of its standing decision; when_none where there is none."),
    _of_table("on", FactType.DATE, "The legal day of the award; every award always has one."),
    _of_table("policy", FactType.TEXT, "The id of the policy that awarded; every award always has one."),
    ItemMethod(
        "item.grant",
        "The number the award gives under `key`, exact, in the grant's unit; when_none where it gives none.",
        _grant(FactType.FRACTION),
        frozenset({FactType.FRACTION}),
        arguments=(_KEY,),
    ),
    ItemMethod(
        "item.notation",
        "The text the award gives under `key`; when_none where it gives none.",
        _grant(FactType.TEXT),
        frozenset({FactType.TEXT}),
        arguments=(_KEY,),
    ),
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

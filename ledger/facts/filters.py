"""The closed set of filters, made into tests of one item.

Filters hold in any order, for none of them changes what another sees: `Prepared` looks at every try
of a purpose that counts (`ledger.facts.tries`). Evidence of purposes nobody named never counts:
without `Counted` and without a filter on the purpose only summative evidence does.
"""

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from fractions import Fraction
from types import MappingProxyType
from typing import Any, TypeAlias

from ledger.facts.items import Item
from ledger.facts.ratios import Pair, pair_of, reaches
from ledger.facts.spans import Spans, holds_on
from ledger.policy.facts import AtLevel, Counted, DatedBefore, DatedFrom, FieldIn, FieldIs, Filter, Prepared, Ready

Days: TypeAlias = tuple[Spans, ...]
"""Days of the learner at hand that filters compare with, in the order of their keys: spans, empty for no such day."""

Test: TypeAlias = Callable[[Item, str, Pair, Days], bool]
"""Says whether an item counts, given its day, its measure and the learner's days."""

READY = "ready"
"""How the key of the days on which a learner was ready begins."""

STATUS_PREFIX = "status:"
"""How a bound names the first day of a status, and how the key of that day begins."""

PURPOSES_BY_DEFAULT = ("summative",)


def day_key(part: Filter) -> str | None:
    """Name the learner's day a resolved filter compares with; None where it needs none."""
    if isinstance(part, Ready):
        return _ready_key(part) if part.required is True else None
    if isinstance(part, DatedFrom | DatedBefore) and isinstance(part.bound, str):
        return part.bound
    return None


def _ready_key(part: Ready) -> str:
    return " ".join((READY, *([str(part.at_least), *sorted(texts(part.purposes))] if part.purposes else [])))


def purposes_of(where: Iterable[Filter]) -> frozenset[str]:
    """Return the purposes that count under these resolved filters."""
    named = [found for part in where if (found := _purposes_named(part)) is not None]
    return frozenset.intersection(*named) if named else frozenset(PURPOSES_BY_DEFAULT)


def _purposes_named(part: Filter) -> frozenset[str] | None:
    if isinstance(part, Counted):
        return texts(part.purposes)
    if isinstance(part, FieldIn) and part.field == "purpose":
        return texts(part.values)
    if isinstance(part, FieldIs) and part.field == "purpose":
        return frozenset({str(part.value)})
    return None


def asks_for_preparation(where: Iterable[Filter]) -> bool:
    """Say whether a later try needs preparation under these resolved filters."""
    return any(isinstance(part, Prepared) and part.required is True for part in where)


def tests_of(where: Iterable[Filter], keys: tuple[str, ...]) -> tuple[Test, ...]:
    """Return the tests of resolved filters that look at one item alone; `keys` names the learner's days."""
    made = (_TESTS[type(part)](part, keys) for part in where if type(part) in _TESTS)
    return tuple(test for test in made if test is not None)


def _field_is(part: FieldIs, _keys: tuple[str, ...]) -> Test:
    field, value = part.field, part.value
    return lambda item, _day, _number, _days: getattr(item, field, None) == value


def _field_in(part: FieldIn, _keys: tuple[str, ...]) -> Test:
    field, values = part.field, texts(part.values)
    return lambda item, _day, _number, _days: getattr(item, field, None) in values


def _ready(part: Ready, keys: tuple[str, ...]) -> Test | None:
    if part.required is not True:
        return None
    place = keys.index(_ready_key(part))
    return lambda _item, day, _number, days: holds_on(days[place], day)


def _dated_from(part: DatedFrom, keys: tuple[str, ...]) -> Test:
    if isinstance(part.bound, str):
        place = keys.index(part.bound)
        return lambda _item, day, _number, days: holds_on(days[place], day)
    bound = _day(part.bound)
    return lambda _item, day, _number, _days: bool(day) and day >= bound


def _dated_before(part: DatedBefore, keys: tuple[str, ...]) -> Test:
    if isinstance(part.bound, str):
        place = keys.index(part.bound)
        return lambda _item, day, _number, days: bool(day) and bool(days[place]) and day < days[place][0][0]
    bound = _day(part.bound)
    return lambda _item, day, _number, _days: bool(day) and day < bound


def _at_level(part: AtLevel, _keys: tuple[str, ...]) -> Test:
    cut = level_pair(part.at_least)
    return lambda _item, _day, number, _days: reaches(number, cut)


def _day(bound: object) -> str:
    if not isinstance(bound, date):
        raise TypeError(f"a window begins or ends on a day or with a status, not with {bound!r}")
    return bound.isoformat()


def level_pair(number: object) -> Pair:
    """Return a level in a resolved filter as an exact number; raise `TypeError` for anything else."""
    if isinstance(number, bool) or not isinstance(number, int | Fraction):
        raise TypeError(f"a level is a whole number or a fraction, not {number!r}")
    return pair_of(number)


def texts(values: object) -> frozenset[str]:
    """Return the texts in a resolved filter; raise `TypeError` for anything else."""
    if not isinstance(values, tuple):
        raise TypeError(f"a filter takes a list of texts, not {values!r}")
    return frozenset(str(value) for value in values)


_TESTS: Mapping[type, Callable[[Any, tuple[str, ...]], Test | None]] = MappingProxyType(
    {
        FieldIs: _field_is,
        FieldIn: _field_in,
        Ready: _ready,
        DatedFrom: _dated_from,
        DatedBefore: _dated_before,
        AtLevel: _at_level,
    }
)

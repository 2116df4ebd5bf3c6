"""The few values of a fact that matter: one on each side of every threshold it is compared with.

Thresholds on facts cut what learners can be into finitely many cells. Used where two conditions of a
rule are asked whether both can hold.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from itertools import islice, pairwise, product

from ledger.policy.checks.places import Subject
from ledger.policy.facts import FactDefinition, FactType
from ledger.policy.parameters import DECISION
from ledger.policy.rules import Case
from ledger.policy.sheet import ABSENT, Sheet, Table, Value
from ledger.policy.terms import FactTerm, Node, ParamTerm, walk

MOST = 20_000
"""How many combinations are tried before a condition counts as reading too many facts."""

_MEMBERS = 12
"""How many different members of a counted list are tried."""

_ONE_DAY = timedelta(days=1)
_SOME_DAY = date(2024, 1, 1)


@dataclass(frozen=True, slots=True)
class Thresholds:
    """Every constant and every value of a parameter some conditions name, by kind."""

    numbers: tuple[Fraction, ...]
    days: tuple[date, ...]
    texts: tuple[str, ...]


def thresholds(subject: Subject, conditions: Sequence[Node]) -> Thresholds:
    """Collect the thresholds of some conditions."""
    found = [value for condition in conditions for node in walk(condition) for value in _values(subject, node)]
    numbers = {Fraction(value) for value in found if isinstance(value, int | Fraction) and not isinstance(value, bool)}
    days = {value for value in found if isinstance(value, date)}
    texts = {value for value in found if isinstance(value, str)}
    return Thresholds(tuple(sorted(numbers)), tuple(sorted(days)), tuple(sorted(texts)))


def _values(subject: Subject, node: Node) -> Iterator[object]:
    if isinstance(node, ParamTerm) and node.name in subject.parameters:
        for dated in subject.parameters[node.name].values:
            yield from _flat(dated.value)
            yield from (day for day in (dated.first_day, dated.last_day) if day)
    for name in ("left", "right", "keys", "parts", "cases"):
        yield from _flat(getattr(node, name, ()))


def _flat(value: object) -> Iterator[object]:
    if isinstance(value, Table):
        for line in value.entries:
            yield from line.keys
            yield from _flat(line.value)
    elif isinstance(value, tuple):
        for part in value:
            yield from _flat(part)
    elif isinstance(value, Case):
        yield value.value
    else:
        yield value


def facts_read(subject: Subject, conditions: Sequence[Node]) -> tuple[str, ...]:
    """Name the declared facts some conditions read, the clocks of their parameters included."""
    found: dict[str, None] = {}
    for condition in conditions:
        for node in walk(condition):
            if isinstance(node, FactTerm):
                found[node.name] = None
            elif isinstance(node, ParamTerm) and node.name in subject.parameters:
                clock = subject.parameters[node.name].clock or subject.policy.clock
                found.update({} if clock == DECISION else {clock: None})
    return tuple(name for name in found if name in subject.facts)


def samples(definition: FactDefinition, known: Thresholds) -> tuple[Value, ...]:
    """Return the values of one fact that matter: all sides of every threshold, and none where it may be absent."""
    none: tuple[Value, ...] = (ABSENT,) if definition.when_none is ABSENT else ()
    if definition.type is FactType.BOOLEAN:
        return (*none, True, False)
    if definition.type is FactType.DATE:
        return (*none, *_days(known.days))
    if definition.type in (FactType.INTEGER, FactType.FRACTION):
        return (*none, *_numbers(definition, known))
    return (*none, *(definition.choices or (*known.texts, "something else")))


def _days(days: tuple[date, ...]) -> list[date]:
    near = {day + step for day in days or (_SOME_DAY,) for step in (-_ONE_DAY, 0 * _ONE_DAY, _ONE_DAY)}
    return sorted(near)


def _numbers(definition: FactDefinition, known: Thresholds) -> "list[int] | list[Fraction]":
    years = tuple(Fraction(day.year) for day in known.days)
    cuts = sorted({*known.numbers, *years, Fraction(0)})
    between = [(low + high) / 2 for low, high in pairwise(cuts)]
    every = sorted({*cuts, *between, *(cut - 1 for cut in cuts), *(cut + 1 for cut in cuts)})
    fitting = [number for number in every if _in_bounds(number, definition)]
    if definition.type is FactType.FRACTION:
        return fitting
    return [int(number) for number in fitting if number.denominator == 1]


def _in_bounds(number: Fraction, definition: FactDefinition) -> bool:
    low, high = definition.lowest, definition.highest
    return (low is None or low <= number) and (high is None or number <= high)


def lists(subject: Subject, name: str, read: Sequence[str], known: Thresholds) -> tuple[Value, ...]:
    """Return lists that matter: none, one, and as many equal members as a threshold counts."""
    own = [subject.facts[each] for each in read if subject.homes[each] == name]
    members = list(islice(_sheets(own, known), _MEMBERS))
    counts = {1, 2, *(int(number) + 1 for number in known.numbers if 0 <= number < _MEMBERS)}
    return ((), *(tuple([member] * count) for member in members for count in sorted(counts)))


def _sheets(definitions: Iterable[FactDefinition], known: Thresholds) -> Iterator[Sheet]:
    every = list(definitions)
    for values in product(*(samples(definition, known) for definition in every)):
        yield dict(zip([definition.name for definition in every], values, strict=True))

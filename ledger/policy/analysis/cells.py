"""The few values of a fact that matter: one of every cell into which the rules cut what it can be."""

from collections.abc import Iterator
from datetime import date
from fractions import Fraction
from itertools import pairwise
from math import ceil, floor

from ledger.policy.analysis.cuts import Boundary, Cuts
from ledger.policy.analysis.derived import Fixed, Relations, names_in
from ledger.policy.analysis.linear import Form, number
from ledger.policy.analysis.linear import cuts as cuts_of
from ledger.policy.analysis.side import Known, Side
from ledger.policy.facts import FactDefinition, FactType
from ledger.policy.sheet import ABSENT, Between, Value

OTHER = "something else"
"""Stands for every text that no rule names."""

_AT_LEAST_NONE = ("count.1", "distinct.1", "crowded.1", "span.1", "item.earlier_in_window")
_LATEST = date.max.toordinal()
_ADDED = (FactType.INTEGER, FactType.FRACTION)
_FAR_BELOW, _FAR_ABOVE = -(10**12), 10**12
"""Ends of a stretch that has none."""


class Cells:
    """The values that matter, fact by fact; `exact` turns false where some may be missing."""

    def __init__(self, sides: tuple[Side, ...], relations: Relations) -> None:
        self.cuts = Cuts(sides, relations)
        self.relations = relations
        self.facts = {name: definition for side in reversed(sides) for name, definition in side.facts.items()}
        self.on = sides[0].on
        self.inexact: dict[str, None] = dict(self.cuts.inexact)
        self._fixed = {each.name: each.value for each in relations.every if isinstance(each, Fixed)}
        self._groups = _groups(self.cuts)
        self._memo: dict[object, tuple[Value, ...]] = {}
        for group in {id(each): each for each in self._groups.values()}.values():
            self._doubt(group)

    def _doubt(self, group: frozenset[str]) -> None:
        """Say where whole numbers may fall between the cuts that are found."""
        if all(self.facts[name].type is FactType.FRACTION for name in group):
            return
        forms = [form for form in self.cuts.forms if form.factors[0][0] in group]
        plain = all(abs(factor) == abs(form.factors[0][1]) for form in forms for _, factor in form.factors)
        wide = {form.factors for form in forms if len(form.factors) > 2}
        if not plain or (wide and len({form.factors for form in forms}) > 1):
            names = ", ".join(sorted(group))
            self.inexact[f"whole numbers are compared as multiples of one another: {names}"] = None

    def values(self, name: str, known: Known) -> tuple[Value, ...]:
        """Return one value of every cell of a fact that is no list, ABSENT where there may be none."""
        if name in self._fixed:
            return (self._fixed[name],)
        group = self._groups.get(name, frozenset())
        known = {each: known[each] for each in group if each in known and not isinstance(known[each], Between)}
        key = (name, tuple(sorted((each, str(value)) for each, value in known.items())))
        if key not in self._memo:
            self._memo[key] = self._values(self.facts[name], known, group)
        return self._memo[key]

    def coarse(self, name: str) -> tuple[Between, ...]:
        """Return the stretches between the thresholds of a number alone, where it is also added to others.

        Most rules are settled by the stretch; only where one is not, its numbers are told apart.
        """
        bound = {each for relation in self.relations.every for each in names_in(relation)}
        if name not in self._groups or name in bound or self.facts[name].type not in _ADDED:
            return ()
        low, high = self._bounds(self.facts[name])
        starts = [start for start in self.apart(name) if isinstance(start, int | Fraction)]
        first: list[int | Fraction] = [_FAR_BELOW if low is None else low, *starts[1:]]
        step = 1 if self.facts[name].type is FactType.INTEGER else 0
        last = [*(start - step for start in starts[1:]), _FAR_ABOVE if high is None else high]
        return tuple(Between(one, other) for one, other in zip(first, last, strict=True))

    def point(self, name: str, stretch: Between) -> Value:
        """Return one number of a stretch."""
        return next(value for value in self.apart(name) if inside(value, stretch))

    def apart(self, name: str) -> tuple[Value, ...]:
        """Return one value of every cell that the thresholds of a number or a day alone cut, the lowest first."""
        found = self._of_numbers(self.facts[name], sorted(self.cuts.boundaries.get(name, ())))
        return tuple(sorted(found, key=lambda value: number(value) or Fraction(0)))

    def _values(self, definition: FactDefinition, known: Known, group: frozenset[str]) -> tuple[Value, ...]:
        none: tuple[Value, ...] = (ABSENT,) if definition.when_none is ABSENT else ()
        if definition.type is FactType.BOOLEAN:
            return (False, True, *none)
        if definition.type in (FactType.CHOICE, FactType.TEXT):
            named = sorted(self.cuts.texts.get(definition.name, ()))
            return (*(definition.choices or (*named, OTHER)), *none)
        boundaries = set(self.cuts.boundaries.get(definition.name, ()))
        boundaries.update(self._between(definition, known, group))
        return (*self._of_numbers(definition, sorted(boundaries)), *none)

    def _between(self, definition: FactDefinition, known: Known, group: frozenset[str]) -> Iterator[Boundary]:
        """Return the cuts that comparisons with other facts make, with the whole numbers around them.

        Each fact in between that is not known yet can move a strict comparison of whole numbers by one.
        """
        if not group:
            return
        forms = [form for form in self.cuts.forms if form.factors[0][0] in group]
        found, complete = cuts_of([*forms, *_own_forms(self.cuts, group)], definition.name, known)
        if not complete:
            self.inexact[f"too many comparisons bind {', '.join(sorted(group))}"] = None
        beside = len(group.difference(known, (definition.name,)))
        for at in found:
            yield from ((at, False), (at, True))
            if definition.type is not FactType.FRACTION:
                near = range(floor(at) - beside, ceil(at) + beside + 1)
                yield from ((Fraction(each), after) for each in near for after in (False, True))

    def _of_numbers(self, definition: FactDefinition, boundaries: list[Boundary]) -> tuple[Value, ...]:
        low, high = self._bounds(definition)
        if definition.type is FactType.FRACTION:
            return tuple(_fractions(boundaries, low, high))
        starts = sorted({(floor(at) + 1 if after else ceil(at)) for at, after in boundaries})
        whole = _whole_numbers(starts, low, high, self.on.toordinal() if definition.type is FactType.DATE else 1)
        if definition.type is FactType.DATE:
            return tuple(date.fromordinal(each) for each in reversed(whole) if 1 <= each <= _LATEST)
        return tuple(whole)

    def _bounds(self, definition: FactDefinition) -> tuple[int | None, int | None]:
        low = definition.lowest
        if definition.method in _AT_LEAST_NONE or (definition.measure == "percent" and low is None):
            least = 1 if definition.method in ("count.1", "distinct.1") and definition.when_none != 0 else 0
            low = max(low or 0, least)
        return low, definition.highest


def inside(value: Value, stretch: Between) -> bool:
    """Say whether a value is a number of a stretch."""
    size = number(value)
    return size is not None and stretch[0] <= size <= stretch[1]


def _groups(cuts: Cuts) -> dict[str, frozenset[str]]:
    """Return, for every fact that is compared with others, all the facts it hangs together with."""
    found: dict[str, frozenset[str]] = {}
    for form in cuts.forms:
        names = frozenset(name for name, _ in form.factors)
        joined = names.union(*(found.get(name, frozenset()) for name in names))
        found.update(dict.fromkeys(joined, joined))
    return found


def _own_forms(cuts: Cuts, group: frozenset[str]) -> Iterator[Form]:
    for name in group:
        for at, _ in cuts.boundaries.get(name, ()):
            yield Form(((name, Fraction(1)),), -at)


def _whole_numbers(starts: list[int], low: int | None, high: int | None, anything: int) -> list[int]:
    """Return the first number of every stretch that begins at one of these, and the one before the first."""
    every = [starts[0] - 1, *starts] if starts else [anything]
    inside = [each for each in every if (low is None or each >= low) and (high is None or each <= high)]
    if low is not None and (not inside or low < inside[0]):
        inside.insert(0, low)
    return inside or [each for each in (high,) if each is not None]


def _fractions(boundaries: list[Boundary], low: int | None, high: int | None) -> list[Fraction]:
    """Return one number of every stretch between neighbouring boundaries, the ends of what is allowed among them."""
    if not boundaries:
        return [Fraction(low if low is not None else high if high is not None else 1)]
    found = [boundaries[0][0] - (0 if boundaries[0][1] else 1)]
    for (at, after), (following, _) in pairwise(boundaries):
        found.append(at if not after else (at + min(following, at + 2)) / 2)
    at, after = boundaries[-1]
    found.append(at + 1 if after else at)
    ends = [Fraction(end) for end in (low, high) if end is not None]
    kept = {each for each in (*found, *ends) if (low is None or each >= low) and (high is None or each <= high)}
    return sorted(kept)

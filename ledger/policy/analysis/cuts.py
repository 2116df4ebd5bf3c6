"""Where rules cut the values of facts, collected from every stage of every policy before anything is asked."""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from fractions import Fraction

from ledger.policy.analysis.derived import Length, Relations
from ledger.policy.analysis.linear import Form, difference, forms_of, number
from ledger.policy.analysis.side import Side
from ledger.policy.facts import FactType
from ledger.policy.nodes import ByCase, Each, EnoughOf, Number, Some
from ledger.policy.parameters import DECISION, DatedValue
from ledger.policy.terms import (
    Comparison,
    CountOf,
    FactTerm,
    Node,
    Operator,
    ParamTerm,
    SumTerm,
    Times,
    walk,
)

Boundary = tuple[Fraction, bool]
"""A number, and whether the values are told apart just after it rather than just before it."""

_SIDES: dict[Operator, tuple[bool, ...]] = {
    Operator.AT_LEAST: (False,),
    Operator.LESS: (False,),
    Operator.MORE: (True,),
    Operator.AT_MOST: (True,),
    Operator.IS: (False, True),
    Operator.IN: (False, True),
}
_ONE_DAY = timedelta(days=1)
_BOTH = (False, True)


class Cuts:
    """Every threshold of some policies, by fact.

    `boundaries` cut the numbers and days of one fact, `forms` those of several facts together,
    `texts` are the texts a fact is held against. `sizes` says of a list how many of its members can
    matter together (any longer list has as many among its members that come to the same), `counts`
    how far a count is told apart. `inexact` says in words where thresholds could not all be found.
    """

    def __init__(self, sides: Iterable[Side], known_relations: Relations) -> None:
        self.boundaries: dict[str, set[Boundary]] = {}
        self.forms: set[Form] = set(known_relations.forms())
        self.texts: dict[str, set[str]] = {}
        self.sizes: dict[str, int] = {}
        self.counts: dict[CountOf, int] = {}
        self.inexact: dict[str, None] = {}
        self._alike: list[tuple[str, str]] = []
        for side in sides:
            for node in _roots(side):
                self._read(node, side)
            self._read_clocks(side)
        self._share_texts()
        for relation in known_relations.counted_lists():
            self._count(relation)

    def _read(self, root: Node, side: Side) -> None:
        for node in walk(root):
            if isinstance(node, Comparison):
                self._compared(node, side)
            elif isinstance(node, ByCase):
                self._equal(node.term, [case.value for case in node.cases], side)
            elif isinstance(node, ParamTerm):
                self._looked_up(node, side)
            elif isinstance(node, Each | Some | EnoughOf):
                self._listed(node, side)

    def _compared(self, node: Comparison, side: Side) -> None:
        if _counts(node.left) or _counts(node.right):
            self._counted(node, side)
            return
        for left in forms_of(node.left, side):
            for right in forms_of(node.right, side):
                self._add(difference(left, right), node.operator)
        if node.operator in (Operator.IS, Operator.IN):
            self._named(node, side)

    def _add(self, form: Form, operator: Operator) -> None:
        if len(form.factors) > 1:
            self.forms.add(form)
        elif form.factors:
            ((name, factor),) = form.factors
            places = _SIDES[operator]
            if factor < 0 and len(places) == 1:
                places = (not places[0],)
            self._cut(name, -form.constant / factor, places)

    def _cut(self, name: str, at: Fraction, places: Iterable[bool] = _BOTH) -> None:
        self.boundaries.setdefault(name, set()).update((at, after) for after in places)

    def _named(self, node: Comparison, side: Side) -> None:
        pairs = [(node.left, node.right), (node.right, node.left)]
        for term, other in pairs:
            values = side.values(other) if isinstance(other, ParamTerm) else other
            self._equal(term, values if isinstance(values, tuple) else (values,), side)
        if isinstance(node.left, FactTerm) and isinstance(node.right, FactTerm):
            self._alike.append((node.left.name, node.right.name))

    def _equal(self, term: object, values: Iterable[object], side: Side) -> None:
        if not isinstance(term, FactTerm) or term.name not in side.facts:
            return
        for value in values:
            if isinstance(value, str):
                self.texts.setdefault(term.name, set()).add(value)
            elif (at := number(value)) is not None:
                self._cut(term.name, at)

    def _looked_up(self, term: ParamTerm, side: Side) -> None:
        for table in side.tables(term.name):
            for line in table.entries:
                for key, value in zip(term.keys, line.keys, strict=False):
                    self._equal(key, (value,), side)

    def _listed(self, node: Each | Some | EnoughOf, side: Side) -> None:
        size = 1
        if isinstance(node, Some):
            size = _highest((node.at_least,), side)
        elif isinstance(node, EnoughOf):
            size = max(_highest((node.total,), side), sum(_highest((take.at_least,), side) for take in node.takes))
            for table in side.tables(node.categories.name):
                self._equal(node.kind, [line.keys[0] for line in table.entries], side)
        self._matter(node.list.name, max(1, size))

    def _matter(self, name: str, members: int) -> None:
        self.sizes[name] = self.sizes.get(name, 0) + members

    def _counted(self, node: Comparison, side: Side) -> None:
        """Take note of a comparison with a count: how many members it tells apart, and where it cuts other facts."""
        terms = [*_addends(node.left), *_addends(node.right)]
        others = [form for term in terms for form in forms_of(_bare(term), side)]
        highest = max([int(form.constant) for form in others], default=0)
        for term in terms:
            if isinstance(counted := _bare(term), CountOf):
                already = self.counts.get(counted, 0)
                self.counts[counted] = max(already, highest + 1)
                self._matter(counted.list.name, self.counts[counted] - already)
        whole = all(term is _bare(term) for term in terms)
        if not whole or any(form.factors for form in others) or _subtracted(node):
            self.inexact["a count of members is compared with something that is not a plain number"] = None
            for name in {name for form in others for name, _ in form.factors}:
                for at in range(highest + 3):
                    self._cut(name, Fraction(at))

    def _read_clocks(self, side: Side) -> None:
        """Cut facts that parameters are dated by, where a value begins or has ended."""
        for definition in side.parameters.values():
            clock = side.clock(definition.name)
            fact = side.facts.get(clock)
            if clock == DECISION or fact is None:
                continue
            for value in definition.values:
                for day in _beginnings(value):
                    self._cut(clock, _on_clock(day, fact.type), (False,))

    def _share_texts(self) -> None:
        for _ in self._alike:
            for one, other in self._alike:
                shared = self.texts.get(one, set()) | self.texts.get(other, set()) | {"something other"}
                self.texts[one], self.texts[other] = set(shared), set(shared)

    def _count(self, relation: Length) -> None:
        """Tell apart every number of members that matters to the list a fact counts."""
        for at in range(self.sizes.get(relation.list, 0) + 2):
            self._cut(relation.counter, Fraction(at))


def _roots(side: Side) -> Iterator[Node]:
    yield from (side.policy.applies, side.policy.eligible, side.policy.requires)
    yield from (grant.when for grant in side.policy.grants)


def _counts(term: object) -> bool:
    return isinstance(term, Node) and any(isinstance(part, CountOf) for part in walk(term))


def _addends(term: object) -> tuple[object, ...]:
    return term.parts if isinstance(term, SumTerm) else (term,)


def _subtracted(node: Comparison) -> bool:
    """Say whether counts stand on both sides, so that more of the one can stand for less of the other."""
    return _counts(node.left) and _counts(node.right)


def _bare(term: object) -> object:
    return term.term if isinstance(term, Times) else term


def _highest(numbers: Iterable[Number], side: Side) -> int:
    found = [0]
    for each in numbers:
        values = side.values(each) if isinstance(each, ParamTerm) else (each,)
        found += [value for value in values if isinstance(value, int) and not isinstance(value, bool)]
    return max(found)


def _beginnings(value: DatedValue) -> Iterator[date]:
    """Yield the day a value begins to hold, and the day after its last."""
    if value.first_day is not None:
        yield value.first_day
    if value.last_day is not None and value.last_day < date.max:
        yield value.last_day + _ONE_DAY


def _on_clock(day: date, kind: FactType) -> Fraction:
    """Return where a day stands on a clock: the day itself, or the first year that begins on or after it."""
    if kind is FactType.DATE:
        return Fraction(day.toordinal())
    return Fraction(day.year if (day.month, day.day) == (1, 1) else day.year + 1)

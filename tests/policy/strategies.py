"""Random rules over one small schema, random sheets of it, and ways to hide part of a sheet."""

from collections.abc import Callable
from datetime import date
from fractions import Fraction
from itertools import count
from typing import Any

from hypothesis import strategies as st

from ledger.policy import (
    ABSENT,
    NONE,
    UNKNOWN,
    FactDefinition,
    FactType,
    ParameterType,
    all_of,
    always,
    any_of,
    at_least_of,
    but_if,
    by_case,
    by_default,
    clause,
    count_of,
    each,
    enough_of,
    fact,
    final_when,
    grant,
    not_,
    panel,
    param,
    some,
    table,
    take,
    times,
)
from ledger.policy.terms import Node, needed_facts, needed_parameters
from tests.policy.examples import dated, definition, parameter

Draw = Callable[[st.SearchStrategy[Any]], Any]

DAYS = (date(2024, 1, 1), date(2025, 1, 1), date(2026, 1, 1))

INNER = (definition("depth"),)
MEMBERS = (
    definition("label", FactType.TEXT, UNKNOWN),
    definition("value"),
    definition("flag", FactType.BOOLEAN, UNKNOWN),
    definition("kind", FactType.CHOICE, UNKNOWN, choices=("x", "y", "z")),
    definition("tried_on", FactType.DATE),
    definition("inner", FactType.LIST, (), members=INNER),
)
SHEET: tuple[FactDefinition, ...] = (
    definition("score"),
    definition("share", FactType.FRACTION),
    definition("tries", when_none=0),
    definition("passed", FactType.BOOLEAN),
    definition("enrolled", FactType.BOOLEAN, UNKNOWN),
    definition("taken_on", FactType.DATE),
    definition("year", when_none=UNKNOWN),
    definition("path", FactType.CHOICE, UNKNOWN, choices=("x", "y", "z")),
    definition("area", FactType.CHOICE, choices=("x", "y", "z")),
    definition("items", FactType.LIST, UNKNOWN, members=MEMBERS),
)
PARAMETERS = (
    parameter("cut", 2),
    parameter("shut", NONE),
    parameter("gap"),
    parameter("by_year", dated(1, last=date(2024, 12, 31)), dated(NONE, first=DAYS[1]), clock="year"),
    parameter("by_try", dated(1, last=date(2024, 12, 31)), dated(3, first=DAYS[1]), clock="tried_on"),
    parameter("by_key", table({"x": 1, "y": 2}), kind=ParameterType.TABLE),
    parameter("menu", ("x", "y"), kind=ParameterType.NAMES),
    parameter(
        "categories", table({"x": ("studio",), "y": ("field", "studio"), "z": "field"}), kind=ParameterType.TABLE
    ),
    parameter(
        "later_categories",
        dated(table({"x": ("studio",), "y": ("field",)}), first=DAYS[0]),
        kind=ParameterType.TABLE,
        clock="taken_on",
    ),
    parameter("open", True, kind=ParameterType.BOOLEAN),
)

_INTEGERS = st.integers(0, 3)
_NUMBERS = (param.cut, param.shut, param.gap, param.by_year, 0, 1, 2, 3)


class Author:
    """Draws a rule; every clause has an id of its own, and some stand in several places."""

    def __init__(self, draw: Draw) -> None:
        self._draw = draw
        self._ids = (f"c{number}" for number in count(1))
        self._written: list[Node] = []

    def one_of(self, *choices: Any) -> Any:
        """Choose."""
        return self._draw(st.sampled_from(choices))

    def number(self, inside: bool) -> Any:
        """Draw a term with a number."""
        outer = [fact.score, fact.tries, fact.share, fact.year]
        facts = [fact.value, *outer] if inside else outer
        way = self.one_of("fact", "fact", "sum", "times", "count", "looked up")
        if way == "sum":
            return self.one_of(*facts) + self.one_of(*facts, 1)
        if way == "times":
            return times(2, self.one_of(*facts))
        if way == "count" and not inside:
            return count_of(fact.items, self.test(True, 0))
        if way == "looked up":
            return param.by_key.by(fact.kind if inside else self.one_of(fact.path, fact.area))
        return self.one_of(*facts)

    def comparison(self, inside: bool) -> Node:
        """Draw a test without parts."""
        kind = fact.kind if inside else self.one_of(fact.path, fact.area)
        bound = self.one_of(*_NUMBERS, *((param.by_try,) if inside else ()))
        number = self.number(inside)
        compare = self.one_of(
            lambda: number >= bound,
            lambda: number > bound,
            lambda: number <= bound,
            lambda: number < bound,
            lambda: number.is_(bound),
            lambda: number.exists(),
            lambda: kind.is_("x"),
            lambda: kind.in_(("x", "z")),
            lambda: kind.in_(param.menu),
            lambda: (fact.tried_on if inside else fact.taken_on) >= DAYS[1],
            lambda: self.one_of(fact.passed, fact.enrolled, param.open, param.gap, param.shut),
            lambda: fact.flag if inside else fact.enrolled,
            lambda: always,
        )
        node: Node = compare()
        return node

    def test(self, inside: bool, depth: int) -> Node:
        """Draw a test."""
        if depth <= 0:
            return self.comparison(inside)
        parts = [self.comparison(inside) for _ in range(self._draw(st.integers(1, 2)))]
        return self.one_of(lambda: parts[0], lambda: all_of(*parts), lambda: any_of(*parts), lambda: not_(parts[0]))()

    def sentence(self, inside: bool, plain: bool) -> Node:
        """Draw a clause, or a panel."""
        if not plain and self.one_of(True, False, False):
            back = self.one_of(None, self.comparison(inside))
            return panel(next(self._ids), "Judged.", self.comparison(inside), self.comparison(inside), back)
        if self._written and not inside and self.one_of(True, False, False, False):
            return self.one_of(*self._written)
        final = not plain and self.one_of(True, False)
        new = clause(next(self._ids), "Asked for.", self.test(inside, 1), final=final)
        if not final and not inside:
            self._written.append(new)
        return new

    def rule(self, depth: int, inside: bool = False, plain: bool = False) -> Node:
        """Draw a rule; a plain one holds no panel and nothing final."""
        if depth <= 0:
            return self.sentence(inside, plain)
        ways = [self._combined, self._combined, self._chosen, self._by_default, self._turned, self._closed]
        if not inside:
            ways += [self._listed, self._listed, self._enough]
        node: Node = self.one_of(*ways)(depth - 1, inside, plain)
        return node

    def _parts(self, depth: int, inside: bool, plain: bool) -> list[Node]:
        return [self.rule(depth, inside, plain) for _ in range(self._draw(st.integers(1, 3)))]

    def _combined(self, depth: int, inside: bool, plain: bool) -> Node:
        parts = self._parts(depth, inside, plain)
        number = self.one_of(1, 2, 3, param.cut, param.by_year, param.shut)
        return self.one_of(lambda: all_of(*parts), lambda: any_of(*parts), lambda: at_least_of(number, *parts))()

    def _chosen(self, depth: int, inside: bool, plain: bool) -> Node:
        term = fact.kind if inside else self.one_of(fact.path, fact.area, fact.enrolled, param.by_year)
        values: Any = (True, False) if term == fact.enrolled else ("x", "y", "z")
        if term == param.by_year:
            values = (1, 2)
        kept = values if self.one_of(True, True, False) else values[:1]
        rules = [self.rule(depth, inside, plain) for _ in kept]
        if self.one_of(True, False):
            rules = [rules[0] for _ in kept]
        return by_case(term, dict(zip(kept, rules, strict=True)))

    def _by_default(self, depth: int, inside: bool, plain: bool) -> Node:
        exceptions = [but_if(self.comparison(inside), rule) for rule in self._parts(depth, inside, plain)[:2]]
        return by_default(self.rule(depth, inside, plain), *exceptions)

    def _turned(self, depth: int, inside: bool, plain: bool) -> Node:
        return not_(self.rule(depth, inside, plain=True))

    def _closed(self, depth: int, inside: bool, plain: bool) -> Node:
        rule = self.rule(depth, inside, plain)
        return rule if plain else final_when(self.comparison(inside), rule)

    def _listed(self, depth: int, inside: bool, plain: bool) -> Node:
        rule = self.rule(depth, True, plain)
        if self.one_of(True, False, False):
            deep = clause(next(self._ids), "Deep.", fact.depth >= self.one_of(1, param.by_try))
            rule = all_of(rule, each(fact.inner, deep))
        name = self.one_of(None, fact.label)
        number = self.one_of(1, 2, param.cut, param.by_year, param.gap)
        return self.one_of(lambda: each(fact.items, rule, name), lambda: some(fact.items, rule, number, name))()

    def _enough(self, depth: int, inside: bool, plain: bool) -> Node:
        numbers = (0, 1, 2, param.cut, param.by_year)
        takes = (
            take("studio", at_least=self.one_of(*numbers)),
            take("field", at_least=self.one_of(0, 1), at_most=self.one_of(None, *numbers)),
        )
        return enough_of(
            next(self._ids),
            "Enough.",
            fact.items,
            fact.kind,
            self.one_of(param.categories, param.later_categories, param.gap),
            self.one_of(1, 2, 3, param.by_year),
            *takes[: self._draw(st.integers(0, 2))],
            where=self.one_of(always, fact.flag, self.rule(0, True, plain=True)),
            final=not plain and self.one_of(True, False),
        )


@st.composite
def rules(draw: Draw, kind: str) -> Node:
    """Draw a rule whose outermost node is of a kind."""
    author = Author(draw)
    depth = draw(st.sampled_from([0, 0, 1]))
    node: Node = KINDS[kind](author, depth, False, False)
    return node


KINDS: dict[str, Callable[[Author, int, bool, bool], Node]] = {
    "sentence": lambda author, depth, inside, plain: author.sentence(inside, plain),
    "all_of, any_of, at_least_of": Author._combined,
    "by_case": Author._chosen,
    "by_default": Author._by_default,
    "not_": Author._turned,
    "final_when": Author._closed,
    "each, some": Author._listed,
    "enough_of": Author._enough,
}


@st.composite
def stages(draw: Draw) -> dict[str, Any]:
    """Draw the stages of a policy and a grant, from one author."""
    author = Author(draw)
    return {
        "applies": author.rule(draw(st.integers(0, 1))),
        "eligible": author.rule(draw(st.integers(0, 1))),
        "requires": author.rule(draw(st.integers(0, 3))),
        "grants": (grant("credit", fact.tries, when=author.sentence(False, True)),),
    }


def _value(fact: FactDefinition, read: set[str]) -> st.SearchStrategy[Any]:
    members = tuple(member for member in fact.members if member.name in read)
    values: dict[FactType, st.SearchStrategy[Any]] = {
        FactType.INTEGER: st.sampled_from([2023, 2025]) if fact.name == "year" else _INTEGERS,
        FactType.FRACTION: st.builds(Fraction, _INTEGERS, st.integers(1, 3)),
        FactType.BOOLEAN: st.booleans(),
        FactType.DATE: st.sampled_from(DAYS),
        FactType.CHOICE: st.sampled_from(fact.choices or ("x",)),
        FactType.TEXT: st.sampled_from(["x", "y"]),
        FactType.LIST: st.lists(_sheets(members, read), max_size=3).map(tuple),
    }
    known = values[fact.type]
    missing = [UNKNOWN] if fact.when_none is not ABSENT else [UNKNOWN, ABSENT]
    return st.one_of(known, known, known, known, st.sampled_from(missing))


def _sheets(definitions: tuple[FactDefinition, ...], read: set[str]) -> st.SearchStrategy[dict[str, Any]]:
    return st.fixed_dictionaries({each.name: _value(each, read) for each in definitions})


def sheets(*rules: Node) -> st.SearchStrategy[dict[str, Any]]:
    """Draw what rules read: mostly values, else ABSENT where the schema has it, or UNKNOWN."""
    read = {name for rule in rules for name in needed_facts(rule)}
    parameters = {name for rule in rules for name in needed_parameters(rule)}
    read |= {each.clock for each in PARAMETERS if each.name in parameters}
    return _sheets(tuple(each for each in SHEET if each.name in read), read)


@st.composite
def hidden(draw: Draw, sheet: dict[str, Any]) -> dict[str, Any]:
    """Draw a sheet that knows less: some of its values, also inside lists, are UNKNOWN."""
    partly: dict[str, Any] = {}
    for name, value in sheet.items():
        if draw(st.integers(0, 2)) == 0:
            partly[name] = UNKNOWN
        elif isinstance(value, tuple):
            partly[name] = tuple(draw(hidden(member)) for member in value)
        else:
            partly[name] = value
    return partly

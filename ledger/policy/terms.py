"""The terms of a rule: facts, parameters, sums, counts, and the comparisons built from them.

Everything here is a frozen value. Comparing terms builds a node; nothing is computed before a sheet
is decided. `==` compares two terms as values and is never a test: write `.is_()`.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields
from datetime import date, datetime
from enum import StrEnum
from fractions import Fraction
from typing import ClassVar, TypeAlias

from ledger.policy.sheet import (
    ABSENT,
    UNKNOWN,
    Between,
    Entry,
    Key,
    Missing,
    Scalar,
    Sheet,
    Table,
    Value,
    table,
    value_data,
    value_words,
)

__all__ = [
    "ABSENT",
    "UNKNOWN",
    "Between",
    "Comparison",
    "CountOf",
    "Entry",
    "Exists",
    "FactTerm",
    "Key",
    "Missing",
    "Node",
    "Operand",
    "Operator",
    "ParamTerm",
    "RouteTaken",
    "Scalar",
    "Sheet",
    "SumTerm",
    "Table",
    "Term",
    "Times",
    "Value",
    "as_test",
    "count_of",
    "fact",
    "needed_facts",
    "needed_parameters",
    "param",
    "route_taken",
    "table",
    "times",
    "value_data",
    "value_words",
    "walk",
]


class Node:
    """Base of everything a rule is made of; a frozen value without a truth value."""

    __slots__ = ()

    stands_as_rule: ClassVar[bool] = False
    """Whether it may stand where a rule is asked for."""

    stands_as_test: ClassVar[bool] = False
    """Whether it may stand where a test is asked for: two-valued, and without a sentence."""

    def __bool__(self) -> bool:
        raise TypeError(
            "Compare has no truth value yet: write all_of(a, b), any_of(a, b) or not_(a); do not chain 1 <= a <= 3."
        )


class Operator(StrEnum):
    """How the two sides of a comparison are compared."""

    AT_LEAST = ">="
    MORE = ">"
    AT_MOST = "<="
    LESS = "<"
    IS = "is"
    IN = "in"


class Term(Node):
    """Base of what has a value on a sheet; its operators build comparisons and sums."""

    __slots__ = ()

    def __ge__(self, other: "Operand") -> "Comparison":
        return Comparison(self, Operator.AT_LEAST, _ordered(other))

    def __gt__(self, other: "Operand") -> "Comparison":
        return Comparison(self, Operator.MORE, _ordered(other))

    def __le__(self, other: "Operand") -> "Comparison":
        return Comparison(self, Operator.AT_MOST, _ordered(other))

    def __lt__(self, other: "Operand") -> "Comparison":
        return Comparison(self, Operator.LESS, _ordered(other))

    def __add__(self, other: "Operand") -> "SumTerm":
        return SumTerm((*_addends(self), *_addends(other)))

    def __radd__(self, other: "Operand") -> "SumTerm":
        return SumTerm((*_addends(other), *_addends(self)))

    def is_(self, value: "Operand") -> "Comparison":
        """Test for equality with a constant or another term."""
        return Comparison(self, Operator.IS, _exact(value))

    def in_(self, values: "Iterable[Scalar] | ParamTerm") -> "Comparison":
        """Test for membership of a closed list of constants, or of a parameter that holds one."""
        if isinstance(values, ParamTerm):
            return Comparison(self, Operator.IN, values)
        if isinstance(values, str | Node) or not isinstance(values, Iterable):
            raise TypeError(f"{values!r} is not a list of values: write .in_(('a', 'b')) or .in_(param.p).")
        return Comparison(self, Operator.IN, tuple(_constant(value) for value in values))

    def exists(self) -> "Exists":
        """Test that there is a value: false only where it is known that there is none."""
        return Exists(self)


@dataclass(frozen=True, slots=True)
class FactTerm(Term):
    """A declared fact of the sheet, or of the member in scope."""

    name: str

    stands_as_rule: ClassVar[bool] = True
    stands_as_test: ClassVar[bool] = True

    def __str__(self) -> str:
        return f"fact.{self.name}"


@dataclass(frozen=True, slots=True)
class ParamTerm(Term):
    """A parameter; with keys, the entry of its table under the values of those terms."""

    name: str
    keys: "tuple[Operand, ...]" = ()

    stands_as_rule: ClassVar[bool] = True
    stands_as_test: ClassVar[bool] = True

    def by(self, *keys: "Operand") -> "ParamTerm":
        """Look into a table; a key that is not in it gives ABSENT."""
        if not keys:
            raise TypeError(f"param.{self.name}.by() needs at least one key, such as fact.area.")
        return ParamTerm(self.name, tuple(_exact(key) for key in keys))

    def __str__(self) -> str:
        return f"param.{self.name}"


@dataclass(frozen=True, slots=True)
class SumTerm(Term):
    """The sum of its parts; ABSENT if any part is."""

    parts: "tuple[Operand, ...]"


@dataclass(frozen=True, slots=True)
class Times(Term):
    """A whole multiple of a term, to compare shares without dividing."""

    factor: int
    term: Term


@dataclass(frozen=True, slots=True)
class CountOf(Term):
    """How many members of a list meet a test; a range where some members are not known."""

    list: FactTerm
    where: Node


@dataclass(frozen=True, slots=True)
class Comparison(Node):
    """Two sides and how they are compared; one of them is a term."""

    left: "Operand"
    operator: Operator
    right: "Operand | tuple[Scalar, ...]"

    stands_as_rule: ClassVar[bool] = True
    stands_as_test: ClassVar[bool] = True


@dataclass(frozen=True, slots=True)
class Exists(Node):
    """Whether a term has a value."""

    term: Term

    stands_as_rule: ClassVar[bool] = True
    stands_as_test: ClassVar[bool] = True


@dataclass(frozen=True, slots=True)
class RouteTaken(Term):
    """The name of the first route that is met, in the order of the rule; it may stand in a grant alone."""


Operand: TypeAlias = "Term | Scalar"


class _Facts:
    """The name space of facts: `fact.x` is the term for the fact x."""

    def __getattr__(self, name: str) -> FactTerm:
        return FactTerm(_name(name))


class _Parameters:
    """The name space of parameters: `param.p` is the term for the parameter p."""

    def __getattr__(self, name: str) -> ParamTerm:
        return ParamTerm(_name(name))


fact = _Facts()
param = _Parameters()
route_taken = RouteTaken()
"""The name of the first route that is met: `grant("pathway", route_taken)`."""


def times(factor: int, term: Term) -> Times:
    """Multiply a term, so that a share of 75 % can be asked for without dividing."""
    if isinstance(factor, float):
        raise TypeError(_float_sentence(factor))
    if isinstance(factor, bool) or not isinstance(factor, int) or factor < 1:
        raise TypeError(f"times({factor!r}, ...) needs a whole number of 1 or more.")
    if not isinstance(term, Term):
        raise TypeError(f"times({factor}, {term!r}) needs a fact, a parameter, a sum or a count.")
    return Times(factor, term)


def count_of(members: FactTerm, where: Node) -> CountOf:
    """Count the members of a list that meet a test."""
    return CountOf(as_list(members, "count_of"), as_test(where, "count_of"))


def as_list(term: object, where: str) -> FactTerm:
    """Return the fact that holds a list; raise `TypeError` for anything else."""
    if not isinstance(term, FactTerm):
        raise TypeError(f"{where} needs the fact that holds the list, such as fact.items, not {term!r}.")
    return term


def as_test(node: object, where: str) -> Node:
    """Return a node that may stand as a test; raise `TypeError` with the sentence for its author.

    A test is a comparison, a fact or parameter that is true or false, or `all_of`, `any_of` and
    `not_` over such.
    """
    if isinstance(node, bool):
        raise TypeError(f"{where} got a plain {node}: == compares the terms themselves; write fact.kind.is_('ap').")
    if not isinstance(node, Node) or not node.stands_as_test:
        raise TypeError(
            f"{where} needs a test, not {_kind(node)}: write a comparison such as fact.score >= param.cut, "
            "a fact that is true or false, or all_of, any_of, not_ over such."
        )
    for part in walk(node):
        if part.stands_as_rule and not part.stands_as_test:
            raise TypeError(f"{where} got a {_kind(part)} inside a test: only comparisons may stand there.")
    return node


def walk(node: Node) -> Iterator[Node]:
    """Yield a node and every node inside it, outermost first, in the order in which they are written."""
    yield node
    for field in fields(node):  # type: ignore[arg-type]
        yield from _inside(getattr(node, field.name))


def _inside(value: object) -> Iterator[Node]:
    if isinstance(value, Node):
        yield from walk(value)
    elif isinstance(value, tuple):
        for part in value:
            yield from _inside(part)


def needed_facts(node: Node) -> tuple[str, ...]:
    """Name every fact a rule, test or term reads, in order of appearance, each once."""
    return tuple(dict.fromkeys(part.name for part in walk(node) if isinstance(part, FactTerm)))


def needed_parameters(node: Node) -> tuple[str, ...]:
    """Name every parameter a rule, test or term reads, in order of appearance, each once."""
    return tuple(dict.fromkeys(part.name for part in walk(node) if isinstance(part, ParamTerm)))


def _kind(node: object) -> str:
    return type(node).__name__ if isinstance(node, Node) else repr(node)


def _name(name: str) -> str:
    if name.startswith("_"):
        raise AttributeError(f"{name!r} is not the name of a fact or a parameter.")
    return name


def _float_sentence(value: float) -> str:
    return f"{value!r} is a float: give a whole number in the fact's smallest unit."


def _constant(value: Scalar) -> Scalar:
    if isinstance(value, float):
        raise TypeError(_float_sentence(value))
    if not isinstance(value, int | Fraction | str | date) or isinstance(value, datetime):
        raise TypeError(
            f"{value!r} is not a value of this language: give a whole number, a fraction, a text, "
            "true, false or a date."
        )
    return value


def _exact(value: "Operand") -> "Operand":
    return value if isinstance(value, Term) else _constant(value)


def _ordered(value: "Operand") -> "Operand":
    if isinstance(value, bool | str):
        raise TypeError(f"{value!r} has no order: write .is_({value!r}), or .in_(...) for several values.")
    return _exact(value)


def _addends(value: "Operand") -> "tuple[Operand, ...]":
    if isinstance(value, SumTerm):
        return value.parts
    if isinstance(value, date):
        raise TypeError(f"{value!r} cannot be added: only numbers have a sum.")
    return (_ordered(value),)

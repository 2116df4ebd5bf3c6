"""Types and scales: whether the two sides of a comparison can be compared at all."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from ledger.errors import Problem
from ledger.policy.checks.places import Counting, Place, Subject
from ledger.policy.facts import FactDefinition
from ledger.policy.parameters import ParameterDefinition, ParameterType
from ledger.policy.rules import EnoughOf
from ledger.policy.terms import (
    Comparison,
    CountOf,
    FactTerm,
    Node,
    Operand,
    Operator,
    ParamTerm,
    RouteTaken,
    SumTerm,
    Times,
)

NUMBER, BOOLEAN, DAY, TEXT, LIST, NAMES, TABLE = "number", "boolean", "day", "text", "list", "names", "table"

_FAMILY = {
    "integer": NUMBER,
    "fraction": NUMBER,
    "boolean": BOOLEAN,
    "date": DAY,
    "choice": TEXT,
    "text": TEXT,
    "list": LIST,
    "names": NAMES,
    "table": TABLE,
}
_ORDERED = (NUMBER, DAY)
_WORDS = {BOOLEAN: "true or false", DAY: "a day", TEXT: "a text", LIST: "a list", NAMES: "a list of texts"}


@dataclass(frozen=True, slots=True)
class Kind:
    """What a term holds: the family of its type, its unit, and words for both."""

    family: str
    unit: str
    words: str


def _kind(type_name: str, unit: str) -> Kind:
    family = _FAMILY[type_name]
    if family != NUMBER:
        return Kind(family, unit, _WORDS.get(family, "a table"))
    if unit.startswith("level"):
        return Kind(family, unit, f"a {unit}")
    words = "a whole number" if type_name == "integer" else "a number"
    return Kind(family, unit, f"{words} of {unit}" if unit else words)


def of_fact(definition: FactDefinition) -> Kind:
    """Return what a fact holds."""
    return _kind(definition.type.value, definition.unit)


def of_parameter(definition: ParameterDefinition, *, entry: bool) -> Kind:
    """Return what a parameter holds, or what one entry of its table holds."""
    return _kind((definition.entries if entry else definition.type).value, definition.unit)


def of_term(subject: Subject, term: object) -> Kind | None:
    """Return what a term or a constant holds; None where it names something undeclared or adds what has no sum."""
    if isinstance(term, FactTerm):
        fact = subject.facts.get(term.name)
        return of_fact(fact) if fact else None
    if isinstance(term, ParamTerm):
        parameter = subject.parameters.get(term.name)
        return of_parameter(parameter, entry=bool(term.keys)) if parameter else None
    if isinstance(term, Times):
        return of_term(subject, term.term)
    if isinstance(term, SumTerm):
        return _of_sum(subject, term)
    if isinstance(term, RouteTaken):
        return Kind(TEXT, "", "the name of a route")
    return Kind(NUMBER, "", "a count") if isinstance(term, CountOf) else _of_constant(term)


def _of_sum(subject: Subject, term: SumTerm) -> Kind | None:
    kinds = [kind for part in term.parts if (kind := of_term(subject, part))]
    if any(kind.family != NUMBER for kind in kinds):
        return None
    units = [kind.unit for kind in kinds if kind.unit]
    return Kind(NUMBER, units[0] if units else "", "a sum")


def _of_constant(value: object) -> Kind:
    if isinstance(value, bool):
        return _kind("boolean", "")
    if isinstance(value, int | Fraction):
        return Kind(NUMBER, "", "a number")
    return _kind("date" if isinstance(value, date) else "text", "")


def wrong_types(subject: Subject) -> Iterator[Problem]:
    """Find comparisons of things that have nothing to do with one another, and terms out of place."""
    for node, place in subject.nodes:
        if isinstance(node, Comparison):
            yield from _comparison(subject, node, place)
        elif isinstance(node, ParamTerm):
            yield from _table(subject, node, place)
        elif isinstance(node, SumTerm):
            yield from _sum(subject, node, place)
        if isinstance(node, Counting):
            yield from _list(subject, node, place)
        yield from _standing_alone(subject, node, place)


def _comparison(subject: Subject, node: Comparison, place: Place) -> Iterator[Problem]:
    if node.operator is Operator.IN:
        yield from _membership(subject, node, place)
        return
    left, right = of_term(subject, node.left), of_term(subject, node.right)
    if left is None or right is None:
        return
    if left.family != right.family or (left.unit and right.unit and left.unit != right.unit):
        what = f"{shown(node.left)} is {left.words}, {shown(node.right)} is {right.words}."
        yield subject.problem(place.where, what)
    elif node.operator is not Operator.IS and left.family not in _ORDERED:
        what = f"{shown(node.left)} is {left.words}, which has no order: write .is_(...) or .in_(...)."
        yield subject.problem(place.where, what)


def _membership(subject: Subject, node: Comparison, place: Place) -> Iterator[Problem]:
    left = of_term(subject, node.left)
    if isinstance(node.right, tuple):
        kinds = [_of_constant(value) for value in node.right]
        if left and any(kind.family != left.family for kind in kinds):
            what = f"{shown(node.left)} is {left.words}, and not all of the values in .in_(...) are."
            yield subject.problem(place.where, what)
        return
    right = of_term(subject, node.right)
    if right and right.family not in (NAMES, TABLE):
        what = f"{shown(node.right)} is {right.words}, not a list of values to be in."
        yield subject.problem(place.where, what)
    elif right and right.family == NAMES and left and left.family != TEXT:
        what = f"{shown(node.left)} is {left.words}, {shown(node.right)} is {right.words}."
        yield subject.problem(place.where, what)


def _table(subject: Subject, node: ParamTerm, place: Place) -> Iterator[Problem]:
    definition = subject.parameters.get(node.name)
    if definition and node.keys and definition.type is not ParameterType.TABLE:
        yield subject.problem(place.where, f"{shown(node)} is not a table: leave out .by(...).")


def _sum(subject: Subject, node: SumTerm, place: Place) -> Iterator[Problem]:
    kinds = [(part, kind) for part in node.parts if (kind := of_term(subject, part))]
    units = dict.fromkeys(kind.unit for _, kind in kinds if kind.unit)
    for part, kind in kinds:
        if kind.family != NUMBER:
            yield subject.problem(place.where, f"{shown(part)} is {kind.words}, which has no sum.")
    if len(units) > 1:
        yield subject.problem(place.where, f"a sum of {' and '.join(units)} has no unit.")


def _list(subject: Subject, node: Counting, place: Place) -> Iterator[Problem]:
    kind = of_term(subject, node.list)
    if kind and kind.family != LIST:
        yield subject.problem(place.where, f"{shown(node.list)} is {kind.words}, not a list.")
    if isinstance(node, EnoughOf):
        table = subject.parameters.get(node.categories.name)
        if table and table.type is not ParameterType.TABLE:
            what = f"{shown(node.categories)} is not a table from kinds to categories."
            yield subject.problem(place.where, what)


def _standing_alone(subject: Subject, node: Node, place: Place) -> Iterator[Problem]:
    for test in tests_in(node):
        kind = of_term(subject, test)
        if kind and kind.family != BOOLEAN:
            what = f"{shown(test)} stands alone as a test and is {kind.words}: compare it with something."
            yield subject.problem(place.where, what)


_TESTED = ("test", "parts", "rule", "when", "where", "decided", "carried", "sent_back", "base", "requires")


def tests_in(node: Node) -> Iterator[FactTerm | ParamTerm]:
    """Yield the facts and parameters that stand alone where a node asks for a test."""
    if isinstance(node, SumTerm):
        return
    for name in _TESTED:
        value = getattr(node, name, None)
        for part in value if isinstance(value, tuple) else (value,):
            if isinstance(part, FactTerm | ParamTerm):
                yield part


def shown(term: "Operand | tuple[object, ...]") -> str:
    """Write a term as its author does."""
    if isinstance(term, FactTerm | ParamTerm):
        return str(term)
    if isinstance(term, SumTerm):
        return " + ".join(shown(part) for part in term.parts)
    if isinstance(term, Times):
        return f"{term.factor} x {shown(term.term)}"
    return f"count_of({shown(term.list)})" if isinstance(term, CountOf) else repr(term)

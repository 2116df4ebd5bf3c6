"""Closed sets: cases that cover them, and values that belong to them."""

from collections.abc import Iterator
from difflib import get_close_matches

from ledger.errors import Problem
from ledger.policy.checks.kinds import shown
from ledger.policy.checks.places import Place, Subject
from ledger.policy.facts import FactType
from ledger.policy.parameters import ParameterType
from ledger.policy.rules import ByCase, CaseValue, EnoughOf
from ledger.policy.sheet import Table
from ledger.policy.terms import Comparison, FactTerm, Operator, ParamTerm, Term

Closed = tuple[CaseValue, ...]

_LARGEST = 100
"""A range of whole numbers longer than this is no set of cases."""


def closed_set(subject: Subject, term: object) -> Closed | None:
    """Return the values a fact or a parameter can have, None where its set is not closed."""
    if isinstance(term, FactTerm):
        return _of_fact(subject, term.name)
    if isinstance(term, ParamTerm):
        return _of_parameter(subject, term)
    return None


def _of_fact(subject: Subject, name: str) -> Closed | None:
    definition = subject.facts.get(name)
    if definition is None:
        return None
    if definition.type is FactType.BOOLEAN:
        return (True, False)
    low, high = definition.lowest, definition.highest
    if definition.type is FactType.INTEGER and low is not None and high is not None and high - low < _LARGEST:
        return tuple(range(low, high + 1))
    return definition.choices or None


def _of_parameter(subject: Subject, term: ParamTerm) -> Closed | None:
    definition = subject.parameters.get(term.name)
    if definition is None:
        return None
    kind = definition.entries if term.keys else definition.type
    if kind is ParameterType.BOOLEAN:
        return (True, False)
    return definition.choices or None


def uncovered_cases(subject: Subject) -> Iterator[Problem]:
    """Find by_case whose cases are not exactly the closed set of its term."""
    for node, place in subject.nodes:
        if isinstance(node, ByCase) and _declared(subject, node.term):
            yield from _cases(subject, node, place)


def _declared(subject: Subject, term: Term) -> bool:
    names = {**subject.facts, **subject.parameters}
    return not isinstance(term, FactTerm | ParamTerm) or term.name in names


def _cases(subject: Subject, node: ByCase, place: Place) -> Iterator[Problem]:
    allowed = closed_set(subject, node.term)
    if allowed is None:
        what = f"by_case needs a closed set, and {shown(node.term)} has none: declare its choices."
        yield subject.problem(place.where, what)
        return
    given = [case.value for case in node.cases]
    if missing := [value for value in allowed if value not in given]:
        what = (
            f"by_case over {shown(node.term)} leaves out {_listed(missing)}; "
            f"its cases must cover the closed set {_listed(allowed)}."
        )
        yield subject.problem(place.where, what)
    for value in given:
        if value not in allowed:
            yield subject.problem(place.where, not_in(value, allowed, "case", shown(node.term)))


def strangers(subject: Subject) -> Iterator[Problem]:
    """Find constants and table keys that are not in the closed set they are compared with."""
    for node, place in subject.nodes:
        if isinstance(node, Comparison) and node.operator in (Operator.IS, Operator.IN):
            allowed = closed_set(subject, node.left)
            values = node.right if isinstance(node.right, tuple) else (node.right,)
            for value in values:
                if allowed and isinstance(value, str) and value not in allowed:
                    yield subject.problem(place.where, not_in(value, allowed, "value", shown(node.left)))
        elif isinstance(node, EnoughOf):
            yield from _categories(subject, node, place)


def _categories(subject: Subject, node: EnoughOf, place: Place) -> Iterator[Problem]:
    kinds = closed_set(subject, node.kind)
    definition = subject.parameters.get(node.categories.name)
    tables = [value.value for value in definition.values] if definition else []
    lines = [line for table in tables if isinstance(table, Table) for line in table.entries]
    for kind in dict.fromkeys(line.keys[0] for line in lines):
        if kinds and kind not in kinds:
            yield subject.problem(place.where, not_in(kind, kinds, "kind", shown(node.kind)))
    categories = {name for line in lines for name in (line.value if isinstance(line.value, tuple) else (line.value,))}
    for part in node.takes:
        if lines and part.category not in categories:
            names = tuple(str(name) for name in sorted(map(str, categories)))
            yield subject.problem(place.where, not_in(part.category, names, "category", shown(node.categories)))


def not_in(value: object, allowed: Closed, word: str, owner: str) -> str:
    """Say that a value is not in a closed set, and which was probably meant."""
    close = get_close_matches(str(value), [str(each) for each in allowed], 1)
    hint = f"did you mean {close[0]!r}?" if close else f"there are {_listed(allowed)}"
    return f"{word} {value!r} is not in the closed set of {owner} ({hint})."


def _listed(values: "list[CaseValue] | Closed") -> str:
    return ", ".join(repr(value) for value in values)

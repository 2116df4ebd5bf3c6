"""A rule with one clause turned the other way, written with the language's own nodes."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any, NamedTuple

from ledger.policy.analysis.side import focus_of
from ledger.policy.nodes import (
    AllOf,
    AnyOf,
    AtLeastOf,
    ButIf,
    ByCase,
    ByDefault,
    Case,
    Clause,
    Each,
    FinalWhen,
    Not,
    Panel,
    Route,
    Rule,
    Sentence,
    Some,
)
from ledger.policy.terms import FactTerm, Node


class Standing(NamedTuple):
    """Where a sentence stands: its id and the lists whose members it is asked of."""

    id: str
    lists: tuple[str, ...]


def standings(rule: Rule, lists: tuple[str, ...] = ()) -> Iterator[tuple[Standing, Sentence]]:
    """Yield every sentence whose value the rule combines, with where it stands."""
    if isinstance(rule, Sentence):
        yield Standing(rule.id, lists), rule
        return
    inner = (*lists, rule.list.name) if isinstance(rule, Each | Some) else lists
    for part in combined(rule):
        yield from standings(part, inner)


def combined(rule: Rule) -> tuple[Rule, ...]:
    """Return the rules that a rule combines, its conditions left out."""
    if isinstance(rule, AllOf | AnyOf | AtLeastOf):
        return rule.parts
    if isinstance(rule, Each | Some | Not | FinalWhen | Route):
        return (rule.rule,)
    if isinstance(rule, ByDefault):
        return (rule.base, *(exception.rule for exception in rule.exceptions))
    return tuple(case.rule for case in rule.cases) if isinstance(rule, ByCase) else ()


def with_flipped(rule: Rule, standing: Standing, lists: tuple[str, ...] = ()) -> Rule:
    """Return a rule in which a sentence goes the other way, in a list for the member in focus alone."""
    if isinstance(rule, Sentence):
        return _flipped(rule, lists) if (rule.id, lists) == standing else rule
    inner = (*lists, rule.list.name) if isinstance(rule, Each | Some) else lists
    old = combined(rule)
    new = tuple(with_flipped(part, standing, inner) for part in old)
    return rule if all(one is other for one, other in zip(old, new, strict=True)) else _rebuilt(rule, new)


def _flipped(node: Sentence, lists: tuple[str, ...]) -> Rule:
    """Return a sentence as it is when it goes the other way: met as its own failing value, anything else as met."""
    final = isinstance(node, Panel) or node.final
    turned: Rule = Clause(node.id, node.says, Not(node), final=True) if final else Not(node)
    if not lists:
        return turned
    focus = AllOf(tuple(FactTerm(focus_of(name)) for name in lists))
    return ByDefault(node, (ButIf(focus, turned),))


def _rebuilt(rule: Any, parts: tuple[Rule, ...]) -> Rule:
    found: Node
    if isinstance(rule, AllOf | AnyOf | AtLeastOf):
        found = replace(rule, parts=parts)
    elif isinstance(rule, ByDefault):
        exceptions = zip(rule.exceptions, parts[1:], strict=True)
        found = ByDefault(parts[0], tuple(replace(exception, rule=part) for exception, part in exceptions))
    elif isinstance(rule, ByCase):
        cases = zip(rule.cases, parts, strict=True)
        found = ByCase(rule.term, tuple(Case(case.value, part) for case, part in cases))
    else:
        found = replace(rule, rule=parts[0])
    return found

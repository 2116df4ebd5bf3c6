"""What an author writes: clauses, and how they are combined into a rule.

Each function returns a node of `ledger.policy.nodes` and refuses, with a sentence, what can never
be decided.
"""

from collections.abc import Mapping
from typing import Any

from ledger.policy.citation import Citation
from ledger.policy.nodes import (
    AllOf,
    Always,
    AnyOf,
    AtLeastOf,
    ButIf,
    ByCase,
    ByDefault,
    Case,
    CaseValue,
    Clause,
    Each,
    EnoughOf,
    FinalWhen,
    Not,
    Number,
    Panel,
    Route,
    Rule,
    Some,
    Take,
)
from ledger.policy.terms import FactTerm, Node, ParamTerm, Term, as_list, as_test, walk

always = Always()


def clause(
    identity: str,
    says: str,
    test: Node,
    cites: Citation | None = None,
    *,
    final: bool = False,
    next: str = "",  # noqa: A002
) -> Clause:
    """Write one sentence of the rule, its test and its source."""
    place = f"clause {identity!r}"
    return Clause(identity, says, as_test(test, place), _citation(cites, place), final, next)


def all_of(*rules: Rule) -> AllOf:
    """Ask for all of these."""
    return AllOf(_rules(rules, "all_of"))


def any_of(*rules: Rule) -> AnyOf:
    """Ask for any one of these."""
    return AnyOf(_rules(rules, "any_of"))


def at_least_of(count: Number, *rules: Rule) -> AtLeastOf:
    """Ask for a number of these."""
    return AtLeastOf(_count(count, "at_least_of", 1), _rules(rules, "at_least_of"))


def each(members: FactTerm, rule: Rule, name: FactTerm | str | None = None) -> Each:
    """Ask for a rule of every member of a list; `name` is the member's fact that names it."""
    return Each(as_list(members, "each"), as_rule(rule, "each"), _member_name(name))


def some(members: FactTerm, rule: Rule, at_least: Number = 1, name: FactTerm | str | None = None) -> Some:
    """Ask for a rule of a number of members of a list."""
    return Some(as_list(members, "some"), as_rule(rule, "some"), _count(at_least, "some", 1), _member_name(name))


def not_(rule: Rule) -> Not:
    """Turn a rule around; refused over a panel and over a final clause, whose failure is not a plain no."""
    for part in walk(as_rule(rule, "not_")):
        if isinstance(part, Panel):
            raise TypeError(f"not_ over the panel {part.id!r}: a panel that has not sat is not a plain no.")
        if isinstance(part, Clause | EnoughOf) and part.final:
            raise TypeError(f"not_ over the final clause {part.id!r}: say what is wanted in a clause of its own.")
    return Not(rule)


def but_if(when: Node, rule: Rule, cites: Citation | None = None) -> ButIf:
    """Write an exception to a default."""
    return ButIf(as_test(when, "but_if"), as_rule(rule, "but_if"), _citation(cites, "but_if"))


def by_default(base: Rule, *exceptions: ButIf) -> ByDefault:
    """Write a default with its exceptions; two that hold at once are a conflict."""
    for exception in exceptions:
        if not isinstance(exception, ButIf):
            raise TypeError(f"by_default needs but_if(condition, rule) after its first rule, not {exception!r}.")
    if not exceptions:
        raise TypeError("by_default needs at least one but_if(condition, rule).")
    return ByDefault(as_rule(base, "by_default"), exceptions)


def by_case(term: Term, cases: Mapping[Any, Rule] | None = None, **named: Rule) -> ByCase:
    """Choose a rule by the value of a fact or a parameter with a closed set of values."""
    if not isinstance(term, Term):
        raise TypeError(f"by_case needs a fact or a parameter, not {term!r}.")
    branches = [*(cases or {}).items(), *named.items()]
    if not branches:
        raise TypeError("by_case needs at least one case.")
    for value, _ in branches:
        if not isinstance(value, str | int):
            raise TypeError(f"by_case: {value!r} is not a text, a whole number, true or false.")
    return ByCase(term, tuple(Case(value, as_rule(rule, f"by_case {value!r}")) for value, rule in branches))


def take(category: str, *, at_least: Number = 0, at_most: Number | None = None) -> Take:
    """Say how many members a category must and may give."""
    highest = None if at_most is None else _count(at_most, "take", 0)
    return Take(category, _count(at_least, "take", 0), highest)


def enough_of(
    identity: str,
    says: str,
    members: FactTerm,
    kind: FactTerm,
    categories: ParamTerm,
    total: Number,
    *takes: Take,
    where: Rule = always,
    cites: Citation | None = None,
    final: bool = False,
    next: str = "",  # noqa: A002
) -> EnoughOf:
    """Ask for a number of members of a list with minima and caps by category, none counted twice."""
    place = f"enough_of {identity!r}"
    for part in takes:
        if not isinstance(part, Take):
            raise TypeError(f"{place} needs take(category, ...) after its total, not {part!r}.")
    if not isinstance(categories, ParamTerm) or categories.keys:
        raise TypeError(f"{place} needs a parameter that holds the table of categories, not {categories!r}.")
    return EnoughOf(
        identity,
        says,
        as_list(members, place),
        as_list(kind, place),
        categories,
        _count(total, place, 0),
        takes,
        as_rule(where, place),
        _citation(cites, place),
        final,
        next,
    )


def final_when(when: Node, rule: Rule) -> FinalWhen:
    """Turn not yet into denied once a condition holds: tries used up, deadline passed."""
    return FinalWhen(as_test(when, "final_when"), as_rule(rule, "final_when"))


def panel(
    identity: str,
    says: str,
    decided: Node,
    carried: Node,
    sent_back: Node | None = None,
    *,
    cites: Citation | None = None,
    next: str = "",  # noqa: A002
) -> Panel:
    """Leave the question to a human body, and say when it has decided and what it decided."""
    place = f"panel {identity!r}"
    back = None if sent_back is None else as_test(sent_back, place)
    return Panel(identity, says, as_test(decided, place), as_test(carried, place), back, _citation(cites, place), next)


def route(identity: str, says: str, rule: Rule) -> Route:
    """Name a part of the rule, one of several ways to the same award; `route_taken` in a grant tells which was met."""
    return Route(identity, says, as_rule(rule, f"route {identity!r}"))


def as_rule(node: object, where: str) -> Rule:
    """Return a node that may stand as a rule; raise `TypeError` with the sentence for its author."""
    if isinstance(node, bool) or (isinstance(node, Node) and node.stands_as_test):
        return as_test(node, where) if not isinstance(node, AllOf | AnyOf | Not) else node
    if not isinstance(node, Node) or not node.stands_as_rule:
        raise TypeError(f"{where} needs a rule such as clause(...), all_of(...) or any_of(...), not {node!r}.")
    return node


def _rules(rules: tuple[Rule, ...], where: str) -> tuple[Rule, ...]:
    if not rules:
        raise TypeError(f"{where} needs at least one rule.")
    return tuple(as_rule(rule, where) for rule in rules)


def _count(count: Number, where: str, lowest: int) -> Number:
    if isinstance(count, float):
        raise TypeError(f"{count!r} is a float: give a whole number in the fact's smallest unit.")
    if isinstance(count, ParamTerm):
        return count
    if isinstance(count, bool) or not isinstance(count, int) or count < lowest:
        raise TypeError(f"{where} needs a whole number of {lowest} or more, or a parameter, not {count!r}.")
    return count


def _member_name(name: FactTerm | str | None) -> FactTerm | None:
    if name is None or isinstance(name, FactTerm):
        return name
    if isinstance(name, str):
        return FactTerm(name)
    raise TypeError(f"{name!r} is not the fact that names a member: write name=fact.area.")


def _citation(cites: Citation | None, where: str) -> Citation | None:
    if cites is not None and not isinstance(cites, Citation):
        raise TypeError(f"{where}: {cites!r} is not a Citation.")
    return cites


__all__ = [
    "AllOf",
    "Always",
    "AnyOf",
    "AtLeastOf",
    "ButIf",
    "ByCase",
    "ByDefault",
    "Case",
    "CaseValue",
    "Clause",
    "Each",
    "EnoughOf",
    "FinalWhen",
    "Not",
    "Number",
    "Panel",
    "Route",
    "Rule",
    "Some",
    "Take",
    "all_of",
    "always",
    "any_of",
    "as_rule",
    "at_least_of",
    "but_if",
    "by_case",
    "by_default",
    "clause",
    "each",
    "enough_of",
    "final_when",
    "not_",
    "panel",
    "route",
    "some",
    "take",
]

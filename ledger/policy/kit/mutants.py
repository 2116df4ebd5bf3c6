"""Mutants: a policy with one mistake in it. Cases that are any good notice each.

Each carries a key such as `score: percent >= param.score becomes >`, by which the law beside the
policy may explain why no learner can tell the two apart.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, fields, replace
from typing import Any, NamedTuple

from ledger.policy.kit.amounts import amounts
from ledger.policy.kit.change import Change
from ledger.policy.kit.notation import noted
from ledger.policy.kit.steps import Measured, is_measured, moved
from ledger.policy.model import STAGES, Policy
from ledger.policy.nodes import (
    AllOf,
    Always,
    AnyOf,
    AtLeastOf,
    ByDefault,
    Clause,
    EnoughOf,
    FinalWhen,
    Not,
    Route,
    Sentence,
    Some,
    Take,
)
from ledger.policy.terms import Comparison, Node, Operator

NEVER = Not(Always())

_Group = AllOf | AnyOf | AtLeastOf
_OTHER = {
    Operator.AT_LEAST: Operator.MORE,
    Operator.MORE: Operator.AT_LEAST,
    Operator.AT_MOST: Operator.LESS,
    Operator.LESS: Operator.AT_MOST,
}
_HOLDS_A_RULE = ("rule", "test", "where", "when", "base", "decided", "carried", "sent_back")
_ONLY_MET_MATTERS = ("test", "where", "when", "decided", "carried", "sent_back")


class Mutant(NamedTuple):
    """A policy with one mistake; `about` is the clause it is in, or the stage."""

    key: str
    says: str
    about: str
    policy: Policy


class Variant(NamedTuple):
    """A node in place of another, and what is different."""

    node: Any
    change: Change


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a node stands; `alone`: nothing beside it, so that it is replaced rather than left out."""

    about: str
    says: str
    alone: bool = True
    final_matters: bool = True

    def inside(self, node: Node, field: str) -> "_Place":
        """Return the place of what a field of a node holds."""
        about, says = (node.id, f"clause {node.id!r}") if isinstance(node, Sentence) else (self.about, self.says)
        alone = len(node.parts) == 1 if isinstance(node, _Group) else field in _HOLDS_A_RULE
        kept = self.final_matters and not isinstance(node, Not) and field not in _ONLY_MET_MATTERS
        return _Place(about, says, alone, kept)

    def change(self, what: str) -> Change:
        """Say what is different here."""
        return Change(self.about, what, f"in {self.says}, {what}")


def mutants(policy: Policy) -> Iterator[Mutant]:
    """Yield every mutant of a policy, in the order of the rule, then of its parameters."""
    seen: Counter[str] = Counter()
    for changed, change in _policies(policy):
        seen[change.key] += 1
        key = change.key if seen[change.key] == 1 else f"{change.key} ({seen[change.key]})"
        yield Mutant(key, change.says, change.about, changed)


def _policies(policy: Policy) -> Iterator[tuple[Policy, Change]]:
    for stage in STAGES:
        rule = getattr(policy, stage)
        if not isinstance(rule, Always):
            place = _Place(stage, stage, final_matters=stage == "requires")
            for node, change in _variants(rule, place):
                yield replace(policy, **{stage: node}), change
    for number, grant in enumerate(policy.grants):
        before, after = policy.grants[:number], policy.grants[number + 1 :]
        about = f"grant {grant.key}"
        yield replace(policy, grants=before + after), Change(about, "dropped", f"{about} is dropped")
        for node, change in _inside(grant, _Place(about, about, final_matters=False)):
            yield replace(policy, grants=(*before, node, *after)), change
    for parameters, change in amounts(policy):
        yield replace(policy, parameters=parameters), change


def _variants(node: Node, place: _Place) -> Iterator[Variant]:
    if place.alone:
        yield from _replaced(node, place)
    if isinstance(node, _Group):
        yield from _shortened(node, place)
    if isinstance(node, Clause | EnoughOf) and place.final_matters:
        word = "not final" if node.final else "final"
        yield Variant(replace(node, final=not node.final), Change(node.id, word, f"clause {node.id!r} is {word}"))
    if isinstance(node, Comparison):
        yield from _compared(node, place)
    if isinstance(node, FinalWhen):
        yield Variant(node.rule, place.change(f"final_when {noted(node.when)} is dropped"))
    if isinstance(node, ByDefault):
        yield from _without_exceptions(node, place)
    yield from _recounted(node, place)
    yield from _inside(node, place)


def _inside(node: Node, place: _Place) -> Iterator[Variant]:
    for field in fields(node):  # type: ignore[arg-type]
        held = getattr(node, field.name)
        inner = place.inside(node, field.name)
        if isinstance(held, Node):
            for made, change in _variants(held, inner):
                yield Variant(replace(node, **{field.name: made}), change)  # type: ignore[type-var]
        elif isinstance(held, tuple):
            for number, part in enumerate(held):
                for made, change in _variants(part, inner) if isinstance(part, Node) else ():
                    changed = (*held[:number], made, *held[number + 1 :])
                    yield Variant(replace(node, **{field.name: changed}), change)  # type: ignore[type-var]


def _replaced(node: Node, place: _Place) -> Iterator[Variant]:
    if isinstance(node, Sentence):
        for word, instead in (("always met", Always()), ("never met", NEVER)):
            yield Variant(instead, Change(node.id, word, f"clause {node.id!r} is {word}"))
    elif _is_plain_test(node):
        yield Variant(Always(), place.change(f"{noted(node)} always holds"))


def _is_plain_test(node: Node) -> bool:
    """Say whether a node is a test without an order, such as a membership: thresholds are moved instead."""
    if isinstance(node, Always | AllOf | AnyOf) or not node.stands_as_test:
        return False
    return not isinstance(node, Comparison) or node.operator not in _OTHER


def _shortened(node: _Group, place: _Place) -> Iterator[Variant]:
    for number, part in enumerate(node.parts) if len(node.parts) > 1 else ():
        rest = replace(node, parts=(*node.parts[:number], *node.parts[number + 1 :]))
        if isinstance(part, Sentence | Route):
            word = "route" if isinstance(part, Route) else "clause"
            yield Variant(rest, Change(part.id, "dropped", f"{word} {part.id!r} is dropped"))
        elif isinstance(part, Comparison) or _is_plain_test(part):
            yield Variant(rest, place.change(f"{noted(part)} is dropped"))


def _compared(node: Comparison, place: _Place) -> Iterator[Variant]:
    if node.operator in _OTHER:
        other = _OTHER[node.operator]
        yield Variant(replace(node, operator=other), place.change(f"{noted(node)} becomes {other.value}"))
        for side in ("left", "right"):
            for value in _moved(getattr(node, side)):
                yield Variant(
                    replace(node, **{side: value}),  # type: ignore[arg-type]
                    place.change(f"{noted(node)} becomes {noted(value)}"),
                )
    elif isinstance(node.right, tuple):
        for name in node.right:
            rest = tuple(other for other in node.right if other != name)
            yield Variant(replace(node, right=rest), place.change(f"{noted(node)} loses {noted(name)}"))


def _moved(value: object) -> Iterator[Measured]:
    if is_measured(value):
        yield from moved(value)


def _without_exceptions(node: ByDefault, place: _Place) -> Iterator[Variant]:
    for number, exception in enumerate(node.exceptions):
        rest = (*node.exceptions[:number], *node.exceptions[number + 1 :])
        made = replace(node, exceptions=rest) if rest else node.base
        yield Variant(made, place.change(f"the exception if {noted(exception.when)} is dropped"))


_COUNTS = {AtLeastOf: ("count",), Some: ("at_least",), EnoughOf: ("total",), Take: ("at_least", "at_most")}


def _recounted(node: Node, place: _Place) -> Iterator[Variant]:
    for name in _COUNTS.get(type(node), ()):
        count = getattr(node, name)
        lowest = 0 if isinstance(node, Take) else 1
        if isinstance(count, int):
            for number in (count - 1, count + 1):
                if number >= lowest:
                    what = f"{_counted(node)} {name} {count} becomes {number}"
                    yield Variant(replace(node, **{name: number}), place.change(what))  # type: ignore[type-var]


def _counted(node: Node) -> str:
    if isinstance(node, Take):
        return f"take {node.category}"
    if isinstance(node, Some):
        return f"some {node.list.name}"
    return "at_least_of" if isinstance(node, AtLeastOf) else "enough_of"

"""not_ over a fact of which there may be none: it is met by a learner who has no such thing.

An author who means just that says so beside it: `any_of(not_(fact.x.exists()), not_(fact.x < 60))`.
"""

from collections.abc import Iterator

from ledger.errors import Problem
from ledger.policy.checks.kinds import shown
from ledger.policy.checks.places import Subject
from ledger.policy.rules import AllOf, Not
from ledger.policy.sheet import ABSENT
from ledger.policy.terms import Comparison, Exists, FactTerm, Node, SumTerm, Times


def absent_turned(subject: Subject) -> Iterator[Problem]:
    """Find every not_ that a learner without the fact would meet, where nothing asks whether it exists."""
    asked = _asked_for(subject)
    for node, place in subject.nodes:
        if isinstance(node, Not):
            for name, test in _reading(node.rule):
                definition = subject.facts.get(name)
                if definition and definition.when_none is ABSENT and (id(node), name) not in asked:
                    what = (
                        f"not_({_words(test)}) is met by a learner with no {name}. "
                        f"Say fact.{name}.exists() as well, or confirm."
                    )
                    yield subject.problem(place.where, what)


def _asked_for(subject: Subject) -> set[tuple[int, str]]:
    """Return each not_ that stands beside a test for the existence of a fact, with that fact."""
    found: set[tuple[int, str]] = set()
    for node, _ in subject.nodes:
        for group in _groups(node):
            names = [part.term.name for part in group if isinstance(part, Exists) and isinstance(part.term, FactTerm)]
            found.update((id(part), name) for part in group if isinstance(part, Not) for name in names)
            found.update(_confirmed(group))
    return found


def _groups(node: Node) -> Iterator[tuple[Node, ...]]:
    parts = getattr(node, "parts", None)
    if isinstance(parts, tuple):
        yield parts if isinstance(node, AllOf) else tuple(part for part in parts if isinstance(part, Not))


def _confirmed(group: tuple[Node, ...]) -> Iterator[tuple[int, str]]:
    """Yield what stands beside not_(fact.x.exists()): its author says that none is enough."""
    turned = [part for part in group if isinstance(part, Not)]
    for part in turned:
        if isinstance(part.rule, Exists) and isinstance(part.rule.term, FactTerm):
            yield from ((id(other), part.rule.term.name) for other in turned)


def _reading(node: Node) -> Iterator[tuple[str, Node]]:
    """Yield each fact a turned test reads the value of, with that test."""
    if isinstance(node, FactTerm):
        yield node.name, node
    elif isinstance(node, Comparison):
        for side in (node.left, node.right):
            yield from ((name, node) for name in _operands(side))
    else:
        for part in (*getattr(node, "parts", ()), getattr(node, "rule", None)):
            if isinstance(part, Node):
                yield from _reading(part)


def _operands(term: object) -> Iterator[str]:
    if isinstance(term, FactTerm):
        yield term.name
    elif isinstance(term, SumTerm):
        for part in term.parts:
            yield from _operands(part)
    elif isinstance(term, Times):
        yield from _operands(term.term)


def _words(test: Node) -> str:
    if isinstance(test, Comparison):
        return f"{_short(test.left)} {test.operator.value} {_short(test.right)}"
    return _short(test)


def _short(term: object) -> str:
    return shown(term).removeprefix("fact.").removeprefix("param.")  # type: ignore[arg-type]

"""A clause that is judged by code, weighed: the code is asked where all it needs is known, else it stays open."""

from collections.abc import Iterator, Mapping

from ledger.policy.facts import FactDefinition
from ledger.policy.nodes import Judged
from ledger.policy.order import MET, NOT_YET, OPEN
from ledger.policy.result import Result
from ledger.policy.scope import Scope
from ledger.policy.sheet import UNKNOWN, Value
from ledger.policy.terms import FactTerm


def judgement(node: Judged, scope: Scope) -> Result:
    """Ask the code of a clause; of code that was told less than all nobody knows whether it would say the same."""
    facts = {term.name: _whole(scope, term) for term in node.needs if isinstance(term, FactTerm)}
    parameters = {term.name: scope.parameter(term.name) for term in node.needs if not isinstance(term, FactTerm)}
    unknown = [name for term in node.needs if isinstance(term, FactTerm) for name in _open(scope, term, facts)]
    unknown += [name for each in parameters for name in scope.unknown_parameter(each)]
    if unknown:
        return Result(node, OPEN, got=UNKNOWN, unknown=tuple(dict.fromkeys(unknown)))
    answer = scope.asking.judge(node, facts, parameters)
    if answer is None:
        return Result(node, OPEN, got=UNKNOWN)
    return Result(node, MET if answer else NOT_YET, got=answer)


def _whole(scope: Scope, term: FactTerm) -> Value:
    """Return a fact; each member of a list with all its facts, those without a value as their definition says."""
    return _filled(scope.fact(term), scope.definition(term.name))


def _filled(value: Value, definition: FactDefinition | None) -> Value:
    if not isinstance(value, tuple) or definition is None:
        return value
    return tuple(
        {one.name: _filled(member.get(one.name, one.when_none), one) for one in definition.members}
        for member in value
        if isinstance(member, Mapping)
    )


def _open(scope: Scope, term: FactTerm, facts: Mapping[str, Value]) -> Iterator[str]:
    """Name what is not known of a fact, in any member of a list too."""
    yield from scope.unknown_fact(term)
    yield from _open_in(facts[term.name])


def _open_in(value: Value) -> Iterator[str]:
    for member in value if isinstance(value, tuple) else ():
        for name, held in member.items() if isinstance(member, Mapping) else ():
            if held is UNKNOWN:
                yield name
            yield from _open_in(held)

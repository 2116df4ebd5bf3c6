"""Evaluate one node of a rule in a scope, and leave a tree of results.

Nothing is cut short: alternatives that failed stay in the tree. Only the branches that cannot hold
(another case, an exception whose condition is known not to hold) are left out.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from typing import Any

from ledger.policy.enough import enough_pair, numbers_of, serving_members
from ledger.policy.judgement import judgement
from ledger.policy.nodes import (
    AllOf,
    Always,
    AnyOf,
    AtLeastOf,
    ByCase,
    ByDefault,
    Clause,
    Each,
    EnoughOf,
    FinalWhen,
    Judged,
    Not,
    Panel,
    Route,
    Some,
)
from ledger.policy.order import MET, NOT_YET, OPEN, Pair, Rank, highest, judged, lowest
from ledger.policy.reading import Reading, add, bounded, compare, multiply
from ledger.policy.result import Result, combine, needs
from ledger.policy.scope import EachMember, Scope
from ledger.policy.sheet import ABSENT, UNKNOWN, Missing, Sheet, Table, Value, value_words
from ledger.policy.terms import (
    Comparison,
    CountOf,
    Exists,
    FactTerm,
    Node,
    Operand,
    ParamTerm,
    SumTerm,
    Term,
    Times,
    walk,
)


def weigh(node: Node, scope: Scope) -> Result:
    """Evaluate a rule or a test."""
    return _WEIGH[type(node)](node, scope)


def value_of(term: "Operand | tuple[Any, ...]", scope: Scope) -> Reading:
    """Return what a term comes to; a constant is itself."""
    if not isinstance(term, Term):
        return term
    return _VALUE[type(term)](term, scope)


def _parameter(term: ParamTerm, scope: Scope) -> Reading:
    if not term.keys:
        return scope.parameter(term.name)
    return scope.entry(term.name, tuple(value_of(key, scope) for key in term.keys))


def _count(term: CountOf, scope: Scope) -> Reading:
    members = _members(term.list, scope)
    if isinstance(members, Missing):
        return members
    pairs = [inside.pair for inside in _weigh_members(term.list, term.where, None, members, scope)[0]]
    surely = sum(1 for pair in pairs if pair[0] is Rank.MET)
    return bounded(surely, sum(1 for pair in pairs if pair[1] is Rank.MET))


_VALUE: dict[type[Term], Callable[[Any, Scope], Reading]] = {
    FactTerm: lambda term, scope: scope.values.get(term.name, UNKNOWN),
    ParamTerm: _parameter,
    SumTerm: lambda term, scope: add([value_of(part, scope) for part in term.parts]),
    Times: lambda term, scope: multiply(term.factor, value_of(term.term, scope)),
    CountOf: _count,
}


def unknown_in(term: "Operand | tuple[Any, ...]", scope: Scope) -> tuple[str, ...]:
    """Name what would have to be known for a term to have a value, members of counted lists included."""
    unknown = _UNKNOWN.get(type(term))
    return tuple(unknown(term, scope)) if unknown else ()


def _unknown_parameter(term: ParamTerm, scope: Scope) -> Iterator[str]:
    yield from scope.unknown_parameter(term.name)
    for key in term.keys:
        yield from unknown_in(key, scope)


def _unknown_sum(term: SumTerm, scope: Scope) -> Iterator[str]:
    for part in term.parts:
        yield from unknown_in(part, scope)


def _unknown_count(term: CountOf, scope: Scope) -> Iterator[str]:
    members = _members(term.list, scope)
    if isinstance(members, Missing):
        yield from scope.unknown_fact(term.list)
    else:
        for result in _weigh_members(term.list, term.where, None, members, scope)[0]:
            yield from needs(result)


_UNKNOWN: dict[type, Callable[[Any, Scope], Iterable[str]]] = {
    FactTerm: lambda term, scope: scope.unknown_fact(term),
    ParamTerm: _unknown_parameter,
    SumTerm: _unknown_sum,
    Times: lambda term, scope: unknown_in(term.term, scope),
    CountOf: _unknown_count,
}


def _comparison(node: Comparison, scope: Scope) -> Result:
    left: Any = node.left
    right: Any = node.right
    got = _VALUE[type(left)](left, scope) if isinstance(left, Term) else left
    needed = _VALUE[type(right)](right, scope) if isinstance(right, Term) else right
    pair = compare(got, node.operator, needed)
    unknown = unknown_in(left, scope) + unknown_in(right, scope) if pair is OPEN else ()
    return Result(node, pair, "", (), (), (), got, needed, unknown)


def _exists(node: Exists, scope: Scope) -> Result:
    got = value_of(node.term, scope)
    if got is UNKNOWN:
        return Result(node, OPEN, got=got, unknown=unknown_in(node.term, scope))
    return Result(node, NOT_YET if got is ABSENT else MET, got=got)


def _yes_or_no(node: FactTerm | ParamTerm, scope: Scope) -> Result:
    got = value_of(node, scope)
    if got is UNKNOWN:
        return Result(node, OPEN, got=got, unknown=unknown_in(node, scope))
    if got is not True and got is not False and got is not ABSENT:
        raise TypeError(f"{node} is {got!r}: only what is true or false may stand alone in a test.")
    return Result(node, MET if got is True else NOT_YET, got=got)


def _clause(node: Clause, scope: Scope) -> Result:
    test = _WEIGH[type(node.test)](node.test, scope)
    pair = _failing_finally(test.pair) if node.final else test.pair
    return Result(node, pair, node.id + scope.suffix, (), (test,))


def _failing_finally(pair: Pair) -> Pair:
    low, high = pair
    return (
        Rank.DENIED if low is Rank.NOT_YET else low,
        Rank.DENIED if high is Rank.NOT_YET else high,
    )


def _combined(
    node: Node,
    scope: Scope,
    rules: Sequence[Node],
    needed: Reading = ABSENT,
    conditions: tuple[Result, ...] = (),
) -> Result:
    parts = tuple([_WEIGH[type(rule)](rule, scope) for rule in rules])
    pair = combine(node, [part.pair for part in parts], needed, conditions)
    return Result(node, pair, "", parts, conditions, (), ABSENT, needed)


def _all_of(node: AllOf, scope: Scope) -> Result:
    parts = tuple([_WEIGH[type(rule)](rule, scope) for rule in node.parts])
    return Result(node, lowest([part.pair for part in parts]), "", parts)


def _any_of(node: AnyOf, scope: Scope) -> Result:
    parts = tuple([_WEIGH[type(rule)](rule, scope) for rule in node.parts])
    return Result(node, highest([part.pair for part in parts]), "", parts)


def _at_least_of(node: AtLeastOf, scope: Scope) -> Result:
    count = value_of(node.count, scope)
    result = _combined(node, scope, node.parts, count)
    return result._replace(unknown=unknown_in(node.count, scope)) if count is UNKNOWN else result


def _members(listed: FactTerm, scope: Scope) -> tuple[Sheet, ...] | Missing:
    value = scope.fact(listed)
    if isinstance(value, Missing):
        return value
    if not isinstance(value, tuple):
        raise TypeError(f"fact.{listed.name} is {value!r}, not a list.")
    return value  # type: ignore[return-value]


def _weigh_members(
    listed: FactTerm, rule: Node, name: FactTerm | None, members: tuple[Sheet, ...], scope: Scope
) -> tuple[tuple[Result, ...], tuple[str, ...]]:
    names: dict[str, None] = {}
    memory = scope.asking.memory
    if memory is not None:
        each = EachMember(
            rule, listed, partial(weigh, rule), name is not None, partial(_member_name, name, names), names
        )
        return memory.members(each, members, scope), tuple(names)
    results = []
    for number, member in enumerate(members, 1):
        text = _member_name(name, names, member, number)
        results.append(weigh(rule, scope.enter(listed.name, member, text)))
    return tuple(results), tuple(names)


def _member_name(name: FactTerm | None, names: dict[str, None], member: Sheet, number: int) -> str:
    value = UNKNOWN if name is None else member.get(name.name, UNKNOWN)
    text = str(number) if isinstance(value, Missing | tuple | Table) else value_words(value)
    if text in names:
        text = f"{text}#{number}"
    names[text] = None
    return text


def _listed(node: Each | Some, scope: Scope) -> Result:
    members = _members(node.list, scope)
    if members is UNKNOWN:
        return Result(node, (_floor(node.rule), Rank.MET), unknown=unknown_in(node.list, scope))
    if members is ABSENT or not members:
        return Result(node, NOT_YET)
    results, names = _weigh_members(node.list, node.rule, node.name, members, scope)
    needed = value_of(node.at_least, scope) if isinstance(node, Some) else ABSENT
    unknown = unknown_in(node.at_least, scope) if isinstance(node, Some) and needed is UNKNOWN else ()
    pair = combine(node, [result.pair for result in results], needed)
    return Result(node, pair, "", results, (), names, ABSENT, needed, unknown)


def _floor(rule: Node) -> Rank:
    for part in walk(rule):
        if isinstance(part, FinalWhen | Panel) or (isinstance(part, Clause | EnoughOf) and part.final):
            return Rank.DENIED
    return Rank.NOT_YET


def _by_default(node: ByDefault, scope: Scope) -> Result:
    conditions = tuple([weigh(exception.when, scope) for exception in node.exceptions])
    rules = [
        exception.rule
        for exception, condition in zip(node.exceptions, conditions, strict=True)
        if condition.pair[1] is Rank.MET
    ]
    if not any(condition.pair == MET for condition in conditions):
        rules.insert(0, node.base)
    result = _combined(node, scope, rules, conditions=conditions)
    scope.asking.conflict = scope.asking.conflict or result.conflict
    return result


def _by_case(node: ByCase, scope: Scope) -> Result:
    value = value_of(node.term, scope)
    if isinstance(value, Missing) and value is UNKNOWN:
        other = not _covered(node, scope)
        result = _combined(node, scope, [case.rule for case in node.cases], other)
        return result._replace(got=value, unknown=unknown_in(node.term, scope))
    rules = [case.rule for case in node.cases if case.value == value]
    if not rules:
        return Result(node, NOT_YET, got=value)
    return _combined(node, scope, rules[:1])._replace(got=value)


def _covered(node: ByCase, scope: Scope) -> bool:
    """Say whether the cases hold every value the unknown term can have; else none of them may apply."""
    if not isinstance(node.term, FactTerm):
        return False
    definition = scope.definition(node.term.name)
    if definition is None or definition.when_none is ABSENT:
        return False
    possible: tuple[Value, ...] = definition.choices or (True, False)
    cases = [case.value for case in node.cases]
    return all(value in cases for value in possible)


def _final_when(node: FinalWhen, scope: Scope) -> Result:
    return _combined(node, scope, (node.rule,), conditions=(weigh(node.when, scope),))


def _panel(node: Panel, scope: Scope) -> Result:
    decided, carried = weigh(node.decided, scope), weigh(node.carried, scope)
    key = node.id + scope.suffix
    if node.sent_back is None:
        return Result(node, judged(decided.pair, carried.pair, NOT_YET), key, (), (decided, carried))
    back = weigh(node.sent_back, scope)
    return Result(node, judged(decided.pair, carried.pair, back.pair), key, (), (decided, carried, back))


def _enough_of(node: EnoughOf, scope: Scope) -> Result:
    members = _members(node.list, scope)
    key = node.id + scope.suffix
    failing = Rank.DENIED if node.final else Rank.NOT_YET
    if members is UNKNOWN:
        return Result(node, (failing, Rank.MET), key, unknown=unknown_in(node.list, scope))
    if members is ABSENT or not members:
        return Result(node, (failing, failing), key, got=0, needed=value_of(node.total, scope))
    results, names = _weigh_members(node.list, node.where, None, members, scope)
    scopes = [scope.enter(node.list.name, member, name) for member, name in zip(members, names, strict=True)]
    serving = serving_members(node, scopes, [result.pair for result in results])
    values = {number: value_of(number, scope) for number in numbers_of(node)}
    low, high = enough_pair(node, values, serving)
    pair = (Rank.MET if low else failing, Rank.MET if high else failing)
    numbers = [name for number in values for name in unknown_in(number, scope)]
    unknown = tuple(dict.fromkeys([*numbers, *serving.unknown]))
    got = bounded(len(serving.surely), len(serving.perhaps))
    return Result(node, pair, key, results, (), names, got, values[node.total], unknown)


_WEIGH: dict[type[Node], Callable[[Any, Scope], Result]] = {
    Always: lambda node, _: Result(node, MET),
    Comparison: _comparison,
    Exists: _exists,
    FactTerm: _yes_or_no,
    ParamTerm: _yes_or_no,
    Clause: _clause,
    Judged: judgement,
    AllOf: _all_of,
    AnyOf: _any_of,
    AtLeastOf: _at_least_of,
    Each: _listed,
    Some: _listed,
    Not: lambda node, scope: _combined(node, scope, (node.rule,)),
    ByDefault: _by_default,
    ByCase: _by_case,
    Route: lambda node, scope: _combined(node, scope, (node.rule,)),
    FinalWhen: _final_when,
    Panel: _panel,
    EnoughOf: _enough_of,
}

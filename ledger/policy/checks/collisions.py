"""Collisions: exceptions of one default that can hold together, grants that give one key two values."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from itertools import combinations, product
from math import prod

from ledger.errors import Problem
from ledger.policy.checks.places import Place, Subject
from ledger.policy.checks.samples import MOST, facts_read, lists, samples, thresholds
from ledger.policy.facts import FactType
from ledger.policy.nodes import Sentence
from ledger.policy.order import MET
from ledger.policy.rules import ButIf, ByDefault, Rule
from ledger.policy.scope import Scope, open_scope
from ledger.policy.sheet import Sheet, Value, value_words
from ledger.policy.terms import Node, needed_parameters, walk
from ledger.policy.weighing import weigh

_TOO_MANY = "too many"


def colliding_exceptions(subject: Subject) -> Iterator[Problem]:
    """Find exceptions that can both hold, each with a learner for whom they do."""
    for node, place in subject.nodes:
        if isinstance(node, ByDefault):
            for first, second in combinations(node.exceptions, 2):
                yield from _exceptions(subject, place, first, second)


def _exceptions(subject: Subject, place: Place, first: ButIf, second: ButIf) -> Iterator[Problem]:
    example = together(subject, place, first.when, second.when)
    names = f"exceptions {_named(first.rule)!r} and {_named(second.rule)!r}"
    if example == _TOO_MANY:
        what = f"{names} read too many facts to be held against one another. Use by_case."
        yield subject.problem(place.where, what)
    elif example is not None:
        what = f"{names} both hold for {example}. Nest one inside the other or use by_case."
        yield subject.problem(place.where, what)


def _named(rule: Rule) -> str:
    for node in walk(rule):
        if isinstance(node, Sentence):
            return node.id
    return type(rule).__name__.lower()


def colliding_grants(subject: Subject) -> Iterator[Problem]:
    """Find grants of one key that can be given together."""
    for first, second in combinations(subject.policy.grants, 2):
        if first.key == second.key and first.at == second.at:
            example = together(subject, Place("grants"), first.when, second.when)
            if example is not None:
                yield subject.problem("", f"gives two values for `{first.key}` when {example}.")


def together(subject: Subject, place: Place, first: Node, second: Node) -> str | None:
    """Return a learner for whom two conditions both hold, None if there is none, or that there are too many."""
    read = facts_read(subject, (first, second))
    known = thresholds(subject, (first, second))
    counted = [name for name in read if subject.facts[name].type is FactType.LIST]
    plain = [name for name in read if name not in counted and _in_scope(subject, name, place)]
    names = [*plain, *(name for name in counted if _in_scope(subject, name, place))]
    values = [
        lists(subject, name, read, known) if name in counted else samples(subject.facts[name], known) for name in names
    ]
    days = _days(subject, (first, second))
    if len(days) * prod(len(each) for each in values) > MOST:
        return _TOO_MANY
    for day, combination in product(days, product(*values)):
        sheet = dict(zip(names, combination, strict=True))
        scope = _scope(subject, place, sheet, day)
        if weigh(first, scope).pair == MET and weigh(second, scope).pair == MET:
            return _words(sheet, day if len(days) > 1 else None)
    return None


def _in_scope(subject: Subject, name: str, place: Place) -> bool:
    return subject.homes[name] in ("", *place.lists)


def _days(subject: Subject, conditions: Sequence[Node]) -> list[date]:
    """Return one day of each stretch in which the parameters of the conditions keep their values."""
    policy = subject.policy
    names = {name for condition in conditions for name in needed_parameters(condition)}
    starts = {policy.effective}
    for name in names & set(subject.parameters):
        for value in subject.parameters[name].values:
            starts.update({value.first_day} if value.first_day else ())
            starts.update({value.last_day + timedelta(days=1)} if value.last_day and value.last_day < date.max else ())
    return sorted(day for day in starts if policy.effective <= day <= (policy.until or date.max))


def _scope(subject: Subject, place: Place, sheet: dict[str, Value], day: date) -> Scope:
    scope = open_scope(subject.policy, sheet, day, {}, None)
    for name in place.lists:
        scope = scope.enter(name, sheet, "example")
    return scope


def _words(sheet: Sheet, day: date | None) -> str:
    parts = [f"{name}: {value_words(value)}" for name, value in sheet.items()]
    parts += [f"on {day}"] if day else []
    return "{" + ", ".join(parts) + "}" if parts else "every learner"

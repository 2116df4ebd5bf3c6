"""Enough of a list: which members qualify, surely or perhaps, and whether they are enough."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from ledger.policy.matching import can_be_given
from ledger.policy.nodes import EnoughOf, Number
from ledger.policy.order import Pair, Rank
from ledger.policy.reading import Reading
from ledger.policy.scope import Scope
from ledger.policy.sheet import ABSENT, UNKNOWN, Missing, Table, Value


class Serving(NamedTuple):
    """The categories each qualifying member may serve: of those that surely qualify, and of all that may.

    `unknown` names the kinds, or the table, that keep a member from being sure.
    """

    surely: list[tuple[str, ...]]
    perhaps: list[tuple[str, ...]]
    unknown: list[str]


def serving_members(node: EnoughOf, scopes: Sequence[Scope], pairs: Sequence[Pair]) -> Serving:
    """Sort the members of a list, each with its scope and what `where` came to for it."""
    serving = Serving([], [], [])
    for inside, (low, high) in zip(scopes, pairs, strict=True):
        if high is not Rank.MET:
            continue
        categories = _categories(node, inside)
        if categories is UNKNOWN:
            serving.unknown.extend(inside.unknown_parameter(node.categories.name))
            serving.unknown.extend(inside.unknown_fact(node.kind))
            serving.perhaps.append(_every_category(node, inside))
        elif categories is not ABSENT:
            serving.perhaps.append(categories)
            if low is Rank.MET:
                serving.surely.append(categories)
    return serving


def _categories(node: EnoughOf, inside: Scope) -> tuple[str, ...] | Missing:
    found = inside.entry(node.categories.name, (inside.fact(node.kind),))
    return found if isinstance(found, Missing) else _names(found)


def _names(value: Value) -> tuple[str, ...]:
    return tuple(str(name) for name in value) if isinstance(value, tuple) else (str(value),)


def _every_category(node: EnoughOf, inside: Scope) -> tuple[str, ...]:
    """Return all categories a member of unknown kind could serve, one without limits where the table is unknown."""
    held = inside.parameters.get(node.categories.name, UNKNOWN)
    if not isinstance(held, Table):
        return ("", *(take.category for take in node.takes))
    return tuple(dict.fromkeys(name for entry in held.entries for name in _names(entry.value)))


def numbers_of(node: EnoughOf) -> list[Number]:
    """Return the total and every minimum and cap."""
    limits = [limit for take in node.takes for limit in (take.at_least, take.at_most)]
    return [node.total, *(limit for limit in limits if limit is not None)]


def enough_pair(node: EnoughOf, values: Mapping[Number, Reading], serving: Serving) -> tuple[bool, bool]:
    """Say whether there are surely enough, and whether there may be; `values` are those of the numbers.

    An ABSENT number shuts the route. An UNKNOWN one is never surely kept, and perhaps no limit at all.
    """
    if ABSENT in values.values():
        return False, False
    known = {number: value for number, value in values.items() if isinstance(value, int)}
    total = known.get(node.total, 0)
    minima = {take.category: known.get(take.at_least, 0) for take in node.takes}
    caps = {
        take.category: known[take.at_most] for take in node.takes if take.at_most is not None and take.at_most in known
    }
    surely = len(known) == len(values) and can_be_given(serving.surely, total, minima, caps)
    return surely, surely or can_be_given(serving.perhaps, total, minima, caps)

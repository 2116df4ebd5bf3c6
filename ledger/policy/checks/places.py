"""Every node of a policy with the place it stands in: in which clause, inside which lists."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, replace
from functools import cached_property

from ledger.errors import Problem
from ledger.policy.facts import FactDefinition
from ledger.policy.model import STAGES, Policy
from ledger.policy.nodes import Sentence
from ledger.policy.parameters import ParameterDefinition
from ledger.policy.rules import Each, EnoughOf, Some
from ledger.policy.terms import CountOf, Node, ParamTerm

Counting = Each | Some | CountOf | EnoughOf
"""The nodes that open the sub-sheets of a list."""

_OF_A_MEMBER = ("rule", "where", "name", "kind")


@dataclass(frozen=True, slots=True)
class Place:
    """Where a node stands: words for it, and the lists whose members are in scope."""

    where: str
    lists: tuple[str, ...] = ()

    def inside(self, name: str) -> "Place":
        """Return the place of a node among the members of a list."""
        return replace(self, lists=(*self.lists, name))


@dataclass(frozen=True)
class Subject:
    """A policy being checked, with its definitions by name.

    `broken` names parameters that could not be read; they count as declared.
    """

    policy: Policy
    broken: frozenset[str] = frozenset()

    @cached_property
    def facts(self) -> Mapping[str, FactDefinition]:
        """Every fact by name, members of lists included; the first definition of a name counts."""
        found: dict[str, FactDefinition] = {}
        for definition, _ in definitions(self.policy.sheet):
            found.setdefault(definition.name, definition)
        return found

    @cached_property
    def homes(self) -> Mapping[str, str]:
        """The list each member fact is declared in, empty for a fact of the sheet itself."""
        found: dict[str, str] = {}
        for definition, home in definitions(self.policy.sheet):
            found.setdefault(definition.name, home)
        return found

    @cached_property
    def parameters(self) -> Mapping[str, ParameterDefinition]:
        """Every parameter by name."""
        return {definition.name: definition for definition in self.policy.parameters}

    @cached_property
    def nodes(self) -> tuple[tuple[Node, Place], ...]:
        """Every node of every stage, grant and level, outermost first."""
        return tuple(_of_policy(self.policy))

    def problem(self, where: str, what: str) -> Problem:
        """Return a problem of this policy."""
        return Problem("", self.policy.id, where, what)


def definitions(sheet: tuple[FactDefinition, ...], home: str = "") -> Iterator[tuple[FactDefinition, str]]:
    """Yield every definition of a sheet with the list it is a member of."""
    for definition in sheet:
        yield definition, home
        yield from definitions(definition.members, definition.name)


def parameters_of(definition: FactDefinition) -> Iterator[ParamTerm]:
    """Yield the parameters a fact's filters and arguments name, and the one that says what it is about."""
    if isinstance(definition.about, ParamTerm):
        yield definition.about
    for _, argument in definition.arguments:
        if isinstance(argument, ParamTerm):
            yield argument
    for part in definition.where:
        for field in fields(part):
            value = getattr(part, field.name)
            if isinstance(value, ParamTerm):
                yield value


def _of_policy(policy: Policy) -> Iterator[tuple[Node, Place]]:
    for stage in STAGES:
        yield from places(getattr(policy, stage), Place(stage))
    for part in policy.grants:
        yield from places(part, Place(f"grant {part.key!r}"))
    if policy.level is not None:
        yield from places(policy.level, Place("level"))


def places(node: Node, place: Place) -> Iterator[tuple[Node, Place]]:
    """Yield a node and every node inside it, each with its place."""
    if isinstance(node, Sentence):
        place = replace(place, where=f"clause {node.id!r}")
    yield node, place
    inner = place.inside(node.list.name) if isinstance(node, Counting) else place
    for field in fields(node):  # type: ignore[arg-type]
        of_member = isinstance(node, Counting) and field.name in _OF_A_MEMBER
        yield from _inside(getattr(node, field.name), inner if of_member else place)


def _inside(value: object, place: Place) -> Iterator[tuple[Node, Place]]:
    if isinstance(value, Node):
        yield from places(value, place)
    elif isinstance(value, tuple):
        for part in value:
            yield from _inside(part, place)

"""Lists split into the kinds of list that matter: which members there can be, and how many of each.

A member matters only by what the rules ask of each member come to for it. So the members are explored
first, as a learner of their own, and a list is a number of such members. Any number of members is
covered: of a longer list, as many as `Cuts.sizes` says come to the same.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple, TypeAlias

from ledger.policy.analysis.boxes import BUDGET, Boxes, Goal, Reached, Vector, inner_nodes
from ledger.policy.analysis.derived import Length
from ledger.policy.analysis.side import Known, Side, focus_of
from ledger.policy.facts import FactDefinition
from ledger.policy.nodes import EnoughOf
from ledger.policy.parameters import DECISION
from ledger.policy.sheet import ABSENT, Key, Scalar, Value
from ledger.policy.terms import Comparison, CountOf, FactTerm, Node, Operator, ParamTerm
from ledger.policy.weighing import value_of, weigh

MOST_KINDS = 4_000
"""Kinds of list kept; beyond it nothing is proved."""

LONGEST = 40
"""Members of the longest list that is tried."""


class Member(dict[str, Value]):
    """The facts of one member of a list; never changed, so that lists can be remembered."""

    def __hash__(self) -> int:  # type: ignore[override]
        return hash(frozenset(self.items()))


class Choice(NamedTuple):
    """One member a list can have at a place: what is asked of it comes to this, and these are its facts."""

    vector: Vector
    member: Member
    focus: bool


Kind: TypeAlias = tuple[tuple[tuple[Vector, int], ...], Vector | None]
"""How many members of each vector a list has, and the vector of the one in focus."""


@dataclass(frozen=True)
class Listing:
    """One list being split for some goals."""

    boxes: Boxes
    goals: tuple[Goal, ...]
    name: str
    known: Known

    @property
    def definition(self) -> FactDefinition:
        """The definition of the list."""
        return self.boxes.cells.facts[self.name]

    @property
    def own(self) -> frozenset[str]:
        """The facts of its members, of lists inside them too."""
        homes = self.boxes.homes
        return frozenset(name for name in homes if name != self.name and self._inside(name))

    def _inside(self, name: str) -> bool:
        while name:
            if name == self.name:
                return True
            name = self.boxes.homes.get(name, "")
        return False

    @property
    def focused(self) -> bool:
        """Whether the goals are about one member: they hold a fact of it, or read its mark."""
        held = {name for goal in self.goals for name, _ in goal.held}
        read = {name for goal in self.goals for name in self.boxes.reads(goal.side, goal.node)}
        return not self.own.isdisjoint(held) or focus_of(self.name) in read

    def nodes(self, goal: Goal) -> Sequence[Node]:
        """Return the nodes of a goal that look into the list."""
        return self.boxes.list_nodes(goal, self.name)

    def inner_goals(self, focus: bool) -> list[Goal]:
        """Return what the goals ask of a member; of one out of focus, without the facts held for it."""
        found: list[Goal] = []
        for goal in self.goals:
            held = {name: value for name, value in goal.held if focus or name not in self.own}
            for node in self.boxes.list_nodes(goal, self.name):
                parts = self.asked(node, goal.side)
                found.extend(self.boxes.goal(goal.side, part, (*goal.lists, self.name), held) for part in parts)
        return found

    def asked(self, node: Node, side: int) -> Iterator[Node]:
        """Yield what a node asks of each member: a rule, a test, or to which categories its kind belongs."""
        if not isinstance(node, EnoughOf):
            yield from inner_nodes(node)
            return
        yield node.where
        for kinds in _serving_alike(node, self.boxes.sides[side]):
            test = Comparison(FactTerm(node.kind.name), Operator.IN, kinds)
            yield self.boxes.tests.setdefault((node.kind.name, kinds), test)

    def choices(self, place: int, focus: bool) -> list[Choice]:
        """Return the members that matter at a place of the list, counted from 1."""
        given: dict[str, Value] = {focus_of(self.name): focus}
        for definition in self.definition.members:
            if definition.method == "item.ordinal":
                given[definition.name] = place
            if definition.method == "item.id" and self.keys is not None:
                given[definition.name] = self.keys[place - 1].partition("/")[2]
        found = self.boxes.reach(self.inner_goals(focus), {**self.known, **given})
        return [Choice(vector, Member({**given, **facts}), focus) for vector, facts in found.items()]

    @property
    def keys(self) -> tuple[str, ...] | None:
        """The keys of the members, where the definition names them; None for any other list."""
        named = dict(self.definition.arguments).get("of")
        if self.definition.method != "subjects.1" or named is None:
            return None
        side = next(side for side in self.boxes.sides if self.name in side.facts)
        if isinstance(named, ParamTerm):
            if side.clock(named.name) != DECISION:
                return None
            return tuple(str(value) for value in side.values(named))
        return named if isinstance(named, tuple) else None

    def lengths(self) -> range:
        """Return how many members a list may have."""
        if self.keys is not None:
            return range(len(self.keys), len(self.keys) + 1)
        for relation in self.boxes.relations.every:
            if isinstance(relation, Length) and relation.list == self.name and relation.counter in self.known:
                counted = self.known[relation.counter]
                return range(counted, counted + 1) if isinstance(counted, int) else range(1)
        longest = self.boxes.cells.cuts.sizes.get(self.name, 1) + self.places() + int(self.focused)
        if longest > LONGEST:
            self.boxes.limits[f"{self.name} may need more than {LONGEST} members"] = None
        return range(min(longest, LONGEST) + 1)

    def places(self) -> int:
        """Return how many places of the list rules tell apart."""
        ordinals = [each.name for each in self.definition.members if each.method == "item.ordinal"]
        cuts = self.boxes.cells.cuts.boundaries
        return max((int(at) for name in ordinals for at, _ in cuts.get(name, ())), default=0)


def explore(sides: Sequence[Side], budget: int = BUDGET) -> Boxes:
    """Begin an exploration of one or two policies."""
    return Boxes(sides, split_list, budget)


def _serving_alike(node: EnoughOf, side: Side) -> list[tuple[Scalar, ...]]:
    """Return the kinds of member, those together that serve the same categories whichever table holds."""
    serving: dict[Key, list[object]] = {}
    for number, table in enumerate(side.tables(node.categories.name)):
        for line in table.entries:
            serving.setdefault(line.keys[0], []).append((number, line.value))
    alike: dict[str, list[Scalar]] = {}
    for kind, categories in serving.items():
        alike.setdefault(repr(categories), []).append(kind)
    return [tuple(kinds) for kinds in alike.values()]


def split_list(boxes: Boxes, goals: tuple[Goal, ...], name: str, known: Known) -> Reached:
    """Return every vector the goals can reach over all lists that matter."""
    listing = Listing(boxes, goals, name, known)
    merged: dict[Vector, Known] = {}
    for value in boxes.few(_distinct_lists(listing)):
        following = [_with_list(boxes, goal, listing, value) for goal in goals]
        for vector, learner in boxes.reach(following, {**known, name: value}).items():
            merged.setdefault(vector, {name: value, **learner})
    return merged


def _distinct_lists(listing: Listing) -> tuple[Value, ...]:
    """Return the lists that matter; two of which every rule and every count comes to the same are one."""
    boxes, name, known = listing.boxes, listing.name, listing.known
    nodes = tuple((goal.side, goal.lists, goal.held, tuple(map(id, listing.nodes(goal)))) for goal in listing.goals)
    read = {each for goal in listing.goals for node in listing.nodes(goal) for each in boxes.read_by(goal, node)}
    counts = [each.counter for each in boxes.relations.counted_lists() if each.list == name]
    key = (name, nodes, frozenset((each, known[each]) for each in (*read, *counts) if each in known))
    if key not in boxes.lists:
        found: dict[tuple[object, ...], Value] = {}
        for value in boxes.few(lists(listing)):
            if boxes.relations.possible({**known, name: value}, (name,)):
                following = [_with_list(boxes, goal, listing, value) for goal in listing.goals]
                found.setdefault(tuple(_readings(boxes, following, {**known, name: value}, name)), value)
        boxes.lists[key] = tuple(found.values())
    return boxes.lists[key]


def _readings(boxes: Boxes, goals: Sequence[Goal], known: Known, name: str) -> Iterator[object]:
    """Yield what each node that looks into a list comes to, and whether there is a list at all."""
    yield known[name] is ABSENT
    for goal in goals:
        scope = boxes.sides[goal.side].scope({**known, **dict(goal.held)}, goal.lists)
        for node in boxes.list_nodes(goal, name):
            if isinstance(node, CountOf):
                count, most = value_of(node, scope), boxes.cells.cuts.counts.get(node)
                yield min(count, most) if isinstance(count, int) and most is not None else count
            else:
                yield weigh(node, scope).pair


def _with_list(boxes: Boxes, goal: Goal, listing: Listing, value: Value) -> Goal:
    """Return a goal with the list as it is for it: the member in focus with the facts the goal holds."""
    own = {name: held for name, held in goal.held if name in listing.own}
    if not own or not isinstance(value, tuple):
        return goal
    held = {name: each for name, each in goal.held if name not in own}
    members = [member for member in value if isinstance(member, Member)]
    held[listing.name] = with_focus(members, listing.name, own)
    return boxes.goal(goal.side, boxes.nodes[goal.node], goal.lists, held)


def with_focus(members: Sequence[Mapping[str, Value]], name: str, facts: Known) -> Value:
    """Return a list whose member in focus has other facts."""
    return tuple(Member({**each, **facts}) if each.get(focus_of(name)) is True else each for each in members)


def lists(listing: Listing) -> Iterator[Value]:
    """Yield one list of every kind that matters, the short ones first."""
    focused = listing.focused
    if not focused and listing.definition.when_none is ABSENT:
        yield ABSENT
    kinds: dict[Kind, tuple[Member, ...]] = {((), None): ()}
    lengths = listing.lengths()
    seen: set[Kind] = set()
    for length in range(lengths.stop):
        if length in lengths:
            for kind, members in kinds.items():
                if kind not in seen and (kind[1] is not None) == focused:
                    seen.add(kind)
                    yield members
        if length + 1 < lengths.stop:
            kinds = _longer(listing, kinds, length + 1, focused)


def _longer(
    listing: Listing, kinds: Mapping[Kind, tuple[Member, ...]], place: int, focused: bool
) -> dict[Kind, tuple[Member, ...]]:
    choices = listing.choices(place, focus=False)
    if focused:
        choices += listing.choices(place, focus=True)
    found: dict[Kind, tuple[Member, ...]] = {}
    for (counts, focus), members in kinds.items():
        for choice in choices:
            if choice.focus and focus is not None:
                continue
            kind = (counts, choice.vector) if choice.focus else (_one_more(counts, choice.vector), focus)
            found.setdefault(kind, (*members, choice.member))
            if len(found) > MOST_KINDS:
                listing.boxes.limits[f"{listing.name} can be more than {MOST_KINDS:,} kinds of list"] = None
                return found
    return found


def _one_more(counts: tuple[tuple[Vector, int], ...], vector: Vector) -> tuple[tuple[Vector, int], ...]:
    found = dict(counts)
    found[vector] = found.get(vector, 0) + 1
    return tuple(sorted(found.items()))

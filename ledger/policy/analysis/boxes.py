"""Boxes: the evaluator asked with every fact unknown, and only a fact that it still needs is split.

What a goal can come to is found part by part: parts of all_of and any_of that share no fact are
explored apart, and what they can come to is combined with one learner for each. A list is split into
every kind of list that its members can make (`members`).
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple, TypeAlias

from ledger.policy.analysis.cells import Cells, inside
from ledger.policy.analysis.derived import Length, Relations, names_in, relations
from ledger.policy.analysis.parting import Part, finished, parted, started, taken
from ledger.policy.analysis.residue import Residues
from ledger.policy.analysis.side import Known, Side
from ledger.policy.facts import FactType
from ledger.policy.nodes import Each, EnoughOf, Some
from ledger.policy.order import Pair
from ledger.policy.result import Result, needs
from ledger.policy.sheet import ABSENT, Between, Scalar, Value
from ledger.policy.terms import CountOf, Node, walk
from ledger.policy.weighing import value_of, weigh

BUDGET = 200_000
"""How often the evaluator is asked before an analysis stops being exact."""

FEW = 2
"""How many values of a fact are tried once the budget is spent."""

Vector: TypeAlias = tuple[Pair, ...]
"""What several goals come to for one and the same learner."""

Reached: TypeAlias = Mapping[Vector, Known]
"""Every vector that can be reached, each with the facts that lead there."""


class Goal(NamedTuple):
    """A rule or a test of one side, inside one member of each of some lists, with some facts held at a value."""

    side: int
    node: int
    lists: tuple[str, ...] = ()
    held: tuple[tuple[str, Value], ...] = ()


class Boxes:
    """One exploration of one or two policies; remembers what it has found.

    `doubts` says in words why its answers are not exact; while there is none, they are.
    """

    def __init__(self, sides: Sequence[Side], split_list: "SplitList", budget: int = BUDGET) -> None:
        self._split_list = split_list
        self.sides = tuple(sides)
        self.relations = Relations(relations(self.sides))
        self.cells = Cells(self.sides, self.relations)
        self.budget = budget
        self.asked = 0
        self.homes = {name: home for side in reversed(self.sides) for name, home in side.homes.items()}
        self.nodes: dict[int, Node] = {}
        self.lists: dict[object, tuple[Value, ...]] = {}
        self.tests: dict[tuple[str, tuple[Scalar, ...]], Node] = {}
        self.limits: dict[str, None] = {}
        self.residues = Residues()
        self._reads: dict[tuple[int, int], frozenset[str]] = {}
        self._looking: dict[int, list[Each | Some | EnoughOf | CountOf]] = {}
        self._memo: dict[tuple[tuple[Goal, ...], frozenset[tuple[str, Value]]], Reached] = {}
        self._linked = _linked(self.relations)

    @property
    def doubts(self) -> tuple[str, ...]:
        """Say why answers are not exact."""
        return (*self.cells.inexact, *self.limits)

    def goal(self, side: int, node: Node, lists: tuple[str, ...] = (), held: Mapping[str, Value] | None = None) -> Goal:
        """Return a node as a goal, with the held facts that it reads."""
        self.nodes[id(node)] = node
        reads = self.reads(side, id(node))
        kept = sorted((name, value) for name, value in (held or {}).items() if name in reads)
        return Goal(side, id(node), lists, tuple(kept))

    def reads(self, side: int, node: int) -> frozenset[str]:
        """Name every fact a node reads, those of members and clocks included."""
        key = (side, node)
        if key not in self._reads:
            self._reads[key] = self.sides[side].reads(self.nodes[node])
        return self._reads[key]

    def reach(self, goals: Sequence[Goal], known: Known) -> Reached:
        """Return every vector the goals can reach from what is known, each with further facts that lead there."""
        several = tuple(dict.fromkeys(goals))
        found = self._distinct(several, known)
        if len(several) == len(goals):
            return found
        places = [several.index(goal) for goal in goals]
        return {tuple([vector[place] for place in places]): learner for vector, learner in found.items()}

    def _distinct(self, goals: tuple[Goal, ...], known: Known) -> Reached:
        relevant = self._relevant(goals)
        key = (goals, frozenset([item for item in known.items() if item[0] in relevant]))
        if key not in self._memo:
            self._memo[key] = self._explored(goals, known)
        return self._memo[key]

    def _relevant(self, goals: Iterable[Goal]) -> frozenset[str]:
        names = frozenset().union(*(self.reads(goal.side, goal.node) for goal in goals))
        return names.union(*(self._linked[name] for name in names if name in self._linked))

    def weigh(self, goal: Goal, known: Known) -> Result:
        """Ask the evaluator."""
        self.asked += 1
        scope = self.sides[goal.side].scope({**known, **dict(goal.held)} if goal.held else known, goal.lists)
        return weigh(self.nodes[goal.node], scope)

    def _explored(self, goals: tuple[Goal, ...], known: Known) -> Reached:
        results = [self.weigh(goal, known) for goal in goals]
        open_ones = [place for place, result in enumerate(results) if not result.settled]
        if not open_ones:
            return {tuple([result.pair for result in results]): {}}
        inner = self._open(tuple([goals[place] for place in open_ones]), [results[place] for place in open_ones], known)
        if len(open_ones) == len(goals):
            return inner
        found: dict[Vector, Known] = {}
        for vector, learner in inner.items():
            whole = [result.pair for result in results]
            for place, pair in zip(open_ones, vector, strict=True):
                whole[place] = pair
            found[tuple(whole)] = learner
        return found

    def _open(self, goals: tuple[Goal, ...], results: Sequence[Result], known: Known) -> Reached:
        parts = [parted(result) for result in results]
        groups = self._groups(goals, parts, known)
        one_each = all(len(each) == 1 for each in parts)
        same = one_each and all(part[0].node is result.node for part, result in zip(parts, results, strict=True))
        if len(groups) > 1 or (one_each and not same):
            return self._apart(goals, results, parts, groups, known)
        name = self._next(goals, results, parts, known)
        if name is None:
            return {tuple([result.pair for result in results]): {}}
        return self._split([self._left(*each, known) for each in zip(goals, results, strict=True)], name, known)

    def _left(self, goal: Goal, result: Result, known: Known) -> Goal:
        """Return what is left of a goal."""
        held = dict(goal.held)
        values = {**known, **held}

        def counted(term: CountOf) -> int | None:
            if not isinstance(values.get(term.list.name), tuple):
                return None
            found = value_of(term, self.sides[goal.side].scope(values, goal.lists))
            return found if isinstance(found, int) else None

        return self.goal(goal.side, self.residues.of(result, counted), goal.lists, held)

    def _groups(
        self, goals: Sequence[Goal], parts: Sequence[Sequence[Part]], known: Known
    ) -> list[list[tuple[int, Part]]]:
        """Return the open parts of all goals, those together that share a fact which is not known."""
        groups: list[tuple[set[str], list[tuple[int, Part]]]] = []
        for owner, each in enumerate(parts):
            for part in each:
                self.nodes[id(part.node)] = part.node
                names = self._open_names(goals[owner], id(part.node), known)
                joined, members = set(names), [(owner, part)]
                apart = []
                for group in groups:
                    if joined.isdisjoint(group[0]):
                        apart.append(group)
                    else:
                        joined |= group[0]
                        members = [*group[1], *members]
                groups = [*apart, (joined, members)]
        return [members for _, members in groups]

    def _open_names(self, goal: Goal, node: int, known: Known) -> frozenset[str]:
        held = {name for name, _ in goal.held}
        names = {self.shown(name, goal.lists) for name in self.reads(goal.side, node)} - held
        linked = {self.shown(other, goal.lists) for name in names for other in self._linked.get(name, ())}
        return frozenset(name for name in names | linked if unsettled(name, known))

    def shown(self, name: str, lists: Sequence[str]) -> str:
        """Name the fact under which another one is seen from inside some lists: its outermost list, or itself."""
        while (home := self.homes.get(name, "")) and home not in lists:
            name = home
        return name

    def _apart(
        self,
        goals: Sequence[Goal],
        results: Sequence[Result],
        parts: Sequence[Sequence[Part]],
        groups: Sequence[Sequence[tuple[int, Part]]],
        known: Known,
    ) -> Reached:
        states: dict[tuple[object, ...], Known] = {tuple([started(result) for result in results]): {}}
        for group in groups:
            inner = [self.goal(goals[at].side, part.node, goals[at].lists, dict(goals[at].held)) for at, part in group]
            found = self.reach(inner, known)
            following: dict[tuple[object, ...], Known] = {}
            for state, learner in states.items():
                for vector, more in found.items():
                    new = list(state)
                    for (at, part), pair in zip(group, vector, strict=True):
                        new[at] = taken(results[at], new[at], part, pair)
                    following.setdefault(tuple(new), {**learner, **more})
            states = following
        merged: dict[Vector, Known] = {}
        for state, learner in states.items():
            vector = tuple([finished(result, each) for result, each in zip(results, state, strict=True)])
            merged.setdefault(vector, learner)
        return merged

    def _next(
        self, goals: Sequence[Goal], results: Sequence[Result], parts: Sequence[Sequence[Part]], known: Known
    ) -> str | None:
        """Choose the fact to split: one the evaluator needs, read by most parts, a list last."""
        wanted: dict[str, int] = {}
        for goal, result in zip(goals, results, strict=True):
            held = {name for name, _ in goal.held}
            for needed in needs(result):
                name = self.shown(needed.partition("[")[0], goal.lists)
                if name in self.cells.facts and unsettled(name, known) and name not in held:
                    wanted[name] = 0
            if not result.settled:
                reads = self.reads(goal.side, goal.node)
                wanted.update({name: 0 for name in reads if isinstance(known.get(name), Between)})
        for name in wanted:
            wanted[name] = sum(
                name in self._open_names(goal, id(part.node), known)
                for goal, each in zip(goals, parts, strict=True)
                for part in each
            )
        if not wanted:
            return None
        chosen = max(
            wanted, key=lambda name: (not self.is_list(name), wanted[name] > 1, name not in known, wanted[name])
        )
        return self._before(chosen, goals, known) if self.is_list(chosen) else chosen

    def is_list(self, name: str) -> bool:
        """Say whether a fact is a list."""
        return self.cells.facts[name].type is FactType.LIST

    def _before(self, listed: str, goals: Sequence[Goal], known: Known) -> str:
        """Return a fact that must be known before a list is split: one its members are judged by, or their number."""
        for goal in goals:
            held = {name for name, _ in goal.held}
            own = {*self._counting(listed), *self._outside(listed, goal)}
            read = {self.shown(name, goal.lists) for name in self._relevant((goal,))} & own
            for name in sorted(read - held):
                if name not in known and not self.is_list(name):
                    return name
        return listed

    def _counting(self, listed: str) -> set[str]:
        return {each.counter for each in self.relations.every if isinstance(each, Length) and each.list == listed}

    def _outside(self, listed: str, goal: Goal) -> set[str]:
        """Name the facts outside a list that its members are judged by."""
        found: set[str] = set()
        for node in self.list_nodes(goal, listed):
            names = {self.shown(name, goal.lists) for part in inner_nodes(node) for name in self.read_by(goal, part)}
            found |= names - {listed}
        return found

    def read_by(self, goal: Goal, node: Node) -> frozenset[str]:
        """Name the facts that a node inside a goal reads."""
        self.nodes[id(node)] = node
        return self.reads(goal.side, id(node))

    def list_nodes(self, goal: Goal, listed: str) -> list[Each | Some | EnoughOf | CountOf]:
        """Return the nodes of a goal that look into the members of a list."""
        if goal.node not in self._looking:
            inside = walk(self.nodes[goal.node])
            self._looking[goal.node] = [node for node in inside if isinstance(node, Each | Some | EnoughOf | CountOf)]
        return [node for node in self._looking[goal.node] if node.list.name == listed]

    def _split(self, goals: Sequence[Goal], name: str, known: Known) -> Reached:
        if self.is_list(name):
            return self._split_list(self, tuple(goals), name, known)
        merged: dict[Vector, Known] = {}
        for value in self.few(self._to_try(name, goals, known)):
            shown = self.cells.point(name, value) if isinstance(value, Between) else value
            for vector, learner in self.reach(goals, {**known, name: value}).items():
                merged.setdefault(vector, {name: shown, **learner})
        return merged

    def _to_try(self, name: str, goals: Sequence[Goal], known: Known) -> Sequence[Value]:
        """Return the values of a fact to try: whole stretches first where they may be enough."""
        stretch: object = known.get(name)
        if isinstance(stretch, Between):
            return [value for value in self._values(name, goals, known) if inside(value, stretch)]
        coarse = self.cells.coarse(name)
        if not coarse:
            return self.possible_values(name, goals, known)
        return (*coarse, *(() if self.cells.facts[name].when_none is not ABSENT else (ABSENT,)))

    def possible_values(self, name: str, goals: Sequence[Goal], known: Known) -> list[Value]:
        """Return the values of a fact that matter and can stand beside what is known."""
        found: Sequence[Value] = self._values(name, goals, known)
        for relation in self.relations.every:
            if isinstance(relation, Length) and relation.counter == name and relation.list in known:
                members = known[relation.list]
                found = (len(members) if isinstance(members, tuple) else 0,)
        return [value for value in found if self.can_be({**known, name: value}, goals, name)]

    def _values(self, name: str, goals: Sequence[Goal], known: Known) -> Sequence[Value]:
        """Return the values of a fact that matter beside what is known, and beside what each goal holds."""
        found = dict.fromkeys(self.cells.values(name, known))
        for held in dict.fromkeys(goal.held for goal in goals if goal.held):
            found.update(dict.fromkeys(self.cells.values(name, {**known, **dict(held)})))
        return tuple(found)

    def can_be(self, known: Known, goals: Sequence[Goal], *names: str) -> bool:
        """Say whether facts can stand beside one another, also where a goal holds some at another value."""
        held = dict.fromkeys(goal.held for goal in goals if goal.held)
        return self.relations.possible(known, names) and all(
            self.relations.possible({**known, **dict(each)}, names) for each in held
        )

    def few(self, values: Iterable[Value]) -> Iterator[Value]:
        """Yield the values to try: all of them, or few once the budget is spent, which then is said."""
        for tried, value in enumerate(values):
            if self.asked >= self.budget:
                self.limits[f"more than {self.budget:,} learners would have to be asked"] = None
                if tried >= FEW or (tried and self.asked >= 2 * self.budget):
                    return
            yield value


def unsettled(name: str, known: Known) -> bool:
    """Say whether a fact is not known, or only between two numbers."""
    return name not in known or isinstance(known[name], Between)


SplitList: TypeAlias = Callable[[Boxes, tuple[Goal, ...], str, Known], Reached]
"""How a list is split: `members.split_list`."""


def inner_nodes(node: Node) -> tuple[Node, ...]:
    """Return what a node asks of each member of its list."""
    if isinstance(node, CountOf):
        return (node.where,)
    if isinstance(node, EnoughOf):
        return (node.where, node.kind, node.categories)
    return (node.rule,) if isinstance(node, Each | Some) else ()


def _linked(known_relations: Relations) -> dict[str, frozenset[str]]:
    """Return, for every fact of a relation, the facts it hangs together with, directly or through others."""
    found: dict[str, frozenset[str]] = {}
    for relation in known_relations.every:
        names = frozenset(names_in(relation))
        joined = names.union(*(found.get(name, frozenset()) for name in names))
        found.update(dict.fromkeys(joined, joined))
    return found

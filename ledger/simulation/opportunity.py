"""The opportunity note: who is held back only because what a rule wants was never offered to anybody there.

A rule may ask for several different values of a field (kinds of task, settings, instruments), a fact of
method `distinct`, or for members of a category, `enough_of`. Where fewer were ever offered at a place, no
learner there can reach it.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import NamedTuple, TypeAlias

from ledger.policy.facts import FactDefinition
from ledger.policy.finding import Finding, Stage
from ledger.policy.model import Policy
from ledger.policy.nodes import Clause
from ledger.policy.order import MET, Pair
from ledger.policy.result import Result, recombine
from ledger.policy.sheet import Sheet
from ledger.policy.terms import Comparison, FactTerm, Operator
from ledger.simulation.categories import categories_of, kinds_in
from ledger.simulation.population import Case, Side

BASELINE, CANDIDATE = "baseline", "candidate"

DISTINCT = "distinct"
"""The fact method, whatever its version, that counts different values of a field."""

Offers: TypeAlias = dict[tuple[str, str, str], set[str]]
"""The values offered, by side, place and fact."""


class Shortfall(NamedTuple):
    """A clause that wants `wanted` different values of a field, or one of those that serve a category."""

    clause: str
    fact: str
    field: str
    wanted: int
    category: str = ""
    serving: tuple[str, ...] = ()

    def never_offered(self, offered: set[str]) -> bool:
        """Say whether what was offered could not have been enough."""
        return offered.isdisjoint(self.serving) if self.category else len(offered) < self.wanted


@dataclass(frozen=True, slots=True)
class Longing:
    """An answer that would be met but for shortfalls: each of `alone` is enough, and so are `together` all at once."""

    side: str
    learner: str
    subject: str
    place: str
    alone: tuple[Shortfall, ...]
    together: tuple[Shortfall, ...]


@dataclass(frozen=True, slots=True)
class HeldBack:
    """An answer that is not yet met under one side for no other reason than that too little was offered.

    `clause` wants `wanted` different values of `field`, or one that serves `category` (empty for none);
    `offered` are all that anybody at the place was ever given.
    """

    side: str
    learner: str
    subject: str
    place: str
    clause: str
    field: str
    wanted: int
    category: str
    offered: tuple[str, ...]


def distinct_facts(policy: Policy) -> dict[str, FactDefinition]:
    """Return the facts of a policy that count different values of a field."""
    return {each.name: each for each in policy.sheet if each.method.partition(".")[0] == DISTINCT}


class Wants:
    """What one rule wants different values or categories of; false where it wants none."""

    def __init__(self, name: str, side: Side) -> None:
        self.name = name
        self._fields = {
            each: str(dict(fact.arguments).get("field", "")) for each, fact in distinct_facts(side.policy).items()
        }
        self._categories = tuple(categories_of(side))

    def __bool__(self) -> bool:
        return bool(self._fields or self._categories)

    def note(self, offers: Offers, case: Case, sheet: Sheet) -> None:
        """Add what a learner was given to what was offered at the place."""
        for side, fact, values in case.offers:
            if side == self.name:
                offers.setdefault((side, case.place, fact), set()).update(values)
        for category in self._categories:
            offers.setdefault((self.name, case.place, category.fact), set()).update(kinds_in(sheet, category))

    def longing(self, case: Case, sheet: Sheet, finding: Finding) -> Iterator[Longing]:
        """Yield what keeps an answer from being met, where that is too few different values, or a category, alone."""
        if finding.stage is not Stage.REQUIRES:
            return
        root = finding.tree[-1].result
        short = list(self._shortfalls(root)) if case.offers else []
        together = tuple(dict.fromkeys(one for _, one in short))
        alone = [one for one in together if _lifted(root, {place for place, each in short if each == one}) == MET]
        alone += [
            Shortfall(each.clause, each.fact, each.kind, 1, each.name, each.serving(sheet))
            for each in self._categories
            if each.would_be_met(sheet)
        ]
        if alone or (short and _lifted(root, {place for place, _ in short}) == MET):
            yield Longing(self.name, case.learner, case.subject, case.place, tuple(alone), together)

    def _shortfalls(self, result: Result, clause: str = "") -> Iterator[tuple[int, Shortfall]]:
        """Yield each comparison that fails for want of values, by where its result lies in memory."""
        if isinstance(result.node, Comparison) and result.pair != MET:
            found = self._shortfall(result, result.node, clause)
            if found is not None:
                yield id(result), found
        for part in (*result.parts, *_tests(result)):
            yield from self._shortfalls(part, result.key or clause)

    def _shortfall(self, result: Result, node: Comparison, clause: str) -> Shortfall | None:
        if not isinstance(node.left, FactTerm) or node.left.name not in self._fields:
            return None
        needed = result.needed
        if isinstance(needed, bool) or not isinstance(needed, int | Fraction):
            return None
        least = {Operator.AT_LEAST: -int(-needed // 1), Operator.MORE: int(needed // 1) + 1}.get(node.operator)
        return (least and Shortfall(clause, node.left.name, self._fields[node.left.name], least)) or None


def _lifted(result: Result, places: set[int]) -> Pair:
    """Return what a result would be if the comparisons at some places were met."""
    if id(result) in places:
        return MET
    if isinstance(result.node, Clause):
        [test] = result.conditions
        return MET if _lifted(test, places) == MET else result.pair
    if not result.parts or result.key:
        return result.pair
    return recombine(result, [_lifted(part, places) for part in result.parts])


def _tests(result: Result) -> tuple[Result, ...]:
    """Return the test of a clause; what a node that combines is chosen or closed by is left alone."""
    return result.conditions if isinstance(result.node, Clause) else ()


def held_back(longing: Iterable[Longing], offers: Mapping[tuple[str, str, str], set[str]]) -> Iterator[HeldBack]:
    """Yield those for whom what is wanting was never offered, once all that was offered is known."""
    for one in longing:
        known = {each: offers.get((one.side, one.place, each.fact), set()) for each in (*one.alone, *one.together)}
        found = [each for each in one.alone if each.never_offered(known[each])]
        if not found and all(each.never_offered(known[each]) for each in one.together):
            found = list(one.together)
        for each in found:
            yield HeldBack(
                *(one.side, one.learner, one.subject, one.place, each.clause, each.field, each.wanted, each.category),
                tuple(sorted(known[each])),
            )

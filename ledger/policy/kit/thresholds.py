"""The thresholds of a rule: each number or day something measured is compared with, and whether cases try it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction

from ledger.policy.checks.places import Subject
from ledger.policy.facts import FactDefinition
from ledger.policy.kit.amounts import may_hold
from ledger.policy.kit.notation import noted
from ledger.policy.kit.observing import Compared
from ledger.policy.kit.stages import nodes_of
from ledger.policy.kit.steps import Measured, is_measured, position, step_of
from ledger.policy.model import Policy
from ledger.policy.sheet import Entry, Table, value_words
from ledger.policy.terms import Comparison, CountOf, Node, Operand, Operator, ParamTerm, Term, needed_facts

_TURNED = {
    Operator.AT_LEAST: Operator.AT_MOST,
    Operator.MORE: Operator.LESS,
    Operator.AT_MOST: Operator.AT_LEAST,
    Operator.LESS: Operator.MORE,
}
_BELOW = (Operator.AT_LEAST, Operator.LESS)
"""Comparisons that change just below the threshold; the others change just above it."""


@dataclass(frozen=True, slots=True)
class Threshold:
    """A value something measured is compared with, at one place of the rule.

    `operator` reads with what is measured on the left; `on_left` says where it stands.
    """

    where: str
    node: Comparison
    measured: Operand
    operator: Operator
    on_left: bool
    value: Measured

    @property
    def beyond(self) -> str:
        """Say on which side of the value the answer changes."""
        return "below" if self.operator in _BELOW else "above"

    def gaps(self, compared: Iterable[Compared], bounds: FactDefinition | None) -> Iterator[str]:
        """Say what no case tries: a measure at the value, and one just on the other side of it."""
        measures = self._measures(compared)
        what = f"{self.where}, {noted(self.node)}"
        if self.value not in measures:
            yield f"{what}: no case has {noted(self.measured)} at {value_words(self.value)}."
        beyond = sorted((each for each in measures if self._distance(each) > 0), key=self._distance)
        is_near = bool(beyond) and self._distance(beyond[0]) <= step_of(self.measured)
        if not is_near and self._may_be_beyond(bounds):
            so_far = f"the nearest is {value_words(beyond[0])}" if beyond else "there is none at all"
            yield f"{what}: no case has {noted(self.measured)} just {self.beyond} {value_words(self.value)}; {so_far}."

    def _measures(self, compared: Iterable[Compared]) -> list[Measured]:
        """Return what cases measured here while the value was this one."""
        found = []
        for each in compared:
            measure, value = (each.left, each.right) if self.on_left else (each.right, each.left)
            if each.where == self.where and each.node == self.node and value == self.value and is_measured(measure):
                found.append(measure)
        return found

    def _distance(self, measure: Measured) -> Fraction:
        """Return how far beyond the value a measure is, negative on its own side."""
        difference = position(measure) - position(self.value)
        return -difference if self.beyond == "below" else difference

    def _may_be_beyond(self, bounds: FactDefinition | None) -> bool:
        """Say whether what is measured can be on the other side at all."""
        lowest, highest = (bounds.lowest, bounds.highest) if bounds else (None, None)
        if isinstance(self.measured, CountOf):
            lowest = 0
        bound = lowest if self.beyond == "below" else highest
        return bound is None or self._distance(bound) > 0


def thresholds(policy: Policy) -> Iterator[Threshold]:
    """Yield every threshold of the stages of a policy, each value of a parameter as one of its own."""
    subject = Subject(policy)
    seen: set[Threshold] = set()
    for node, place in nodes_of(policy):
        if isinstance(node, Comparison) and node.operator in _TURNED:
            for found in _of_comparison(subject, node, place.where):
                if found not in seen:
                    seen.add(found)
                    yield found


def _of_comparison(subject: Subject, node: Comparison, where: str) -> Iterator[Threshold]:
    left, right = node.left, node.right
    if _is_given(right) and not _is_given(left):
        for value in _values(subject, right):
            yield Threshold(where, node, left, node.operator, True, value)
    elif _is_given(left) and not _is_given(right):
        for value in _values(subject, left):
            yield Threshold(where, node, right, _TURNED[node.operator], False, value)  # type: ignore[arg-type]


def _is_given(side: object) -> bool:
    """Say whether a side is a constant or a parameter."""
    return isinstance(side, ParamTerm) or not (isinstance(side, Node) and needed_facts(side))


def _under(side: ParamTerm, line: Entry) -> bool:
    """Say whether a line of a table can be the one asked for: its keys are the constants that are given."""
    return all(key == held for key, held in zip(side.keys, line.keys, strict=False) if not isinstance(key, Term))


def _values(subject: Subject, side: object) -> Iterator[Measured]:
    if isinstance(side, ParamTerm):
        definition = subject.parameters[side.name]
        held = [dated.value for dated in definition.values if may_hold(subject.policy, definition, dated)]
        every = [
            line.value for value in held if isinstance(value, Table) for line in value.entries if _under(side, line)
        ]
        yield from dict.fromkeys(value for value in [*held, *every] if is_measured(value))
    elif is_measured(side):
        yield side

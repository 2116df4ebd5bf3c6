"""Lists that are just enough for a rule that asks for enough of several kinds."""

from collections.abc import Iterator
from itertools import product

from ledger.policy.analysis.boxes import Boxes
from ledger.policy.analysis.members import LONGEST, Member
from ledger.policy.analysis.side import Known, Side
from ledger.policy.nodes import EnoughOf, Number
from ledger.policy.order import MET
from ledger.policy.sheet import Key, Table
from ledger.policy.terms import ParamTerm


def just_enough(boxes: Boxes, side: int, node: EnoughOf) -> Iterator[Known]:
    """Yield lists with the fewest members of every category, filled up to the total with those of one kind each."""
    asked = boxes.sides[side]
    for table in asked.tables(node.categories.name):
        least = [
            kind
            for take in node.takes
            for kind in _kinds(table, take.category)[:1] * max(_numbers(take.at_least, asked))
        ]
        for total, line, sound in product(_numbers(node.total, asked), table.entries, _sound(boxes, side, node)):
            kinds = [*least, *[line.keys[0]] * (total - len(least))]
            if len(kinds) <= LONGEST:
                yield {node.list.name: tuple(Member({**sound, node.kind.name: kind}) for kind in kinds)}


def _kinds(table: Table, category: str) -> list[Key]:
    return [line.keys[0] for line in table.entries if line.value == category or _among(category, line.value)]


def _among(category: str, value: object) -> bool:
    return isinstance(value, tuple) and category in value


def _numbers(number: Number, side: Side) -> tuple[int, ...]:
    """Return what a number of a rule can be, the lowest first; 0 where it has no value."""
    values = side.held(number.name) if isinstance(number, ParamTerm) else (number,)
    return tuple(sorted({value for value in values if isinstance(value, int)})) or (0,)


def _sound(boxes: Boxes, side: int, node: EnoughOf) -> Iterator[Known]:
    """Yield the facts of a member that may count at all."""
    goal = boxes.goal(side, node.where, (node.list.name,))
    for pairs, member in boxes.reach([goal], {}).items():
        if pairs == (MET,):
            yield {name: value for name, value in member.items() if boxes.homes.get(name) == node.list.name}

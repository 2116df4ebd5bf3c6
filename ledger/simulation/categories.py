"""Categories a rule wants something of, `enough_of`, and what it would say if it wanted nothing of one of them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass, replace
from typing import Any

from ledger.policy.evaluate import outcome_of
from ledger.policy.memory import Memory
from ledger.policy.model import Outcome
from ledger.policy.nodes import EnoughOf, Take
from ledger.policy.parameters import resolve
from ledger.policy.sheet import Sheet, Table
from ledger.policy.terms import walk
from ledger.simulation.population import Side


@dataclass(frozen=True, slots=True)
class Category:
    """One category that a clause wants members of; `without` asks the same rule with no such wish."""

    clause: str
    listed: str
    kind: str
    name: str
    without: Memory

    @property
    def fact(self) -> str:
        """Name what is offered: the kind of the members of the list."""
        return f"{self.listed}.{self.kind}"

    def would_be_met(self, sheet: Sheet) -> bool:
        """Say whether a sheet is met but for this category."""
        return outcome_of(self.without, sheet) is Outcome.MET

    def serving(self, sheet: Sheet) -> tuple[str, ...]:
        """Name the kinds that serve the category under the values in force for a sheet, sorted."""
        asked = self.without
        held = resolve(asked.policy, asked.on, sheet, asked.overrides, asked.known_on)
        found = [line for table in held.values() if isinstance(table, Table) for line in table.entries]
        return tuple(sorted({str(line.keys[0]) for line in found if self.name in _names(line.value)}))


def categories_of(side: Side) -> Iterator[Category]:
    """Yield the categories with a minimum that the rule of a side wants of a list of its sheet."""
    lists = {each.name for each in side.policy.sheet}
    for node in dict.fromkeys(part for part in walk(side.policy.requires) if isinstance(part, EnoughOf)):
        for take in node.takes:
            if take.at_least != 0 and node.list.name in lists:
                wishless = replace(node, takes=tuple(_free(each, take) for each in node.takes))
                policy = replace(side.policy, requires=_exchanged(side.policy.requires, node, wishless))
                without = replace(side, policy=policy).memory()
                yield Category(node.id, node.list.name, node.kind.name, take.category, without)


def kinds_in(sheet: Sheet, category: Category) -> Iterator[str]:
    """Yield the kinds of the members that a sheet lists."""
    members = sheet.get(category.listed)
    for member in members if isinstance(members, tuple) else ():
        kind = member.get(category.kind) if isinstance(member, Mapping) else None
        if isinstance(kind, str):
            yield kind


def _free(take: Take, wanted: Take) -> Take:
    return replace(take, at_least=0) if take is wanted else take


def _exchanged(value: Any, old: EnoughOf, new: EnoughOf) -> Any:
    if value == old:
        return new
    if isinstance(value, tuple):
        return tuple(_exchanged(part, old, new) for part in value)
    if not is_dataclass(value) or isinstance(value, type):
        return value
    changed = {field.name: _exchanged(getattr(value, field.name), old, new) for field in fields(value)}
    return replace(value, **changed)


def _names(value: object) -> tuple[str, ...]:
    return tuple(map(str, value)) if isinstance(value, tuple) else (str(value),)

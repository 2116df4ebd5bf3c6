"""The evidence a policy names for readiness, beside a decision: from which day on it is there.

It is the earliest day of any item that shows it, so items may come in any order; what is withdrawn
or corrected is folded anew with its subject.
"""

from dataclasses import dataclass

from ledger.facts.bands import Levels
from ledger.facts.items import EvidenceItem, Item
from ledger.facts.order import day_in
from ledger.facts.ratios import Pair, reaches
from ledger.policy.facts import Order


@dataclass(frozen=True, slots=True)
class ReadinessEvidence:
    """Which items show readiness: of one of these purposes, at or above a level, or with any result where null.

    `key` names all of it, the order and the way levels are read included.
    """

    key: str
    purposes: frozenset[str]
    at_least: Pair | None
    order: Order
    levels: Levels

    def day(self, item: Item) -> str:
        """Return the day on which an item shows readiness; empty where it does not, or is undated."""
        if not isinstance(item, EvidenceItem) or item.purpose not in self.purposes or not item.has_result:
            return ""
        day = day_in(item, self.order)
        if self.at_least is None:
            return day
        level = self.levels.level(item, day)
        return day if level is not None and reaches(level, self.at_least) else ""

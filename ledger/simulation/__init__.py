"""What-if: a population decided under two rules, and what would change for whom; nothing is ever written."""

from ledger.errors import WhatIfUnsound
from ledger.simulation.breakdown import Cell, GroupCells, Grouping, breakdown
from ledger.simulation.engines import Engine, Processes, Serial
from ledger.simulation.opportunity import HeldBack
from ledger.simulation.population import Case, Held, Offer, Partition, Side, shared
from ledger.simulation.result import ChangedAnswer, Effect, PairCount, WhatIf
from ledger.simulation.running import simulate

__all__ = [
    "Case",
    "Cell",
    "ChangedAnswer",
    "Effect",
    "Engine",
    "GroupCells",
    "Grouping",
    "Held",
    "HeldBack",
    "Offer",
    "PairCount",
    "Partition",
    "Processes",
    "Serial",
    "Side",
    "WhatIf",
    "WhatIfUnsound",
    "breakdown",
    "shared",
    "simulate",
]

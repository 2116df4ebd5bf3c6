"""Every fact method this release knows, by its name and version; none is ever changed or removed."""

from collections.abc import Mapping
from types import MappingProxyType

from ledger.facts.methods import averages, counts, dates, lists, modes, single, tables
from ledger.facts.methods.base import Method
from ledger.facts.methods.lists import ITEM_METHODS
from ledger.facts.methods.tables import TableMethod

__all__ = ["ITEM_METHODS", "METHODS", "METHOD_NAMES", "Method", "TableMethod"]

_ALL: tuple[Method | TableMethod, ...] = (
    single.BEST,
    single.LATEST,
    single.LEVEL,
    counts.COUNT,
    counts.DISTINCT,
    counts.CROWDED,
    averages.SUM,
    averages.MEAN,
    averages.N_TIMES,
    averages.WEIGHTED,
    averages.DECAYING,
    averages.BEST_N_OF_M,
    modes.MODE_OF_LAST,
    dates.FIRST_DATE,
    dates.LAST_DATE,
    dates.EXISTS_AFTER,
    dates.SPAN,
    lists.ITEMS,
    tables.STATUS,
    tables.STATUS_DAY,
    tables.APPROVED,
    tables.DECISION,
    tables.PREREQUISITES,
    tables.DESIGNATED,
    tables.TODAY,
)

METHODS: Mapping[str, Method | TableMethod] = MappingProxyType({method.name: method for method in _ALL})
"""The methods of whole facts, by name and version."""

METHOD_NAMES = frozenset({*METHODS, *ITEM_METHODS})
"""Every name a fact definition may use, the members of lists included."""

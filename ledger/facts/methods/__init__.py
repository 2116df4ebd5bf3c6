"""Every fact method this release knows, by its name and version; none is ever changed or removed."""

from collections.abc import Mapping
from types import MappingProxyType

from ledger.facts.methods import (
    averages,
    awards,
    belonging,
    counts,
    dates,
    groups,
    lists,
    modes,
    people,
    recency,
    shares,
    single,
    tables,
)
from ledger.facts.methods.base import Method
from ledger.facts.methods.gathering import SUBJECTS, GatheringMethod
from ledger.facts.methods.lists import ITEM_METHODS
from ledger.facts.methods.tables import TableMethod

__all__ = ["ITEM_METHODS", "METHODS", "METHOD_NAMES", "GatheringMethod", "Method", "TableMethod"]

_ALL: tuple[Method | TableMethod | GatheringMethod, ...] = (
    single.BEST,
    single.LATEST,
    single.LEVEL,
    counts.COUNT,
    counts.DISTINCT,
    counts.CROWDED,
    averages.SUM,
    averages.MEAN,
    averages.MEDIAN,
    averages.N_TIMES,
    recency.WEIGHTED,
    recency.DECAYING,
    recency.BEST_N_OF_M,
    groups.SUM_OF_EACH,
    groups.MEAN_OF_EACH,
    groups.MARGIN,
    shares.RATIO,
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
    people.COHORT,
    people.PANEL_RESULT,
    people.PANEL_VOTES,
    people.PANEL_DAY,
    people.CHOSEN,
    people.CHOSE,
    people.CHOICES,
    belonging.GRADE,
    belonging.ORGANISATION,
    belonging.ENROLLED,
    awards.OUTCOME,
    awards.DECISION_DAY,
    awards.DECISION_LEVEL,
    awards.GRANTED,
    awards.AWARDS,
    awards.AWARDED,
    awards.SUBJECT,
    SUBJECTS,
)

METHODS: Mapping[str, Method | TableMethod | GatheringMethod] = MappingProxyType(
    {method.name: method for method in _ALL}
)
"""The methods of whole facts, by name and version."""

METHOD_NAMES = frozenset({*METHODS, *ITEM_METHODS})
"""Every name a fact definition may use, the members of lists included."""

"""The twelve queries, in the order in which an auditor goes through them."""

from collections.abc import Mapping
from types import MappingProxyType

from ledger.audit.queries import (
    backdating,
    bursts,
    cohort_changes,
    earlier_years,
    fail_to_pass,
    heaping,
    impossible_time,
    late_preparation,
    not_teaching,
    outside_dates,
    short_lived,
    undocumented,
)
from ledger.audit.queries.finding import Query

QUERIES: Mapping[str, Query] = MappingProxyType(
    {
        module.QUERY.name: module.QUERY
        for module in (
            undocumented,
            fail_to_pass,
            earlier_years,
            not_teaching,
            bursts,
            backdating,
            heaping,
            late_preparation,
            short_lived,
            cohort_changes,
            impossible_time,
            outside_dates,
        )
    }
)

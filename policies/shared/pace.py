"""The pace of a course: a quarter, half and three quarters of its priority standards by three days of it."""

from ledger.policy import (
    UNKNOWN,
    Citation,
    FactDefinition,
    FactType,
    Reads,
    all_of,
    any_of,
    clause,
    fact,
    param,
    times,
)
from ledger.policy.rules import Rule
from ledger.policy.terms import ParamTerm
from policies.shared.courses import ALL_STANDARDS, COURSE_SESSION, STANDARDS_MASTERED


def _checkpoint(name: str, says: str, days: ParamTerm) -> FactDefinition:
    return FactDefinition(
        name,
        says,
        "status_day.1",
        FactType.DATE,
        Reads.STATUS,
        arguments=(("code", COURSE_SESSION), ("edge", "first"), ("plus_days", days)),
        when_none=UNKNOWN,
    )


CHECKPOINTS = (
    _checkpoint("quarter_due", "day by which a quarter of the standards is due", param.quarter_days),
    _checkpoint("half_due", "day by which half of the standards are due", param.half_days),
    _checkpoint(
        "three_quarters_due", "day by which three quarters of the standards are due", param.three_quarters_days
    ),
)


def behind_pace(source: Citation) -> Rule:
    """Return the rule that a learner is behind the pace at one of the three checkpoints, by that source."""
    return any_of(
        clause(
            "quarter",
            "{quarter_days} days into the course, fewer than a quarter of its priority standards are mastered.",
            all_of(fact.today >= fact.quarter_due, times(4, STANDARDS_MASTERED) < ALL_STANDARDS),
            source,
        ),
        clause(
            "half",
            "{half_days} days into the course, fewer than half of its priority standards are mastered.",
            all_of(fact.today >= fact.half_due, times(2, STANDARDS_MASTERED) < ALL_STANDARDS),
            source,
        ),
        clause(
            "three-quarters",
            "{three_quarters_days} days into the course, fewer than three quarters of its standards are mastered.",
            all_of(
                fact.today >= fact.three_quarters_due,
                times(4, STANDARDS_MASTERED) < times(3, ALL_STANDARDS),
            ),
            source,
        ),
    )

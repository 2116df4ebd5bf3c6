"""Facts that rules about a course share: its days, and its priority standards with their mastery."""

from ledger.policy import (
    UNKNOWN,
    FactDefinition,
    FactType,
    Reads,
    count_of,
    fact,
    not_,
)

COURSE_SESSION = "course-session"
"""The status, set about a course, whose first and last day are those of the course for this learner."""

TODAY = FactDefinition("today", "day of the decision", "today.1", FactType.DATE, Reads.CALENDAR, when_none=UNKNOWN)

COURSE_ENDS = FactDefinition(
    "course_ends",
    "last day of the course",
    "status_day.1",
    FactType.DATE,
    Reads.STATUS,
    arguments=(("code", COURSE_SESSION), ("edge", "last")),
    when_none=UNKNOWN,
)

STANDARDS = FactDefinition(
    "priority_standards",
    "priority standards of the course",
    "designated.1",
    FactType.LIST,
    Reads.DECISION,
    measure="met",
    arguments=(("question", "MASTERY"), ("award", "standard")),
    when_none=UNKNOWN,
    members=(
        FactDefinition("standard", "standard", "item.id", FactType.TEXT, Reads.DECISION),
        FactDefinition(
            "standard_met",
            "mastery of it has been decided",
            "item.met",
            FactType.BOOLEAN,
            Reads.DECISION,
            measure="met",
            when_none=False,
        ),
    ),
)

CREDIT_AWARDED = FactDefinition(
    "credit_awarded",
    "credit for the course has been awarded",
    "decision.1",
    FactType.BOOLEAN,
    Reads.DECISION,
    measure="met",
    arguments=(("question", "CREDIT"), ("award", "standard")),
    when_none=False,
)

ALL_STANDARDS = count_of(fact.priority_standards, fact.standard.exists())
"""How many priority standards the course has."""

STANDARDS_MASTERED = count_of(fact.priority_standards, fact.standard_met)
"""How many of them are mastered."""

STANDARDS_OPEN = count_of(fact.priority_standards, not_(fact.standard_met))
"""How many of them are not."""

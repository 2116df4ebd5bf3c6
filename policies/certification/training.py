"""What a record says of nurse aide training: hours, services and the findings that allow them, the programme's end."""

from ledger.policy import (
    UNKNOWN,
    Counted,
    DatedFrom,
    FactDefinition,
    FactType,
    FieldIs,
    Reads,
    param,
)
from ledger.policy.facts import Filter

PROGRAMME = "cte/nurse-aide-programme"
"""The status whose first and last day are those of the learner's training, the last one where there were several."""

IN_PROGRAMME: tuple[Filter, ...] = (
    DatedFrom(f"status:{PROGRAMME}"),
    Counted(("baseline", "practice", "formative", "summative")),
)
"""What is dated in the training under way: a learner who trains again begins again."""


def _hours(name: str, says: str, *where: Filter) -> FactDefinition:
    return FactDefinition(
        name,
        says,
        "sum.1",
        FactType.FRACTION,
        Reads.EVIDENCE,
        measure="value",
        unit="hours",
        where=(FieldIs("kind", "hours"), *where, *IN_PROGRAMME),
        when_none=0,
        lowest=0,
    )


HOURS = _hours("hours", "clock hours of training")

PRACTICAL_HOURS = _hours(
    "practical_hours", "of them hours of supervised practical training", FieldIs("instrument", "supervised-practical")
)

SERVICES = FactDefinition(
    "services",
    "services performed on residents",
    "items.1",
    FactType.LIST,
    Reads.EVIDENCE,
    measure="presence",
    where=(FieldIs("instrument", "resident-service"), *IN_PROGRAMME),
    when_none=(),
    members=(
        FactDefinition(
            "service_number", "service", "item.ordinal", FactType.INTEGER, Reads.EVIDENCE, when_none=UNKNOWN
        ),
        FactDefinition("service", "which service", "item.task", FactType.TEXT, Reads.EVIDENCE, when_none=UNKNOWN),
        FactDefinition(
            "performed_on", "day it was performed", "item.occurred", FactType.DATE, Reads.EVIDENCE, when_none=UNKNOWN
        ),
    ),
)

FINDINGS = FactDefinition(
    "findings",
    "findings of an instructor that the learner is proficient in a service",
    "items.1",
    FactType.LIST,
    Reads.EVIDENCE,
    measure="passed",
    where=(FieldIs("instrument", "proficiency-finding"), FieldIs("passed", True), *IN_PROGRAMME),
    when_none=(),
    members=(
        FactDefinition("found_in", "in which service", "item.task", FactType.TEXT, Reads.EVIDENCE, when_none=UNKNOWN),
        FactDefinition(
            "found_on", "day of the finding", "item.occurred", FactType.DATE, Reads.EVIDENCE, when_none=UNKNOWN
        ),
    ),
)

SERVICES_PERFORMED = FactDefinition(
    "services_performed",
    "how many services were performed on residents",
    "count.1",
    FactType.INTEGER,
    Reads.EVIDENCE,
    measure="presence",
    unit="services",
    where=(FieldIs("instrument", "resident-service"), *IN_PROGRAMME),
    when_none=0,
    lowest=0,
)

TESTED_BY = FactDefinition(
    "tested_by",
    "last day for the tests",
    "status_day.1",
    FactType.DATE,
    Reads.STATUS,
    arguments=(("code", PROGRAMME), ("edge", "last"), ("plus_months", param.months)),
)

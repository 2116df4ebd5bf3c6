"""Whom the requirements of competency and readiness bind: by entry into grade 9, and earlier classes by choice."""

from ledger.policy import UNKNOWN, FactDefinition, FactType, Reads, all_of, any_of, clause, fact, param
from policies.ohio.sources import COHORT

COHORT_FACTS = (
    FactDefinition(
        "grade_9_entry",
        "day the student entered grade 9",
        "cohort.1",
        FactType.DATE,
        Reads.COHORT,
        arguments=(("clock", "grade-9-entry"),),
        when_none=UNKNOWN,
    ),
    FactDefinition(
        "graduating_class",
        "year of the graduating class",
        "cohort.1",
        FactType.INTEGER,
        Reads.COHORT,
        arguments=(("clock", "graduating-class"),),
        when_none=UNKNOWN,
    ),
    FactDefinition(
        "opted_in",
        "the student chose these requirements",
        "chose.1",
        FactType.BOOLEAN,
        Reads.CHOICE,
        arguments=(("choice", "us-oh/graduation-requirements"), ("option", "competency-and-readiness")),
        when_none=False,
    ),
)

BOUND = any_of(
    clause(
        "cohort",
        "The student entered grade 9 on or after {first_entry}.",
        fact.grade_9_entry >= param.first_entry,
        COHORT,
    ),
    all_of(
        clause(
            "earlier-class",
            "The student belongs to a class of {first_class} to {last_class}.",
            all_of(fact.graduating_class >= param.first_class, fact.graduating_class <= param.last_class),
            COHORT,
        ),
        clause(
            "opted-in", "The student chose these requirements in place of those of that class.", fact.opted_in, COHORT
        ),
    ),
)
"""Stands in `applies`; its three parameters stand in the file of every module that uses it."""

"""What several Virginia rules read: sittings of the end-of-course test, the final grade, the year of grade 9."""

from ledger.policy import UNKNOWN, FactDefinition, FactType, FieldIs, Reads, all_of, count_of, fact, param

SOL_TESTS = (FieldIs("kind", "exam"), FieldIs("instrument", "sol-end-of-course"))
"""Standards of Learning end-of-course tests, by the code of the instrument."""

COURSE_PASSED = FactDefinition(
    "course_passed",
    "course passed, by its final grade",
    "best.1",
    FactType.BOOLEAN,
    Reads.EVIDENCE,
    measure="passed",
    where=(FieldIs("kind", "course_grade"),),
)

TRIES = FactDefinition(
    "tries",
    "times the end-of-course test was taken",
    "count.1",
    FactType.INTEGER,
    Reads.EVIDENCE,
    measure="presence",
    unit="sittings",
    where=SOL_TESTS,
    when_none=0,
    lowest=0,
)

SITTINGS = FactDefinition(
    "sittings",
    "sittings of the end-of-course test with a score",
    "items.1",
    FactType.LIST,
    Reads.EVIDENCE,
    measure="value",
    where=SOL_TESTS,
    when_none=(),
    members=(
        FactDefinition(
            "points", "scaled score", "item.value", FactType.FRACTION, Reads.EVIDENCE, measure="value", unit="points"
        ),
        FactDefinition(
            "accommodated",
            "entitled to credit accommodations on the day of the sitting",
            "item.status",
            FactType.BOOLEAN,
            Reads.STATUS,
            arguments=(("code", "us-va/credit-accommodations"),),
            when_none=UNKNOWN,
            sensitive=True,
        ),
    ),
)

GRADE_9_ENTRY = FactDefinition(
    "grade_9_entry",
    "year in which the learner's grade 9 began",
    "cohort.1",
    FactType.INTEGER,
    Reads.COHORT,
    arguments=(("clock", "grade-9-entry"),),
    when_none=UNKNOWN,
)

IN_BAND = all_of(fact.points >= param.band_from, fact.points <= param.band_to)
"""A sitting just below the line, on which both special routes rest."""

SCORES_IN_BAND = count_of(fact.sittings, IN_BAND)

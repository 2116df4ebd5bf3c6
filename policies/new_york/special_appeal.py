"""New York: the special appeal of a Regents score from June 2022 to August 2023."""

from datetime import date

from ledger.policy import (
    FactDefinition,
    FactType,
    Policy,
    Question,
    Reads,
    Words,
    all_of,
    clause,
    count_of,
    fact,
    grant,
    param,
)
from policies.new_york.exams import APPEALS, COURSE_PASSED, POINTS, TAKEN_ON, sittings

FILED = FactDefinition(
    "filed",
    "the special appeal has been filed",
    "chose.1",
    FactType.BOOLEAN,
    Reads.CHOICE,
    arguments=(("choice", "us-ny/special-appeal"), ("option", "filed")),
    when_none=False,
)

IN_RANGE = (
    count_of(
        fact.sittings,
        all_of(param.administration, fact.points >= param.special_from, fact.points <= param.special_to),
    )
    >= 1
)

special_appeal = Policy(
    "us-ny/special-appeal",
    date(2022, 6, 1),
    Question.CERTIFICATION,
    "Special appeal of a Regents exam score",
    APPEALS,
    all_of(
        clause(
            "course-average",
            "The course average meets the school's passing mark, as the final grade says.",
            fact.course_passed,
            APPEALS,
            next="pass the course",
        ),
        clause(
            "filed",
            "The special appeal has been filed; that may be done at any time before graduation.",
            fact.filed,
            APPEALS,
            next="file the special appeal",
        ),
    ),
    jurisdiction="us-ny",
    subject="requirement",
    award="appeal-special",
    eligible=all_of(
        clause(
            "special-below-the-line",
            "No score is above {special_to}: an exam that is passed needs no appeal.",
            count_of(fact.sittings, fact.points > param.special_to) <= 0,
            APPEALS,
        ),
        clause(
            "special-range",
            "A score from {special_from} to {special_to} on an exam taken in June 2022, August 2022, January 2023, "
            "June 2023 or August 2023; a single try is enough.",
            IN_RANGE,
            APPEALS,
        ),
    ),
    sheet=(sittings(TAKEN_ON, POINTS), COURSE_PASSED, FILED),
    grants=(grant("advanced_designation", "open"),),
    words=Words(
        met="special appeal granted",
        ineligible="not open to a special appeal",
        learner="student",
        target="exam",
    ),
)

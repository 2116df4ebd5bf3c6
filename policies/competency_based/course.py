"""Credit for a course and advancement from it: every priority standard mastered, none averaged away."""

from datetime import date

from ledger.policy import (
    Policy,
    Question,
    Words,
    all_of,
    clause,
    each,
    fact,
    grant,
    param,
)
from policies.competency_based import BASELINE
from policies.shared.courses import CREDIT_AWARDED, STANDARDS

STANDARDS_MASTERED = each(
    fact.priority_standards,
    clause(
        "standard",
        "The priority standard is mastered.",
        fact.standard_met,
        BASELINE,
        next="master the standards still open",
    ),
    name=fact.standard,
)

credit = Policy(
    "competency-based/course",
    date(2000, 1, 1),
    Question.CREDIT,
    "Credit for a course by mastery of its priority standards",
    BASELINE,
    STANDARDS_MASTERED,
    jurisdiction="",
    subject="course",
    sheet=(STANDARDS,),
    grants=(grant("credit", param.credit),),
    words=Words(met="credit earned", target="course"),
)

advancement = Policy(
    "competency-based/course-advancement",
    date(2000, 1, 1),
    Question.ADVANCEMENT,
    "Advancement from a course when its priority standards are mastered",
    BASELINE,
    all_of(
        clause(
            "credit",
            "Credit for the course has been awarded.",
            fact.credit_awarded,
            BASELINE,
            next="earn credit for the course",
        ),
        STANDARDS_MASTERED,
    ),
    jurisdiction="",
    subject="course",
    sheet=(CREDIT_AWARDED, STANDARDS),
    words=Words(met="may move on", not_yet="not yet", target="course"),
)

"""Virginia: a standard unit of credit, by clock hours and course requirements."""

from datetime import date

from ledger.policy import (
    Counted,
    FactDefinition,
    FactType,
    FieldIs,
    Policy,
    Question,
    Reads,
    Words,
    all_of,
    any_of,
    clause,
    fact,
    final_when,
    grant,
    param,
)
from policies.virginia import BOARD_RULE
from policies.virginia.sittings import COURSE_PASSED

HOURS = FactDefinition(
    "hours",
    "clock hours of instruction in the course",
    "sum.1",
    FactType.FRACTION,
    Reads.EVIDENCE,
    measure="value",
    unit="hours",
    where=(FieldIs("kind", "hours"), Counted(("baseline", "practice", "formative", "summative"))),
    when_none=0,
    lowest=0,
)

credit = Policy(
    "us-va/standard-credit",
    date(2004, 1, 1),
    Question.CREDIT,
    "Standard unit of credit",
    BOARD_RULE,
    all_of(
        any_of(
            clause(
                "hours",
                "{hours_needed} clock hours of instruction in the course.",
                fact.hours >= param.hours_needed,
                BOARD_RULE,
                next="complete the clock hours",
            ),
            clause(
                "hours-waived",
                "The division waives the hours under a written policy that follows the Board's guidelines.",
                param.hours_waived,
                BOARD_RULE,
            ),
        ),
        final_when(
            fact.course_passed.is_(False),
            clause(
                "requirements",
                "The requirements of the course are met, as its final grade says.",
                fact.course_passed,
                BOARD_RULE,
                next="meet the requirements of the course",
            ),
        ),
    ),
    jurisdiction="us-va",
    subject="course",
    sheet=(HOURS, COURSE_PASSED),
    grants=(grant("credit", param.credit), grant("credit_type", "standard unit of credit")),
    words=Words(met="standard credit earned", denied="no standard credit", learner="student", target="course"),
)

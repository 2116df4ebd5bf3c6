"""Houston Independent School District: credit for a course by the average of its two semesters."""

from datetime import date

from ledger.policy import (
    Citation,
    Confidence,
    FactDefinition,
    FactType,
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
    not_,
    param,
)
from policies.texas.attendance import NOTATION_OF_CREDIT
from policies.texas.grades import (
    ATTENDANCE,
    ATTENDANCE_DECIDED,
    FINAL_GRADE,
    FINAL_GRADE_OF_COURSE,
    GRADED_HALVES,
    GRADES_OF_HALVES,
    HALF,
    HALVES,
    best_in_half,
)

PAGE = Citation("Houston Independent School District, page on credit", confidence=Confidence.VERBATIM)

FIRST, SECOND = HALVES

AVERAGE_OF_SEMESTERS = FactDefinition(
    "average",
    "average of both semesters",
    "mean_of_each.1",
    FactType.FRACTION,
    Reads.EVIDENCE,
    measure="percent",
    unit="percent",
    where=GRADES_OF_HALVES,
    arguments=(("each", "item"), ("one", "best"), ("round_to", 1)),
)


FIRST_SEMESTER = best_in_half("first_semester", "the first semester's grade", "course_grade", FIRST)
SECOND_SEMESTER = best_in_half("second_semester", "the second semester's grade", "course_grade", SECOND)

WHOLE = any_of(
    fact.final_grade >= param.passing,
    all_of(fact.first_semester.exists(), fact.second_semester.exists(), fact.average >= param.passing),
)
"""Of those who earn credit, who earns all of it."""

HALF_ONLY = all_of(
    any_of(not_(fact.final_grade.exists()), fact.final_grade < param.passing),
    any_of(
        not_(fact.first_semester.exists()),
        not_(fact.second_semester.exists()),
        fact.average < param.passing,
    ),
)
"""The others: no final grade that passes, and no two semesters that average out."""

COMPOSITE = all_of(
    clause(
        "both-graded",
        "Both semesters have a grade earned in the course; credit by examination is not averaged in.",
        all_of(fact.first_semester.exists(), fact.second_semester.exists()),
        PAGE,
        next="complete both semesters",
    ),
    clause(
        "one-passed",
        "{passing} or higher in at least one of the two semesters.",
        any_of(fact.first_semester >= param.passing, fact.second_semester >= param.passing),
        PAGE,
        next="pass a semester",
    ),
    clause(
        "average",
        "{passing} or higher as the average of both semesters, a remainder of one half or more rounded up.",
        fact.average >= param.passing,
        PAGE,
        next="raise the average of the semesters",
    ),
)

credit = Policy(
    "us-tx/houston/course-credit",
    date(2015, 11, 24),
    Question.CREDIT,
    "Credit for a course of two semesters by their average",
    PAGE,
    all_of(final_when(fact.final_grade.exists(), any_of(FINAL_GRADE, COMPOSITE, HALF)), ATTENDANCE),
    jurisdiction="us-tx/houston",
    subject="course",
    award="coursework",
    sheet=(
        FINAL_GRADE_OF_COURSE,
        FIRST_SEMESTER,
        SECOND_SEMESTER,
        AVERAGE_OF_SEMESTERS,
        GRADED_HALVES,
        ATTENDANCE_DECIDED,
        NOTATION_OF_CREDIT,
    ),
    grants=(
        grant("credit", param.credit, when=WHOLE),
        grant("credit", param.half_credit, when=HALF_ONLY),
        grant(
            "gap",
            "one semester was failed",
            when=all_of(
                fact.average >= param.passing,
                any_of(fact.first_semester < param.passing, fact.second_semester < param.passing),
            ),
        ),
    ),
    words=Words(met="credit earned", denied="no credit", learner="student", target="course"),
)

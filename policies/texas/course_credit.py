"""Texas: credit for a course by its final grade, and in proportion for half of it."""

from datetime import date

from ledger.policy import Policy, Question, Words, all_of, any_of, fact, final_when, grant, not_, param
from policies.texas.attendance import NOTATION_OF_CREDIT
from policies.texas.grades import (
    ATTENDANCE,
    ATTENDANCE_DECIDED,
    FINAL_GRADE,
    FINAL_GRADE_OF_COURSE,
    GRADED_HALVES,
    HALF,
    TAC,
)

credit = Policy(
    "us-tx/course-credit",
    date(2015, 11, 24),
    Question.CREDIT,
    "Credit for a course by its final grade",
    TAC,
    all_of(final_when(fact.final_grade.exists(), any_of(FINAL_GRADE, HALF)), ATTENDANCE),
    jurisdiction="us-tx",
    subject="course",
    award="coursework",
    sheet=(FINAL_GRADE_OF_COURSE, GRADED_HALVES, ATTENDANCE_DECIDED, NOTATION_OF_CREDIT),
    grants=(
        grant("credit", param.credit, when=fact.final_grade >= param.passing),
        grant(
            "credit",
            param.half_credit,
            when=any_of(not_(fact.final_grade.exists()), fact.final_grade < param.passing),
        ),
    ),
    words=Words(met="credit earned", denied="no credit", learner="student", target="course"),
)

"""Texas districts: half a credit by the examination of one semester of a course that has two."""

from datetime import date

from ledger.policy import (
    Citation,
    Confidence,
    Policy,
    Question,
    Words,
    all_of,
    any_of,
    clause,
    fact,
    grant,
    not_,
    param,
)
from policies.texas.credit_by_examination import NOTATION
from policies.texas.grades import HALVES, best_in_half

DISTRICTS = Citation("Texas districts' policies on credit by examination", confidence=Confidence.SECONDARY)

FIRST, SECOND = HALVES

credit = Policy(
    "us-tx/semester-examination",
    date(2013, 6, 14),
    Question.CREDIT,
    "Half a credit by the examination of one semester",
    DISTRICTS,
    clause(
        "semester",
        "{score} % or more on the examination of one semester of the course.",
        any_of(fact.first_semester >= param.score, fact.second_semester >= param.score),
        DISTRICTS,
        next="sit the examination of a semester",
    ),
    jurisdiction="us-tx",
    subject="course",
    award="semester-examination",
    sheet=(
        best_in_half("first_semester", "the first semester's examination", "exam", FIRST),
        best_in_half("second_semester", "the second semester's examination", "exam", SECOND),
    ),
    grants=(
        grant(
            "credit",
            param.half_credit,
            when=any_of(
                not_(fact.first_semester.exists()),
                not_(fact.second_semester.exists()),
                fact.first_semester < param.score,
                fact.second_semester < param.score,
            ),
        ),
        grant(
            "credit",
            param.credit,
            when=all_of(fact.first_semester >= param.score, fact.second_semester >= param.score),
        ),
        grant("transcript", NOTATION),
    ),
    words=Words(met="credit earned", learner="student", target="course"),
)

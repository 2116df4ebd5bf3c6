"""Credit for a course by hours and average, advancement with the class, and the gaps the average hides."""

from dataclasses import replace
from datetime import date

from ledger.policy import (
    ABSENT,
    Policy,
    Question,
    Words,
    all_of,
    any_of,
    clause,
    fact,
    final_when,
    grant,
    not_,
    param,
    some,
)
from policies.shared.courses import COURSE_ENDS, CREDIT_AWARDED, STANDARDS, STANDARDS_OPEN, TODAY
from policies.traditional import BASELINE, WORDS
from policies.traditional.gradebook import AVERAGE, HOURS, ROUNDED_AVERAGE, WORKS

YEAR_END = clause(
    "year-end",
    "The last day of the course has come.",
    fact.today >= fact.course_ends,
    BASELINE,
    next="stay in the course until its last day",
)

PASSING = any_of(
    clause(
        "average",
        "The average of the graded work is {pass_mark} percent or higher.",
        fact.average >= param.pass_mark,
        BASELINE,
        next="raise the average",
    ),
    clause(
        "rounded-average",
        "Where the school rounds averages: rounded to a whole percent, it is {pass_mark} or higher.",
        all_of(param.averages_rounded, fact.rounded_average >= param.pass_mark),
        BASELINE,
    ),
)

credit = Policy(
    "traditional/course",
    date(2000, 1, 1),
    Question.CREDIT,
    "Credit for a course by hours and average",
    BASELINE,
    final_when(
        fact.today > fact.course_ends,
        all_of(
            YEAR_END,
            clause(
                "hours",
                "{half_hours} hours in class or more; {full_hours} for the full credit.",
                fact.hours >= param.half_hours,
                BASELINE,
                next="spend more hours in class",
            ),
            PASSING,
            any_of(
                clause(
                    "left-out",
                    "The school leaves work that is not handed in out of the average.",
                    param.missing_left_out,
                    BASELINE,
                ),
                clause(
                    "works",
                    "{works_asked} pieces of graded work or more are handed in.",
                    fact.works >= param.works_asked,
                    BASELINE,
                    next="hand in the missing work",
                ),
            ),
        ),
    ),
    jurisdiction="",
    subject="course",
    sheet=(TODAY, COURSE_ENDS, HOURS, AVERAGE, ROUNDED_AVERAGE, WORKS, replace(STANDARDS, when_none=ABSENT)),
    grants=(
        grant("credit", param.full_credit, when=fact.hours >= param.full_hours),
        grant("credit", param.half_credit, when=fact.hours < param.full_hours),
        grant("final_average", fact.average, when=not_(param.averages_rounded)),
        grant("final_average", fact.rounded_average, when=param.averages_rounded),
        grant("standards_not_mastered", STANDARDS_OPEN, when=fact.priority_standards.exists()),
    ),
    words=WORDS,
)

advancement = Policy(
    "traditional/course-advancement",
    date(2000, 1, 1),
    Question.ADVANCEMENT,
    "Advancement with the class at the end of the year",
    BASELINE,
    all_of(
        YEAR_END,
        any_of(
            clause(
                "with-the-class",
                "The school moves the whole class on together, with credit or without.",
                param.together,
                BASELINE,
            ),
            clause(
                "credit",
                "Credit for the course has been awarded.",
                fact.credit_awarded,
                BASELINE,
                next="earn credit for the course",
            ),
        ),
    ),
    jurisdiction="",
    subject="course",
    sheet=(TODAY, COURSE_ENDS, CREDIT_AWARDED),
    words=Words(met="moves on", learner="student", target="course"),
)

hidden_gaps = Policy(
    "traditional/hidden-gaps",
    date(2000, 1, 1),
    Question.SUPPORT,
    "Gaps that a passing average hides",
    BASELINE,
    any_of(
        some(
            fact.priority_standards,
            clause("gap", "A priority standard is not mastered.", not_(fact.standard_met), BASELINE),
            name=fact.standard,
        ),
        clause(
            "rounded-up",
            "Before it was rounded, the average was below {pass_mark} percent.",
            fact.average < param.pass_mark,
            BASELINE,
        ),
    ),
    jurisdiction="",
    subject="course",
    award="hidden-gaps",
    applies=PASSING,
    sheet=(AVERAGE, ROUNDED_AVERAGE, STANDARDS),
    words=Words(met="gaps hidden", not_yet="no gap hidden", not_applicable="no passing average", target="course"),
)

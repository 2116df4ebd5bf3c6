"""Ohio: competency in Algebra I (or Integrated Math I) and in English Language Arts II, each by itself."""

from ledger.policy import (
    Policy,
    Question,
    all_of,
    any_of,
    by_case,
    clause,
    enough_of,
    fact,
    param,
    some,
    take,
)
from policies.ohio.cohort import BOUND
from policies.ohio.competency_facts import ALGEBRA, ENGLISH, SHEET
from policies.ohio.sources import COMPETENCY, COMPETENCY_WORDS, FIRST_DAY, WHOLE

OFFERED_AND_TRIED_AGAIN = all_of(
    clause(
        "support",
        "After the first try, support in the subject was offered.",
        fact.support_offered >= fact.first_sitting,
        COMPETENCY,
        next="ask for the support the school must offer",
    ),
    clause(
        "retake",
        "The test was taken again: {sittings} sittings or more.",
        fact.test_sittings >= param.sittings,
        COMPETENCY,
        next="take the test again",
    ),
)

COLLEGE_COURSE = some(
    fact.college_courses,
    all_of(
        clause(
            "college-credit",
            "College credit earned in a course of the subject.",
            fact.college_credit,
            COMPETENCY,
            next="earn college credit in a course of the subject",
        ),
        clause(
            "not-remedial",
            "The course is not remedial.",
            fact.course_form.is_("college-level"),
            COMPETENCY,
            next="take a college course that is not remedial",
        ),
    ),
)

REMEDIATION_FREE = by_case(
    fact.subject,
    {
        ALGEBRA: any_of(
            clause(
                "act-mathematics",
                "ACT mathematics {act_mathematics} or higher.",
                fact.act_mathematics >= param.act_mathematics,
                COMPETENCY,
                next="take the ACT in mathematics",
            ),
            clause(
                "sat-mathematics",
                "SAT mathematics {sat_mathematics} or higher.",
                fact.sat_mathematics >= param.sat_mathematics,
                COMPETENCY,
                next="take the SAT in mathematics",
            ),
        ),
        ENGLISH: any_of(
            all_of(
                clause(
                    "act-english",
                    "ACT English {act_english} or higher.",
                    fact.act_english >= param.act_english,
                    COMPETENCY,
                    next="take the ACT in English",
                ),
                clause(
                    "act-reading",
                    "ACT reading {act_reading} or higher.",
                    fact.act_reading >= param.act_reading,
                    COMPETENCY,
                    next="take the ACT in reading",
                ),
            ),
            clause(
                "sat-reading-writing",
                "SAT evidence-based reading and writing {sat_reading_writing} or higher.",
                fact.sat_reading_writing >= param.sat_reading_writing,
                COMPETENCY,
                next="take the SAT in reading and writing",
            ),
        ),
    },
)

CAREER_EXPERIENCE = enough_of(
    "career-experience",
    "Career experience and technical skill: {demonstrations} demonstrations, {foundational} or more of them "
    "foundational.",
    fact.demonstrations,
    fact.demonstration,
    param.demonstration_kinds,
    param.demonstrations,
    take("foundational", at_least=param.foundational),
    where=any_of(fact.demonstration_shown, fact.demonstration_seal),
    cites=WHOLE,
    next="show career experience and technical skill",
)

ENLISTMENT = clause(
    "enlistment",
    "A signed contract to enter the armed forces (form DD 4).",
    fact.enlistment_forms >= 1,
    WHOLE,
)

competency = Policy(
    "us-oh/competency",
    FIRST_DAY,
    Question.CERTIFICATION,
    "Competency in a subject: the end-of-course test, or after support and a retake an alternative",
    COMPETENCY,
    any_of(
        clause(
            "competency-score",
            "A scale score of {competency_score} or higher on the end-of-course test, in whatever grade it was taken.",
            fact.test_score >= param.competency_score,
            COMPETENCY,
            next="reach the score on the end-of-course test",
        ),
        clause(
            "alternate-assessment",
            "Basic or higher on the alternate assessment, for a student who takes it in place of the test.",
            fact.alternate_level >= param.basic,
            COMPETENCY,
        ),
        all_of(
            OFFERED_AND_TRIED_AGAIN,
            any_of(COLLEGE_COURSE, REMEDIATION_FREE, CAREER_EXPERIENCE, ENLISTMENT),
        ),
    ),
    jurisdiction="us-oh",
    subject="requirement",
    award="competency",
    applies=BOUND,
    sheet=SHEET,
    words=COMPETENCY_WORDS,
)

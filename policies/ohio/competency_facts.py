"""What the rule of competency reads: tests, support, and what may stand in place of the test."""

from ledger.policy import UNKNOWN, FactDefinition, FactType, FieldIs, Reads
from policies.ohio.cohort import COHORT_FACTS
from policies.ohio.records import (
    COLLEGE_CREDIT_PLUS,
    END_OF_COURSE,
    alternate_level,
    best_score,
    decided,
    named,
    on_record,
    subjects,
)

ALGEBRA, ENGLISH = "us-oh/algebra", "us-oh/english-language-arts-2"

TESTS = (FieldIs("kind", "exam"), FieldIs("instrument", END_OF_COURSE))

OHIOMEANSJOBS = "us-oh/ohiomeansjobs-seal"

DEMONSTRATIONS = (
    "us-oh/webxams",
    "us-oh/industry-credentials",
    "us-oh/apprenticeship",
    "us-oh/state-licence",
    "us-oh/work-based-learning",
    "us-oh/workkeys",
    OHIOMEANSJOBS,
)
"""The requirements whose decisions are demonstrations; which are foundational, a parameter says."""

COLLEGE_COURSES = FactDefinition(
    "college_courses",
    "College Credit Plus courses in the subject",
    "items.1",
    FactType.LIST,
    Reads.EVIDENCE,
    measure="presence",
    where=(FieldIs("kind", "course_grade"), FieldIs("instrument", COLLEGE_CREDIT_PLUS)),
    when_none=(),
    members=(
        FactDefinition(
            "college_credit",
            "college credit was earned",
            "item.passed",
            FactType.BOOLEAN,
            Reads.EVIDENCE,
            when_none=False,
        ),
        FactDefinition(
            "course_form",
            "whether the course is college-level or remedial",
            "item.form",
            FactType.TEXT,
            Reads.EVIDENCE,
            when_none=UNKNOWN,
            choices=("college-level", "remedial"),
        ),
    ),
)

CAREER_DEMONSTRATIONS = subjects(
    "demonstrations",
    "demonstrations of career experience and technical skill",
    tuple(f"requirement/{name}" for name in DEMONSTRATIONS),
    Reads.DECISION,
    named("demonstration", "demonstration", Reads.DECISION, choices=DEMONSTRATIONS),
    decided("demonstration_shown", "the demonstration is shown", "CERTIFICATION", "demonstration"),
    decided("demonstration_seal", "the seal it stands for is earned", "CERTIFICATION", "seal"),
)

SHEET = (
    *COHORT_FACTS,
    FactDefinition(
        "subject",
        "subject in which competency is to be shown",
        "subject.1",
        FactType.TEXT,
        Reads.FRAMEWORK,
        when_none=UNKNOWN,
        choices=(ALGEBRA, ENGLISH),
    ),
    best_score("test_score", "best scale score on the end-of-course test of the subject", END_OF_COURSE),
    on_record("test_sittings", "sittings of the end-of-course test of the subject", *TESTS, unit="sittings"),
    FactDefinition(
        "first_sitting",
        "day of the first sitting of the end-of-course test",
        "first_date.1",
        FactType.DATE,
        Reads.EVIDENCE,
        measure="presence",
        where=TESTS,
    ),
    FactDefinition(
        "support_offered",
        "day on which support was last offered in the subject",
        "last_date.1",
        FactType.DATE,
        Reads.SUPPORT,
        measure="presence",
    ),
    alternate_level("best performance level on the alternate assessment of the subject"),
    COLLEGE_COURSES,
    best_score("act_mathematics", "best ACT mathematics score", "act-mathematics"),
    best_score("sat_mathematics", "best SAT mathematics score", "sat-mathematics"),
    best_score("act_english", "best ACT English score", "act-english"),
    best_score("act_reading", "best ACT reading score", "act-reading"),
    best_score("sat_reading_writing", "best SAT evidence-based reading and writing score", "sat-reading-and-writing"),
    CAREER_DEMONSTRATIONS,
    on_record(
        "enlistment_forms",
        "signed enlistment forms DD 4",
        FieldIs("instrument", "dd-4"),
        unit="forms",
        about="requirement/us-oh/military-enlistment-seal",
    ),
)

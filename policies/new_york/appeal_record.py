"""What an appeal of a Regents score rests on: tries, earlier appeals, help, recommendation, the school's committee."""

from ledger.policy import UNKNOWN, Counted, FactDefinition, FactType, FieldIs, Reads
from policies.new_york.exams import (
    DISABILITY,
    ENGLISH_LEARNER,
    EXAM,
    POINTS,
    TRIES,
    TRY_NUMBER,
    best_score,
    sittings,
)

POLICY = "us-ny/regents-appeal"
"""The policy, which counts its own earlier awards."""

RECORD = (
    TRIES,
    best_score("best", "highest score on the exam"),
    sittings(POINTS, DISABILITY),
    sittings(TRY_NUMBER, ENGLISH_LEARNER, name="numbered_tries"),
    EXAM,
    FactDefinition(
        "appeals_granted",
        "appeals granted on other exams",
        "awarded.1",
        FactType.FRACTION,
        Reads.DECISION,
        unit="appeals",
        arguments=(
            ("question", "CERTIFICATION"),
            ("award", "appeal"),
            ("policy", POLICY),
            ("key", "appeals"),
            ("year_starts", ""),
        ),
        when_none=0,
        lowest=0,
    ),
    FactDefinition(
        "help_taken_up",
        "times academic help in the subject was taken up",
        "count.1",
        FactType.INTEGER,
        Reads.SUPPORT,
        measure="presence",
        unit="times",
        where=(FieldIs("stage", "provided"),),
        when_none=0,
        lowest=0,
    ),
    FactDefinition(
        "recommended",
        "recommended by the subject teacher or the department chair",
        "approved.1",
        FactType.BOOLEAN,
        Reads.APPROVAL,
        arguments=(("kind", "recommendation"),),
        when_none=False,
    ),
    FactDefinition(
        "committee",
        "the school committee's decision",
        "panel_result.1",
        FactType.CHOICE,
        Reads.PANEL,
        arguments=(("body", "us-ny/school-committee"),),
        choices=("carried", "not_carried", "sent_back"),
    ),
)
"""What both texts ask about."""

RECORD_OF_2005 = (
    FactDefinition(
        "grade_9_entry",
        "year in which the learner's grade 9 began",
        "cohort.1",
        FactType.INTEGER,
        Reads.COHORT,
        unit="year",
        arguments=(("clock", "grade-9-entry"),),
        when_none=UNKNOWN,
    ),
    FactDefinition(
        "attendance",
        "attendance in the course, apart from excused absences",
        "ratio.1",
        FactType.FRACTION,
        Reads.EVIDENCE,
        measure="value",
        unit="percent",
        where=(FieldIs("kind", "attendance"), Counted(("practice", "formative", "summative"))),
        lowest=0,
        highest=100,
    ),
    FactDefinition(
        "course_average",
        "final average of the course",
        "best.1",
        FactType.FRACTION,
        Reads.EVIDENCE,
        measure="value",
        unit="points",
        where=(FieldIs("kind", "course_grade"),),
    ),
)
"""What the text of 2005 asks about beside."""

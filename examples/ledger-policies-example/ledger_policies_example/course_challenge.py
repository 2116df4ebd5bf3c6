"""Midland (invented): credit for a course a learner challenges by examination before it begins."""

from datetime import date

from ledger.policy import (
    UNKNOWN,
    Citation,
    Confidence,
    FactDefinition,
    FactType,
    FieldIn,
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
    not_,
    param,
)

RULE = Citation("Midland Rule 7 (invented)", confidence=Confidence.VERBATIM)

CHALLENGE = (FieldIs("kind", "exam"), FieldIs("purpose", "summative"), FieldIn("instrument", param.examinations))

SHEET = (
    FactDefinition(
        "enrolled",
        "enrolled in the course",
        "status.1",
        FactType.BOOLEAN,
        Reads.STATUS,
        arguments=(("code", "example-midland/enrolled"),),
        when_none=UNKNOWN,
    ),
    FactDefinition(
        "tries",
        "examinations taken to challenge the course",
        "count.1",
        FactType.INTEGER,
        Reads.EVIDENCE,
        measure="presence",
        unit="examinations",
        where=CHALLENGE,
        when_none=0,
        lowest=0,
    ),
    FactDefinition(
        "score",
        "best score among them",
        "best.1",
        FactType.FRACTION,
        Reads.EVIDENCE,
        measure="percent",
        unit="percent",
        where=CHALLENGE,
    ),
    FactDefinition(
        "taken_on", "day of the first of them", "first_date.1", FactType.DATE, Reads.EVIDENCE, where=CHALLENGE
    ),
    FactDefinition(
        "course_begins",
        "first day of the course",
        "status_day.1",
        FactType.DATE,
        Reads.STATUS,
        arguments=(("code", "example-midland/course-begins"), ("edge", "first")),
        when_none=UNKNOWN,
    ),
)

credit = Policy(
    "example-midland/course-challenge",
    date(2020, 7, 1),
    Question.CREDIT,
    "Credit by challenging a course",
    RULE,
    all_of(
        clause(
            "in-time",
            "The first examination is taken before the course begins.",
            any_of(not_(fact.taken_on.exists()), fact.taken_on < fact.course_begins),
            RULE["(3)"],
            final=True,
        ),
        final_when(
            fact.tries >= param.tries,
            clause(
                "score",
                "{score} percent or more on an examination of the state's list.",
                fact.score >= param.score,
                RULE["(1)"],
                next="sit an examination of the list",
            ),
        ),
    ),
    eligible=clause("not-enrolled", "The learner is not enrolled in the course.", not_(fact.enrolled), RULE["(2)"]),
    jurisdiction="example-midland",
    subject="course",
    sheet=SHEET,
    grants=(grant("credit", param.credit), grant("transcript", "challenged")),
    words=Words(met="credit earned", denied="no credit by challenge", learner="student", target="course"),
)

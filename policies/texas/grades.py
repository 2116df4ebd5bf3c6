"""What Texas rules of course credit read and share: the final grade, the grades of halves, attendance."""

from ledger.policy import (
    UNKNOWN,
    Citation,
    Confidence,
    FactDefinition,
    FactType,
    FieldIn,
    FieldIs,
    Reads,
    all_of,
    any_of,
    clause,
    fact,
    param,
    some,
)
from policies.texas.attendance import BY_EXAMINATION, CODE

TAC = Citation("19 TAC §74.26", confidence=Confidence.VERBATIM)

HALVES = ("first-half", "second-half")
"""The items under which grades of the halves of a course are recorded, in their order."""

GRADES_OF_HALVES = (FieldIs("kind", "course_grade"), FieldIn("item", HALVES))


def best_in_half(name: str, says: str, kind: str, half: str) -> FactDefinition:
    """Define the best result of a kind of evidence in one half of the course, on a scale of 100."""
    return FactDefinition(
        name,
        says,
        "best.1",
        FactType.FRACTION,
        Reads.EVIDENCE,
        measure="percent",
        unit="percent",
        where=(FieldIs("kind", kind), FieldIs("item", half)),
    )


FINAL_GRADE_OF_COURSE = FactDefinition(
    "final_grade",
    "final grade in the course",
    "best.1",
    FactType.FRACTION,
    Reads.EVIDENCE,
    measure="percent",
    unit="percent",
    where=(FieldIs("kind", "course_grade"), FieldIs("item", "whole-course")),
)

GRADED_HALVES = FactDefinition(
    "halves",
    "graded halves of the course",
    "items.1",
    FactType.LIST,
    Reads.EVIDENCE,
    measure="percent",
    where=GRADES_OF_HALVES,
    when_none=(),
    members=(
        FactDefinition("half", "half", "item.item", FactType.CHOICE, Reads.EVIDENCE, choices=HALVES, when_none=UNKNOWN),
        FactDefinition(
            "half_grade",
            "grade in the half, on a scale of 100",
            "item.percent",
            FactType.FRACTION,
            Reads.EVIDENCE,
            measure="percent",
            unit="percent",
        ),
        FactDefinition(
            "in_care",
            "homeless or in substitute care on the day of the grade",
            "item.status",
            FactType.BOOLEAN,
            Reads.STATUS,
            arguments=(("code", "us-tx/homeless-or-in-substitute-care"),),
            when_none=UNKNOWN,
            sensitive=True,
        ),
    ),
)

ATTENDANCE_DECIDED = FactDefinition(
    "attendance_suffices",
    "attendance for credit has been decided as met",
    "decision.1",
    FactType.BOOLEAN,
    Reads.DECISION,
    measure="met",
    arguments=(("question", "CREDIT"), ("award", "attendance")),
    when_none=False,
)

FINAL_GRADE = clause(
    "final-grade",
    "A final grade of {passing} or higher on a scale of 100.",
    fact.final_grade >= param.passing,
    TAC,
    next="earn a passing final grade",
)

HALF = some(
    fact.halves,
    all_of(
        clause(
            "half",
            "{passing} or higher on a scale of 100 in one half of the course.",
            fact.half_grade >= param.passing,
            TAC,
        ),
        clause(
            "proportional",
            "The district gives proportional credit for half a course; for a student who is homeless or in "
            "substitute care it must.",
            any_of(param.half_route, fact.in_care),
            TAC,
        ),
    ),
    name=fact.half,
)

ATTENDANCE = clause(
    "attendance",
    "Attendance suffices for credit, or is not asked for because credit for the course was earned by examination.",
    any_of(fact.attendance_suffices, BY_EXAMINATION),
    CODE,
    next="settle attendance for credit",
)

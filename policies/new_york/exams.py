"""What several New York rules read: tries of a Regents exam, the course, entitlements, and where the rules stand."""

from ledger.policy import UNKNOWN, Citation, Confidence, FactDefinition, FactType, FieldIs, Reads

APPEALS = Citation("State Education Department on 8 NYCRR 100.5(d)(7)", confidence=Confidence.VERBATIM)
"""Appeals: read on the Department's own pages and in its memoranda, not in the regulation."""

SAFETY_NETS = Citation("State Education Department on the safety nets of 8 NYCRR 100.5", confidence=Confidence.VERBATIM)
"""Safety nets for learners with disabilities: read on the Department's own pages."""

REGENTS = (FieldIs("kind", "exam"), FieldIs("instrument", "us-ny/regents"))
"""Results of Regents exams, by the code of the instrument."""

ENGLISH = "requirement/us-ny/regents-english"
MATHEMATICS = "requirement/us-ny/regents-mathematics"
"""The two required exams that rules name."""

TRIES = FactDefinition(
    "tries",
    "times the exam was taken",
    "count.1",
    FactType.INTEGER,
    Reads.EVIDENCE,
    measure="presence",
    unit="times",
    where=REGENTS,
    when_none=0,
    lowest=0,
)

TRY_NUMBER = FactDefinition(
    "try_number", "number of the try", "item.ordinal", FactType.INTEGER, Reads.EVIDENCE, when_none=UNKNOWN, lowest=1
)

TAKEN_ON = FactDefinition(
    "taken_on", "day of the try", "item.occurred", FactType.DATE, Reads.EVIDENCE, when_none=UNKNOWN
)

POINTS = FactDefinition(
    "points", "score", "item.value", FactType.FRACTION, Reads.EVIDENCE, measure="value", unit="points"
)

ENGLISH_LEARNER = FactDefinition(
    "english_learner",
    "an identified English learner on the day of the try, who entered a US school in grade 9 or later",
    "item.status",
    FactType.BOOLEAN,
    Reads.STATUS,
    arguments=(("code", "us-ny/english-learner"),),
    when_none=UNKNOWN,
    sensitive=True,
)

DISABILITY = FactDefinition(
    "disability",
    "entitled to the safety nets for learners with disabilities on the day of the try",
    "item.status",
    FactType.BOOLEAN,
    Reads.STATUS,
    arguments=(("code", "us-ny/disability-safety-net"),),
    when_none=UNKNOWN,
    sensitive=True,
)


def sittings(*members: FactDefinition, name: str = "sittings") -> FactDefinition:
    """Define the list of tries of the exam, in their order, each with these members."""
    return FactDefinition(
        name,
        "tries of the exam",
        "items.1",
        FactType.LIST,
        Reads.EVIDENCE,
        measure="presence",
        where=REGENTS,
        when_none=(),
        members=members,
    )


def best_score(name: str, says: str, about: str = "") -> FactDefinition:
    """Define the highest score on an exam: the rule's own, or the one named; ABSENT where it was never taken."""
    return FactDefinition(
        name,
        says,
        "best.1",
        FactType.FRACTION,
        Reads.EVIDENCE,
        measure="value",
        unit="points",
        where=REGENTS,
        about=about,
    )


EXAM = FactDefinition("exam", "code of the exam", "subject.1", FactType.TEXT, Reads.FRAMEWORK, when_none=UNKNOWN)

COURSE_PASSED = FactDefinition(
    "course_passed",
    "course in the subject of the exam passed, by its final grade",
    "best.1",
    FactType.BOOLEAN,
    Reads.EVIDENCE,
    measure="passed",
    where=(FieldIs("kind", "course_grade"),),
)

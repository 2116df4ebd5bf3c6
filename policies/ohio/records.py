"""Facts that several rules of Ohio fold alike: the best score, the best grade, how many are on record."""

from ledger.policy import FactDefinition, FactType, FieldIn, FieldIs, Reads
from ledger.policy.facts import Filter
from ledger.policy.terms import ParamTerm

COLLEGE_CREDIT_PLUS = "us-oh/college-credit-plus"
"""The instrument of a result in a College Credit Plus course."""

END_OF_COURSE = "us-oh/end-of-course"
"""The instrument of a result in a state end-of-course test."""


def best_score(name: str, says: str, *instruments: str) -> FactDefinition:
    """Define the best score in the examinations of these instruments."""
    return FactDefinition(
        name,
        says,
        "best.1",
        FactType.FRACTION,
        Reads.EVIDENCE,
        measure="value",
        unit="points",
        where=(FieldIs("kind", "exam"), FieldIn("instrument", instruments)),
    )


def alternate_level(says: str) -> FactDefinition:
    """Define the best performance level, as a number, on the alternate assessment, which tells of a disability."""
    return FactDefinition(
        "alternate_level",
        says,
        "best.1",
        FactType.FRACTION,
        Reads.EVIDENCE,
        measure="value",
        unit="performance level",
        where=(FieldIs("kind", "exam"), FieldIs("instrument", "us-oh/alternate-assessment")),
        sensitive=True,
    )


def best_grade(name: str, says: str, instrument: str) -> FactDefinition:
    """Define the best grade in courses of this instrument, as a level of the scale A 4 to F 0."""
    return FactDefinition(
        name,
        says,
        "best.1",
        FactType.FRACTION,
        Reads.EVIDENCE,
        unit="level",
        where=(FieldIs("kind", "course_grade"), FieldIs("instrument", instrument)),
    )


def on_record(name: str, says: str, *where: Filter, unit: str, about: str = "") -> FactDefinition:
    """Define how many pieces of evidence of a sort are on record."""
    return FactDefinition(
        name,
        says,
        "count.1",
        FactType.INTEGER,
        Reads.EVIDENCE,
        measure="presence",
        unit=unit,
        where=where,
        when_none=0,
        lowest=0,
        about=about,
    )


def different(name: str, says: str, field: str, *where: Filter, unit: str) -> FactDefinition:
    """Define how many different values a field has in the evidence of a sort."""
    return FactDefinition(
        name,
        says,
        "distinct.1",
        FactType.INTEGER,
        Reads.EVIDENCE,
        measure="presence",
        unit=unit,
        where=where,
        arguments=(("field", field),),
        when_none=0,
        lowest=0,
    )


def best_of_each(name: str, says: str, *where: Filter) -> FactDefinition:
    """Define the sum of the best points for each item of a sort, so that nothing repeated counts twice."""
    return FactDefinition(
        name,
        says,
        "sum_of_each.1",
        FactType.FRACTION,
        Reads.EVIDENCE,
        measure="value",
        unit="points",
        where=where,
        arguments=(("each", "item"), ("one", "best")),
    )


def subjects(
    name: str, says: str, of: "tuple[str, ...] | ParamTerm", reads: Reads, *members: FactDefinition
) -> FactDefinition:
    """Define a list of requirements, by the keys of `of`, with the same facts about each."""
    return FactDefinition(
        name,
        says,
        "subjects.1",
        FactType.LIST,
        reads,
        measure="presence",
        arguments=(("of", of),),
        when_none=(),
        members=members,
    )


def named(name: str, says: str, reads: Reads, choices: tuple[str, ...] = ()) -> FactDefinition:
    """Define the member that names the requirement by its id."""
    return FactDefinition(name, says, "item.id", FactType.TEXT, reads, measure="presence", choices=choices)


def decided(name: str, says: str, question: str, award: str) -> FactDefinition:
    """Define whether a decision of a question and award stands as met; where there is none, it does not."""
    return FactDefinition(
        name,
        says,
        "decision.1",
        FactType.BOOLEAN,
        Reads.DECISION,
        measure="met",
        arguments=(("question", question), ("award", award)),
        when_none=False,
    )

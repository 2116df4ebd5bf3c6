"""Texas: acceleration by one grade, from grades 1 to 5, by examination in each of four subjects."""

from datetime import date

from ledger.policy import (
    UNKNOWN,
    Citation,
    Confidence,
    FactDefinition,
    FactType,
    FieldIs,
    Policy,
    Question,
    Reads,
    Words,
    all_of,
    clause,
    each,
    fact,
    param,
)

CODE = Citation("Texas Education Code §28.023; 19 TAC §74.24", confidence=Confidence.SECONDARY)

SUBJECT = (
    FactDefinition("subject", "subject", "item.id", FactType.TEXT, Reads.EVIDENCE, measure="presence"),
    FactDefinition(
        "percent",
        "best percent correct on the examination of the subject",
        "best.1",
        FactType.FRACTION,
        Reads.EVIDENCE,
        measure="percent",
        unit="percent",
        where=(FieldIs("kind", "exam"),),
    ),
)


def _said(name: str, says: str, kind: str) -> FactDefinition:
    return FactDefinition(name, says, "approved.1", FactType.BOOLEAN, Reads.APPROVAL, arguments=(("kind", kind),))


SHEET = (
    FactDefinition(
        "acceleration",
        "the acceleration asked for",
        "subject.1",
        FactType.TEXT,
        Reads.FRAMEWORK,
        when_none=UNKNOWN,
    ),
    FactDefinition(
        "subjects",
        "subjects of the grade",
        "subjects.1",
        FactType.LIST,
        Reads.EVIDENCE,
        measure="presence",
        arguments=(("of", param.examinations.by(fact.acceleration)),),
        when_none=(),
        members=SUBJECT,
    ),
    _said("recommended", "recommended by the district's representative", "recommendation"),
    _said("parent_approves", "approved in writing by a parent or guardian", "consent"),
)

advancement = Policy(
    "us-tx/acceleration",
    date(2013, 6, 14),
    Question.ADVANCEMENT,
    "Acceleration by one grade, grades 1 to 5",
    CODE,
    all_of(
        each(
            fact.subjects,
            clause(
                "examination",
                "{score} % or more on the examination of the subject; a higher score in another subject makes up "
                "for nothing.",
                fact.percent >= param.score,
                CODE,
                next="sit the examination of each subject still open",
            ),
            name=fact.subject,
        ),
        clause(
            "recommended",
            "A representative of the district recommends the acceleration.",
            fact.recommended,
            CODE,
            next="ask the district's representative for a recommendation",
        ),
        clause(
            "parent",
            "A parent or guardian approves in writing.",
            fact.parent_approves,
            CODE,
            next="ask a parent or guardian for written approval",
        ),
    ),
    jurisdiction="us-tx",
    subject="requirement",
    applies=clause(
        "grade",
        "The acceleration is from one of grades 1 to 5; for kindergarten the district has its own procedure.",
        fact.acceleration.in_(param.grades),
        CODE,
    ),
    sheet=SHEET,
    words=Words(met="may skip the grade", learner="student", target="acceleration"),
)

"""A policy whose edition another plugin gives as well."""

from datetime import date

from ledger.policy import (
    Citation,
    FactDefinition,
    FactType,
    Policy,
    Question,
    Reads,
    clause,
    fact,
)
from ledger.policy.hookspecs import hookimpl

LAW = Citation("Invented law")


@hookimpl
def ledger_policies():
    """Give the edition that is there already."""
    yield Policy(
        "us-ex/sound",
        date(2020, 1, 1),
        Question.CREDIT,
        "A policy",
        LAW,
        clause("score", "80 points.", fact.score >= 80, LAW),
        jurisdiction="us-ex",
        subject="course",
        sheet=(FactDefinition("score", "score", "best.1", FactType.INTEGER, Reads.EVIDENCE),),
    )

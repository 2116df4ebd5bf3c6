"""A policy that compares a day with a number."""

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
    """Give a policy that compares what has nothing in common."""
    yield Policy(
        "us-ex/policy",
        date(2020, 1, 1),
        Question.CREDIT,
        "A policy",
        LAW,
        clause("score", "80 points.", fact.score >= 80, LAW),
        jurisdiction="us-ex",
        subject="course",
        sheet=(FactDefinition("score", "day of the score", "last_date.1", FactType.DATE, Reads.EVIDENCE),),
    )

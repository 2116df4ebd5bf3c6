"""A policy that reads a fact its sheet does not declare."""

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
    """Give a policy with a misspelt fact."""
    yield Policy(
        "us-ex/policy",
        date(2020, 1, 1),
        Question.CREDIT,
        "A policy",
        LAW,
        clause("score", "80 points.", fact.scor >= 80, LAW),
        jurisdiction="us-ex",
        subject="course",
        sheet=(FactDefinition("score", "score", "best.1", FactType.INTEGER, Reads.EVIDENCE),),
    )

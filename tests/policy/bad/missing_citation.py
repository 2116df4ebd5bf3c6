"""A policy with a clause that does not say where it comes from."""

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


@hookimpl
def ledger_policies():
    """Give a policy without a source."""
    yield Policy(
        "us-ex/policy",
        date(2020, 1, 1),
        Question.CREDIT,
        "A policy",
        Citation("Invented law"),
        clause("score", "80 points.", fact.score >= 80),
        jurisdiction="us-ex",
        subject="course",
        sheet=(FactDefinition("score", "score", "best.1", FactType.INTEGER, Reads.EVIDENCE),),
    )

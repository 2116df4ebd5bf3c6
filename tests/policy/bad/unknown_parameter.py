"""A policy that reads a parameter nobody gives."""

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
    param,
)
from ledger.policy.hookspecs import hookimpl

LAW = Citation("Invented law")


@hookimpl
def ledger_policies():
    """Give a policy with a parameter that is not there."""
    yield Policy(
        "us-ex/policy",
        date(2020, 1, 1),
        Question.CREDIT,
        "A policy",
        LAW,
        clause("score", "Enough points.", fact.score >= param.cut, LAW),
        jurisdiction="us-ex",
        subject="course",
        sheet=(FactDefinition("score", "score", "best.1", FactType.INTEGER, Reads.EVIDENCE),),
    )

"""A policy that reads decisions which are made after its own."""

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
    """Give a policy of credit that reads graduation."""
    yield Policy(
        "us-ex/policy",
        date(2020, 1, 1),
        Question.CREDIT,
        "A policy",
        LAW,
        clause("done", "Graduated.", fact.done, LAW),
        jurisdiction="us-ex",
        subject="course",
        sheet=(
            FactDefinition(
                "done",
                "graduated",
                "decision.1",
                FactType.BOOLEAN,
                Reads.DECISION,
                arguments=(("question", "GRADUATION"),),
                when_none=False,
            ),
        ),
    )

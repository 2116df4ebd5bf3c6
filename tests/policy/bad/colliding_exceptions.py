"""A policy whose two exceptions can both hold."""

from datetime import date

from ledger.policy import (
    Citation,
    FactDefinition,
    FactType,
    Policy,
    Question,
    Reads,
    but_if,
    by_default,
    clause,
    fact,
)
from ledger.policy.hookspecs import hookimpl

LAW = Citation("Invented law")


def status(name):
    """Declare a status of the learner."""
    return FactDefinition(name, name, "status.1", FactType.BOOLEAN, Reads.STATUS, arguments=(("code", name),))


@hookimpl
def ledger_policies():
    """Give a policy in which a transferred learner with prior instruction has two cuts."""
    yield Policy(
        "us-ex/policy",
        date(2020, 1, 1),
        Question.CREDIT,
        "A policy",
        LAW,
        by_default(
            clause("score", "80 points.", fact.score >= 80, LAW),
            but_if(fact.prior_instruction, clause("after-instruction", "70 points.", fact.score >= 70, LAW)),
            but_if(fact.transferred, clause("transfer", "75 points.", fact.score >= 75, LAW)),
        ),
        jurisdiction="us-ex",
        subject="course",
        sheet=(
            FactDefinition("score", "score", "best.1", FactType.INTEGER, Reads.EVIDENCE),
            status("prior_instruction"),
            status("transferred"),
        ),
    )

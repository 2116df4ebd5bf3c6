"""A policy that reads decisions which are made after its own."""

from ledger.policy import FactDefinition, FactType, Reads, clause, fact
from ledger.policy.hookspecs import hookimpl
from tests.policy.sound import LAW, sound

DONE = FactDefinition(
    "done",
    "graduated",
    "decision.1",
    FactType.BOOLEAN,
    Reads.DECISION,
    arguments=(("question", "GRADUATION"),),
    when_none=False,
)


@hookimpl
def ledger_policies():
    """Give a policy of credit that reads graduation."""
    yield sound("us-ex/policy", requires=clause("done", "Graduated.", fact.done, LAW), sheet=(DONE,))

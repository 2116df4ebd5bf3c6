"""A policy that compares a day with a number."""

from ledger.policy import FactDefinition, FactType, Reads
from ledger.policy.hookspecs import hookimpl
from tests.policy.sound import sound

DAY = FactDefinition("score", "day of the score", "last_date.1", FactType.DATE, Reads.EVIDENCE)


@hookimpl
def ledger_policies():
    """Give a policy that compares what has nothing in common."""
    yield sound(
        "us-ex/policy", sheet=(FactDefinition("score", "day of it", "last_date.1", FactType.DATE, Reads.EVIDENCE),)
    )

"""A policy that reads a parameter nobody gives."""

from ledger.policy import clause, fact, param
from ledger.policy.hookspecs import hookimpl
from tests.policy.sound import LAW, sound


@hookimpl
def ledger_policies():
    """Give a policy with a parameter that is not there."""
    yield sound("us-ex/policy", requires=clause("score", "Enough points.", fact.score >= param.cut, LAW))

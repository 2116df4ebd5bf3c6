"""A policy that reads a fact its sheet does not declare."""

from ledger.policy import clause, fact
from ledger.policy.hookspecs import hookimpl
from tests.policy.sound import LAW, sound


@hookimpl
def ledger_policies():
    """Give a policy with a misspelt fact."""
    yield sound("us-ex/policy", requires=clause("score", "80 points.", fact.scor >= 80, LAW))

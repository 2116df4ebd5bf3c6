"""A plugin that gives a rule with a bad file beside it."""

from bad_package import rule

from ledger.policy.hookspecs import hookimpl
from ledger.policy.modules import module


@hookimpl
def ledger_policies():
    """Give the rule; the catalogue reads the file."""
    yield module(rule.__name__, rule.policy)

"""A plugin that misspells its hook."""

from ledger.policy.hookspecs import hookimpl


@hookimpl
def ledger_polices():
    """Give nothing, under a name nobody calls."""
    return []

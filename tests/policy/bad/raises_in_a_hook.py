"""A plugin whose hook raises half way."""

from ledger.policy.hookspecs import hookimpl

PLACES = {}


@hookimpl
def ledger_policies():
    """Raise before anything is given."""
    yield PLACES["us-ex"]

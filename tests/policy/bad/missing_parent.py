"""A district whose state nobody knows."""

from ledger.policy import Jurisdiction
from ledger.policy.hookspecs import hookimpl


@hookimpl
def ledger_jurisdictions():
    """Give a district of a state that is not there."""
    yield Jurisdiction("us-ex/lakeside", "Lakeside", "district", parent="us-xe")

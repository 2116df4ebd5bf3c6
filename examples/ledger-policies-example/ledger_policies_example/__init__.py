"""Policies of Midland, a state invented for this example."""

from collections.abc import Iterator

from ledger.policy import Jurisdiction
from ledger.policy.hookspecs import hookimpl
from ledger.policy.modules import PolicyModule, module
from ledger_policies_example import course_challenge


@hookimpl
def ledger_jurisdictions() -> Iterator[Jurisdiction]:
    """Give the invented state."""
    yield Jurisdiction("example-midland", "Midland (invented)", "state", zone="America/Chicago")


@hookimpl
def ledger_policies() -> Iterator[PolicyModule]:
    """Give its one policy, with the files beside it."""
    yield module(course_challenge.__name__, course_challenge.credit)

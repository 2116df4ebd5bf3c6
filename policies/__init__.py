"""The policies that come with the product; they use the plugin interface and nothing else."""

from collections.abc import Iterator

from ledger.policy.hookspecs import hookimpl
from ledger.policy.model import Jurisdiction
from ledger.policy.modules import PolicyModule, module
from policies.competency_based import course, mastery, readiness
from policies.texas import credit_by_examination


@hookimpl
def ledger_jurisdictions() -> Iterator[Jurisdiction]:
    """Give the states whose law is encoded here."""
    yield Jurisdiction("us-tx", "Texas", "state", zone="America/Chicago")


@hookimpl
def ledger_policies() -> Iterator[PolicyModule]:
    """Give the competency-based baseline and the encoded law of the states."""
    yield module(readiness.__name__, readiness.readiness)
    yield module(mastery.__name__, mastery.mastery)
    yield module(course.__name__, course.credit, course.advancement)
    yield module(credit_by_examination.__name__, credit_by_examination.credit)

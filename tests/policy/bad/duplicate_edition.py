"""A policy whose edition another plugin gives as well."""

from ledger.policy.hookspecs import hookimpl
from tests.policy.sound import sound


@hookimpl
def ledger_policies():
    """Give the edition that is there already."""
    yield sound("us-ex/sound")

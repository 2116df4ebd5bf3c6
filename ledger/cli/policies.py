"""`mastery policies`: look at policies, and try them, without a ledger."""

import click

from ledger.cli.policy_cases import test
from ledger.cli.policy_check import check
from ledger.cli.policy_decide import decide
from ledger.cli.policy_diff import diff
from ledger.cli.policy_explain import explain_case
from ledger.cli.policy_new import new
from ledger.cli.policy_pages import facts, listing, show_policy
from ledger.cli.policy_suggest import suggest
from ledger.cli.policy_tree import tree


@click.group()
def policies() -> None:
    """Look at policies, and try them, without a ledger.

    POLICY is the id of a policy, or id@first-day for one edition of it.
    """


for command in (listing, show_policy, facts, decide, test, explain_case, new, check, diff, suggest, tree):
    policies.add_command(command)

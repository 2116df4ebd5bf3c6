"""`mastery changes`: a change of rules from its proposal to what governs, and back."""

import click

from ledger.cli.change_discussion import comment, discussion
from ledger.cli.change_outcome import outcome
from ledger.cli.change_pages import listing, rules, show_change
from ledger.cli.change_proposals import end, propose, roll_back
from ledger.cli.change_steps import activate, approve, confirm, decline, preview, schedule, submit, withdraw


@click.group()
def changes() -> None:
    """Change what governs: proposed by one person, approved by another, after a preview.

    CHANGE is the number of a change, or its id.
    """


for command in (
    listing,
    show_change,
    rules,
    propose,
    end,
    roll_back,
    preview,
    submit,
    approve,
    decline,
    schedule,
    activate,
    withdraw,
    confirm,
    outcome,
    comment,
    discussion,
):
    changes.add_command(command)

"""`mastery record`: evidence, preparation, a status or an approval, by hand."""

import click

from ledger.cli.record_entries import approval, preparation, status
from ledger.cli.record_evidence import evidence


@click.group()
def record() -> None:
    """Record evidence, preparation, a status or an approval by hand.

    LEARNER is the id of the learner in the system it came from, or the learner's UUID.
    """


for command in (evidence, preparation, status, approval):
    record.add_command(command)

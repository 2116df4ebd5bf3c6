"""`mastery record`: whatever enters a learner's record by hand."""

import click

from ledger.cli.record_belonging import course, enrolment, grade, retraction, transfer
from ledger.cli.record_entries import approval, preparation, status
from ledger.cli.record_evidence import evidence
from ledger.cli.record_panel import panel
from ledger.cli.record_people import choice, cohort, support


@click.group()
def record() -> None:
    """Record evidence and all else that rules read, by hand.

    LEARNER is the id of the learner in the system it came from, or the learner's UUID.
    """


BELONGING = (enrolment, transfer, grade, course, retraction)

for command in (evidence, preparation, support, status, cohort, approval, panel, choice, *BELONGING):
    record.add_command(command)

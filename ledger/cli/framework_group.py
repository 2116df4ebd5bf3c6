"""`mastery frameworks`: the frameworks of a ledger side by side."""

import click

from ledger.cli.framework_aligning import align, alignments, end
from ledger.cli.framework_coverage import coverage
from ledger.cli.framework_lists import designations, listing


@click.group()
def frameworks() -> None:
    """Look at frameworks side by side: what aligns them, and what is evidenced.

    FRAMEWORK is the id of a framework, its title, or the name it was brought in under. No alignment moves a
    decision: evidence about a local competency is read for that competency alone.
    """


for command in (listing, align, end, alignments, coverage, designations):
    frameworks.add_command(command)

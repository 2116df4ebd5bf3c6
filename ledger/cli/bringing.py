"""`mastery import`: frameworks, scales, alignments, rosters and evidence from files."""

import click

from ledger.cli.alignment_import import alignment
from ledger.cli.evidence_import import evidence
from ledger.cli.framework_import import framework, scale
from ledger.cli.roster_import import roster


@click.group("import")
def bring() -> None:
    """Bring in a framework, a scale, alignments, a roster or evidence from a file.

    A file may be brought in again at any time: what is there already is recognised.
    """


for command in (framework, scale, alignment, roster, evidence):
    bring.add_command(command)

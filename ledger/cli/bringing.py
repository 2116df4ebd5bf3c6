"""`mastery import`: frameworks, scales and evidence from files."""

import click

from ledger.cli.evidence_import import evidence
from ledger.cli.framework_import import framework, scale


@click.group("import")
def bring() -> None:
    """Bring in a framework, a scale or evidence from a file.

    A file may be brought in again at any time: what is there already is recognised.
    """


for command in (framework, scale, evidence):
    bring.add_command(command)

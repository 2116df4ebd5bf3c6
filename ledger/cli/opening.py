"""`mastery init`."""

from collections.abc import Iterator
from typing import Literal

import click

from ledger.application import initialise
from ledger.cli.printing import prints, show
from ledger.cli.session import Session, pass_session
from ledger.domain.ledger import LedgerOpened


@click.command()
@click.argument("jurisdiction")
@click.option("--kind", type=click.Choice(["state", "district", "school"]), required=True, help="What it is.")
@click.option("--zone", required=True, help="The time zone of its calendar, such as America/Chicago.")
@click.option("--parent", help="The jurisdiction whose rules bind this one.")
@click.option("--upstream", help="The ledger that frameworks and policies are received from.")
@click.option("--name", help="The ledger's name to the world, such as ledger.example.org/pine-valley.")
@prints(LedgerOpened)
@pass_session
def init(
    session: Session,
    jurisdiction: str,
    kind: Literal["state", "district", "school"],
    zone: str,
    parent: str | None,
    upstream: str | None,
    name: str | None,
    as_json: bool,
) -> None:
    """Make the ledger of a state, a district or a school.

    Example: mastery init us-tx/pine-valley --kind district --zone America/Chicago
    """
    with initialise(
        session.folder,
        jurisdiction,
        kind=kind,
        zone=zone,
        parent=parent,
        upstream=upstream,
        name=name,
        who=session.who,
    ) as ledger:
        opened, path = ledger.opened, ledger.log.path

    def lines(_: LedgerOpened) -> Iterator[str]:
        yield f"Made the ledger of {opened.jurisdiction} ({opened.kind}, {opened.zone}): {path}"
        if name is None:
            yield f"It calls itself {opened.ledger}, a name that is not registered; --name gives it a real one."

    show(opened, as_json, lines)

"""The options by which a named person answers for what cannot be proved."""

from collections.abc import Callable
from typing import Any, TypeVar

import click

from ledger.application import Ledger
from ledger.cli.options import text
from ledger.domain.jurisdiction import Attestation
from ledger.errors import UsageError

Command = TypeVar("Command", bound=Callable[..., Any])


def attested(command: Command) -> Command:
    """Add the options of an attestation."""
    for option in (
        click.option("--attested", "attestation", type=text, help="Why the rule keeps within the bounds; public."),
        click.option("--capacity", type=text, help="In what capacity that person answers, such as superintendent."),
        click.option("--attested-by", type=text, help="Who answers for what cannot be proved, by that person's id."),
    ):
        command = option(command)
    return command


def attestation_of(ledger: Ledger, who: str | None, capacity: str | None, reason: str | None) -> Attestation | None:
    """Return the attestation given, nothing for none; raise `UsageError` for half of one."""
    given = [part is not None for part in (who, capacity, reason)]
    if not any(given):
        return None
    if not all(given):
        raise UsageError("an attestation needs --attested-by, --capacity and --attested together")
    day = ledger.today().isoformat()
    return Attestation(who=ledger.vault.person_id(who or ""), capacity=capacity or "", day=day, reason=reason or "")

"""Options and small readings that the commands about frameworks share."""

from collections.abc import Callable
from datetime import date
from typing import Any, TypeVar

import click

from ledger.application import Ledger
from ledger.application.frameworks import framework_named
from ledger.cli.options import day, text
from ledger.domain.shapes import Authority

Command = TypeVar("Command", bound=Callable[..., Any])

on = click.option("--on", type=day, help="As it holds on this day; today where not given.")
known_at = click.option(
    "--known-at",
    type=click.IntRange(min=1),
    metavar="POSITION",
    help="As the ledger knew it at this position of the log.",
)


def sides(command: Command) -> Command:
    """Add the options that say in which framework a code is meant."""
    state = click.option(
        "--state", "state_framework", type=text, metavar="FRAMEWORK", help="The framework of the state's codes."
    )
    local = click.option(
        "--local", "local_framework", type=text, metavar="FRAMEWORK", help="The framework of the local codes."
    )
    return local(state(command))


def named(ledger: Ledger, framework: str | None) -> str | None:
    """Return the id of a framework that may be named."""
    return None if framework is None else framework_named(ledger.governance(), framework)


def authority_of(body: str, dated: date | None, minute: str | None, link: str | None) -> Authority:
    """Return the body behind a decision as an event holds it."""
    return Authority(body=body, date=dated.isoformat() if dated else None, minute=minute, link=link)

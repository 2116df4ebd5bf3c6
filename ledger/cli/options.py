"""Kinds of values and options that several commands share."""

import unicodedata
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

import click

from ledger.values import legal_date

Command = TypeVar("Command", bound=Callable[..., Any])


def day(value: str) -> date:
    """Read a day of the calendar, as 2026-05-30."""
    try:
        if len(value) != len("2026-05-30"):
            raise ValueError
        return date.fromisoformat(value)
    except ValueError:
        raise click.BadParameter(f"{value!r} is not a date such as 2026-05-30") from None


def since(value: str) -> int | date:
    """Read a position, or a day as 2026-05-30."""
    return int(value) if value.isdecimal() and value.isascii() else day(value)


def moment(value: str) -> str:
    """Read a legal date: a day, where it matters with the time."""
    try:
        return legal_date(value)
    except ValueError as error:
        raise click.BadParameter(str(error)) from None


def text(value: str) -> str:
    """Read a text that is not blank, in Unicode form NFC."""
    found = unicodedata.normalize("NFC", value).strip()
    if not found or any("\ud800" <= letter <= "\udfff" for letter in found):
        raise click.BadParameter("a text is needed here, neither blank nor with broken characters")
    return found


def setting(value: str) -> tuple[str, str]:
    """Read a parameter and its value, as NAME=VALUE."""
    name, sign, said = value.partition("=")
    if not sign or not name.strip():
        raise click.BadParameter(f"{value!r} is not NAME=VALUE, as in level=3")
    return name.strip(), said.strip()


settings = click.option(
    "--param",
    "parameters",
    type=setting,
    metavar="NAME=VALUE",
    multiple=True,
    help="A value of one's own, within what the law leaves open; may be repeated.",
)
plugins = click.option(
    "--plugin",
    "plugins",
    metavar="NAME",
    multiple=True,
    envvar="MASTERY_PLUGINS",
    help="A plugin whose policies are known besides the built-in ones, by its name, or by the folder or file it lies "
    "in; may be repeated.  [env: MASTERY_PLUGINS]",
)
reason = click.option("--reason", type=text, required=True, help="Why; kept in the vault, not in the log.")

document = click.option(
    "--document",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="A file it rests on; a copy is kept beside the ledger, encrypted under the learner's key.",
)


def authority(command: Command) -> Command:
    """Add the options that name the body behind a public decision."""
    for option in (
        click.option("--link", type=text, help="Where the minute can be read."),
        click.option("--minute", type=text, help="The number of the minute."),
        click.option("--dated", type=day, help="The day of the minute."),
        click.option("--authority", "body", type=text, required=True, help="The body that decided it."),
    ):
        command = option(command)
    return command


def page(command: Command) -> Command:
    """Add the options of a list that comes in pages."""
    after = click.option("--after", metavar="CURSOR", help="The cursor that the page before printed.")
    limit = click.option(
        "--limit", type=click.IntRange(1, 100), metavar="ROWS", default=50, show_default=True, help="1 to 100."
    )
    return after(limit(command))

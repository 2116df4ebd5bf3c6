"""What a person is told when something cannot be done: a sentence, or a list of them, and an exit status.

0: done, nothing to say. 1: done or looked at, and there are findings. 2: not done, the request
cannot be met as it stands.
"""

import os
from typing import IO, Any

import click

from ledger.errors import InputFaults, LedgerDamaged, LedgerError, PolicyProblems, UnreadablePolicy

FINDINGS, USAGE = 1, 2
MOST_LINES = 20
"""Faults or problems that are told one by one."""

DEBUG = "MASTERY_DEBUG"
"""Environment variable: 1 shows where an error was raised."""


class Told(click.ClickException):
    """Ends a command with sentences on standard error, without a prefix and without a traceback."""

    def __init__(self, message: str, status: int) -> None:
        super().__init__(message)
        setattr(self, "exit_code", status)  # noqa: B010 - click declares it for the class and reads it here

    def show(self, file: IO[Any] | None = None) -> None:
        """Write the sentences."""
        click.echo(self.message, file=file, err=file is None)


def debugging() -> bool:
    """Say whether errors are to be shown with where they were raised."""
    return os.environ.get(DEBUG) == "1"


def told(error: LedgerError) -> Told:
    """Say an error of the product, with the exit status that goes with it."""
    status = FINDINGS if isinstance(error, LedgerDamaged | UnreadablePolicy) else USAGE
    return Told(said(error), status)


def said(error: LedgerError) -> str:
    """Return an error as sentences, a long list of faults or problems cut short."""
    if isinstance(error, InputFaults):
        return _listed([str(fault) for fault in error.faults], error.more)
    if isinstance(error, PolicyProblems):
        return _listed([str(problem) for problem in error.problems])
    return str(error)


def told_of_system(error: OSError) -> Told:
    """Say what the operating system refused."""
    place = f"{error.filename}: " if error.filename else ""
    return Told(f"{place}{error.strerror or error}", USAGE)


def _listed(lines: list[str], more: int = 0) -> str:
    rest = len(lines) - MOST_LINES + more if len(lines) > MOST_LINES else more
    return "\n".join(lines[:MOST_LINES] + ([f"and {rest} more"] if rest > 0 else []))

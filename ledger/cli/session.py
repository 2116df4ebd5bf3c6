"""What every command of one call shares: the folder, the ledger meant, and who acts."""

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ledger.errors import UnknownName

if TYPE_CHECKING:
    from ledger.application import Ledger
    from ledger.storage.envelope import Author

HOME = Path("mastery-home")
"""The folder where none is named."""

ROLE = "operator"
"""The role of whoever acts through the command line."""


@dataclass(frozen=True, slots=True)
class Session:
    """One call of the command line; `home` is null where none was named."""

    home: Path | None
    ledger: str | None
    who: str

    @property
    def folder(self) -> Path:
        """Return the folder that holds the ledgers."""
        return self.home or HOME

    def open(self, jurisdiction: str | None = None) -> "Ledger":
        """Open the ledger named with --ledger, else that of a jurisdiction, else the only one."""
        from ledger.application import open_ledger

        return open_ledger(self.folder, self.ledger or jurisdiction)

    def author(self, ledger: "Ledger") -> "Author":
        """Return who acts, with a new command id."""
        return ledger.author(self.who, ROLE)


pass_session = click.make_pass_decorator(Session)
"""Gives a command the session as its first argument."""


def learner_of(ledger: "Ledger", name: str) -> str:
    """Return the UUID of a learner named by the id of another system, or by the UUID itself."""
    from ledger.values import is_identifier

    found = ledger.vault.find(name)
    if found is None and not is_identifier(name):
        raise UnknownName(f"no learner has the id {name!r}; `mastery learners` lists those there are")
    identity = found or name
    if not ledger.log.recorder.last_version(f"learner/{identity}"):
        raise UnknownName(f"nothing is on record about the learner {name!r}; `mastery learners` lists those there are")
    return identity

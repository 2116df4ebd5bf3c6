"""The learner a record is about: known, or new where that is said."""

import click

from ledger.application import Ledger
from ledger.errors import UnknownName
from ledger.values import is_identifier

new = click.option("--new", is_flag=True, help="The learner is new to this installation.")


def require_learner(ledger: Ledger, name: str, new: bool) -> str | None:
    """Return the UUID of a learner, null for one to be made; raise `UnknownName` where that was not said."""
    found = ledger.vault.find(name)
    if found is not None:
        return found
    if is_identifier(name) and ledger.log.recorder.last_version(f"learner/{name}"):
        return name
    if not new:
        raise UnknownName(f"no learner has the id {name!r}; to record something about a new learner, add --new")
    return None


def made_learner(ledger: Ledger, name: str, found: str | None) -> str:
    """Return the learner's UUID, made now where there was none."""
    return found or ledger.vault.learner_id(name)

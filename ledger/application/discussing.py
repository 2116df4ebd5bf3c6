"""Discussing a change of rules: what people say about it, kept in the vault and never part of a decision."""

from ledger.application.change_state import change_named
from ledger.application.ledger import Ledger
from ledger.application.proposing import Placing
from ledger.domain.changes import ChangeCommented
from ledger.domain.governance import Governance
from ledger.errors import UsageError
from ledger.storage.append import Appended
from ledger.storage.envelope import Author

LONGEST_COMMENT = 4000
"""Characters in a comment."""


def comment(ledger: Ledger, author: Author, name: str, text: str) -> Appended:
    """Say something about a change, whatever its status; raise `UnknownName`, and `UsageError` for no text."""
    if not text.strip() or len(text) > LONGEST_COMMENT:
        raise UsageError(f"a comment has 1 to {LONGEST_COMMENT:,} characters; this one has {len(text.strip()):,}")
    identity = change_named(ledger.governance(), name).id
    asked = ["comment", identity, text]
    if (earlier := ledger.log.recorder.earlier(ledger.command(author, asked))) is not None:
        return earlier
    said = ChangeCommented(change=identity, text=ledger.vault.put_text(author.actor, text))

    def make(_: Governance) -> Placing:
        return [(f"change/{identity}", said)]

    return ledger.write_as_governed(author, asked, make)

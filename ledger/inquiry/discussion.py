"""What people said about a change of rules, as people read it."""

from dataclasses import dataclass

from ledger.application.change_state import change_named
from ledger.application.ledger import Ledger
from ledger.domain.change_fold import Change
from ledger.domain.changes import ChangeCommented
from ledger.domain.shapes import VaultText
from ledger.errors import EvidenceErased, UnknownName
from ledger.inquiry.changes import person_words

GONE = "What was said here was erased with its author."


@dataclass(frozen=True, slots=True)
class Comment:
    """One comment: who said it, when (an instant), and what; `gone` where it was erased with its author."""

    version: int
    who: str
    at: str
    text: str
    gone: bool = False


def discussion(ledger: Ledger, name: str) -> tuple[Comment, ...]:
    """Return what was said about a change, the oldest first; raises `UnknownName`."""
    return comments(ledger, change_named(ledger.governance(), name))


def comments(ledger: Ledger, change: Change) -> tuple[Comment, ...]:
    """Return what was said about a change that is at hand."""
    return tuple(
        _comment(ledger, payload.text, written.version, person_words(ledger.vault, written.actor), written.at)
        for payload, written in change.steps
        if isinstance(payload, ChangeCommented)
    )


def _comment(ledger: Ledger, text: VaultText, version: int, who: str, at: str) -> Comment:
    try:
        return Comment(version, who, at, ledger.vault.text(text))
    except (EvidenceErased, UnknownName):
        return Comment(version, who, at, GONE, gone=True)

"""Showing somebody who sees pseudonyms who learners are: on a legal basis, for some hours, and on record."""

from datetime import datetime, timedelta
from typing import NamedTuple

from ledger.application.disclosing import LONGEST_BASIS, Recipient, require_recipient, write_to_learners
from ledger.application.learning import stream_of
from ledger.application.ledger import Ledger
from ledger.domain.disclosure import NamesDisclosed
from ledger.errors import UnknownName, UsageError
from ledger.storage.envelope import Author

HOURS = 8
"""How long names that were disclosed are shown."""

MOST_NAMED = 1_000
"""Learners whose names one act discloses."""


class Named(NamedTuple):
    """Whose names are shown, on what law, rule or order, for what in words, and perhaps for which case."""

    learners: tuple[str, ...]
    basis: str
    purpose: str
    case: str | None = None


def disclose_names(ledger: Ledger, author: Author, named: Named) -> str:
    """Record with every learner that whoever acts is shown who they are, and return the instant until which.

    Raises `UsageError` where basis or purpose is not said, or the basis names a learner it concerns, and
    `UnknownName` for a learner of whom nothing is on record.
    """
    streams = [stream_of(one) for one in sorted(set(named.learners))]
    _require(ledger, author, named, streams)
    until = f"{datetime.fromisoformat(ledger.clock()) + timedelta(hours=HOURS):%Y-%m-%dT%H:%M:%S.%fZ}"
    command = ledger.command(author, ["disclose-names", *streams, named.basis, named.purpose, named.case or ""])
    if (earlier := ledger.log.recorder.earlier(command)) is not None:
        return str(next(ledger.log.scan(earlier.first - 1, earlier.first)).data.until)
    texts = ledger.vault.put_texts([(stream.partition("/")[2], named.purpose) for stream in streams])
    payloads = {
        stream: NamesDisclosed(to=author.actor, basis=named.basis, purpose=text, until=until, case=named.case)
        for stream, text in zip(streams, texts, strict=True)
    }
    write_to_learners(ledger, author, payloads, command)
    return until


def _require(ledger: Ledger, author: Author, named: Named, streams: list[str]) -> None:
    if not 1 <= len(streams) <= MOST_NAMED:
        raise UsageError(f"say whose names: 1 to {MOST_NAMED:,} learners")
    require_recipient(ledger, Recipient(author.actor, named.basis), streams)
    if not named.purpose.strip() or len(named.purpose) > LONGEST_BASIS:
        raise UsageError(f"say what the names are needed for, in 1 to {LONGEST_BASIS} characters")
    for stream in streams:
        if not ledger.log.recorder.last_version(stream):
            raise UnknownName(f"nothing is on record about a learner {stream.partition('/')[2]}")

"""Recording what was given out about learners, and committing to the last event of every stream."""

import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from ledger.application.checking import require_sound
from ledger.application.checkpointing import events_of
from ledger.application.ledger import TRIES, Ledger
from ledger.application.records import folded_record, snapshot_parts, snapshot_record
from ledger.audit.bundling.heads import heads_of
from ledger.audit.bundling.wanted import Wanted
from ledger.domain.disclosure import Disclosed, HeadsCommitted
from ledger.domain.shapes import Payload
from ledger.errors import SnapshotUnusable, StreamConflict, UsageError
from ledger.storage.append import Append, Appended, Command, Part
from ledger.storage.envelope import Author, Unstamped

STREAM = "ledger"
LONGEST_BASIS = 200
"""Characters in what a disclosure rests on: a law, a rule or an order, named and not told."""

_PURPOSE = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*", re.ASCII)


class Recipient(NamedTuple):
    """To whom something is given, by their id; the law, rule or order it rests on, and a code for the purpose."""

    to: str
    basis: str
    purpose: str = "audit"


class Given(NamedTuple):
    """What is given: a kind of file, its SHA-256, the size of the log it stands on, the last version of each stream."""

    form: str
    file: str
    size: int
    last: Mapping[str, int]


def require_recipient(ledger: Ledger, recipient: Recipient, streams: Sequence[str]) -> None:
    """Raise `UsageError` where the basis or the purpose is none, or names a learner it concerns."""
    basis = recipient.basis
    if not basis.strip() or len(basis) > LONGEST_BASIS or not basis.isprintable():
        raise UsageError(f"name the law, rule or order the disclosure rests on, in 1 to {LONGEST_BASIS} characters")
    if not _PURPOSE.fullmatch(recipient.purpose) or len(recipient.purpose) > LONGEST_BASIS:
        raise UsageError(
            f"{recipient.purpose!r} is not a code for a purpose: lower-case words with hyphens, such as audit"
        )
    names = ledger.vault.names(stream.partition("/")[2] for stream in streams).values()
    if any(name.casefold() in basis.casefold() for name in names):
        raise UsageError("what a disclosure rests on stays on record: name the law, rule or order, not the learner")


def disclose(ledger: Ledger, author: Author, recipient: Recipient, given: Given, wanted: Wanted) -> Appended:
    """Record a disclosure in the stream of every learner it concerns, all or nothing; no rule is asked anything."""
    require_recipient(ledger, recipient, list(given.last))
    payloads = {stream: _payload(ledger, recipient, given, wanted, stream) for stream in given.last}
    asked = ["disclose", *recipient, given.form, given.file, *map(str, wanted.decisions)]
    command = ledger.command(author, asked)
    if (earlier := ledger.log.recorder.earlier(command)) is not None:
        return earlier
    return write_to_learners(ledger, author, payloads, command)


def write_to_learners(
    ledger: Ledger, author: Author, payloads: Mapping[str, Payload], command: Command | None = None
) -> Appended:
    """Append what no rule reads to the streams of learners, all or nothing; retried when others come first."""
    for payload in payloads.values():
        require_sound(payload)
    for left in reversed(range(TRIES)):
        try:
            return ledger.log.append(_append(ledger, author, payloads, command))
        except StreamConflict:
            if not left:
                raise
    raise AssertionError  # pragma: no cover - the last try either returns or raises


def _payload(ledger: Ledger, recipient: Recipient, given: Given, wanted: Wanted, stream: str) -> Disclosed:
    return Disclosed(
        to=ledger.vault.person_id(recipient.to),
        basis=recipient.basis,
        purpose=recipient.purpose,
        form=given.form,
        size=given.size,
        through=given.last[stream],
        file=given.file,
        decisions=tuple(version for one, version in wanted.decisions if one == stream),
    )


def _append(ledger: Ledger, author: Author, payloads: Mapping[str, Payload], command: Command | None) -> Append:
    events, parts = list[Unstamped](), list[Part]()
    for stream, payload in payloads.items():
        version, changed = _stepped(ledger, stream, payload)
        events.append(Unstamped(stream, version, payload, author))
        parts += changed
    return ledger.log.prepared(events, command=command, parts=parts)


def _stepped(ledger: Ledger, stream: str, payload: Payload) -> tuple[int, list[Part]]:
    """Step a learner's record over a disclosure, so that its snapshot stays one of the last version."""
    for record_of in (snapshot_record, folded_record):
        try:
            record = record_of(ledger, stream)
            record.apply(record.version + 1, payload)
            return record.version, snapshot_parts(stream, record)
        except SnapshotUnusable:
            continue
    raise AssertionError  # pragma: no cover - a record folded from events needs no snapshot


def commit_heads(ledger: Ledger, author: Author) -> tuple[HeadsCommitted, int]:
    """Commit to the last event of every stream as of now; return the event and its position.

    Where nothing but a commitment was written since the last one, that one is returned.
    """
    size, stated = ledger.log.recorder.max_notification_id(), commitments(ledger)
    if stated and stated[-1][1] == size:
        return stated[-1]
    payload = heads_of(ledger.log, size).payload()
    return payload, ledger.write(author, STREAM, [payload]).last


def commitments(ledger: Ledger) -> list[tuple[HeadsCommitted, int]]:
    """Return every commitment to heads with its position, in the order of the log."""
    return [(event.data, event.position) for event in events_of(ledger, HeadsCommitted)]


def false_commitments(ledger: Ledger) -> list[int]:
    """Return the positions of the commitments that do not state the ends of streams as they were."""
    stated = commitments(ledger)
    return [position for one, position in stated if heads_of(ledger.log, one.size).payload() != one]

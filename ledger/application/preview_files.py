"""Previews kept in files, so that a page need not work one out again: `MASTERY_HOME/previews`, readable by its owner.

Such a file is never believed by itself: its list has to have the digest the ledger holds, and what is
missing or altered is worked out again from the log.
"""

import contextlib
from datetime import date
from pathlib import Path

import msgspec

from ledger.application.ledger import Ledger
from ledger.application.preview_rows import Preview
from ledger.application.previewing import Progress, preview
from ledger.deciding.supposing import Supposition
from ledger.durable import put
from ledger.values import digest

_DIGITS = 64
_encode = msgspec.json.Encoder(order="sorted").encode
_decode = msgspec.json.Decoder(Preview).decode


def keep(ledger: Ledger, change: str, found: Preview) -> Path:
    """Keep the preview of a change (its id); return the file."""
    path = _path(ledger, change, found.position)
    data = _encode(found)
    put(path, digest(data).encode() + data)
    return path


def kept(ledger: Ledger, change: str, position: int) -> Preview | None:
    """Return the preview that was kept of a change and a position, nothing where none is there or it was altered."""
    with contextlib.suppress(FileNotFoundError, msgspec.MsgspecError):
        data = _path(ledger, change, position).read_bytes()
        if digest(data[_DIGITS:]).encode() == data[:_DIGITS]:
            return _decode(data[_DIGITS:])
    return None


def kept_or_made(
    ledger: Ledger,
    change: str,
    supposition: Supposition,
    on: date,
    position: int,
    *,
    rows: str | None = None,
    read_to: int | None = None,
    progress: Progress | None = None,
) -> Preview:
    """Return the preview of a change as of a position, worked out and kept where no sound one is.

    `rows` is the digest its list must have, where the ledger holds one: a kept list with another is not used.
    """
    found = kept(ledger, change, position)
    if found is None or found.on != on.isoformat() or rows not in (None, found.digest):
        found = preview(ledger, supposition, on, position, progress, read_to=read_to)
        keep(ledger, change, found)
    return found


def _path(ledger: Ledger, change: str, position: int) -> Path:
    return ledger.home.previews / f"{change}-{position}.json"

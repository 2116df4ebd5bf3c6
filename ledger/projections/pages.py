"""Answers in pages: rows, the cursor of the next page, and the position for which they are true."""

import base64
import binascii
from dataclasses import dataclass
from typing import Generic, TypeVar

import msgspec

from ledger.errors import UsageError

Answer = TypeVar("Answer")
Cursor = tuple[str | int, ...]

MOST_ROWS, USUAL_ROWS = 100, 50


@dataclass(frozen=True, slots=True)
class Page(Generic[Answer]):
    """Some rows of an answer. `next` is the cursor to ask for those that follow, null after the last.

    `position` is the place in the log up to which the rows are true.
    """

    rows: tuple[Answer, ...]
    next: str | None
    position: int


def require_limit(limit: int) -> None:
    """Refuse a number of rows nobody can be given at once."""
    if not 1 <= limit <= MOST_ROWS:
        raise UsageError(f"{limit} rows a page: ask for 1 to {MOST_ROWS}")


def write_cursor(key: Cursor) -> str:
    """Write the key of the last row of a page as the text that asks for the rows after it."""
    return base64.urlsafe_b64encode(msgspec.json.encode(key)).rstrip(b"=").decode()


def read_cursor(text: str, *kinds: type) -> Cursor:
    """Read a cursor whose parts are of these kinds; raise `UsageError` for text that is not one."""
    try:
        padded = text + "=" * (-len(text) % 4)
        key: Cursor = tuple(msgspec.json.decode(base64.b64decode(padded, b"-_", validate=True), type=list[str | int]))
    except (binascii.Error, ValueError, msgspec.DecodeError):
        key = ()
    if [type(part) for part in key] != list(kinds):
        raise UsageError(f"{text[:40]!r} is not a cursor of this list: use the one the page before it gave")
    return key

"""Holding stored rows against their types, their leaves and their seals."""

import re
from typing import Any

import msgspec

from ledger.audit.verdicts import Damage, Verdict
from ledger.errors import LedgerDamaged, LedgerError, TopicNotAllowed
from ledger.storage.envelope import Event
from ledger.storage.inspection import Stored
from ledger.storage.leaves import sealer
from ledger.storage.log import Log

UNSOUND = (
    LedgerError,
    msgspec.MsgspecError,
    ArithmeticError,
    AttributeError,
    LookupError,
    RecursionError,
    TypeError,
    ValueError,
)
"""What reading, folding or deciding may raise where the ledger holds what it never wrote."""

_KEY = re.compile(r"[0-9a-f]{16}")
_TYPES: tuple[tuple[str, type], ...] = (("stream", str), ("version", int), ("topic", str), ("state", bytes))


class LeafCheck:
    """Recomputes the leaf of a row from its stored bytes, and the seal of the leaf where the key is at hand.

    `unchecked` counts the seals made with another key than the present one.
    """

    def __init__(self, log: Log) -> None:
        stamp = log.recorder.stamp
        self._log = log
        self.seal, self._key = sealer(stamp.seal_key), stamp.seal_key_name
        self.unchecked = 0

    def fault(self, row: Stored) -> str | None:
        """Say what is wrong with a row, nothing where it is what was written."""
        if (wrong := mistyped(row)) is not None:
            return f"its {wrong} is of a type that is never written"
        leaf, key = row.leaf, row.seal_key
        if leaf is None:
            return "it has no leaf"
        if leaf != self._log.leaf(row):
            return "it does not fit its leaf"
        if key == self._key:
            return None if row.seal == self.seal(leaf) else "its leaf does not fit the seal"
        if not isinstance(key, str) or not _KEY.fullmatch(key):
            return "the seal of its leaf names no key"
        self.unchecked += 1
        return None


def mistyped(row: Stored) -> str | None:
    """Name the first column of an event that holds another type than is ever written there."""
    _, stream, version, topic, state, _, _, _ = row
    if type(stream) is str and type(version) is int and type(topic) is str and type(state) is bytes:
        return None
    return next(name for name, expected in _TYPES if type(getattr(row, name)) is not expected)


def place(row: Stored) -> str:
    """Say where a row stands."""
    return f"{shown(row.stream)} version {shown(row.version)}, position {row.position}"


def shown(value: object) -> str:
    """Write a stored value so that it can be printed, however odd and long it is."""
    text = value if isinstance(value, str) and value.isprintable() else repr(value)
    return text if len(text) <= 100 else f"{text[:100]}..."


def read(log: Log, row: Stored) -> Event[Any]:
    """Read a row whose columns have their types as an event; raise `LedgerDamaged` where it is none."""
    try:
        return log.mapper.read(row[1], row[2], row[3], row[4], row[0])
    except LedgerError:
        raise
    except UNSOUND as error:
        raise LedgerDamaged(f"{place(row)}: the stored bytes are not a {shown(row.topic)}: {error}") from error


def unreadable(row: Stored, error: Exception, verdict: Verdict) -> Damage:
    """Tell that a row which is what was written cannot be read or folded."""
    if isinstance(error, TopicNotAllowed):
        verdict = Verdict.RUNTIME_UNSUPPORTED
    said = str(error) if isinstance(error, LedgerError) else f"{place(row)}: {type(error).__name__}: {error}"
    return Damage(verdict, row.position, row.version, f"position {row.position}: {said}")

"""Judging one row of the log: its columns against its leaf, and its leaf against its seal."""

import re
from typing import Any

from ledger.audit.integrity import shown
from ledger.audit.verifying.findings import MOST, Finding, Kind
from ledger.domain.topics import TOPICS
from ledger.storage.envelope import actor_of, instant_of
from ledger.storage.leaves import leaf_hash, leaf_record, sealer
from ledger.storage.survey import EventRow, LeafRow

NO_LEAF = b""
"""Stands for the leaf of a position that has none."""

_KEY = re.compile(r"[0-9a-f]{16}")
_COLUMNS = (("stream", str), ("version", int), ("topic", str), ("state", bytes))
_NEAR = 4
"""Versions on either side that are tried as the one an event had."""


class RowCheck:
    """Judges rows of one log; `unchecked` counts seals made with another key than the one given, null for none.

    Of those it names the rows, the first `MOST`, in `others`; `sealed` is the first position sealed with the key given.
    """

    def __init__(self, log: str, seal_key: bytes | None, key_name: str = "") -> None:
        self._log = log
        self._seal = sealer(seal_key) if seal_key is not None else None
        self._key = key_name if seal_key is not None else None
        self.unchecked, self.sealed = 0, 0
        self.others: list[EventRow] = []

    def judge(self, row: EventRow, leaf_row: LeafRow | None) -> tuple[bytes, Finding | None]:
        """Return the leaf that stands for a row in the tree, and what is wrong with the row.

        Where event and leaf disagree it is the one the seal speaks for, else the leaf.
        """
        computed = leaf_of(self._log, row)
        if leaf_row is None:
            return computed or NO_LEAF, _finding(Kind.LEAF_MISSING, row, "it has no leaf")
        leaf, key = leaf_row[1], leaf_row[2]
        if computed is not None and computed == leaf and key == self._key and self._seal is not None:
            if leaf_row[3] == self._seal(leaf):
                self.sealed = self.sealed or row[0]
                return computed, None
            return computed, _finding(Kind.EVENT_FORGED, row, "its leaf fits it, and the seal does not fit the leaf")
        return self._unusual(row, leaf_row, computed)

    def _unusual(self, row: EventRow, leaf_row: LeafRow, computed: bytes | None) -> tuple[bytes, Finding | None]:
        _, leaf, key, seal = leaf_row
        known = key == self._key and self._seal is not None
        if computed is not None and computed == leaf:
            if isinstance(key, str) and _KEY.fullmatch(key):
                self.unchecked += 1
                self.others += [row] if self._seal and len(self.others) < MOST else []
                return computed, None
            return computed, _finding(Kind.EVENT_FORGED, row, "the seal of its leaf names no key")
        if known and self._seal is not None and computed is not None and self._seal(computed) == seal:
            return computed, _finding(Kind.LEAF_ALTERED, row, "its leaf is not the one that was sealed for it")
        standing = leaf if isinstance(leaf, bytes) else computed or NO_LEAF
        sealed = known and self._seal is not None and isinstance(leaf, bytes) and self._seal(leaf) == seal
        return standing, _finding(Kind.EVENT_ALTERED, row, self._altered(row, leaf, sealed))

    def _altered(self, row: EventRow, leaf: Any, sealed: bool) -> str:
        if (wrong := mistyped(row)) is not None:
            return f"its {wrong} is of a type that is never written"
        position, stream, version, topic, state = row
        for other in TOPICS:
            if other != topic and leaf_of(self._log, (position, stream, version, other, state)) == leaf:
                return f"its topic was {other} and is {shown(topic)}"
        for other_version in range(max(version - _NEAR, 1), version + _NEAR + 1):
            if leaf_of(self._log, (position, stream, other_version, topic, state)) == leaf:
                return f"its version was {other_version} and is {version}"
        beside = "" if sealed else ", nor is the leaf the one that was sealed"
        return f"its stored bytes, or the stream they stand in, are not those its leaf was made from{beside}"


def leaf_of(log: str, row: EventRow) -> bytes | None:
    """Return the leaf that the columns of an event give, nothing where they can give none."""
    _, stream, version, topic, state = row
    if type(version) is not int:  # a broken number would be written down as the whole one below it
        return None
    try:
        return leaf_hash(
            leaf_record(
                log=log,
                stream=stream,
                version=version,
                topic=topic,
                instant=instant_of(state).encode(),
                actor=actor_of(state),
                state=state,
            )
        )
    except (AttributeError, TypeError, ValueError):
        return None


def mistyped(row: EventRow) -> str | None:
    """Name the first column of an event that holds another type than is ever written there."""
    return next((name for (name, kind), value in zip(_COLUMNS, row[1:], strict=True) if type(value) is not kind), None)


def sealed_later(row: EventRow, since: int) -> Finding:
    """Tell of an event sealed with another key than the one at hand, after one that was sealed with that."""
    what = f"its leaf is sealed with another key than the one at hand, with which those from position {since} on are"
    return _finding(Kind.EVENT_FORGED, row, what)


def place(row: EventRow) -> str:
    """Say where an event stands."""
    return f"position {row[0]} ({shown(row[1])} version {shown(row[2])})"


def _finding(kind: Kind, row: EventRow, what: str) -> Finding:
    return Finding(kind, place(row), what, row[0], row[1] if isinstance(row[1], str) else "")

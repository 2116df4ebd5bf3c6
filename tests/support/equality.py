"""Two ledgers are equal in everything but salt, instants, learner ids and what derives from them."""

import re
from collections.abc import Iterator
from typing import Any

import msgspec

from ledger.application import Ledger

_IDENTIFIER = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
_ENVELOPE = ("salt", "at", "actor")


def comparable(ledger: Ledger) -> list[tuple[int, str, int, str, Any]]:
    """Return the log with learners numbered by first appearance, and without what may differ.

    Evidence ids follow from the learner's id where the source gave no record id; they and command
    ids are numbered in the same way, so that their pattern is still compared.
    """
    return list(_rows(ledger))


def _rows(ledger: Ledger) -> Iterator[tuple[int, str, int, str, Any]]:
    numbers: dict[str, str] = {}

    def numbered(text: str) -> str:
        return _IDENTIFIER.sub(lambda found: numbers.setdefault(found[0], f"#{len(numbers)}"), text)

    for position, stream, version, topic, state in ledger.log.recorder.scan():
        event = msgspec.json.decode(state)
        for name in _ENVELOPE:
            del event[name]
        if topic == "ledger.opened.1":
            event["data"]["ledger"] = "here"
        text = msgspec.json.encode(event, order="sorted").decode()
        yield position, numbered(stream), version, topic, numbered(text)

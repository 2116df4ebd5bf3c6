"""What an audit found, kept so that it can be read again: never what governs, and always to be had anew."""

import re
from pathlib import Path
from typing import TypeVar

import msgspec

from ledger.application import Ledger
from ledger.durable import put

Kept = TypeVar("Kept")

_NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,80}", re.ASCII)


def keep(ledger: Ledger, name: str, found: object) -> None:
    """Keep a view under a name, in place of what was kept under it before."""
    put(_file(ledger, name), msgspec.json.encode(found))


def kept(ledger: Ledger, name: str, kind: type[Kept]) -> Kept | None:
    """Return what is kept under a name, nothing where that is nothing, or was kept by another version."""
    if not _NAME.fullmatch(name):
        return None
    try:
        return msgspec.json.decode(_file(ledger, name).read_bytes(), type=kind)
    except (FileNotFoundError, msgspec.MsgspecError):
        return None


def _file(ledger: Ledger, name: str) -> Path:
    if not _NAME.fullmatch(name):
        raise ValueError(f"{name!r} names nothing that is kept")
    return ledger.home.audits / ledger.jurisdiction.replace("/", "~") / f"{name}.json"

"""Seals on what leaves these pages and comes back: a cookie, a form."""

import hmac
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from flask import current_app

from ledger.keys import seal_key


@dataclass
class Seals:
    """Seals texts under a key derived from that of the home, so that they outlive the server."""

    home: Path
    environment: Mapping[str, str]

    @cached_property
    def key(self) -> bytes:
        """Return the key; read when it is first needed, for a folder without a ledger has none."""
        return seal_key(self.home, environment=self.environment, create=False).derived("pages 1")

    def seal(self, purpose: str, text: str) -> str:
        """Return what only this home can make of a text, as 64 hexadecimal digits."""
        return hmac.new(self.key, f"{purpose}\n{text}".encode(), "sha256").hexdigest()

    def holds(self, purpose: str, text: str, seal: str) -> bool:
        """Say whether a seal was made here of this text."""
        return hmac.compare_digest(self.seal(purpose, text).encode(), seal.encode())


def seals() -> Seals:
    """Return the seals of the application at work."""
    found: Seals = current_app.extensions["seals"]
    return found

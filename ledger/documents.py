"""Documents kept beside the ledger: scans, letters, works, each encrypted under the key of the learner it is about.

`MASTERY_HOME/documents/<learner>/<digest>`. An event names a document by digest. One that was named
before it was kept is known by the SHA-256 of its bytes; any other by the SHA-256 of 16 random bytes and
its own, for a letter whose form is known can be found out from its digest by trying. The random bytes
stand in the file before it, and are gone with it.
"""

import hashlib
import os
import shutil
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

from ledger.domain.shapes import Artefact
from ledger.durable import put
from ledger.errors import LedgerDamaged, Unavailable, UnknownName, UsageError
from ledger.values import digest
from ledger.vault import SALT, Vault

LARGEST = 20_000_000
"""Bytes in a document."""

CUSTODIAN = "mastery-ledger"
"""What `Artefact.custodian` says of a document kept here when it was named: its digest is over 16 random bytes too."""


@dataclass(frozen=True, slots=True)
class Document:
    """A document opened: its bytes, and the random bytes its digest begins with, empty for the digest of the bytes."""

    data: bytes
    salt: bytes


@dataclass(frozen=True, slots=True)
class Documents:
    """The documents of one folder; safe for threads and processes."""

    folder: Path
    vault: Vault

    def keep(self, learner: str, data: bytes, media_type: str, named: Collection[str] = ()) -> Artefact:
        """Keep a document about a learner and return how an event names it.

        Where the digest of its bytes is among those `named` already, it is kept under that one.
        Raises `UsageError` for an empty or too large one, `EvidenceErased` where the key was destroyed.
        """
        if not 0 < len(data) <= LARGEST:
            raise UsageError(f"a document of {len(data):,} bytes: it must have 1 to {LARGEST:,}")
        plain = digest(data)
        salt = b"" if plain in named else os.urandom(SALT)
        name = digest(salt + data)
        self._write(learner, name, self.vault.sealed(learner, bytes([len(salt)]) + salt + data, f"document/{name}"))
        return Artefact(digest=name, media_type=media_type, custodian=None if plain in named else CUSTODIAN)

    def open(self, learner: str, name: str) -> Document:
        """Return a document by its digest.

        Raises `UnknownName` where it is not kept here, `EvidenceErased` where the learner's key was
        destroyed, `LedgerDamaged` where the file is not what was written.
        """
        path = self.folder / learner / name
        self.vault.require_key(learner)
        try:
            sealed = path.read_bytes()
        except FileNotFoundError:
            raise UnknownName(
                f"no document {name} of learner {learner} is kept here; `mastery document list` names those that are"
            ) from None
        held = self.vault.unsealed(learner, sealed, f"document/{name}", str(path))
        salt, data = held[1 : 1 + held[0]], held[1 + held[0] :]
        if hashlib.sha256(salt + data).hexdigest() != name:
            raise LedgerDamaged(f"{path} holds another document than its name says; restore it from a backup")
        return Document(data, salt)

    def kept(self, learner: str) -> tuple[str, ...]:
        """Return the digests of what is kept about a learner, sorted."""
        folder = self.folder / learner
        return tuple(sorted(one.name for one in folder.iterdir() if one.suffix == "")) if folder.is_dir() else ()

    def destroy(self, learner: str) -> int:
        """Delete what is kept about a learner, and return how many documents that were."""
        count = len(self.kept(learner))
        folder = self.folder / learner
        try:
            if folder.is_dir():
                shutil.rmtree(folder)
        except OSError as error:
            sentence = f"{folder} cannot be deleted: {error.strerror}; delete it, or give the same command again"
            raise Unavailable(sentence) from error
        return count

    def _write(self, learner: str, name: str, sealed: bytes) -> None:
        put(self.folder / learner / name, sealed)

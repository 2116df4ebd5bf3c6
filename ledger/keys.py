"""The secret keys of an installation: 32 random bytes each, in a file of its own or in the environment.

`MASTERY_HOME/keys/vault.key` wraps the key of every person in the vault; `seal.key` seals the rows of
the event log; `signer.key` signs its checkpoints and may lie elsewhere. Whoever may read one of them must
be the only one: files carry mode 0600.
"""

import contextlib
import hashlib
import os
import re
import secrets
import stat
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from ledger.errors import KeyUnusable

LENGTH = 32
"""Bytes in a key."""

_DIGITS = re.compile(r"[0-9a-fA-F]{64}")


@dataclass(frozen=True, slots=True)
class Key:
    """A secret of 32 bytes and the place it came from, which error sentences name."""

    secret: bytes = field(repr=False)
    origin: str

    @property
    def id(self) -> str:
        """Name the key without giving it away: 16 hexadecimal digits of its SHA-256."""
        return hashlib.sha256(self.secret).hexdigest()[:16]

    def derived(self, purpose: str) -> bytes:
        """Return 32 bytes for one purpose, by HKDF with SHA-256 (RFC 5869)."""
        return HKDF(SHA256(), LENGTH, salt=None, info=f"mastery-ledger {purpose}".encode()).derive(self.secret)


def vault_key(home: Path, *, environment: Mapping[str, str] = os.environ, create: bool = True) -> Key:
    """Return the key of the vault: `MASTERY_VAULT_KEY`, else `keys/vault.key`."""
    return key(home, "vault", environment=environment, create=create)


def seal_key(home: Path, *, environment: Mapping[str, str] = os.environ, create: bool = True) -> Key:
    """Return the key that seals the log: `MASTERY_SEAL_KEY`, else `keys/seal.key`."""
    return key(home, "seal", environment=environment, create=create)


def signer_key(home: Path, file: Path | None = None, *, environment: Mapping[str, str] = os.environ) -> Key:
    """Return the key that signs checkpoints: from `file`, else `MASTERY_SIGNER_KEY`, else `keys/signer.key`.

    It is never made on the way: a new one has to be introduced. Raises `KeyUnusable`.
    """
    if file is None and (variable := "MASTERY_SIGNER_KEY") in environment:
        return _key(environment[variable], f"the environment variable {variable}")
    path = file or home / "keys" / "signer.key"
    found = _read(path)
    if found is None:
        raise KeyUnusable(
            f"{path} is not there: put the key that signs checkpoints back from where it is kept, or make the first "
            "one with `mastery signing-key make`"
        )
    return found


def read_key(path: Path) -> Key:
    """Return the key in a file; raise `KeyUnusable` where it is not there or holds none."""
    found = _read(path)
    if found is None:
        raise KeyUnusable(f"{path} is not there: put the key back from where it is kept")
    return found


def make_key(path: Path) -> Key:
    """Make a new key in a file that is not there yet; raise `KeyUnusable` where it is, or cannot be made."""
    if path.exists():
        raise KeyUnusable(f"{path} exists already; a key is made only once, under a name of its own")
    _make(path)
    found = _read(path)
    if found is None:  # pragma: no cover - somebody removed it in between
        raise KeyUnusable(f"{path} is gone again; make it anew")
    return found


def key(home: Path, name: str, *, environment: Mapping[str, str] = os.environ, create: bool = True) -> Key:
    """Return a key by its name, from the environment or from its file.

    Where neither is there the file is made, once, however many processes ask at the same time; with
    `create` false that is refused. Raises `KeyUnusable` with what is wrong and what to do.
    """
    variable = f"MASTERY_{name.upper()}_KEY"
    if variable in environment:
        return _key(environment[variable], f"the environment variable {variable}")
    path = home / "keys" / f"{name}.key"
    if (found := _read(path)) is not None:
        return found
    if create:
        _make(path)
        found = _read(path)
    if found is None:
        raise KeyUnusable(
            f"{path} is not there, and what it protects is: put the file back from where the keys are "
            f"kept, or set {variable} to its 64 hexadecimal digits"
        )
    return found


def _make(path: Path) -> None:
    """Write a new key beside its place and link it there, so that nobody ever reads half of it."""
    beside = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        try:
            with os.fdopen(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
                file.write(secrets.token_hex(LENGTH) + "\n")
                file.flush()
                os.fsync(file.fileno())
            with contextlib.suppress(FileExistsError):  # another process was first: its key is the key
                path.hardlink_to(beside)
        finally:
            beside.unlink(missing_ok=True)
        _sync(path.parent)
    except OSError as error:
        raise KeyUnusable(f"{path} cannot be made: {error.strerror}; check who owns the folder") from error


def _sync(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _read(path: Path) -> Key | None:
    try:
        with path.open(encoding="ascii", errors="replace") as file:
            mode = stat.S_IMODE(os.fstat(file.fileno()).st_mode)
            if mode & 0o077:
                raise KeyUnusable(f"{path} is open to other accounts (mode {mode:04o}); run: chmod 600 {path}")
            text = file.read(200)
    except FileNotFoundError:
        return None
    except OSError as error:
        raise KeyUnusable(f"{path} cannot be read: {error.strerror}; check who owns it") from error
    return _key(text, str(path))


def _key(text: str, origin: str) -> Key:
    digits = text.strip()
    if not _DIGITS.fullmatch(digits):
        others = ", some of them not hexadecimal digits" if len(digits) == 2 * LENGTH else ""
        raise KeyUnusable(
            f"{origin} does not hold a key: 64 hexadecimal digits are needed, {len(digits)} characters are "
            f"there{others}; a key that protects data can only be put back, not made anew"
        )
    return Key(bytes.fromhex(digits), origin)

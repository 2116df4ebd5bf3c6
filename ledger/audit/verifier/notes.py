"""Signed notes and the checkpoints in them: who says that a log had which root at which size.

A note is text, an empty line, and lines of signatures; a checkpoint is a note of three lines: the
log's name, its size, and its root. A witness signs the same text with the time it saw it.

Source: C2SP signed-note, tlog-checkpoint and tlog-cosignature.
"""

import base64
import binascii
import hashlib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from .refusing import Refused, shown

LOG, WITNESS = 0x01, 0x04
"""The types of Ed25519 keys: that of a log, and that of a witness whose signatures carry a time."""

_DASH = "\N{EM DASH} "
_SIZE = re.compile(r"0|[1-9][0-9]{0,15}", re.ASCII)
_LENGTH = 64


@dataclass(frozen=True, slots=True)
class Key:
    """The public key of a log or a witness; `kind` is its type, `id` the four bytes that name it in a note."""

    name: str
    kind: int
    public: bytes

    @property
    def id(self) -> bytes:
        """Return the first bytes of the digest over name, type and key."""
        return hashlib.sha256(self.name.encode() + b"\n" + bytes([self.kind]) + self.public).digest()[:4]

    def __str__(self) -> str:
        return f"{self.name}+{self.id.hex()}+{base64.b64encode(bytes([self.kind]) + self.public).decode()}"


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """The three lines."""

    origin: str
    size: int
    root: bytes


@dataclass(frozen=True, slots=True)
class Note:
    """The text of a note and its signatures, each a name, the id of a key and what was signed, unverified."""

    text: str
    signatures: tuple[tuple[str, bytes, bytes], ...]

    def signers(self, keys: Iterable[Key]) -> dict[Key, int]:
        """Return the keys whose signatures verify, each with the time in it: seconds since 1970, 0 without one.

        A signature by a key that is named and does not verify is as good as none.
        """
        found: dict[Key, int] = {}
        for key in keys:
            for name, identity, signature in self.signatures:
                if (name, identity) == (key.name, key.id) and (
                    time := _verified(key, signature, self.text)
                ) is not None:
                    found[key] = time
        return found


def key_of(text: str) -> Key:
    """Read a verifier key, `name+hash+base64`; raise `ValueError` with what is wrong."""
    name, _, rest = text.partition("+")
    digits, _, encoded = rest.partition("+")
    data = _decoded(encoded)
    if not name or data is None or len(data) != 33 or data[0] not in (LOG, WITNESS):
        raise ValueError(f"{shown(text)!r} is not a verifier key of a kind known here (Ed25519)")
    key = Key(name, data[0], data[1:])
    if key.id.hex() != digits:
        raise ValueError(f"{shown(text)!r}: the key does not have the hash {digits[:16]!r}; a character is wrong")
    return key


def note_of(content: bytes, name: str) -> Note:
    """Read a note; raise `Refused`, with the name of the file, for anything else."""
    try:
        text, gap, signed = content.decode().rpartition("\n\n")
    except UnicodeDecodeError as error:
        raise Refused(f"{name}: is not text in UTF-8") from error
    if not gap or not signed.endswith("\n"):
        raise Refused(f"{name}: is not a signed note; it is cut short, or has no signature")
    return Note(f"{text}\n", tuple(_signature(line, name) for line in signed.split("\n")[:-1]))


def checkpoint_of(text: str, name: str) -> Checkpoint:
    """Read the three lines of a checkpoint; raise `Refused`, with the name of the file, for anything else."""
    lines = text.split("\n")
    root = _decoded(lines[2]) if len(lines) == 4 else None
    if root is None or len(root) != 32 or not lines[0] or lines[3] or not _SIZE.fullmatch(lines[1]):
        raise Refused(f"{name}: is not a checkpoint of three lines: a log's name, its size and its root")
    return Checkpoint(lines[0], int(lines[1]), root)


def pin_of(content: bytes, name: str) -> Checkpoint:
    """Read a checkpoint somebody kept: the three lines, with signatures or without."""
    try:
        text = content.decode().replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        raise Refused(f"{name}: is not text in UTF-8") from error
    return checkpoint_of(text.partition("\n\n")[0].rstrip("\n") + "\n", name)


def named(note: Note, keys: Mapping[bytes, Key]) -> list[str]:
    """Name whoever signed a note with a key that is not among these, for people."""
    return sorted({shown(name) for name, identity, _ in note.signatures if identity not in keys})


def _signature(line: str, name: str) -> tuple[str, bytes, bytes]:
    signer, space, encoded = line.removeprefix(_DASH).rpartition(" ")
    data = _decoded(encoded)
    if not line.startswith(_DASH) or not space or not signer or data is None or len(data) < 5:
        raise Refused(f"{name}: {shown(line)!r} is not a line of a signature")
    return signer, data[:4], data[4:]


def _verified(key: Key, signature: bytes, text: str) -> int | None:
    """Return the time in a signature that verifies, 0 where its kind holds none; nothing where it does not verify."""
    time, signed = 0, text
    if key.kind == WITNESS:
        time, signature = int.from_bytes(signature[:8]), signature[8:]
        signed = f"cosignature/v1\ntime {time}\n{text}"
    if len(signature) != _LENGTH:
        return None
    try:
        Ed25519PublicKey.from_public_bytes(key.public).verify(signature, signed.encode())
    except (InvalidSignature, ValueError):
        return None
    return time


def _decoded(text: str) -> bytes | None:
    try:
        data = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        return None
    return data if base64.b64encode(data).decode() == text else None

"""Signed notes: text, an empty line, and a line for each signature.

A log signs with Ed25519 (type 1), a witness with Ed25519 over the text and the time at which it saw it
(type 4). A key is named by its name and by four bytes of the digest over name, type and key; whoever
reads a note passes over signatures of keys not known. Source: C2SP signed-note and tlog-cosignature.
"""

import hashlib
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import IntEnum

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from ledger.audit.base64_text import decoded, encoded
from ledger.errors import KeyUnusable, LedgerDamaged

_DASH = "\N{EM DASH} "
_LONGEST = 1_000_000
"""Characters in a note that is read."""


class KeyType(IntEnum):
    """What a key signs: the text, or the text and the time."""

    LOG = 1
    WITNESS = 4


@dataclass(frozen=True, slots=True)
class VerifierKey:
    """The public half of a key, by which signatures are verified; `public` is 32 bytes."""

    name: str
    public: bytes
    type: KeyType = KeyType.LOG

    @property
    def id(self) -> bytes:
        """Return the four bytes that name the key in a note."""
        return hashlib.sha256(self.name.encode() + b"\n" + bytes([self.type]) + self.public).digest()[:4]

    def __str__(self) -> str:
        return f"{self.name}+{self.id.hex()}+{encoded(bytes([self.type]) + self.public)}"

    @classmethod
    def parse(cls, text: str) -> "VerifierKey":
        """Read `name+hash+base64`; raise `KeyUnusable` with what is wrong."""
        name, _, rest = text.strip().partition("+")
        digits, _, key_text = rest.partition("+")
        data = decoded(key_text)
        if not _is_name(name) or data is None or len(data) != 33 or data[0] not in set(KeyType):
            raise KeyUnusable(
                f"{text[:200]!r} is not a verifier key: it has to be name+hash+key, with an Ed25519 key of a log "
                "(type 1) or of a witness (type 4) in base64"
            )
        key = cls(name, data[1:], KeyType(data[0]))
        if key.id.hex() != digits:
            raise KeyUnusable(
                f"{text[:200]!r}: this key has the hash {key.id.hex()}, not {digits[:16]!r}; copy it again"
            )
        return key


@dataclass(frozen=True, slots=True)
class SigningKey:
    """A key that signs: its name, and a secret of 32 bytes."""

    name: str
    secret: bytes = field(repr=False)
    type: KeyType = KeyType.LOG

    def __post_init__(self) -> None:
        if not _is_name(self.name):
            raise KeyUnusable(f"{self.name!r} cannot name a key: no blanks and no plus sign, and not empty")

    @property
    def verifier_key(self) -> str:
        """Return the public half as text."""
        return str(self.verifier)

    @property
    def verifier(self) -> VerifierKey:
        """Return the public half."""
        return VerifierKey(self.name, self._private.public_key().public_bytes_raw(), self.type)

    @property
    def _private(self) -> Ed25519PrivateKey:
        return Ed25519PrivateKey.from_private_bytes(self.secret)

    def line(self, text: str, time: int = 0) -> str:
        """Return the line of the signature of a text; `time` in seconds since 1970, for a witness alone."""
        signature = self._private.sign(_signed(self.type, text, time))
        stamp = time.to_bytes(8) if self.type is KeyType.WITNESS else b""
        return f"{_DASH}{self.name} {encoded(self.verifier.id + stamp + signature)}\n"


@dataclass(frozen=True, slots=True)
class Opened:
    """The text of a note, the keys whose signature holds, each with its time, and the names of the other signers.

    The time is in seconds since 1970, 0 for the key of a log.
    """

    text: str
    verified: dict[VerifierKey, int]
    unknown: tuple[str, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """Return the names of the keys whose signature holds."""
        return tuple(key.name for key in self.verified)


def sign(text: str, *keys: SigningKey) -> str:
    """Return a note of a text, signed by keys of logs."""
    return f"{text}\n{''.join(key.line(text) for key in keys)}"


def cosigned(note: str, key: SigningKey, time: int) -> str:
    """Return a note with the line of a witness added, who saw it at a time in seconds since 1970."""
    text, _ = _split(note)
    return note + key.line(text, time)


def opened(note: str, keys: Iterable[VerifierKey]) -> Opened:
    """Verify the signatures of a note that keys known here claim to have made.

    Raises `LedgerDamaged` where it is no note, or where a signature of a known key does not hold.
    """
    text, lines = _split(note)
    known = {(key.name, key.id): key for key in keys}
    verified: dict[VerifierKey, int] = {}
    unknown: dict[str, None] = {}
    for name, identity, signature in map(_signature, lines):
        key = known.get((name, identity))
        if key is None:
            unknown[name] = None
        else:
            verified.setdefault(key, _verified(key, text, signature))
    return Opened(text, verified, tuple(unknown))


def _split(note: str) -> tuple[str, list[str]]:
    text, gap, signatures = note.rpartition("\n\n")
    if not gap or not text or not signatures.endswith("\n") or not _clean(note):
        raise LedgerDamaged(
            f"{note[:200]!r} is not a signed note: it has to be text, an empty line, and a line for each signature"
        )
    return f"{text}\n", signatures.split("\n")[:-1]


def _clean(note: str) -> bool:
    return len(note) <= _LONGEST and all(one == "\n" or unicodedata.category(one) != "Cc" for one in note)


def _signature(line: str) -> tuple[str, bytes, bytes]:
    name, _, signature = line.removeprefix(_DASH).partition(" ")
    data = decoded(signature)
    if not line.startswith(_DASH) or not _is_name(name) or data is None or len(data) < 5:
        raise LedgerDamaged(f"{line[:200]!r} is not the line of a signature: a dash, a name, and a signature in base64")
    return name, data[:4], data[4:]


def _verified(key: VerifierKey, text: str, signature: bytes) -> int:
    time = 0
    if key.type is KeyType.WITNESS:
        time, signature = int.from_bytes(signature[:8]), signature[8:]
    try:
        Ed25519PublicKey.from_public_bytes(key.public).verify(signature, _signed(key.type, text, time))
    except (InvalidSignature, ValueError) as error:
        raise LedgerDamaged(f"the signature of {key.name} does not hold: note or signature were altered") from error
    return time


def _signed(kind: KeyType, text: str, time: int) -> bytes:
    return f"cosignature/v1\ntime {time}\n{text}".encode() if kind is KeyType.WITNESS else text.encode()


def _is_name(name: str) -> bool:
    return bool(name) and "+" not in name and not any(one.isspace() for one in name)

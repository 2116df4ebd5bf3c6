"""What a signer remembers of a log it signs, beside its key, so that it can never sign two histories.

One file for each log, `signed/<origin>` in the folder of the key. It is written before a checkpoint is
published, and only with a proof that nothing but appending happened since what it said before.
"""

import fcntl
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from ledger.audit.merkle import EMPTY_ROOT, verify_consistency
from ledger.durable import put
from ledger.errors import SigningRefused
from ledger.values import canonical, parse_json

FOLDER = "signed"
"""Beside the key."""


@dataclass(frozen=True, slots=True)
class Remembered:
    """The last checkpoint signed: size, root, the instant of its last event, that of signing, and the verifier key.

    The three texts are empty before the first; the two instants also where they are not known.
    """

    size: int = 0
    root: bytes = EMPTY_ROOT
    event: str = ""
    signed: str = ""
    key: str = ""


class Memory:
    """The memory of one log; one process at a time may change it."""

    def __init__(self, folder: Path, origin: str) -> None:
        self.origin = origin
        self.path = folder / origin.replace("/", "~")

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Keep every other signer of this log waiting."""
        self.path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with self.path.with_name(f".{self.path.name}.lock").open("w") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            yield

    def recall(self) -> Remembered | None:
        """Return the last checkpoint signed, nothing where none is remembered.

        Raises `SigningRefused` for a file that is no memory of this log: signing on would be guessing.
        """
        try:
            found = parse_json(self.path.read_bytes())
        except FileNotFoundError:
            return None
        except ValueError as error:
            raise self._unreadable(str(error)) from error
        match found:
            case {
                "origin": self.origin,
                "size": int(size),
                "root": str(root),
                "event": str(event),
                "signed": str(at),
                "key": str(key),
            }:
                return Remembered(size, bytes.fromhex(root), event, at, key)
        raise self._unreadable("it is about another log, or of another form")

    def extend(self, before: Remembered, after: Remembered, proof: Sequence[bytes]) -> None:
        """Remember a checkpoint that only adds events to the one before; raise `SigningRefused` for any other."""
        if not _extends(before, after, proof):
            raise self.contradicted(before)
        if after.size != before.size:
            self.write(after)

    def contradicted(self, before: Remembered) -> SigningRefused:
        """Say that the ledger does not hold the history that was signed."""
        return SigningRefused(
            f"{self.origin}: what stands in the ledger is not what was signed: the root over the first {before.size} "
            "events is another; nothing is signed from here on"
        )

    def write(self, remembered: Remembered) -> None:
        """Put what is remembered on the disk, whole."""
        data = canonical(
            {
                "event": remembered.event,
                "key": remembered.key,
                "origin": self.origin,
                "root": remembered.root.hex(),
                "signed": remembered.signed,
                "size": remembered.size,
                "v": 1,
            }
        )
        put(self.path, data + b"\n")

    def _unreadable(self, why: str) -> SigningRefused:
        return SigningRefused(
            f"{self.path} is no memory of what was signed of {self.origin} ({why}); put it back, or name the last "
            "checkpoint that anybody holds with `mastery signing-key remember`"
        )


def _extends(before: Remembered, after: Remembered, proof: Sequence[bytes]) -> bool:
    if before.size == 0:
        return before.root == EMPTY_ROOT
    if before.size == after.size:
        return before.root == after.root
    return verify_consistency(before.size, after.size, before.root, after.root, tuple(proof))

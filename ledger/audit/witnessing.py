"""A witness: signs that a log only grew since it last looked, and never signs two histories of one log.

It knows names, sizes and roots, and nothing of what the events say. What it is asked is a text: `old` and
the size it saw last, the hashes of the consistency proof, an empty line, and the checkpoint as a signed
note. Source: C2SP tlog-witness, whose status codes the refusals carry.
"""

import fcntl
import hashlib
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from ledger.audit.base64_text import decoded, encoded
from ledger.audit.checkpoint_store import CheckpointStore, stated
from ledger.audit.checkpoints import Checkpoint, parse
from ledger.audit.merkle import EMPTY_ROOT, LONGEST_PATH, verify_consistency
from ledger.audit.note import KeyType, SigningKey, VerifierKey, opened
from ledger.audit.tiles import Tiles
from ledger.durable import put
from ledger.errors import LedgerDamaged, LedgerError, Refused, Unavailable
from ledger.home import Home

_SUFFIX = ".seen"
_OLD = re.compile(r"old (0|[1-9][0-9]{0,15})", re.ASCII)


class WitnessRefused(Refused):
    """A witness does not sign; `status` is the code by which the protocol names the reason."""

    def __init__(self, status: int, why: str) -> None:
        super().__init__(f"{why} ({status})")
        self.status = status


@dataclass(frozen=True, slots=True)
class Request:
    """What a witness is asked: to go on from the size it saw last to a checkpoint, by a proof."""

    old: int
    path: tuple[bytes, ...]
    checkpoint: str

    def text(self) -> str:
        """Write the request."""
        hashes = "".join(f"{encoded(one)}\n" for one in self.path)
        return f"old {self.old}\n{hashes}\n{self.checkpoint}"


def request_of(text: str) -> Request:
    """Read a request; raise `LedgerDamaged` for anything that `Request.text` would not have written."""
    head, gap, note = text.partition("\n\n")
    first, *rest = head.split("\n")
    old, path = _OLD.fullmatch(first), [decoded(line) for line in rest]
    hashes = tuple(one for one in path if one is not None and len(one) == 32)
    if not gap or old is None or len(hashes) != len(path) or len(path) > LONGEST_PATH:
        raise LedgerDamaged(
            "this is not what a witness is asked: it has to be `old` and a size, the hashes of a proof in base64, an "
            "empty line, and a signed checkpoint"
        )
    return Request(int(old[1]), hashes, note)


@dataclass(frozen=True, slots=True)
class Witness:
    """Signs for the logs it knows; `folder` holds a file for each, with its key and the last checkpoint seen."""

    folder: Path
    key: SigningKey
    clock: Callable[[], int]

    def know(self, log: VerifierKey) -> None:
        """Sign for a log from now on, under this key of it; a key that is known already is put in its place."""
        with self._alone(log.name):
            path = self._file(log.name)
            self._keep(log, _read(path)[1] if path.is_file() else Checkpoint(log.name, 0, EMPTY_ROOT))

    def logs(self) -> list[tuple[VerifierKey, Checkpoint]]:
        """Return the logs known, each with the last checkpoint signed."""
        return sorted(map(_read, self.folder.glob(f"*{_SUFFIX}")), key=lambda one: one[0].name)

    def cosign(self, request: Request) -> str:
        """Return the line of a signature for the checkpoint asked about, after it is remembered as seen.

        Raises `WitnessRefused`: 404 for a log not known, 403 where its key did not sign, 409 where another
        size was seen last, 422 where the proof does not show that the log only grew.
        """
        text, checkpoint = _checkpoint(request)
        if not self._file(checkpoint.origin).is_file():
            raise WitnessRefused(404, f"{checkpoint.origin[:200]!r} is not a log this witness signs for")
        with self._alone(checkpoint.origin):
            key, seen = _read(self._file(checkpoint.origin))
            _require_signed(request, key)
            _require_grown(request, seen, checkpoint)
            self._keep(key, checkpoint)
            return self.key.line(text, self.clock())

    def _keep(self, key: VerifierKey, seen: Checkpoint) -> None:
        put(self._file(key.name), f"{key}\n{seen.text()}".encode())

    @contextmanager
    def _alone(self, origin: str) -> Iterator[None]:
        """Keep every other process that signs for this log waiting: two histories could be signed between them."""
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        with self._file(origin).with_suffix(".lock").open("w") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            yield

    def _file(self, origin: str) -> Path:
        """Name the file of a log by the digest of its name: that fits every file system, and no two share one."""
        return self.folder / f"{hashlib.sha256(origin.encode()).hexdigest()}{_SUFFIX}"


def _read(path: Path) -> tuple[VerifierKey, Checkpoint]:
    key, _, text = path.read_text(encoding="utf-8").partition("\n")
    return VerifierKey.parse(key), parse(text)


def _checkpoint(request: Request) -> tuple[str, Checkpoint]:
    try:
        text = opened(request.checkpoint, ()).text
        return text, parse(text)
    except LedgerError as error:
        raise WitnessRefused(400, str(error)) from error


def _require_signed(request: Request, key: VerifierKey) -> None:
    try:
        signed = opened(request.checkpoint, [key]).verified
    except LedgerDamaged as error:
        raise WitnessRefused(403, str(error)) from error
    if not signed:
        raise WitnessRefused(403, f"the checkpoint is not signed with the key known for {key.name}")


def _require_grown(request: Request, seen: Checkpoint, asked: Checkpoint) -> None:
    if request.old > asked.size:
        raise WitnessRefused(400, f"a log does not grow from {request.old} events to {asked.size}")
    if request.old != seen.size:
        raise WitnessRefused(
            409, f"{seen.size} events of {seen.origin} were seen last, not {request.old}: ask again from {seen.size}"
        )
    if asked.size == seen.size and asked.root != seen.root:
        raise WitnessRefused(
            409,
            f"another root was seen over {seen.size} events of {seen.origin}: there are two histories; keep both "
            "checkpoints, they prove it",
        )
    grown = not request.path if request.old == 0 else _consistent(request, seen, asked)
    if not grown:
        raise WitnessRefused(
            422, f"the proof does not show that {seen.origin} only grew from {seen.size} events to {asked.size}"
        )


def _consistent(request: Request, seen: Checkpoint, asked: Checkpoint) -> bool:
    return verify_consistency(seen.size, asked.size, seen.root, asked.root, request.path)


def request_for(home: Home, jurisdiction: str, since: int) -> Request:
    """Return what a witness that last saw so many events is asked about the last checkpoint of a ledger's log.

    Raises `Unavailable` where no checkpoint is signed yet, `Refused` where the witness saw more than that.
    """
    folder = home.log_folder(jurisdiction)
    note = CheckpointStore(folder).latest()
    if note is None:
        raise Unavailable(f"no checkpoint of {jurisdiction} is signed yet; `mastery signer --once` signs one")
    size = stated(note).size
    if since > size:
        raise Refused(
            f"the last checkpoint of {jurisdiction} is over {size} events, and the witness saw {since}: events were "
            "removed, or an older copy was put back"
        )
    return Request(since, Tiles(folder).consistency(since, size) if since else (), note)


def receive(home: Home, jurisdiction: str, line: str, witness: VerifierKey) -> Checkpoint:
    """Keep the signature of a witness with the checkpoint it is for; raise `Refused` where it holds for none."""
    if witness.type is not KeyType.WITNESS:
        raise Refused(f"{witness} is not the key of a witness but that of a log")
    store = CheckpointStore(home.log_folder(jurisdiction))
    for size in reversed(store.sizes()):
        note = f"{store.at(size)}{line.strip()}\n"
        try:
            found = opened(note, [witness])
        except LedgerDamaged:
            continue
        if found.verified:
            store.add(note)
            return parse(found.text)
    raise Refused(f"this signature of {witness.name} holds for no checkpoint kept of {jurisdiction}")

"""The checkpoints of one log that are kept beside it, each a signed note: in `log/<jurisdiction>/`.

`checkpoint` is the last one, `checkpoints/<size>` each by its size. What is kept here was published, and is
verified by whoever reads it; nothing here says that a signature holds.
"""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from ledger.audit.checkpoints import Checkpoint, parse
from ledger.durable import PUBLIC, put
from ledger.errors import Refused

LAST, EACH = "checkpoint", "checkpoints"


class CheckpointStore:
    """Reads and adds checkpoints; every file is written beside its place, flushed, and put there at once."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def latest(self) -> str | None:
        """Return the last checkpoint, nothing where there is none yet."""
        return _read(self.folder / LAST)

    def covering(self, size: int) -> str | None:
        """Return the smallest checkpoint over at least so many events, nothing where there is none yet."""
        return next((self.at(one) for one in self.sizes() if one >= size), None)

    def at(self, size: int) -> str | None:
        """Return the checkpoint over just so many events, nothing where none is kept."""
        return _read(self._file(size))

    def sizes(self) -> list[int]:
        """Return the sizes of which a checkpoint is kept, rising."""
        folder = self.folder / EACH
        names = (path.name for path in folder.iterdir()) if folder.is_dir() else iter(())
        return sorted(int(name) for name in names if name.isascii() and name.isdecimal())

    def all(self) -> Iterator[str]:
        """Yield every checkpoint, by rising size."""
        for size in self.sizes():
            if (note := self.at(size)) is not None:
                yield note

    def add(self, note: str) -> None:
        """Keep a checkpoint; one that is kept already gains the signatures it did not have.

        Raises `Refused` where another root is kept for the same number of events.
        """
        said = stated(note)
        with self._alone():
            self._add(said, note)

    def _add(self, said: Checkpoint, note: str) -> None:
        kept = self.at(said.size)
        if kept is not None:
            if stated(kept) != said:
                raise Refused(
                    f"{self._file(said.size)} has another root than the checkpoint to be kept over {said.size} events: "
                    "two histories were signed; keep both"
                )
            note = _with_signatures(kept, note)
        if note != kept:
            put(self._file(said.size), note.encode(), PUBLIC)
        last = self.latest()
        if last is None or (stated(last).size <= said.size and last != note):
            put(self.folder / LAST, note.encode(), PUBLIC)

    @contextmanager
    def _alone(self) -> Iterator[None]:
        self.folder.mkdir(parents=True, exist_ok=True)
        with (self.folder / ".adding").open("w") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            yield

    def _file(self, size: int) -> Path:
        return self.folder / EACH / str(size)


def stated(note: str) -> Checkpoint:
    """Read what a checkpoint says, without a look at its signatures; raise `LedgerDamaged` where it says nothing."""
    text, gap, _ = note.partition("\n\n")
    return parse(f"{text}\n" if gap else note)


def _with_signatures(kept: str, note: str) -> str:
    text, blank, signatures = kept.partition("\n\n")
    lines = dict.fromkeys([*signatures.splitlines(), *note.partition("\n\n")[2].splitlines()])
    return text + blank + "".join(f"{line}\n" for line in lines)


def _read(path: Path) -> str | None:
    try:
        return path.read_bytes().decode(errors="replace")
    except FileNotFoundError:
        return None

"""What an import reads: the file, its map, and the files the map joins."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from ledger.errors import Fault, InputFaults
from ledger.interchange import sentences
from ledger.interchange.evidence_map import EvidenceMap, read_map
from ledger.interchange.joined import reason_of

_NOT_ORDINARY = "it is not an ordinary file, and it is read more than once; save it first"


@dataclass(frozen=True, slots=True)
class Sources:
    """The files of one import; `directory` holds the joined ones, `mapping` is the digest of the map."""

    path: Path
    map: EvidenceMap | None
    mapping: str
    directory: Path

    def digests(self) -> tuple[str, ...]:
        """Digest every file as it is now; raise `InputFaults` where the file itself cannot be read."""
        joins = self.map.joins if self.map else ()
        return (_digest(self.path), self.mapping, *(_joined_digest(self.directory / join.file) for join in joins))


def sources(path: Path, map_file: Path | None) -> Sources:
    """Read the map, where there is one; raise `InputFaults` with every fault of it."""
    if map_file is None:
        return Sources(path, None, "", path.parent)
    data = b"".join(_blocks(map_file))
    found = read_map(data, map_file.name)
    if not isinstance(found, EvidenceMap):
        raise InputFaults(found)
    return Sources(path, found, hashlib.sha256(data).hexdigest(), map_file.parent)


def _joined_digest(path: Path) -> str:
    try:
        return _digest(path)
    except InputFaults:  # told as a fault when the rows are read
        return ""


def _digest(path: Path) -> str:
    hashed = hashlib.sha256()
    for block in _blocks(path):
        hashed.update(block)
    return hashed.hexdigest()


def _blocks(path: Path) -> Iterator[bytes]:
    try:
        if path.exists() and not (path.is_file() or path.is_dir()):
            raise ValueError(_NOT_ORDINARY)
        with path.open("rb") as file:
            while block := file.read(1 << 20):
                yield block
    except (OSError, ValueError) as error:
        why = sentences.NO_FILE.format(reason=reason_of(error))
        raise InputFaults([Fault(path.name, 0, "", "", why)]) from error

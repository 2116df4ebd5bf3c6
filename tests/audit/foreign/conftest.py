"""A signed log, and the program in Go that checks it."""

import hashlib
import os
import shutil
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest

from ledger.audit.checkpoint_store import CheckpointStore
from ledger.audit.checkpoints import Checkpoint
from ledger.audit.merkle import Tree
from ledger.audit.note import KeyType, SigningKey, cosigned, sign
from ledger.audit.tiles import Tiles
from ledger.audit.tlog_proof import Proof
from ledger.audit.witnessing import Request

SOURCES = Path("/usr/share/gocode")
"""Where Debian's package golang-golang-x-mod-dev puts golang.org/x/mod."""

LOG = SigningKey("ledger.example.org/us-tx", bytes(range(32)))
WITNESS = SigningKey("witness.example.org/auditors", bytes(range(1, 33)), KeyType.WITNESS)
OLD, NEW = 50_000, 70_000


@dataclass(frozen=True, slots=True)
class Published:
    """The folder of a log over 70,000 records, with a checkpoint over the first 50,000 of them too."""

    folder: Path
    records: Sequence[bytes]
    tree: Tree

    @property
    def store(self) -> CheckpointStore:
        """Return the checkpoints."""
        return CheckpointStore(self.folder)

    def note(self, size: int) -> str:
        """Return a checkpoint."""
        found = self.store.at(size)
        assert found is not None
        return found

    def proof(self, index: int, size: int = NEW) -> Proof:
        """Return the proof of a record, made from the tiles."""
        return Proof(self.records[index], index, Tiles(self.folder).inclusion(index, size), self.note(size))

    def growth(self) -> Request:
        """Return what a witness that saw the old checkpoint is asked about the new one, made from the tiles."""
        return Request(OLD, Tiles(self.folder).consistency(OLD, NEW), self.note(NEW))


@pytest.fixture(scope="session")
def published(tmp_path_factory: pytest.TempPathFactory) -> Published:
    """Return a log that was published in two steps and cosigned."""
    folder = tmp_path_factory.mktemp("published")
    records = [b'{"n":%d}' % number for number in range(NEW)]
    leaves = [hashlib.sha256(b"\x00" + record).digest() for record in records]
    tree, tiles, store = Tree(leaves), Tiles(folder), CheckpointStore(folder)
    for before, size in ((0, OLD), (OLD, NEW)):
        tiles.append(leaves[before:size])
        store.add(cosigned(sign(Checkpoint(LOG.name, size, tree.root(size)).text(), LOG), WITNESS, 1_764_000_000))
    return Published(folder, records, tree)


@dataclass(frozen=True, slots=True)
class Verifier:
    """A program that accepts or refuses what it is given."""

    program: Path

    def run(self, *words: object) -> subprocess.CompletedProcess[str]:
        """Run it."""
        return subprocess.run([self.program, *map(str, words)], capture_output=True, text=True, check=False, timeout=60)

    def accepts(self, *words: object) -> bool:
        """Say whether it accepts, after one or the other was said and no third thing."""
        done = self.run(*words)
        accepted = done.returncode == 0 and done.stdout.endswith("accepted\n")
        assert accepted or (done.returncode == 1 and done.stderr.startswith("refused: ")), done
        return accepted


@pytest.fixture(scope="session")
def verifier(tmp_path_factory: pytest.TempPathFactory) -> Verifier:
    """Return the program, compiled; skip where that cannot be done here."""
    go = shutil.which("go")
    if go is None:
        pytest.skip("`go` is not installed: Debian's packages golang-go and golang-golang-x-mod-dev are needed")
    if not (SOURCES / "src/golang.org/x/mod/sumdb/tlog").is_dir():
        pytest.skip("golang.org/x/mod is not installed: Debian's package golang-golang-x-mod-dev is needed")
    folder = tmp_path_factory.mktemp("go")
    environment = {
        "PATH": os.environ["PATH"],
        "HOME": str(folder),
        "GO111MODULE": "off",
        "GOPATH": str(SOURCES),
        "GOCACHE": str(folder / "cache"),
    }
    program = folder / "verify"
    source = Path(__file__).with_name("verify.go")
    subprocess.run([go, "build", "-o", program, source], env=environment, check=True, timeout=300)
    return Verifier(program)

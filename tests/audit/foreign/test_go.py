"""The packages by which the go command checks modules accept what a ledger publishes, and nothing that was altered."""

import base64
from dataclasses import replace
from pathlib import Path

import pytest

from ledger.audit.note import KeyType, SigningKey
from tests.audit.foreign.conftest import LOG, NEW, OLD, WITNESS, Published, Verifier

INDICES = (0, 1, 255, 256, 49_999, 50_000, 65_535, 65_536, 69_887, 69_999)
KEY = LOG.verifier_key
OTHER = SigningKey(LOG.name, bytes(32)).verifier_key


def written(folder: Path, name: str, text: str) -> Path:
    """Write a text into a file."""
    path = folder / name
    path.write_bytes(text.encode())
    return path


def turned(one: bytes) -> bytes:
    """Return bytes with one bit turned."""
    return bytes([one[0] ^ 1]) + one[1:]


@pytest.mark.parametrize("size", [OLD, NEW])
def test_proofs_are_accepted(verifier: Verifier, published: Published, tmp_path: Path, size: int) -> None:
    """The proof of a record under either checkpoint is accepted."""
    files = [written(tmp_path, str(index), published.proof(index, size).text()) for index in INDICES if index < size]

    assert [True] * len(files) == [verifier.accepts("proof", file, KEY) for file in files]


def test_altered_proofs_are_refused(verifier: Verifier, published: Published, tmp_path: Path) -> None:
    """Another record, index, path, size, root or key: each alone is enough."""
    proof = published.proof(1234)
    altered = {
        "record": replace(proof, record=turned(proof.record)),
        "index": replace(proof, index=1235),
        "hash": replace(proof, path=(turned(proof.path[0]), *proof.path[1:])),
        "short": replace(proof, path=proof.path[:-1]),
        "long": replace(proof, path=(*proof.path, proof.path[-1])),
        "order": replace(proof, path=proof.path[::-1]),
        "size": replace(proof, checkpoint=proof.checkpoint.replace("\n70000\n", "\n70001\n")),
        "checkpoint": replace(proof, checkpoint=published.note(OLD)),
    }
    files = {name: written(tmp_path, name, one.text()) for name, one in altered.items()}
    whole = written(tmp_path, "whole", proof.text())

    assert (True, False) == (verifier.accepts("proof", whole, KEY), verifier.accepts("proof", whole, OTHER))
    assert dict.fromkeys(altered, False) == {name: verifier.accepts("proof", one, KEY) for name, one in files.items()}


def test_growth_is_accepted_and_nothing_else(verifier: Verifier, published: Published, tmp_path: Path) -> None:
    """That the log only grew is accepted with its proof, and refused with another or from another checkpoint."""
    old, new = (written(tmp_path, str(size), published.note(size)) for size in (OLD, NEW))
    asked = published.growth()
    whole = written(tmp_path, "whole", asked.text())
    altered = written(tmp_path, "altered", replace(asked, path=(turned(asked.path[0]), *asked.path[1:])).text())

    assert verifier.accepts("grown", old, whole, KEY)
    assert not verifier.accepts("grown", old, altered, KEY)
    assert not verifier.accepts("grown", new, whole, KEY)


def test_tiles_give_the_same_proofs(verifier: Verifier, published: Published) -> None:
    """Read from the published tiles, root, leaves and paths are those the ledger states, byte by byte."""
    said = verifier.run("tiles", published.folder, KEY, *INDICES).stdout.splitlines()
    expected = [f"root {NEW} {base64.b64encode(published.tree.root()).decode()}"]
    for index in INDICES:
        path = " ".join(base64.b64encode(one).decode() for one in published.tree.inclusion(index, NEW))
        leaf = base64.b64encode(published.tree.hash_at(0, index)).decode()
        expected.append(f"index {index} {leaf} [{path}]")

    assert [*expected, "accepted"] == said


def test_an_altered_tile_is_refused(verifier: Verifier, published: Published) -> None:
    """A tile that does not fit the signed root is noticed by whoever reads it."""
    tile = published.folder / "tile" / "0" / "004"
    whole = tile.read_bytes()
    tile.write_bytes(turned(whole))
    refused = not verifier.accepts("tiles", published.folder, KEY, 1025)
    tile.write_bytes(whole)

    assert refused
    assert verifier.accepts("tiles", published.folder, KEY, 1025)


def test_cosignatures_are_accepted(verifier: Verifier, published: Published, tmp_path: Path) -> None:
    """The signature of a witness holds over the text and its time, for its key alone."""
    note = published.note(NEW)
    whole = written(tmp_path, "whole", note)
    head, line = note.rsplit(" ", 1)
    signature = base64.b64decode(line)
    later = signature[:11] + turned(signature[11:])
    altered = written(tmp_path, "altered", f"{head} {base64.b64encode(later).decode()}\n")
    other = SigningKey(WITNESS.name, bytes(32), KeyType.WITNESS)

    assert verifier.accepts("cosigned", whole, KEY, WITNESS.verifier_key)
    assert not verifier.accepts("cosigned", altered, KEY, WITNESS.verifier_key)
    assert not verifier.accepts("cosigned", whole, KEY, other.verifier_key)

"""Tiles on disk: the same tree as in memory, however the leaves arrive and wherever writing stops."""

import hashlib
import os
import shutil
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ledger.audit import tiles as module
from ledger.audit.merkle import Tree
from ledger.audit.tiles import Tiles
from ledger.errors import LedgerDamaged

LEAVES = [hashlib.sha256(b"\x00%d" % number).digest() for number in range(70_000)]
TREE = Tree(LEAVES)


def files(folder: Path) -> list[str]:
    """Name the files under a folder, sorted."""
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file())


@given(st.lists(st.sampled_from([0, 1, 3, 255, 256, 257, 600]), min_size=1, max_size=6), st.data())
@settings(max_examples=25, deadline=None)
def test_tiles_are_the_tree(tmp_path_factory: pytest.TempPathFactory, steps: list[int], data: st.DataObject) -> None:
    """Leaves added in any portions give the roots and proofs of the tree in memory, each time opened anew."""
    folder, size = tmp_path_factory.mktemp("tiles"), 0
    for step in steps:
        Tiles(folder).append(LEAVES[size : size + step])
        size += step
    tiles = Tiles(folder)
    first = data.draw(st.integers(1, size)) if size else 0

    assert (size, TREE.root(size)) == (tiles.size, tiles.root(size))
    if size:
        assert TREE.root(first) == tiles.root(first)
        assert TREE.inclusion(first - 1, size) == tiles.inclusion(first - 1, size)
        assert TREE.consistency(first, size) == tiles.consistency(first, size)


def test_tiles_are_named_as_others_look_for_them(tmp_path: Path) -> None:
    """Numbers are written in groups of three digits, and a tile that is not full yet names its width."""
    Tiles(tmp_path).append(LEAVES[:700])
    one = files(tmp_path)
    Tiles(tmp_path).append(LEAVES[700:710])
    two = files(tmp_path)
    Tiles(tmp_path).append(LEAVES[710:768])

    assert ["tile/0/000", "tile/0/001", "tile/0/002.p/188", "tile/1/000.p/2"] == one
    assert sorted([*one, "tile/0/002.p/198"]) == two
    assert ["tile/0/000", "tile/0/001", "tile/0/002", "tile/1/000.p/2", "tile/1/000.p/3"] == files(tmp_path)


def test_three_levels_of_tiles(tmp_path: Path) -> None:
    """A log of 70,000 leaves has tiles of three levels, and the root of the tree in memory."""
    Tiles(tmp_path).append(LEAVES)
    tiles = Tiles(tmp_path)

    assert (70_000, TREE.root()) == (tiles.size, tiles.root(70_000))
    assert {"tile/2/000.p/1", "tile/1/000", "tile/1/001.p/17", "tile/0/273.p/112"} <= set(files(tmp_path))
    assert TREE.inclusion(65_535, 70_000) == tiles.inclusion(65_535, 70_000)


def test_more_than_a_thousand_tiles(tmp_path: Path) -> None:
    """The thousandth tile and those after it stand one folder deeper, and are counted."""
    leaves = [LEAVES[0]] * (1001 * 256 + 5)
    Tiles(tmp_path).append(leaves)

    assert len(leaves) == Tiles(tmp_path).size
    assert {"tile/0/999", "tile/0/x001/000", "tile/0/x001/001.p/5"} <= set(files(tmp_path))


class Stopped(Exception):
    """The machine went down."""


@pytest.mark.parametrize("written", range(6))
def test_writing_may_stop_anywhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, written: int) -> None:
    """Wherever writing stopped, what counts is whole, and the rest is added the next time."""
    Tiles(tmp_path).append(LEAVES[:300])
    put, left = module._put, iter(range(written))

    def stopping(path: Path, data: bytes) -> None:
        if next(left, None) is None:
            raise Stopped
        put(path, data)

    monkeypatch.setattr(module, "_put", stopping)
    with pytest.raises(Stopped):
        Tiles(tmp_path).append(LEAVES[300:1500])
    monkeypatch.undo()
    tiles = Tiles(tmp_path)
    reached = tiles.size
    before = tiles.root(reached)
    tiles.append(LEAVES[reached:1500])

    assert 300 <= reached < 1500
    assert (TREE.root(reached), TREE.root(1500)) == (before, Tiles(tmp_path).root(1500))


DAMAGES = [("tile/0/001", "gone"), ("tile/0/001", "cut short"), ("tile/1/000.p/2", "gone")]


@pytest.mark.parametrize(("name", "kind"), DAMAGES)
def test_a_tile_that_is_damaged_is_named(tmp_path: Path, name: str, kind: str) -> None:
    """Where a hash is in no tile, the file is named and what to do."""
    Tiles(tmp_path).append(LEAVES[:700])
    path = tmp_path / name
    if kind == "gone":
        path.unlink()
    else:
        os.truncate(path, 100)
    full = tmp_path / name.partition(".p/")[0]

    with pytest.raises(LedgerDamaged) as caught:
        Tiles(tmp_path).inclusion(300, 700)

    assert str(caught.value).startswith(f"{full} is not there, nor is a part of it with ")
    assert "remove the folder `tile`, and the signer makes them again from the ledger" in str(caught.value)


def test_what_a_write_cut_short_left_is_never_read(tmp_path: Path) -> None:
    """Where upper tiles stand beyond the leaves that count, they give way to those that are added then."""
    Tiles(tmp_path).append(LEAVES[:65_536])
    shutil.rmtree(tmp_path / "tile" / "0")
    Tiles(tmp_path / "short").append(LEAVES[:300])
    (tmp_path / "short" / "tile" / "0").rename(tmp_path / "tile" / "0")
    tiles = Tiles(tmp_path)
    others = [hashlib.sha256(leaf).digest() for leaf in LEAVES[300:1000]]
    tiles.append(others)

    assert Tree([*LEAVES[:300], *others]).root() == tiles.root(1000)
    assert not (tmp_path / "tile" / "1" / "000").exists()


def test_there_may_be_no_tiles_yet(tmp_path: Path) -> None:
    """A folder without tiles holds the tree without leaves."""
    assert (0, TREE.root(0)) == (Tiles(tmp_path).size, Tiles(tmp_path).root(0))

"""The tree over the leaves, put together from tiles, against the definition."""

import hashlib
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.audit.tiles import Tiles
from ledger.audit.verifying.tiles import check_tile, check_upper, tile_path
from ledger.audit.verifying.tree import EMPTY, leaves_of, root_of, roots_at

LEAVES = [hashlib.sha256(str(number).encode()).digest() for number in range(2_100)]


@cache
def defined(first: int, last: int) -> bytes:
    """Return the root over some leaves as RFC 9162, section 2.1.1, defines it."""
    if last - first == 1:
        return LEAVES[first]
    split = 1 << ((last - first - 1).bit_length() - 1)
    return hashlib.sha256(b"\x01" + defined(first, first + split) + defined(first + split, last)).digest()


def test_the_root_is_the_one_defined() -> None:
    """Over any number of leaves pairing level by level gives what the definition gives by halves."""
    assert [defined(0, size) for size in range(1, 300)] == [root_of(LEAVES[:size]) for size in range(1, 300)]


@given(st.sets(st.integers(-1, 2_100)), st.sampled_from([256, 512, 1024]), st.integers(1, 2_100))
def test_roots_at_any_sizes_from_spans_of_any_width(sizes: set[int], width: int, count: int) -> None:
    """However the leaves are cut at tiles, each wanted size that they reach has its root; no other has one."""
    spans = [leaves_of(at, LEAVES[at : min(at + width, count)], sizes) for at in range(0, count, width)]
    expected = {size: defined(0, size) if size > 0 else EMPTY for size in sizes if size <= count}

    assert expected == dict(roots_at(spans, sizes))


@pytest.fixture
def published(tmp_path: Path) -> Path:
    """The tiles of a tree of two levels, as they are published."""
    Tiles(tmp_path).append(LEAVES)
    return tmp_path


def whole_tiles() -> list[bytes]:
    """Return the roots of all whole tiles."""
    return list(leaves_of(0, LEAVES, ()).tiles)


def test_tiles_lie_where_the_standard_says() -> None:
    """The number of a tile is written in groups of three digits."""
    paths = [str(tile_path(level, number)) for level, number in ((0, 0), (1, 999), (0, 1_234_067))]

    assert ["tile/0/000", "tile/1/999", "tile/0/x001/x234/067"] == paths


def test_published_tiles_fit_their_leaves(published: Path) -> None:
    """Tiles of both levels, whole ones and the parts of the last, are what the leaves give."""
    lower = [one for at in range(0, 2_100, 256) for one in check_tile(published, 0, at // 256, LEAVES[at : at + 256])]

    assert [] == lower
    assert [] == list(check_upper(published, whole_tiles()))
    assert [] == list(check_upper(published / "nowhere", whole_tiles()))


def test_a_hash_of_an_upper_level_that_was_edited_is_named(published: Path) -> None:
    """A proof made from it would fail: the file and the place of the hash are told."""
    (tile,) = (published / "tile" / "1" / "000.p").iterdir()
    tile.write_bytes(bytes(32) + tile.read_bytes()[32:])
    (found,) = check_upper(published, whole_tiles())

    assert (f"tile/1/000.p/{tile.name}", 0) == (found.place, found.position)
    assert "hash 0 of level 1 is another one than stands here" == found.what


def test_a_whole_tile_that_was_edited_is_named(published: Path) -> None:
    """The leaf at which it differs is told with its position."""
    tile = published / "tile" / "0" / "003"
    held = tile.read_bytes()
    tile.write_bytes(held[:-32] + bytes(32))
    (found,) = check_tile(published, 0, 3, LEAVES[768:1024])

    assert ("tile/0/003", 1024) == (found.place, found.position)


def test_leaves_that_were_signed_meanwhile_are_no_finding(published: Path) -> None:
    """A tile may hold more than the verification began with; what it began with must be in it."""
    assert [] == list(check_tile(published, 0, 8, LEAVES[2_048:2_060]))
    assert 1 == len(list(check_tile(published, 0, 8, LEAVES[2_049:2_060])))

"""The hashes of a log's tree as files, 256 to a tile, for anybody to read and keep: `tile/<level>/<index>`.

A tile of level L holds hashes of level 8 L of the tree; one that is not full yet stands in `<index>.p/<width>`.
A tile that is full never changes. Source: C2SP tlog-tiles.
"""

import os
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from ledger.audit.merkle import consistency_path, inclusion_path, node, root_at
from ledger.durable import PUBLIC, beside, flush
from ledger.errors import LedgerDamaged

HEIGHT = 8
"""Levels of the tree in a tile."""

WIDTH = 1 << HEIGHT
"""Hashes in a full tile."""

_HASH = 32
_KEPT = 64
"""Tiles that stay in memory."""


@dataclass(slots=True)
class Tiles:
    """The tiles under one folder; one process at a time may add to them, any number read."""

    folder: Path
    size: int = field(init=False)

    def __post_init__(self) -> None:
        self.size = _size_of(self.folder / "tile" / "0")

    def append(self, leaves: Sequence[bytes]) -> None:
        """Add leaves; lower tiles come last, so that whatever `size` counts is whole, whenever this is cut short."""
        levels = list(self._grown(leaves))
        for level, first, hashes in reversed(levels):
            self._write(level, first, hashes)
        self.size += len(leaves)

    def _grown(self, leaves: Sequence[bytes]) -> Iterator[tuple[int, int, list[bytes]]]:
        """Yield, for each level that grows, the index of its first tile to write and the hashes from there on."""
        level, size, added = 0, self.size, list(leaves)
        while added:
            first = size // WIDTH
            hashes = [*self._read(level, first, size % WIDTH)[: size % WIDTH], *added]
            yield level, first, hashes
            whole = len(hashes) // WIDTH
            added = [_top(hashes[at * WIDTH : (at + 1) * WIDTH]) for at in range(whole)]
            level, size = level + 1, size // WIDTH

    def _write(self, level: int, first: int, hashes: Sequence[bytes]) -> None:
        folders = set()
        for at in range(0, len(hashes), WIDTH):
            some = hashes[at : at + WIDTH]
            path = self._path(level, first + at // WIDTH, len(some))
            _put(path, b"".join(some))
            folders.add(path.parent)
            self._drop_others(level, first + at // WIDTH, len(some))
        for folder in folders:
            flush(folder)

    def _drop_others(self, level: int, tile: int, width: int) -> None:
        """Remove the parts of a tile that is full now, and what a write cut short left beyond this one.

        Parts of a tile that is not full stay: whoever holds an earlier checkpoint still asks for them.
        """
        parts = self._path(level, tile, 1).parent
        for one in _widths(parts):
            if one > width or width == WIDTH:
                (parts / str(one)).unlink(missing_ok=True)
        if width < WIDTH:
            self._path(level, tile, WIDTH).unlink(missing_ok=True)
        else:
            with suppress(OSError):
                parts.rmdir()

    def hash_at(self, level: int, index: int) -> bytes:
        """Return a hash of the tree by its place; raise `LedgerDamaged` where no tile holds it."""
        above, within = divmod(level, HEIGHT)
        first = index << within
        tile, place = divmod(first, WIDTH)
        count = 1 << within
        return _top(self._read(above, tile, place + count)[place : place + count])

    def root(self, size: int) -> bytes:
        """Return the root of the first `size` leaves."""
        return root_at(size, self.hash_at)

    def inclusion(self, index: int, size: int) -> tuple[bytes, ...]:
        """Return the proof that a leaf stands at an index of the tree of the first `size` leaves."""
        return inclusion_path(index, size, self.hash_at)

    def consistency(self, old: int, new: int) -> tuple[bytes, ...]:
        """Return the proof that the first `new` leaves begin with the first `old`."""
        return consistency_path(old, new, self.hash_at)

    def _read(self, level: int, tile: int, width: int) -> tuple[bytes, ...]:
        """Return the hashes of a tile, at least so many."""
        if not width:
            return ()
        full = self._path(level, tile, WIDTH)
        for path in _candidates(full, width):
            with suppress(FileNotFoundError):
                found = _hashes(path, _written(path))
                if len(found) >= width:
                    return found
        raise LedgerDamaged(
            f"{full} is not there, nor is a part of it with {width} hashes: the tiles are not those of this log; "
            "remove the folder `tile`, and the signer makes them again from the ledger"
        )

    def _path(self, level: int, tile: int, width: int) -> Path:
        path = self.folder / "tile" / str(level) / _name(tile)
        return path if width == WIDTH else path.with_name(f"{path.name}.p") / str(width)


def _candidates(full: Path, width: int) -> Iterator[Path]:
    """Yield the files in which a tile may stand with at least so many hashes."""
    yield full
    parts = full.with_name(f"{full.name}.p")
    yield from (parts / str(one) for one in _widths(parts) if one >= width)


def _name(tile: int) -> str:
    """Write the number of a tile in groups of three digits, every one but the last marked by an x."""
    digits = f"{tile:d}"
    digits = digits.zfill(-(-len(digits) // 3) * 3)
    groups = [digits[at : at + 3] for at in range(0, len(digits), 3)]
    return "/".join([*(f"x{one}" for one in groups[:-1]), groups[-1]])


def _size_of(folder: Path) -> int:
    """Return how many hashes the tiles of a level hold: every tile before the last is full."""
    tile, width = _last(folder, 0)
    return tile * WIDTH + width


def _last(folder: Path, above: int) -> tuple[int, int]:
    """Return the number of the last tile under a folder, and its width; 0 and 0 where there is none."""
    names = _listed(folder)
    deeper = max((name for name in names if name.startswith("x") and _number(name) is not None), default=None)
    if deeper:
        return _last(folder / deeper, (above + int(deeper[1:])) * 1000)
    for number, name in sorted(((_number(name), name) for name in names), key=_order, reverse=True):
        widths = [WIDTH] if not name.endswith(".p") else _widths(folder / name)
        if number is not None and widths:
            return above + number, WIDTH if (folder / name.removesuffix(".p")).is_file() else widths[-1]
    return above, 0


def _order(numbered: tuple[int | None, str]) -> tuple[int, str]:
    number, name = numbered
    return -1 if number is None else number, name


def _listed(folder: Path) -> list[str]:
    try:
        return os.listdir(folder)  # noqa: PTH208 - a tree of a million leaves has thousands of names here
    except FileNotFoundError:
        return []


def _number(name: str) -> int | None:
    digits = name.removeprefix("x").removesuffix(".p")
    return int(digits) if len(digits) == 3 and digits.isascii() and digits.isdecimal() else None


def _widths(folder: Path) -> list[int]:
    return sorted(int(name) for name in _listed(folder) if name.isascii() and name.isdecimal())


def _written(path: Path) -> tuple[int, int]:
    found = path.stat()
    return found.st_mtime_ns, found.st_ino


@lru_cache(maxsize=_KEPT)
def _hashes(path: Path, _written: tuple[int, int]) -> tuple[bytes, ...]:
    """Read the hashes of a file; when and where it was written tells it from another of the same name."""
    data = path.read_bytes()
    return tuple(data[at : at + _HASH] for at in range(0, len(data) - _HASH + 1, _HASH))


def forget() -> None:
    """Forget what was read of tiles, as a process that begins has read none."""
    _hashes.cache_clear()


def _top(hashes: Sequence[bytes]) -> bytes:
    """Return the hash over a power of two of hashes."""
    level = hashes
    while len(level) > 1:
        level = [node(left, right) for left, right in zip(level[::2], level[1::2], strict=True)]
    return level[0]


def _put(path: Path, data: bytes) -> None:
    with beside(path, PUBLIC) as file:
        file.write(data)

"""The published tiles of the tree (C2SP tlog-tiles) held against the leaves that stand, file by file.

A tile of level 0 holds 256 leaves, each of a higher level the roots of 256 tiles below; the last one
may hold fewer, in a folder `.p`. Tiles that are not there yet are no finding: the signer writes them. Nor
are hashes of leaves that came since: that there are more than the log has is for checkpoints to tell.
"""

import os
from collections.abc import Iterator, Sequence
from pathlib import Path

from ledger.audit.verifying.findings import Finding, Kind
from ledger.audit.verifying.tree import TILE, root_of

WIDTH = 32
"""Bytes of a hash."""


def tile_path(level: int, number: int) -> Path:
    """Return the place of a whole tile below its folder: its number in groups of three digits."""
    groups = [f"{number % 1000:03}"]
    while number >= 1000:
        number //= 1000
        groups.insert(0, f"x{number % 1000:03}")
    return Path("tile", str(level), *groups)


def check_tile(folder: Path, level: int, number: int, hashes: Sequence[bytes]) -> Iterator[Finding]:
    """Hold the files of one tile against the hashes that belong there, as far as those go."""
    place = tile_path(level, number)
    expected = b"".join(hashes)
    files = [folder / place, *sorted((folder / place).with_name(f"{place.name}.p").glob("*"))]
    for file in files:
        if not os.path.lexists(file):
            continue
        if not file.is_file():  # a pipe would be waited for without end
            yield _finding(folder, file, "it is no file that could be read", 0)
            continue
        held = file.read_bytes()
        wanted = file.name if file is not files[0] else str(TILE)
        if not wanted.isdecimal() or len(held) != int(wanted) * WIDTH:
            yield _finding(folder, file, f"it holds {len(held)} bytes, which is not what its name says", 0)
        elif not expected.startswith(held[: len(expected)]):
            entry = next(at for at in range(0, len(held), WIDTH) if expected[at : at + WIDTH] != held[at : at + WIDTH])
            at = entry // WIDTH + number * TILE
            here = f"leaf {at} (position {at + 1})" if level == 0 else f"hash {at} of level {level}"
            yield _finding(folder, file, f"{here} is another one than stands here", at + 1 if level == 0 else 0)


def check_upper(folder: Path, roots: Sequence[bytes]) -> Iterator[Finding]:
    """Hold the tiles above level 0 against the roots of whole tiles of level 0."""
    level, hashes = 1, list(roots)
    while hashes:
        for number in range(0, len(hashes), TILE):
            yield from check_tile(folder, level, number // TILE, hashes[number : number + TILE])
        whole = len(hashes) // TILE * TILE
        hashes = [root_of(hashes[at : at + TILE]) for at in range(0, whole, TILE)]
        level += 1


def _finding(folder: Path, file: Path, what: str, position: int) -> Finding:
    return Finding(Kind.TILE, str(file.relative_to(folder)), what, position)

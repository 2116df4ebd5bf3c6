"""Proofs out of the tiles of a tree of a million leaves: how long one takes, made and checked.

Each is made by tiles opened anew, which have read nothing yet; what the operating system keeps of the files
stays. The tree itself stands beside SHA-256 over the same pairs of hashes. Run by name only.
"""

import hashlib
import random
import time
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from statistics import median

from benchmarks.measuring import Check, Measure, Report, Setting, Target, interleaved, ratio_of
from ledger.audit import tiles
from ledger.audit.merkle import Frontier, verify_consistency, verify_inclusion
from ledger.audit.tiles import Tiles

LEAVES, PROOFS, PORTION = 1_000_000, 300, 50_000
MILLISECONDS = 5
"""What a proof may take."""


def run(setting: Setting) -> Report:
    """Make the tree and its tiles, then proofs at random places."""
    size = setting.size(LEAVES, 3_000)
    leaves = [hashlib.sha256(b"\x00%d" % number).digest() for number in range(size)]
    folder = setting.directory / "proofs"
    made = Tiles(folder)
    for first in range(0, size, PORTION):
        made.append(leaves[first : first + PORTION])
    root, chance = made.root(size), random.Random(9162)
    places = [chance.randrange(size - 1) for _ in range(setting.size(PROOFS, 10))]
    inclusion = [_anew(folder, partial(Tiles.inclusion, index=place, size=size)) for place in places]
    consistency = [_anew(folder, partial(Tiles.consistency, old=place + 1, new=size)) for place in places]
    wrong = [
        place
        for place, (_, one), (_, two) in zip(places, inclusion, consistency, strict=True)
        if not verify_inclusion(leaves[place], place, size, root, one)
        or not verify_consistency(place + 1, size, made.root(place + 1), root, two)
    ]
    rates = interleaved(setting.rounds, {"ours": lambda _: _tree(leaves), "bare": lambda _: _pairs(leaves)})
    return Report(
        [
            _measure(f"proof that one of {size:,} leaves is there", inclusion),
            _measure(f"proof that {size:,} leaves begin with some", consistency),
            Measure(
                f"root of {size:,} leaves",
                "leaves/s",
                rates["ours"],
                bare=rates["bare"],
                ratio=ratio_of(rates["ours"], rates["bare"]),
                against="SHA-256",
            ),
        ],
        [Check("proofs: those that do not hold", [], wrong), Check("proofs: root", root, _root(leaves))],
        [_told([took for took, _ in inclusion], max(len(path) for _, path in inclusion))],
    )


def _measure(name: str, proofs: Sequence[tuple[float, tuple[bytes, ...]]]) -> Measure:
    taken = [took for took, _ in proofs]
    return Measure(
        name,
        "ms",
        taken,
        ratio=median(taken) / MILLISECONDS,
        against=f"{MILLISECONDS} ms",
        target=Target(1, at_most=True),
    )


def _told(taken: Sequence[float], hashes: int) -> str:
    return f"proofs: {hashes} hashes at the most; the slowest of {len(taken)} took {max(taken):.1f} ms"


def _anew(folder: Path, prove: Callable[[Tiles], tuple[bytes, ...]]) -> tuple[float, tuple[bytes, ...]]:
    """Return the milliseconds a proof took, and the proof; no tile is in memory before."""
    tiles.forget()
    began = time.perf_counter()
    path = prove(Tiles(folder))
    return 1000 * (time.perf_counter() - began), path


def _root(leaves: Sequence[bytes]) -> bytes:
    frontier = Frontier()
    frontier.extend(leaves)
    return frontier.root()


def _tree(leaves: Sequence[bytes]) -> Callable[[], int]:
    def work() -> int:
        _root(leaves)
        return len(leaves)

    return work


def _pairs(leaves: Sequence[bytes]) -> Callable[[], int]:
    """Hash as many pairs as a tree has nodes above its leaves."""
    pairs = [b"\x01" + leaf + leaf for leaf in leaves]

    def work() -> int:
        for pair in pairs:
            hashlib.sha256(pair).digest()
        return len(pairs)

    return work

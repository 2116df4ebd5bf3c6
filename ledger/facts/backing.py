"""Which stream versions stand behind a value, in bounded space.

At most 32 versions are listed, in fold order; beyond that a count and a chained SHA-256 hold the
rest: the first link is over the 32 listed, each further one over the link before and the version.
"""

from collections.abc import Iterable, Sequence
from typing import Any, TypeAlias

from msgspec import Struct

from ledger.values import canonical, digest

LISTED = 32

BackingState: TypeAlias = list[Any]
"""[listed versions, count, digest or null], plain data for a snapshot."""


class Backing(Struct, frozen=True):
    """The versions behind a value: those listed, how many in all, a digest where the list is cut."""

    versions: tuple[int, ...] = ()
    count: int = 0
    digest: str | None = None


def nothing_behind() -> BackingState:
    """Return the state before the first version."""
    return [[], 0, None]


def behind(state: BackingState, version: int) -> BackingState:
    """Return the state with one more version behind it."""
    versions, count, link = state
    if count < LISTED:
        return [[*versions, version], count + 1, None]
    start = link or digest(canonical(versions))
    return [versions, count + 1, digest(f"{start},{version}".encode())]


def backing(state: BackingState) -> Backing:
    """Return what a state says."""
    return Backing(tuple(state[0]), state[1], state[2])


def joined(parts: Sequence[Backing]) -> Backing:
    """Return the backing of a value that several others stand behind."""
    found = backing_of(version for part in parts for version in part.versions)
    cut_off = [part.digest for part in parts if part.digest]
    if not cut_off:
        return found
    link = digest(canonical([list(found.versions), found.digest, *cut_off]))
    return Backing(found.versions, sum(part.count for part in parts), link)


def backing_of(versions: Iterable[int]) -> Backing:
    """Return the backing of versions given in fold order."""
    state = nothing_behind()
    for version in versions:
        state = behind(state, version)
    return backing(state)

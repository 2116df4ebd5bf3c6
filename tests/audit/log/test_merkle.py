"""The tree: its root as the standard defines it, and proofs that only hold where they are true."""

import hashlib
import random
from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ledger.audit.merkle import (
    EMPTY_ROOT,
    Frontier,
    Tree,
    consistency_path,
    inclusion_path,
    verify_consistency,
    verify_inclusion,
)

LEAVES = [hashlib.sha256(b"\x00%d" % number).digest() for number in range(257)]
TREE = Tree(LEAVES)
MUTANTS = 20_000


def defined_root(leaves: Sequence[bytes]) -> bytes:
    """Return the root as RFC 9162, section 2.1.1, defines it."""
    if len(leaves) < 2:
        return leaves[0] if leaves else hashlib.sha256(b"").digest()
    split = 1
    while 2 * split < len(leaves):
        split *= 2
    return hashlib.sha256(b"\x01" + defined_root(leaves[:split]) + defined_root(leaves[split:])).digest()


def test_the_root_is_the_one_the_standard_defines() -> None:
    """Tree and frontier have the root of the recursive definition, at every size up to 257."""
    frontier = Frontier()
    found = []
    for size in range(258):
        found.append((TREE.root(size), frontier.root(), frontier.size))
        frontier.extend(LEAVES[size : size + 1])

    assert [(defined_root(LEAVES[:size]),) * 2 + (size,) for size in range(258)] == found


def test_every_inclusion_proof_holds() -> None:
    """Each leaf is proven in each tree of up to 256 leaves that holds it."""
    wrong = [
        (index, size)
        for size in range(1, 257)
        for index in range(size)
        if not verify_inclusion(LEAVES[index], index, size, TREE.root(size), TREE.inclusion(index, size))
    ]

    assert wrong == []


def test_every_consistency_proof_holds() -> None:
    """Each tree of up to 256 leaves is proven to begin with each smaller one."""
    wrong = [
        (old, new)
        for new in range(1, 257)
        for old in range(1, new + 1)
        if not verify_consistency(old, new, TREE.root(old), TREE.root(new), TREE.consistency(old, new))
    ]

    assert wrong == []


@given(st.integers(0, 257), st.data())
def test_a_frontier_goes_on_from_its_hashes(size: int, data: st.DataObject) -> None:
    """A frontier made from the hashes of another grows to the same root."""
    stop = data.draw(st.integers(0, size))
    first = Frontier()
    first.extend(LEAVES[:stop])
    second = Frontier(stop, first.hashes)
    second.extend(LEAVES[stop:size])

    assert (TREE.root(size), size) == (second.root(), second.size)


def test_a_frontier_has_one_hash_for_each_bit_of_its_size() -> None:
    """Hashes that do not belong to the size are refused."""
    with pytest.raises(ValueError, match="a tree of 3 leaves has 2 hashes at its edge, not 1"):
        Frontier(3, LEAVES[:1])


def test_the_empty_tree_has_the_root_of_nothing() -> None:
    """A tree without leaves has the digest of no bytes for its root."""
    assert [EMPTY_ROOT] * 2 == [Tree([]).root(), Frontier().root()]


@pytest.mark.parametrize(
    ("asked", "message"),
    [
        (lambda: TREE.root(258), "the tree has 257 leaves, not 258"),
        (lambda: TREE.inclusion(3, 3), "a tree of 3 leaves has no leaf 3"),
        (lambda: inclusion_path(-1, 3, TREE.hash_at), "a tree of 3 leaves has no leaf -1"),
        (lambda: consistency_path(0, 3, TREE.hash_at), "a tree of 3 leaves does not begin with one of 0"),
        (lambda: consistency_path(4, 3, TREE.hash_at), "a tree of 3 leaves does not begin with one of 4"),
    ],
    ids=["root", "leaf", "negative", "nothing", "larger"],
)
def test_what_the_tree_has_not_cannot_be_asked(asked: object, message: str) -> None:
    """Sizes and indices outside of the tree are refused with a sentence."""
    with pytest.raises(ValueError, match=message):
        asked()  # type: ignore[operator]


def _mutated(path: Sequence[bytes], chance: random.Random) -> tuple[bytes, ...]:
    """Return a path that differs: a bit turned, a hash left out, added, doubled, or two exchanged."""
    changed = list(path)
    match chance.randrange(5) if changed else 1:
        case 0:
            place, bit = chance.randrange(len(changed)), chance.randrange(256)
            changed[place] = (int.from_bytes(changed[place]) ^ (1 << bit)).to_bytes(32)
        case 1:
            changed.insert(chance.randrange(len(changed) + 1), chance.choice(LEAVES))
        case 2:
            del changed[chance.randrange(len(changed))]
        case 3:
            place = chance.randrange(len(changed))
            changed.insert(place, changed[place])
        case _:
            chance.shuffle(changed)
    return tuple(changed)


def _forged_inclusion(chance: random.Random) -> bool:
    """Say whether a proof of inclusion in which one thing was changed is accepted."""
    size = chance.randrange(1, 257)
    index = chance.randrange(size)
    leaf, root, path = LEAVES[index], TREE.root(size), TREE.inclusion(index, size)
    kind = chance.randrange(4)
    if kind == 0:
        other = chance.randrange(131)
        return other != index and verify_inclusion(LEAVES[other], index, size, root, path)
    if kind == 1:
        other = chance.randrange(-1, 131)
        return other != index and verify_inclusion(leaf, other, size, root, path)
    if kind == 2:
        other = chance.randrange(258)
        return other != size and verify_inclusion(leaf, index, size, TREE.root(other), path)
    mutant = _mutated(path, chance)
    return mutant != path and verify_inclusion(leaf, index, size, root, mutant)


def _forged_consistency(chance: random.Random) -> bool:
    """Say whether a proof of consistency in which one thing was changed is accepted."""
    new = chance.randrange(2, 131)
    old = chance.randrange(1, new)
    first, second, path = TREE.root(old), TREE.root(new), TREE.consistency(old, new)
    kind = chance.randrange(3)
    if kind == 0:
        other = chance.randrange(258)
        return other != old and verify_consistency(old, new, TREE.root(other), second, path)
    if kind == 1:
        other = chance.randrange(258)
        return other != new and verify_consistency(old, new, first, TREE.root(other), path)
    mutant = _mutated(path, chance)
    return mutant != path and verify_consistency(old, new, first, second, mutant)


@pytest.mark.parametrize("forged", [_forged_inclusion, _forged_consistency], ids=["inclusion", "consistency"])
def test_no_mutated_proof_is_accepted(forged: object) -> None:
    """Of 10,000 proofs of each kind in which something was changed, none is accepted."""
    chance = random.Random(6962)

    assert sum(forged(chance) for _ in range(MUTANTS // 2)) == 0  # type: ignore[operator]


@given(st.integers(1, 256), st.data())
@settings(max_examples=50)
def test_what_is_no_hash_is_never_accepted(size: int, data: st.DataObject) -> None:
    """A path with a hash of another length does not hold, whatever it leads to."""
    index = data.draw(st.integers(0, size - 1))
    path = [*TREE.inclusion(index, size), data.draw(st.binary(max_size=31))]

    assert not verify_inclusion(LEAVES[index], index, size, TREE.root(size), path)
    assert not verify_consistency(size, 257, TREE.root(size), TREE.root(), path)

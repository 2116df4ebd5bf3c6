"""The vault after a key was destroyed."""

import sqlite3
from pathlib import Path

import pytest

from ledger.errors import EvidenceErased, LedgerDamaged
from ledger.vault import Profile, Vault


@pytest.fixture
def vault(tmp_path: Path) -> Vault:
    """Return a vault of one's own."""
    return Vault.open(tmp_path, environment={})


def _rows(vault: Vault) -> list[bytes]:
    """Return all that is sealed in a vault's file."""
    with sqlite3.connect(vault.path) as database:
        statement = (
            "SELECT wrapped FROM people UNION ALL SELECT sealed FROM documents UNION ALL SELECT sealed FROM texts"
        )
        return [row[0] for row in database.execute(f"{statement} UNION ALL SELECT lookup FROM lookups")]


def _bytes(vault: Vault) -> bytes:
    return b"".join(path.read_bytes() for path in sorted(vault.path.parent.glob("vault.db*")))


def test_nothing_sealed_is_left_in_the_file(vault: Vault) -> None:
    """After a key was destroyed none of the bytes stored for that person stand in the file or beside it."""
    person = vault.learner_id("S-1")
    vault.put_profile(person, Profile(given_name="Wilhelmina"))
    vault.put_texts([(person, f"remark {number}") for number in range(40)])
    before = _rows(vault)

    assert vault.destroy(person)

    left = _bytes(vault)
    assert [] == [row for row in before if row and row in left]
    assert [32, *[0] * 40] == [len(row) for row in _rows(vault)]


def test_what_is_gone_is_told_from_what_is_missing(vault: Vault) -> None:
    """Whoever asks for a name, a text or a profile of somebody erased is told so, and gets a pseudonym."""
    person = vault.learner_id("S-1")
    text = vault.put_text(person, "a remark")

    vault.destroy(person)

    assert f"learner {person[:4]}-{person[4:8]}" == vault.display_name(person)
    for asked in (lambda: vault.text(text), lambda: vault.profile(person), lambda: vault.put_text(person, "more")):
        with pytest.raises(EvidenceErased, match=f"the key of {person} was destroyed"):
            asked()
    assert {} == vault.groups([person])


def test_who_comes_back_is_somebody_new(vault: Vault) -> None:
    """The external id leads nowhere after the erasure; a learner who comes back gets another pseudonym."""
    person, other = vault.learner_id("S-1"), vault.learner_id("S-2")

    vault.destroy(person)

    assert vault.find("S-1") is None
    assert vault.learner_id("S-1") not in (person, other)
    assert other == vault.find("S-2")


def test_another_process_keeps_nothing_under_a_destroyed_key(vault: Vault, tmp_path: Path) -> None:
    """A vault opened elsewhere, which still has the key in memory, neither reads nor writes what it seals."""
    person = vault.learner_id("S-1")
    elsewhere = Vault.open(tmp_path, environment={})
    text = elsewhere.put_text(person, "a remark")

    vault.destroy(person)

    for asked in (
        lambda: elsewhere.text(text),
        lambda: elsewhere.put_text(person, "more"),
        lambda: elsewhere.put_profile(person, Profile(given_name="W")),
        lambda: elsewhere.sealed(person, b"letter", "document/x"),
    ):
        with pytest.raises(EvidenceErased):
            asked()
    assert [32, 0] == [len(row) for row in _rows(vault)]


def test_a_key_is_destroyed_once(vault: Vault) -> None:
    """Destroying says whether the key was still there; nobody unknown has one."""
    person = vault.learner_id("S-1")

    assert [True, False, False] == [vault.destroy(person), vault.destroy(person), vault.destroy("nobody")]


def test_a_key_that_somebody_blanked_was_not_destroyed(vault: Vault) -> None:
    """Bytes put in the place of a key by who has not the vault's are damage, not an erasure."""
    person = vault.learner_id("S-1")
    with sqlite3.connect(vault.path) as database:
        database.execute("UPDATE people SET wrapped = zeroblob(32)")

    with pytest.raises(LedgerDamaged, match=f"the key of {person} does not open: it was altered"):
        vault.profile(person)

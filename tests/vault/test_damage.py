"""Rows that were altered or moved by whoever can write to the file."""

import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from hypothesis import given, settings
from hypothesis import strategies as st

from ledger.domain.shapes import VaultText
from ledger.errors import LedgerDamaged, LedgerError
from ledger.vault import Profile, Vault, opened, seal


@dataclass(frozen=True)
class Kept:
    """A closed vault with two learners and a text about each."""

    home: Path
    ada: str
    ben: str
    about_ada: VaultText
    about_ben: VaultText

    @property
    def path(self) -> Path:
        """Return the vault's file."""
        return self.home / "vault.db"

    @contextmanager
    def altered(self, statement: str, *values: object) -> Iterator[Vault]:
        """Run a statement on a copy of the vault and open that."""
        copy = self.home / "copy"
        shutil.copytree(self.home / "keys", copy / "keys", dirs_exist_ok=True)
        shutil.copy(self.path, copy / "vault.db")
        with closing(sqlite3.connect(copy / "vault.db")) as connection, connection:
            connection.execute(statement, values)
        with Vault.open(copy, environment={}) as opened:
            yield opened


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Kept:
    """Make a small vault and close it."""
    home = tmp_path_factory.mktemp("damage")
    with Vault.open(home, environment={}) as vault:
        ada, ben = vault.learner_ids(["S-1", "S-2"]).values()
        vault.put_profiles({ada: Profile(given_name="Ada"), ben: Profile(given_name="Ben")})
        about_ada, about_ben = vault.put_texts([(ada, "late"), (ben, "early")])
    return Kept(home, ada, ben, about_ada, about_ben)


SEALED: dict[str, tuple[str, str, Callable[[Vault, Kept], object]]] = {
    "wrapped key": ("people", "wrapped", lambda vault, kept: vault.profile(kept.ada)),
    "profile": ("documents", "sealed", lambda vault, kept: vault.profile(kept.ada)),
    "name": ("documents", "sealed", lambda vault, kept: vault.display_name(kept.ada)),
    "text": ("texts", "sealed", lambda vault, kept: vault.text(kept.about_ada)),
    "lookup": ("lookups", "tag", lambda vault, kept: vault.find("S-1")),
}
OWNER = {"people": "person", "documents": "person", "texts": "owner", "lookups": "person"}
ROW = {"people": "key of", "documents": "profile of", "texts": "text", "lookups": "lookup"}


@pytest.mark.parametrize("what", SEALED)
@given(place=st.floats(0, 1, exclude_max=True), bit=st.integers(0, 7))
@settings(deadline=None, max_examples=25)
def test_a_flipped_bit_is_noticed(kept: Kept, what: str, place: float, bit: int) -> None:
    """A bit flipped anywhere in a sealed column is noticed when the row is read, and the row is named."""
    table, column, use = SEALED[what]
    with closing(sqlite3.connect(kept.path)) as connection:
        query = f"SELECT {column} FROM {table} WHERE {OWNER[table]} = ?"
        stored = bytearray(connection.execute(query, (kept.ada,)).fetchone()[0])
    stored[int(place * len(stored))] ^= 1 << bit
    change = f"UPDATE {table} SET {column} = ? WHERE {OWNER[table]} = ?"

    with kept.altered(change, bytes(stored), kept.ada) as vault, pytest.raises(LedgerDamaged, match=ROW[table]):
        use(vault, kept)


@pytest.mark.parametrize("what", SEALED)
def test_rows_that_changed_places_are_noticed(kept: Kept, what: str) -> None:
    """What was sealed for one person does not open in the row of another."""
    table, column, use = SEALED[what]
    change = (
        f"UPDATE {table} SET {column} = (SELECT {column} FROM {table} WHERE {OWNER[table]} = ?) "
        f"WHERE {OWNER[table]} = ?"
    )

    with kept.altered(change, kept.ben, kept.ada) as vault, pytest.raises(LedgerDamaged, match=ROW[table]):
        use(vault, kept)


@pytest.mark.parametrize("what", SEALED)
@pytest.mark.parametrize("value", ["text", 7, b"", b"short"])
def test_a_column_of_another_type_or_length_is_noticed(kept: Kept, what: str, value: object) -> None:
    """A column that holds no sealed bytes at all is noticed as an altered one is."""
    table, column, use = SEALED[what]
    change = f"UPDATE {table} SET {column} = ? WHERE {OWNER[table]} = ?"

    with kept.altered(change, value, kept.ada) as vault, pytest.raises(LedgerDamaged, match=ROW[table]):
        use(vault, kept)


def sentence(vault: Vault, use: Callable[[Vault], object]) -> str:
    """Use a damaged vault and return what the refusal says."""
    with pytest.raises(LedgerDamaged) as caught:
        use(vault)
    return str(caught.value)


def test_an_altered_row_is_named(kept: Kept) -> None:
    """The sentence about an altered row names file, row and person, and says what to do."""
    with kept.altered("UPDATE documents SET sealed = zeroblob(80) WHERE person = ?", kept.ada) as vault:
        said = sentence(vault, lambda vault: vault.profile(kept.ada))

    assert said == (
        f"{kept.home / 'copy' / 'vault.db'}: the profile of {kept.ada} does not open: it was altered, or belongs "
        "to another row; restore the file from a backup"
    )


def test_a_lookup_led_elsewhere_is_noticed(kept: Kept) -> None:
    """An external id that was made to lead to somebody else is refused, not followed."""
    with kept.altered("UPDATE lookups SET person = ? WHERE person = ?", kept.ben, kept.ada) as vault:
        said = sentence(vault, lambda vault: vault.learner_id("S-1"))

    assert f"does not belong to {kept.ben}: it was altered" in said


def test_a_text_given_to_another_owner_is_noticed(kept: Kept) -> None:
    """A text whose owner was changed does not open, whether the vault knows the new owner or not."""
    change = "UPDATE texts SET owner = ? WHERE text = ?"
    with kept.altered(change, kept.ben, kept.about_ada.text) as vault:
        known = sentence(vault, lambda vault: vault.text(kept.about_ada))
    with kept.altered(change, "nobody", kept.about_ada.text) as vault:
        unknown = sentence(vault, lambda vault: vault.text(kept.about_ada))

    row = f"{kept.home / 'copy' / 'vault.db'}: the text {kept.about_ada.text}"
    assert known.startswith(f"{row} does not open: it was altered")
    assert unknown == f"{row} names nobody, whom the vault does not know: it was altered"


def test_a_text_the_event_does_not_mean_is_noticed(kept: Kept) -> None:
    """A text whose salted digest is not the one in the event is refused with both digests."""
    reference = VaultText(text=kept.about_ada.text, digest=kept.about_ben.digest)
    with Vault.open(kept.home, environment={}) as vault:
        said = sentence(vault, lambda vault: vault.text(reference))

    assert said == (
        f"{kept.path}: the text {reference.text} has the digest {kept.about_ada.digest[:16]}, the event names "
        f"{kept.about_ben.digest[:16]}: they do not belong together, or one of them was altered"
    )


def test_a_profile_that_is_gone_is_noticed(kept: Kept) -> None:
    """A person whose document was deleted is not taken for one without a name."""
    with kept.altered("DELETE FROM documents WHERE person = ?", kept.ada) as vault:
        read = sentence(vault, lambda vault: vault.profile(kept.ada))
        written = sentence(vault, lambda vault: vault.put_profile(kept.ada, Profile()))

    assert {read, written} == {
        f"{kept.home / 'copy' / 'vault.db'}: the profile of {kept.ada} is gone; restore the file from a backup"
    }


def test_what_was_sealed_opens_only_as_what_it_is() -> None:
    """Sealed bytes open under the same key and description, and under no other of either."""
    cipher, other = AESGCM(bytes(32)), AESGCM(bytes(31) + b"\x01")
    sealed = seal(cipher, b"Ada", "ada/profile")

    assert opened(cipher, sealed, "ada/profile", "the row") == b"Ada"
    for wrong, about in ((cipher, "ben/profile"), (cipher, "ada/text"), (other, "ada/profile")):
        with pytest.raises(LedgerDamaged, match="the row does not open"):
            opened(wrong, sealed, about, "the row")


def test_two_texts_of_one_owner_do_not_change_places(kept: Kept) -> None:
    """A text moved to another text's row does not open, although one key seals both."""
    with kept.altered("SELECT 1") as vault:
        other = vault.put_text(kept.ada, "absent")
    with closing(sqlite3.connect(kept.home / "copy" / "vault.db")) as connection, connection:
        connection.execute(
            "UPDATE texts SET sealed = (SELECT sealed FROM texts WHERE text = ?) WHERE text = ?",
            (other.text, kept.about_ada.text),
        )
    with Vault.open(kept.home / "copy", environment={}) as vault:
        said = sentence(vault, lambda vault: vault.text(kept.about_ada))

    assert f"the text {kept.about_ada.text} does not open" in said


@given(place=st.floats(0, 1, exclude_max=True), bit=st.integers(0, 7))
@settings(deadline=None, max_examples=150)
def test_no_flipped_bit_of_the_file_gives_a_wrong_answer(kept: Kept, place: float, bit: int) -> None:
    """Whatever bit of the file flips, each answer is the right one, none at all, or a sentence."""
    copy = kept.home / "flipped"
    shutil.copytree(kept.home / "keys", copy / "keys", dirs_exist_ok=True)
    for side in copy.glob("vault.db-*"):
        side.unlink()
    content = bytearray(kept.path.read_bytes())
    content[int(place * len(content))] ^= 1 << bit
    (copy / "vault.db").write_bytes(content)

    assert answers(copy, kept) <= {"right", "none", "a sentence"}


def answers(home: Path, kept: Kept) -> set[str]:
    """Ask a damaged vault for what it held, and say what kind of answer came each time."""
    uses: list[tuple[Callable[[Vault], object], object]] = [
        (lambda vault: vault.find("S-1"), kept.ada),
        (lambda vault: vault.profile(kept.ada), Profile(given_name="Ada")),
        (lambda vault: vault.text(kept.about_ben), "early"),
    ]
    found = set()
    for use, right in uses:
        try:
            with Vault.open(home, environment={}) as vault:
                answer = use(vault)
        except LedgerError as error:
            found.add("a sentence" if " " in str(error) else "no sentence")
        else:
            found.add("right" if answer == right else "none" if answer is None else "wrong")
    return found

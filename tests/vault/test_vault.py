"""The vault: pseudonyms, profiles, names and free texts."""

import hashlib
import shutil
import sqlite3
import stat
import unicodedata
import uuid
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ledger.domain.shapes import VaultText
from ledger.vault import LONGEST_TEXT, Contact, Identity, Profile, Vault, pseudonym

ADA = Profile(
    given_name="Ada",
    family_name="Nuñez-O'Brien",
    birth_date="2012-02-29",
    contacts=(Contact(kind="email", value="guardian@example.org"),),
    groups=("multilingual learner",),
)

WITHIN_A_TEST = settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def test_a_learner_keeps_one_pseudonym(vault: Vault, home: Path) -> None:
    """An external id leads to the same random UUID at every call and after the vault is opened anew."""
    first = vault.learner_id("S-1001")
    with Vault.open(home, environment={}) as again:
        second = again.learner_id("S-1001")

    assert second == first
    assert uuid.UUID(first).version == 4


def test_pseudonyms_tell_nothing_of_the_external_id(tmp_path: Path) -> None:
    """Two vaults give one external id two UUIDs."""
    with Vault.open(tmp_path / "a", environment={}) as one, Vault.open(tmp_path / "b", environment={}) as other:
        assert one.learner_id("S-1001") != other.learner_id("S-1001")


def test_an_external_id_counts_within_its_namespace(vault: Vault) -> None:
    """One external id in two namespaces is two learners, and an actor is never a learner."""
    found = {vault.learner_id("7"), vault.learner_id("7", "us-tx/d042"), vault.person_id("7")}

    assert len(found) == 3
    assert vault.person_id("7") in found


def test_namespace_and_external_id_do_not_run_together(vault: Vault) -> None:
    """The border between namespace and external id is part of what is looked up."""
    assert vault.learner_id("bc", "a") != vault.learner_id("c", "ab")


def test_two_spellings_of_one_id_are_one_learner(vault: Vault) -> None:
    """External ids are compared in Unicode form NFC, and each spelling gets its answer."""
    composed, decomposed = "Zoé-1", unicodedata.normalize("NFD", "Zoé-1")
    found = vault.learner_ids([composed, decomposed])

    assert found == {composed: found[composed], decomposed: found[composed]}


def test_looking_makes_nobody(vault: Vault) -> None:
    """A look-up without creating answers none for whom the vault does not know, again and again."""
    known = vault.learner_id("known")

    assert vault.find("stranger") is None
    assert vault.find_person("known") is None
    assert vault.find_many(["known", "stranger"]) == {"known": known}
    assert vault.find("stranger") is None


def test_somebody_who_acts_is_found_again(vault: Vault) -> None:
    """A person made for an external id is found by it."""
    assert vault.person_id("registrar") == vault.find_person("registrar")


def test_a_batch_gives_what_single_calls_give(vault: Vault) -> None:
    """A batch of known and new external ids, some of them twice, answers as single calls do."""
    first = vault.learner_id("a")
    found = vault.learner_ids(["a", "b", "b", "c"])

    assert found == {"a": first, "b": vault.find("b"), "c": vault.find("c")}
    assert len(set(found.values())) == 3


def test_an_empty_batch_is_answered(vault: Vault) -> None:
    """No external ids, no pseudonyms."""
    assert vault.learner_ids([]) == {}
    assert vault.names([]) == {}
    assert vault.put_texts([]) == ()


def test_a_profile_comes_back_whole(vault: Vault) -> None:
    """A profile is read as it was put, and the identity keeps where the person came from."""
    ada = vault.learner_id("S-1", "us-ks")
    vault.put_profile(ada, ADA)

    assert vault.profile(ada) == ADA
    assert vault.identity(ada) == Identity(kind="learner", namespace="us-ks", external_id="S-1", profile=ADA)


def test_a_later_profile_replaces_the_earlier(vault: Vault) -> None:
    """Of two profiles the second stands, and nothing of the first stays in it."""
    ada = vault.learner_id("S-1")
    vault.put_profile(ada, ADA)
    vault.put_profile(ada, Profile(given_name="Adele"))

    assert vault.profile(ada) == Profile(given_name="Adele")


def test_a_profile_is_kept_in_one_unicode_form(vault: Vault) -> None:
    """Names typed with combining marks are stored composed."""
    ada = vault.learner_id("S-1")
    vault.put_profile(ada, Profile(family_name=unicodedata.normalize("NFD", "Nuñez")))

    assert vault.profile(ada).family_name == unicodedata.normalize("NFC", "Nuñez")


def test_new_people_have_an_empty_profile(vault: Vault) -> None:
    """Somebody of whom only the external id is known has an empty profile."""
    assert vault.profile(vault.learner_id("S-1")) == Profile()


@pytest.mark.parametrize(
    ("profile", "shown"),
    [
        (ADA, "Ada Nuñez-O'Brien"),
        (Profile(given_name="Ada"), "Ada"),
        (Profile(family_name="Nuñez"), "Nuñez"),
    ],
)
def test_a_person_is_shown_by_what_is_known_of_the_name(vault: Vault, profile: Profile, shown: str) -> None:
    """The display name is given and family name, or the one of them that is known."""
    ada = vault.learner_id("S-1")
    vault.put_profile(ada, profile)

    assert vault.display_name(ada) == shown


def test_a_pseudonym_stands_where_no_name_is_known(vault: Vault) -> None:
    """Whoever has no name, or is not in this vault, is shown by the first digits of the UUID."""
    learner, person = vault.learner_id("S-1"), vault.person_id("teacher")
    stranger = "3f2a91c0-0000-4000-8000-000000000000"

    assert vault.names([learner, person, stranger]) == {
        learner: f"learner {learner[:4]}-{learner[4:8]}",
        person: f"person {person[:4]}-{person[4:8]}",
        stranger: "learner 3f2a-91c0",
    }
    assert pseudonym(stranger) == "learner 3f2a-91c0"


@given(text=st.text(max_size=300).map(lambda text: unicodedata.normalize("NFC", text)))
@WITHIN_A_TEST
def test_a_text_comes_back_as_it_was(vault: Vault, text: str) -> None:
    """Any text in form NFC is read back letter by letter."""
    kept = vault.put_text(vault.learner_id("S-1"), text)

    assert vault.text(kept) == text


def test_a_digest_cannot_be_guessed(vault: Vault) -> None:
    """One text kept twice has two ids and two digests, none of them the plain SHA-256 of the text."""
    ada = vault.learner_id("S-1")
    one, other = vault.put_texts([(ada, "late"), (ada, "late")])

    assert one.text != other.text
    assert len({one.digest, other.digest, hashlib.sha256(b"late").hexdigest()}) == 3


def test_texts_come_back_in_the_order_given(vault: Vault) -> None:
    """A batch of texts of several owners returns one reference each, in order."""
    owners = [vault.learner_id(str(number)) for number in range(3)]
    given_texts = [(owner, f"about {owner}") for owner in owners]
    kept = vault.put_texts(given_texts)

    assert [vault.text(reference) for reference in kept] == [text for _, text in given_texts]


def test_the_longest_text_fits(vault: Vault) -> None:
    """A text of the greatest length allowed is kept."""
    longest = "ü" * LONGEST_TEXT

    assert vault.text(vault.put_text(vault.person_id("teacher"), longest)) == longest


def test_a_text_is_read_by_another_process_of_the_same_vault(vault: Vault, home: Path) -> None:
    """What one opened vault keeps another reads at once."""
    kept: VaultText = vault.put_text(vault.learner_id("S-1"), "needs a quiet room")
    with Vault.open(home, environment={}) as other:
        read = other.text(kept)

    assert read == "needs a quiet room"


def test_many_people_do_not_fill_the_memory(vault: Vault) -> None:
    """People beyond those whose keys are kept in memory are read as the others are."""
    people = vault.learner_ids(f"S-{number}" for number in range(1100))
    vault.put_profiles({person: Profile(given_name=external) for external, person in people.items()})

    assert vault.names(people.values()) == {person: external for external, person in people.items()}


def test_only_the_owner_may_read_the_files(vault: Vault, home: Path) -> None:
    """The vault and the files SQLite keeps beside it have mode 0600."""
    vault.learner_id("S-1")
    modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in home.glob("vault.db*")}

    assert modes == {"vault.db": 0o600, "vault.db-shm": 0o600, "vault.db-wal": 0o600}


def test_nothing_stands_in_clear_in_the_file(vault: Vault, home: Path) -> None:
    """No id, name, date, contact, group or text is found in the bytes of the vault, in any encoding."""
    ada, teacher = vault.learner_id("STUDENT-1001", "us-tx-district"), vault.person_id("ms.rivera")
    vault.put_profile(ada, ADA)
    vault.put_profile(teacher, Profile(given_name="Carmen", family_name="Rivera"))
    vault.put_text(ada, "Her grandmother was ill in March.")
    files = b"".join(path.read_bytes() for path in home.glob("vault.db*"))
    secrets = [
        *("STUDENT-1001", "us-tx-district", "ms.rivera", "Ada", "Nuñez-O'Brien", "2012-02-29", "Carmen", "Rivera"),
        *("guardian@example.org", "multilingual learner", "grandmother"),
    ]
    found = [
        secret
        for secret in secrets
        for form in (secret.encode(), secret.encode("utf-16-le"), secret.encode().hex().encode())
        if len(form) > 3 and form in files
    ]

    assert ada.encode() in files
    assert found == []


def test_keys_are_not_in_the_file(vault: Vault, home: Path) -> None:
    """The vault's own key is not in the vault, neither as bytes nor as digits."""
    vault.learner_id("S-1")
    digits = (home / "keys" / "vault.key").read_text().strip()
    files = b"".join(path.read_bytes() for path in home.glob("vault.db*"))

    assert digits.encode() not in files
    assert bytes.fromhex(digits) not in files


def test_a_key_of_the_environment_opens_the_vault(home: Path) -> None:
    """A vault made with a key of the environment is read with it again, and makes no key file."""
    environment = {"MASTERY_VAULT_KEY": "5c" * 32}
    with Vault.open(home, environment=environment) as first:
        ada = first.learner_id("S-1")
    with Vault.open(home, environment=environment) as again:
        found = again.find("S-1")

    assert found == ada
    assert not (home / "keys").exists()


def test_a_copy_made_by_the_database_is_a_vault(vault: Vault, home: Path, tmp_path: Path) -> None:
    """A backup taken with VACUUM INTO while the vault is open is read with the same key, and written."""
    ada = vault.learner_id("S-1")
    kept = vault.put_text(ada, "late")
    copy = tmp_path / "copy"
    shutil.copytree(home / "keys", copy / "keys")
    with closing(sqlite3.connect(home / "vault.db")) as connection:
        connection.execute("VACUUM INTO ?", (str(copy / "vault.db"),))
    with Vault.open(copy, environment={}) as restored:
        found = restored.find("S-1"), restored.text(kept), restored.text(restored.put_text(ada, "early"))
        side_files = sorted(path.name for path in copy.glob("vault.db-*"))

    assert found == (ada, "late", "early")
    assert side_files == ["vault.db-shm", "vault.db-wal"]


def test_groups_are_read_of_several_people_at_once(vault: Vault) -> None:
    """Whoever is known is told with the groups of the profile; nobody else is."""
    ada, ben = vault.learner_id("ada"), vault.learner_id("ben")
    vault.put_profile(ada, Profile(groups=("rural",)))

    assert vault.groups([ada, ben, "nobody"]) == {ada: ("rural",), ben: ()}


def test_a_draw_is_of_the_vault_and_of_what_is_asked(vault: Vault, tmp_path: Path) -> None:
    """The same is drawn for the same thing, and something else in another vault."""
    with Vault.open(tmp_path / "other", environment={}) as other:
        assert other.draw(b"cell") != vault.draw(b"cell")

    assert vault.draw(b"cell") == vault.draw(b"cell")
    assert vault.draw(b"cell") != vault.draw(b"another")

"""Keys: where they come from, what they are called, who may read them."""

import hashlib
import hmac
import stat
from pathlib import Path

from ledger.keys import Key, key, seal_key, vault_key


def test_a_key_is_made_once(home: Path) -> None:
    """The first call makes the key file and the second reads it."""
    first = vault_key(home, environment={})

    assert vault_key(home, environment={}) == first
    assert len(first.secret) == 32


def test_a_key_file_holds_hexadecimal_digits_for_its_owner_alone(home: Path) -> None:
    """A key file holds 64 hexadecimal digits, has mode 0600 and stands in a folder of mode 0700."""
    made = vault_key(home, environment={})
    path = home / "keys" / "vault.key"

    assert path.read_text() == made.secret.hex() + "\n"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


def test_nothing_but_the_key_stays_in_its_folder(home: Path) -> None:
    """The file a key is first written to is gone once the key is in its place."""
    vault_key(home, environment={})

    assert [path.name for path in (home / "keys").iterdir()] == ["vault.key"]


def test_vault_and_log_have_keys_of_their_own(home: Path) -> None:
    """The key of the vault and the key that seals the log differ, and so do their files."""
    assert vault_key(home, environment={}) != seal_key(home, environment={})
    assert sorted(path.name for path in (home / "keys").iterdir()) == ["seal.key", "vault.key"]


def test_the_environment_goes_before_the_file(home: Path) -> None:
    """A key given in the environment is used, and no file is made for it."""
    given = "AB" * 32
    found = seal_key(home, environment={"MASTERY_SEAL_KEY": given})

    assert found == Key(bytes.fromhex(given), "the environment variable MASTERY_SEAL_KEY")
    assert not home.exists()


def test_a_key_id_tells_nothing_of_the_key() -> None:
    """A key is named by the first 16 digits of its SHA-256, and its secret is not in its repr."""
    secret = bytes(range(32))
    made = Key(secret, "a test")

    assert made.id == hashlib.sha256(secret).hexdigest()[:16]
    assert repr(made) == "Key(origin='a test')"


def test_each_purpose_has_a_key_of_its_own() -> None:
    """Derivation follows RFC 5869: one expansion block over the purpose, without salt."""
    made = Key(bytes(32), "a test")

    assert made.derived("finding 1") != made.derived("wrapping 1")
    assert made.derived("finding 1") == hmac.digest(
        hmac.digest(bytes(32), bytes(32), "sha256"), b"mastery-ledger finding 1\x01", "sha256"
    )


def test_a_key_any_part_may_ask_for(home: Path) -> None:
    """A key of another name comes from the file and the variable of that name."""
    made = key(home, "signing", environment={})

    assert key(home, "signing", environment={"MASTERY_SIGNING_KEY": made.secret.hex()}).secret == made.secret
    assert (home / "keys" / "signing.key").is_file()

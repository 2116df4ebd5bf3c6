"""Files that are not a vault, or not one this key or this machine can use."""

import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from ledger.errors import KeyUnusable, LedgerDamaged, Unavailable
from ledger.storage.vault_store import SealedText, VaultStore
from ledger.vault import Vault


def test_another_key_is_refused_by_name(home: Path) -> None:
    """A vault opened with another key names both keys and says what to do; the file stays usable."""
    right, wrong = {"MASTERY_VAULT_KEY": "11" * 32}, {"MASTERY_VAULT_KEY": "22" * 32}
    with Vault.open(home, environment=right) as first:
        ada = first.learner_id("S-1")
    with pytest.raises(KeyUnusable) as caught:
        Vault.open(home, environment=wrong)
    with Vault.open(home, environment=right) as again:
        found = again.find("S-1")

    assert str(caught.value) == (
        f"{home / 'vault.db'} was made with the key 02d449a31fbb267c, and the environment variable "
        "MASTERY_VAULT_KEY holds the key 9f72ea0cf49536e3: put the right key there"
    )
    assert found == ada


def test_a_lost_key_is_asked_for(home: Path) -> None:
    """A vault whose key file is gone asks for it, and no new key is made."""
    Vault.open(home, environment={}).close()
    path = home / "keys" / "vault.key"
    path.unlink()
    with pytest.raises(KeyUnusable) as caught:
        Vault.open(home, environment={})

    assert str(caught.value).startswith(f"{path} is not there, and what it protects is: put the file back")
    assert not path.exists()


def test_another_database_is_not_taken_for_a_vault(tmp_path: Path) -> None:
    """A database of another kind is refused, and no table is added to it."""
    path = tmp_path / "vault.db"
    with closing(sqlite3.connect(path)) as other:
        other.execute("CREATE TABLE grades (mark TEXT)")
    before = path.read_bytes()
    with pytest.raises(LedgerDamaged) as caught:
        VaultStore(path, "0" * 16)

    assert str(caught.value) == f"{path} is a database, but not a vault"
    assert path.read_bytes() == before


def test_a_later_format_is_refused(home: Path) -> None:
    """A vault written by a later version says which format it has."""
    Vault.open(home, environment={}).close()
    path = home / "vault.db"
    with closing(sqlite3.connect(path)) as other:
        other.execute("PRAGMA user_version=2")
    with pytest.raises(LedgerDamaged) as caught:
        Vault.open(home, environment={})

    assert str(caught.value) == f"{path} has table format 2; this version reads format 1"


def test_a_file_that_is_no_database_is_refused(home: Path) -> None:
    """A file with other content is refused as a vault that cannot be read."""
    Vault.open(home, environment={}).close()
    path = home / "vault.db"
    path.write_bytes(b"not a database at all " * 100)
    with pytest.raises(LedgerDamaged) as caught:
        Vault.open(home, environment={})

    assert str(caught.value) == (f"{path} cannot be read as a vault: file is not a database; restore it from a backup")


def test_a_folder_is_not_a_vault(tmp_path: Path) -> None:
    """A folder in the vault's place is refused with the system's reason."""
    with pytest.raises(Unavailable) as caught:
        VaultStore(tmp_path, "0" * 16)

    assert str(caught.value) == f"{tmp_path} cannot be opened: Is a directory; check who owns the folder"


def test_a_vault_held_too_long_is_given_up(tmp_path: Path) -> None:
    """A writer that another process keeps out says so after the longest wait, and stores nothing."""
    path = tmp_path / "vault.db"
    store = VaultStore(path, "0" * 16, longest_wait=0.02)
    with closing(store), closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(Unavailable) as caught:
            store.add_texts([SealedText("a", "b", b"c")])
        other.execute("ROLLBACK")
        kept = store.text("a")

    assert str(caught.value) == f"{path} is held by another process; nothing was stored; try again"
    assert kept is None


FULL = """
import resource, sys
from contextlib import closing
from pathlib import Path
from ledger.errors import Unavailable
from ledger.storage.vault_store import SealedText, VaultStore
with closing(VaultStore(Path(sys.argv[1]), "0" * 16)) as store:
    store.add_texts([SealedText("before", "b", b"c")])
    resource.setrlimit(resource.RLIMIT_FSIZE, (200_000, 200_000))
    try:
        store.add_texts(SealedText(str(number), "b", b"c" * 1000) for number in range(1000))
    except Unavailable as error:
        print(error)
    print(store.text("before"), store.text("0"))
"""


def test_a_full_disk_loses_nothing_stored(tmp_path: Path) -> None:
    """Where the disk has no room the whole transaction is undone, and what stood before is still read."""
    path = tmp_path / "vault.db"
    ended = subprocess.run([sys.executable, "-c", FULL, str(path)], capture_output=True, text=True, check=True)

    assert ended.stdout.splitlines() == [
        f"{path} cannot be used now: disk I/O error; nothing was stored",
        "SealedText(text='before', owner='b', sealed=b'c') None",
    ]

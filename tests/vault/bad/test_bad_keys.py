"""Keys that cannot be used, and the sentence each gets."""

from pathlib import Path

import pytest

from ledger.errors import KeyUnusable
from ledger.keys import vault_key


def key_file(home: Path, text: str, mode: int = 0o600) -> Path:
    """Write a key file by hand."""
    path = home / "keys" / "vault.key"
    path.parent.mkdir(parents=True)
    path.write_text(text)
    path.chmod(mode)
    return path


def sentence(home: Path, environment: dict[str, str] | None = None, *, create: bool = True) -> str:
    """Ask for the key and return what the refusal says."""
    with pytest.raises(KeyUnusable) as caught:
        vault_key(home, environment=environment or {}, create=create)
    return str(caught.value)


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("", "0 characters are there"),
        ("ab" * 31 + "\n", "62 characters are there"),
        ("ab" * 33, "66 characters are there"),
        ("zz" * 32, "64 characters are there, some of them not hexadecimal digits"),
        ("é" * 64, "128 characters are there"),
    ],
)
def test_a_file_that_holds_no_key_is_refused(home: Path, text: str, what: str) -> None:
    """A key file of another length or with other characters is refused and left as it is."""
    path = key_file(home, text)

    assert sentence(home) == (
        f"{path} does not hold a key: 64 hexadecimal digits are needed, {what}; "
        "a key that protects data can only be put back, not made anew"
    )
    assert path.read_text() == text


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o660, 0o644])
def test_a_file_others_may_read_is_refused(home: Path, mode: int) -> None:
    """A key file that group or world can read is refused with the command to run."""
    path = key_file(home, "ab" * 32, mode)

    assert sentence(home) == f"{path} is open to other accounts (mode {mode:04o}); run: chmod 600 {path}"


def test_an_empty_variable_is_not_taken_for_none(home: Path) -> None:
    """A variable that is set but empty is refused, so that no second key is made by mistake."""
    assert sentence(home, {"MASTERY_VAULT_KEY": ""}) == (
        "the environment variable MASTERY_VAULT_KEY does not hold a key: 64 hexadecimal digits are needed, "
        "0 characters are there; a key that protects data can only be put back, not made anew"
    )
    assert not home.exists()


def test_a_missing_key_is_not_made_anew_where_it_must_exist(home: Path) -> None:
    """A key that must exist is asked for by its place and its variable."""
    path = home / "keys" / "vault.key"

    assert sentence(home, create=False) == (
        f"{path} is not there, and what it protects is: put the file back from where the keys are kept, "
        "or set MASTERY_VAULT_KEY to its 64 hexadecimal digits"
    )


def test_a_folder_in_the_place_of_a_key_is_refused(home: Path) -> None:
    """What cannot be read as a file is refused with the system's reason."""
    path = home / "keys" / "vault.key"
    path.mkdir(parents=True)

    assert sentence(home) == f"{path} cannot be read: Is a directory; check who owns it"


def test_a_folder_that_cannot_be_made_is_refused(home: Path) -> None:
    """Where the folder of the keys leads nowhere no key is made."""
    home.mkdir()
    (home / "keys").symlink_to(home / "nowhere")
    path = home / "keys" / "vault.key"

    assert sentence(home) == f"{path} cannot be made: File exists; check who owns the folder"


def test_a_link_that_leads_nowhere_is_not_replaced(home: Path) -> None:
    """A key file that is a dangling link is reported, and the link stays."""
    path = home / "keys" / "vault.key"
    path.parent.mkdir(parents=True)
    path.symlink_to(home / "nowhere")

    assert sentence(home).startswith(f"{path} is not there, and what it protects is: ")
    assert path.is_symlink()

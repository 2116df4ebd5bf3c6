"""`mastery account` and `mastery token`: who may sign in, and which programs act for whom."""

import re
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from ledger.accounts import desk
from ledger.accounts.passwords import Hasher
from ledger.cli import main
from ledger.home import Home
from tests.cli.support import Terminal

PASSWORD = "seven quiet lanterns"
PROVIDER = """[providers.school]
title = "School account"
issuer = "https://accounts.example.org"
client_id = "mastery"
"""


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Make hashes quick."""
    monkeypatch.setattr(desk, "Hasher", lambda: Hasher(passes=1, memory=8))


def typed(school: Terminal, given: str, *words: object) -> Any:
    """Type a command that asks for something."""
    return CliRunner().invoke(main, ["--home", str(school.home), *map(str, words)], input=given, catch_exceptions=False)


def lets_in(school: Terminal, password: str) -> bool:
    """Say whether m.ortiz gets in with a password."""
    with desk.desk(school.home) as at:
        return at.accounts.sign_in("m.ortiz", password, "192.0.2.7").person is not None


def test_an_account_is_made_with_a_password(school: Terminal) -> None:
    """It is asked for twice and never printed; two that differ make nothing."""
    wrong = typed(school, f"{PASSWORD}\nanother\n", "account", "add", "m.ortiz")
    made = typed(school, f"{PASSWORD}\n{PASSWORD}\n", "account", "add", "m.ortiz")

    assert 2 == wrong.exit_code
    assert "the two are not the same; nothing was changed" in wrong.stderr
    assert "m.ortiz can sign in now.\n" == made.stdout
    assert PASSWORD not in made.output
    assert lets_in(school, PASSWORD)


def test_a_password_is_made_where_none_is_given(school: Terminal) -> None:
    """It is shown this once, and lets its person in."""
    made = typed(school, "\n", "account", "add", "m.ortiz")
    password = re.findall(r"The password, shown this once: (\S+)", made.stdout)[0]

    assert lets_in(school, password)
    assert password not in school.ok("account", "list")


def test_a_script_gives_a_password_without_being_asked(school: Terminal) -> None:
    """By standard input, never by the command itself, which others on the computer can see."""
    made = typed(school, f"{PASSWORD}\n", "account", "add", "m.ortiz", "--password-stdin", "--json")
    changed = typed(school, "nine loud trombones\n", "account", "password", "m.ortiz", "--password-stdin")

    assert '"password": null' in made.stdout
    assert "m.ortiz has a new password, and is signed out everywhere.\n" == changed.stdout
    assert [False, True] == [lets_in(school, PASSWORD), lets_in(school, "nine loud trombones")]


def test_a_password_that_is_none_is_refused(school: Terminal) -> None:
    """The sentence says what it lacks."""
    result = typed(school, "short\n", "account", "add", "m.ortiz", "--password-stdin")

    assert 2 == result.exit_code
    assert "a password has 12 to 200 characters; this one has 5" in result.stderr
    assert "0 accounts." in school.ok("account", "list")


def test_an_account_is_closed(school: Terminal) -> None:
    """After that its password lets nobody in, and the list says since when."""
    typed(school, f"{PASSWORD}\n", "account", "add", "m.ortiz", "--password-stdin")
    school.ok("account", "close", "m.ortiz")
    (listed,) = school.json("account", "list")["accounts"]

    assert not lets_in(school, PASSWORD)
    assert ("m.ortiz", True) == (listed["name"], listed["closed"] is not None)
    assert "m.ortiz has no open account" in school.refused("account", "close", "m.ortiz")


def test_an_identity_is_linked_and_unlinked(school: Terminal) -> None:
    """Of a provider in the file, or by an address; one of the two has to be named."""
    (school.home / "sign-in.toml").write_text(PROVIDER)
    typed(school, f"{PASSWORD}\n", "account", "add", "m.ortiz", "--password-stdin")
    linked = school.ok("account", "link", "m.ortiz", "school", "12345")
    both = school.ok("account", "link", "m.ortiz", "--email", "m.ortiz@example.org")

    assert "1 identity at providers stands for m.ortiz.\n" == linked
    assert "2 identities at providers stand for m.ortiz.\n" == both
    assert 2 == school.json("account", "list")["accounts"][0]["links"]
    assert "No identity at a provider stands for m.ortiz any more.\n" == school.ok("account", "unlink", "m.ortiz")
    assert "name either a PROVIDER and a SUBJECT, or an --email" in school.refused("account", "link", "m.ortiz")
    assert "nowhere" in school.refused("account", "link", "m.ortiz", "nowhere", "12345")
    assert "nobody is known here by the id 'nobody'" in school.refused("account", "unlink", "nobody")


def test_a_token_is_made_listed_and_revoked(school: Terminal) -> None:
    """For some of what the roles of a person allow; it is shown once."""
    first = ("access", "grant", "sis", "integrator")
    school.ok(*first, "--from", "2020-01-01", "--reason", "nightly results")
    made = school.ok("token", "make", "sis", "--for", "nightly results", "--may", "record-evidence", "--days", 30)
    text = re.findall(r"mlk_[0-9a-f]{16}_[\w-]{43}", made)[0]
    (listed,) = school.json("token", "list", "sis")["tokens"]
    shown = school.ok("token", "list", "sis")
    revoked = school.ok("token", "revoke", "sis", listed["token"])

    assert text.startswith(f"mlk_{listed['token']}_")
    assert "nightly results" in shown
    assert text not in shown
    assert f"The token {listed['token']} holds no longer.\n" == revoked
    assert "no token" in school.refused("token", "revoke", "sis", listed["token"])
    assert "so not to verify the ledger" in school.refused(
        "token", "make", "sis", "--for", "x", "--may", "verify", "--days", 30
    )


def test_where_there_is_no_ledger_nobody_has_an_account(tmp_path: Path) -> None:
    """The sentence says how a ledger is made."""
    assert f"there is no ledger in {tmp_path}" in Terminal(tmp_path).run("account", "list").stderr


def test_a_backup_keeps_accounts_and_no_session(school: Terminal, tmp_path: Path) -> None:
    """Whoever puts a copy back has the accounts and the links, and lets nobody in by what was signed in or a token."""
    typed(school, f"{PASSWORD}\n", "account", "add", "m.ortiz", "--password-stdin")
    school.ok("account", "link", "m.ortiz", "--email", "m.ortiz@example.org")
    school.ok("access", "grant", "sis", "integrator", "--from", "2020-01-01", "--reason", "nightly results")
    school.ok("token", "make", "sis", "--for", "nightly", "--may", "record-evidence")
    school.ok("backup", tmp_path / "copy")
    back = Terminal(tmp_path / "back")
    back.ok("restore", tmp_path / "copy", "--keys", school.home / "keys")

    assert "access.db" == Home(back.home).access_file.name
    assert [("m.ortiz", 1)] == [(one["name"], one["links"]) for one in back.json("account", "list")["accounts"]]
    assert [] == back.json("token", "list", "sis")["tokens"]
    assert lets_in(back, PASSWORD)

"""`mastery proof`."""

import json
import shutil
import sqlite3
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from ledger.audit.tlog_proof import parse
from ledger.cli.proving import _instant
from tests.audit.foreign.conftest import Verifier, verifier
from tests.cli.support import Terminal
from tests.cli.test_auditing import ledger_file

__all__ = ["verifier"]


@pytest.fixture
def key(class_: Terminal) -> str:
    """Sign the log of the class; return the verifier key."""
    found = class_.json("signing-key", "make")["keys"][0]["key"]
    class_.ok("signing-key", "introduce")
    class_.ok("signer", "--once")
    return str(found)


@pytest.fixture
def witness(class_: Terminal, tmp_path: Path) -> str:
    """Make a witness that signed nothing yet; return its verifier key."""
    return class_.ok("witness", "make", "audit.example.org", "--folder", tmp_path / "witness").strip()


@pytest.fixture
def policy(tmp_path: Path) -> Callable[..., Path]:
    """Return what writes a trust policy into a file."""

    def write(*lines: str) -> Path:
        path = tmp_path / "trust.txt"
        path.write_text("".join(f"{line}\n" for line in lines))
        return path

    return write


def cosigned(class_: Terminal, folder: Path, key: str, witness: str) -> None:
    """Let the witness sign the last checkpoint."""
    request = folder / "request.txt"
    request.write_text(class_.ok("witness", "request"))
    class_.ok("witness", "know", key, "--folder", folder / "witness")
    line = class_.ok("witness", "cosign", request, "--folder", folder / "witness").strip()
    class_.ok("witness", "receive", line, "--key", witness)


def test_a_proof_is_made_and_checked_without_the_ledger(
    class_: Terminal, key: str, tmp_path: Path, policy: Callable[..., Path]
) -> None:
    """The text printed is the file; with the key of the log alone it says which event it is of."""
    file = tmp_path / "one.tlog-proof"
    printed = class_.ok("proof", 3)
    said = class_.ok("proof", 3, "-o", file)
    trust = policy(f"log {key}", "quorum none")
    elsewhere = Terminal(tmp_path / "nothing here")
    answer = elsewhere.json("proof", "--check", file, "--trust", trust)

    assert printed == file.read_text()
    assert said.endswith(f" is in {file}.\n")
    assert (3, 19, "framework/four-levels", 1) == tuple(
        answer[name] for name in ("position", "size", "stream", "version")
    )
    assert (True, []) == (answer["holds"], answer["against"])
    checked = elsewhere.ok("proof", "--check", file, "--trust", trust)

    assert checked.startswith("The proof holds.\nIt says that position 3")
    assert "  no witness you trust saw it: whoever holds the key of the log can have written another" in checked


def test_a_proof_is_accepted_by_go(class_: Terminal, key: str, tmp_path: Path, verifier: Verifier) -> None:
    """What the commands make of a real ledger, software accepts that knows nothing of ledgers."""
    files = []
    for position in range(1, 20):
        files.append(tmp_path / f"{position}.tlog-proof")
        class_.ok("proof", position, "-o", files[-1])
    folder = next((class_.home / "log").iterdir())

    assert [True] * 19 == [verifier.accepts("proof", file, key) for file in files]
    assert verifier.accepts("tiles", folder, key, 0, 18)


def test_what_speaks_against_a_proof_is_told(
    class_: Terminal, key: str, witness: str, tmp_path: Path, policy: Callable[..., Path]
) -> None:
    """A key not named, a witness that did not sign, a path of another event: each is a reason, and a finding."""
    file, other = tmp_path / "one.tlog-proof", tmp_path / "other.tlog-proof"
    class_.ok("proof", 3, "-o", file)
    other.write_text(file.read_text().replace("index 2\n", "index 3\n"))
    asking = policy(f"log {key}", f"witness auditors {witness}", "quorum auditors")
    one = class_.run("proof", "--check", file, "--trust", asking)
    two = class_.run("proof", "--check", other, "--trust", policy(f"log {key}", "quorum none"))
    stranger = class_.json("signing-key", "make", "--key", tmp_path / "other.key")["keys"][0]["key"]
    three = class_.run("proof", "--check", file, "--trust", policy(f"log {stranger}", "quorum none"), "--json")

    assert (1, 1, 1) == (one.exit_code, two.exit_code, three.exit_code)
    assert (
        "The proof does NOT hold:\n"
        "  the policy asks for the witness or group 'auditors'; of the witnesses it names, nobody signed\n"
    ) in one.stdout
    assert "the path does not lead from the leaf record to the root over 19 events" in two.stdout
    (reason,) = json.loads(three.stdout)["against"]
    assert reason.startswith("the checkpoint is not signed with a key of ")


def test_a_proof_can_be_made_for_those_who_ask_for_a_witness(
    class_: Terminal, key: str, witness: str, tmp_path: Path, policy: Callable[..., Path]
) -> None:
    """With a policy, the checkpoint is the first that the policy believes, and the time of the witness is told."""
    trust = policy(f"log {key}", f"witness auditors {witness}", "quorum auditors")
    before = class_.refused("proof", 3, "--trust", trust)
    cosigned(class_, tmp_path, key, witness)
    answer = class_.json("proof", 3, "--trust", trust)
    said = class_.ok("proof", 3, "--trust", trust)

    assert (
        "no checkpoint this policy believes covers position 3 yet; `mastery signer --once` signs what there is, "
        "`mastery witness` asks a witness"
    ) == before
    assert (True, "auditors") == (answer["holds"], answer["witnesses"][0]["witness"])
    assert f"  seen by the witness auditors at {answer['witnesses'][0]['at']}" in said.splitlines()


def test_what_cannot_be_proven(class_: Terminal, tmp_path: Path) -> None:
    """An event that is not there, and one that no checkpoint covers, have no proof."""
    assert "no event stands at position 99 of us-tx/pine-valley; `mastery events` lists them" == class_.refused(
        "proof", 99
    )
    assert ("no checkpoint covers position 3 yet; `mastery signer --once` signs what there is") == class_.refused(
        "proof", 3
    )


@pytest.mark.parametrize("words", [(), (1, "--check", "one.tlog-proof"), ("--check", "one.tlog-proof")])
def test_a_proof_is_either_made_or_checked(class_: Terminal, tmp_path: Path, words: tuple[object, ...]) -> None:
    """A position, or a file and a policy; anything else is not understood."""
    file = tmp_path / "one.tlog-proof"
    file.write_text("")
    said = class_.refused("proof", *[file if word == "one.tlog-proof" else word for word in words])

    assert "name a POSITION to prove, or a proof with --check FILE --trust POLICY" == said


@pytest.mark.parametrize(
    ("record", "why"),
    [
        (b"record", "the leaf record in the proof cannot be read: "),
        (b'{"log":"another"}', "the leaf record in the proof cannot be read: it is not one of ledger.test/pine"),
        (b'{"log":"ledger.test/pine"}', "the leaf record in the proof cannot be read: "),
    ],
    ids=["no JSON", "another log", "nothing more"],
)
def test_a_record_that_says_nothing_is_no_record(
    class_: Terminal, key: str, tmp_path: Path, policy: Callable[..., Path], record: bytes, why: str
) -> None:
    """What stands for the leaf record has to be one of the log that signed."""
    file = tmp_path / "one.tlog-proof"
    file.write_text(replace(parse(class_.ok("proof", 3)), record=record).text())
    result = class_.run("proof", "--check", file, "--trust", policy(f"log {key}", "quorum none"))

    assert (1, "") == (result.exit_code, result.stdout)
    assert result.stderr.startswith(why)


def test_a_time_no_calendar_has_stays_a_number() -> None:
    """Whatever a witness signs as the time, it can be shown."""
    assert ("2025-11-24T16:00:00Z", f"second {1 << 63}") == (_instant(1_764_000_000), _instant(1 << 63))


def test_no_file_is_written_over(class_: Terminal, key: str, tmp_path: Path) -> None:
    """A file that exists stays as it is."""
    file = tmp_path / "one.tlog-proof"
    file.write_text("something else")

    assert f"{file} exists already; name another file" == class_.refused("proof", 1, "-o", file)
    assert "something else" == file.read_text()


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ("CAST(replace(state, '\"v\":1', '\"v\":2') AS BLOB)", "is not what was signed"),
        ("x'00'", "holds what is never written"),
    ],
    ids=["altered", "unreadable"],
)
def test_an_event_that_was_altered_has_no_proof(class_: Terminal, key: str, change: str, why: str) -> None:
    """What stands in the ledger is held against what was signed before a proof of it is given out."""
    with sqlite3.connect(ledger_file(class_)) as database:
        database.execute(f"UPDATE stored_events SET state = {change} WHERE position = 3")
    result = class_.run("proof", 3)

    assert (1, "") == (result.exit_code, result.stdout)
    assert why in result.stderr
    assert "`mastery verify` says what was changed" in result.stderr


def test_without_tiles_there_is_no_proof(class_: Terminal, key: str) -> None:
    """Tiles that are gone are told as such, with what makes them again."""
    shutil.rmtree(next((class_.home / "log").iterdir()) / "tile")

    assert "remove the folder `tile`" in class_.run("proof", 3).stderr

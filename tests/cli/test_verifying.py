"""`mastery verify`."""

import shutil
import sqlite3
from pathlib import Path

import msgspec
import pytest

from ledger.audit.checkpoints import Checkpoint
from ledger.audit.note import SigningKey
from ledger.inquiry import verified
from ledger.storage.parts import part_digest
from tests.cli.support import Terminal
from tests.cli.test_auditing import change, ledger_file


def test_a_sound_ledger_is_verified(class_: Terminal) -> None:
    """What is said of a sound ledger ends with what nobody outside could miss."""
    origin = class_.json("verify")["ledger"]
    said = class_.ok("verify").splitlines()

    assert f"18 events of {origin} verified: no change was found." == said[0]
    assert said[1].startswith("  root of the tree: ")
    assert "  held against 0 checkpoints kept here; with --against, against one held elsewhere" == said[2]
    assert said[3].startswith("  EXPOSED: all 18 events: no checkpoint is known to be held outside")
    assert 4 == len(said)


def test_a_verification_is_told_in_json(class_: Terminal) -> None:
    """In JSON every count has a name, and null says what was not compared."""
    said = class_.json("verify")

    assert (18, 18, 0, None, None) == (
        said["events"],
        said["exposed"],
        said["held_outside"],
        said["held_how"],
        said["read_models"],
    )
    assert [] == said["changes"]


def test_a_change_is_a_finding_with_what_follows(class_: Terminal) -> None:
    """One line says which row, what kind of change, what is seen and what follows; the status is 1."""
    change(
        ledger_file(class_),
        "UPDATE stored_events SET state = CAST(replace(state, ?, ?) AS BLOB) WHERE position = ?",
        '"level":"2"',
        '"level":"4"',
        15,
    )
    result = class_.run("verify")
    told = result.stdout.splitlines()
    said = class_.run("verify", "--json")

    assert 1 == result.exit_code == said.exit_code
    assert told[0].startswith("position 15 (learner/")
    assert "event_altered: its stored bytes" in told[0]
    assert told[0].endswith("what it said is not on record any more; no decision that read it can be relied on")
    assert told[1].endswith("verified: 1 finding.")
    assert '"kind": "event_altered"' in said.stdout


def test_read_models_are_compared_when_asked(class_: Terminal) -> None:
    """Lists are held against the events on request, and are left as they are."""
    class_.ok("learners")
    (path,) = (class_.home / "read").glob("*.db")
    sound = class_.ok("verify", "--projections")
    change(path, "UPDATE progress SET outcome = 'met'")
    result = class_.run("verify", "--projections")

    assert "  read models compared up to position 18 of 18\n" in sound
    assert 1 == result.exit_code
    assert f"{path.name}, progress: read_model_differs: 0 rows are missing, 0 too many, " in result.stdout


def test_a_pin_is_held_against_the_log(class_: Terminal, tmp_path: Path) -> None:
    """A checkpoint in a file is compared, and one with more events says how many are gone."""
    said = class_.json("verify")
    pin = tmp_path / "pin.txt"
    pin.write_text(f"{said['ledger']}\n18\n{said['root']}\n")
    fits = class_.ok("verify", "--against", pin)
    pin.write_text(Checkpoint(said["ledger"], 20, bytes(32)).text())
    differs = class_.run("verify", "--against", pin)

    assert f"  held against 0 checkpoints kept here, and against {pin}, which speaks of the first 18 events\n" in fits
    assert fits.endswith("  exposed: none, the checkpoint over 18 events is the one given with --against\n")
    assert 1 == differs.exit_code
    assert f"{pin}: pin_differs: it speaks of 20 events, and 18 stand here: the last 2 were removed" in differs.stdout


def test_what_was_not_checked_is_said(class_: Terminal) -> None:
    """Without the key that seals, how many seals were not looked at; without a root, that a leaf is missing."""
    (class_.home / "keys" / "seal.key").unlink()
    without = class_.ok("verify")
    change(ledger_file(class_), "DELETE FROM stored_events WHERE position = ?", 17)
    change(ledger_file(class_), "DELETE FROM leaves WHERE leaf_index = ?", 16)
    result = class_.run("verify")

    assert "  not checked: 18 seals, for the key they were made with is not at hand\n" in without
    assert "  root of the tree: none, for a leaf is missing\n" in result.stdout


def test_a_rewritten_ledger_is_told_in_part(class_: Terminal, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of very many findings the first are told, and the rest counted."""
    monkeypatch.setattr(verified, "MOST_FINDINGS", 3)
    change(ledger_file(class_), "UPDATE leaves SET leaf = zeroblob(32) WHERE leaf_index >= ?", 0)
    told = class_.run("verify").stdout.splitlines()

    assert "and 15 findings more" == told[3]
    assert told[4].endswith("verified: 18 findings.")


def test_a_signed_log_says_how_far_it_is_held_outside(class_: Terminal) -> None:
    """Signatures of keys nobody introduced are not looked at; what was handed out is no longer exposed."""
    class_.run("signing-key", "make")
    class_.ok("signer", "--once")
    unknown = class_.ok("verify")
    class_.ok("signing-key", "introduce")
    class_.ok("signer", "--once")
    class_.ok("checkpoint", "--to", "the auditor")
    after = class_.ok("verify")
    shutil.rmtree(next((class_.home / "log").iterdir()))
    removed = class_.ok("verify")

    assert "  not checked: who signed 1 checkpoint, for this log has introduced no key\n" in unknown
    assert "  held against 1 checkpoint kept here; " in unknown
    assert "  EXPOSED: 1 event after position 19, up to which a checkpoint was handed out: nobody" in after
    assert after.endswith(
        "; the ledger alone says so: ask whoever got it for their copy, and give that with --against\n"
    )
    assert "  a key that signs is on record, and no checkpoint is kept here: nothing was signed, or it was" in removed
    assert 20 == class_.json("verify")["events"]


@pytest.mark.parametrize(
    ("how", "said"),
    [
        ("pinned", "none, the checkpoint over 9 events is the one given with --against"),
        ("cosigned", "none, the checkpoint over 9 events was cosigned by witnesses the policy names"),
        (
            "handed out",
            "none, if that is so, for the checkpoint over 9 events was handed out; the ledger alone says so: ",
        ),
        (
            "received",
            "none, if that is so, for the checkpoint over 9 events was received; a ledger of this same folder ",
        ),
    ],
)
def test_what_is_held_outside_is_told_with_what_that_rests_on(how: str, said: str) -> None:
    """What the folder says of itself is never told as if somebody else had said it."""
    counts = (9, 9, "root", 1, 1, None, 0, 9, how, 0, 0, 0, 0, None, (), 0)
    last = verified.exposure_words(verified.VerifyReport("log", *counts))  # type: ignore[arg-type]

    assert last.startswith(f"exposed: {said}")


def test_read_models_that_are_not_there_are_said_not_to_be(class_: Terminal) -> None:
    """Who asks for a comparison is told where there was none."""
    for file in class_.home.rglob("*.db*"):
        if "read" in str(file.relative_to(class_.home)):
            file.unlink()

    assert "  no read models are there to compare; the pages make them" in class_.ok("verify", "--projections")


def test_a_policy_says_whose_signatures_count(class_: Terminal, tmp_path: Path) -> None:
    """With a file of keys of one's own a checkpoint signed by another is a finding."""
    class_.run("signing-key", "make")
    class_.ok("signing-key", "introduce")
    class_.ok("signer", "--once")
    origin = class_.json("verify")["ledger"]
    policy = tmp_path / "trust.txt"
    policy.write_text(f"log {SigningKey(origin, b'o' * 32).verifier_key}\nquorum none\n")
    result = class_.run("verify", "--trust", policy)

    assert 1 == result.exit_code
    assert "checkpoint: signature_wrong: none of the keys that are trusted for this log signed it" in result.stdout


def test_facts_no_rule_defines_are_counted(class_: Terminal) -> None:
    """A fact in a snapshot under a key nothing reads is no finding, and is not passed over in silence."""
    path = ledger_file(class_)
    connection = sqlite3.connect(path)
    wanted = "SELECT stream, name, state FROM parts WHERE name LIKE 'subject/%'"
    stream, name, state = connection.execute(wanted).fetchone()
    connection.close()
    part = msgspec.json.decode(state)
    part[3]["0" * 32] = [0, None, None]
    other = msgspec.json.encode(part)
    place = (other, part_digest(stream, name, other), stream, name)
    change(path, "UPDATE parts SET state = ?, digest = ? WHERE stream = ? AND name = ?", *place)

    assert "  not checked: 1 fact of snapshots that no archived rule defines\n" in class_.ok("verify")

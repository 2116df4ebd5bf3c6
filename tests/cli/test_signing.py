"""`mastery signer`, `signing-key`, `checkpoint`, `checkpoints` and `receipt`."""

import json
import os
import signal
import sqlite3
import subprocess
import threading
import time
from pathlib import Path

import pytest

from ledger.cli import signing
from ledger.home import Home
from tests.cli.support import COMMAND, DISTRICT, Terminal

LOG = "ledger.test/pine"


@pytest.fixture
def signed(school: Terminal) -> Terminal:
    """A school whose log is signed."""
    school.ok("signing-key", "make")
    school.ok("signing-key", "introduce")
    school.ok("signer", "--once")
    return school


def size(terminal: Terminal) -> int:
    """Return the number of events of the only ledger."""
    return terminal.positions()[DISTRICT]


def test_the_signer_needs_its_key(school: Terminal) -> None:
    """Without a key the sentence says how to make one."""
    assert (
        f"{school.home}/keys/signer.key is not there: put the key that signs checkpoints back from where it is kept, "
        "or make the first one with `mastery signing-key make`"
    ) == school.refused("signer", "--once")


def test_the_signer_needs_a_ledger(tmp_path: Path) -> None:
    """Without a ledger there is nothing to sign."""
    home = tmp_path / "none"

    assert f"there is no ledger in {home}; make one with `mastery init`" == Terminal(home).refused("signer", "--once")


def test_a_key_is_made_introduced_and_shown(school: Terminal) -> None:
    """The secret stays in a file for its owner alone; the verifier key is an event that everybody can see."""
    made = school.json("signing-key", "make")
    before = school.ok("signing-key", "show")
    first = school.json("signing-key", "introduce")["keys"]
    again = school.ok("signing-key", "introduce")
    key = made["keys"][0]["key"]
    file = Path(made["file"])

    assert "No key was introduced; `mastery signing-key make` makes one.\n" == before
    assert [(key, size(school), "first", False)] == [
        (one["key"], one["position"], one["reason"], one["endorsed"]) for one in first
    ]
    assert "This key is known already.\n" == again
    assert f"{DISTRICT}: {key}\n  first, introduced at position {size(school)}\n" == school.ok("signing-key", "show")
    assert 0o600 == file.stat().st_mode & 0o777
    assert file.read_text().strip() not in school.ok("events")


def test_a_key_may_lie_elsewhere(school: Terminal, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """With --key neither secret nor memory is in the home; in the environment the memory is."""
    elsewhere = tmp_path / "elsewhere" / "pine.key"
    key = school.json("signing-key", "make", "--key", elsewhere)["keys"][0]["key"]
    school.ok("signing-key", "introduce", "--verifier-key", key)
    school.ok("signer", "--once", "--key", elsewhere)
    kept = (elsewhere.parent / "signed" / LOG.replace("/", "~")).is_file(), (school.home / "keys" / "signed").exists()
    monkeypatch.setenv("MASTERY_SIGNER_KEY", elsewhere.read_text().strip())

    assert (True, False) == kept
    result = school.run("signer", "--once")
    assert (1, True) == (result.exit_code, "put back what the signer remembers" in result.stdout)


def test_a_pass_is_told(signed: Terminal) -> None:
    """`--once` says how many events are signed and how many of them are new."""
    count = size(signed)
    said = signed.ok("signer", "--once")
    signed.ok("tick", "--through", "2026-06-01")
    report = signed.json("--ledger", DISTRICT, "signer", "--once")

    assert f"{DISTRICT}: signed over {count} events, 0 of them new.\n" == said
    assert {"ledger": DISTRICT, "log": LOG, "size": count + 1, "added": 1} == report["signed"][0]


def test_what_is_not_signed_is_told(signed: Terminal) -> None:
    """A row changed behind the ledger's back stops the signer: exit status 1, and the row by its name."""
    signed.ok("tick", "--through", "2026-06-01")
    with sqlite3.connect(Home(signed.home).ledger_file(DISTRICT)) as database:
        database.execute("UPDATE stored_events SET topic = 'ledger.opened.1' WHERE position = ?", (size(signed),))
    result = signed.run("signer", "--once")

    assert 1 == result.exit_code
    assert f"{DISTRICT}: NOT SIGNED: {LOG}, position {size(signed)} (ledger version " in result.stdout


def test_the_running_signer_signs_what_comes(signed: Terminal) -> None:
    """The process signs what is appended while it runs, and stops when it is asked to."""
    words = [str(COMMAND), "--home", str(signed.home), "signer"]
    process = subprocess.Popen(words, stderr=subprocess.PIPE, text=True, env=dict(os.environ))
    try:
        signed.ok("tick", "--through", "2026-06-01")
        last = Home(signed.home).log_folder(DISTRICT) / "checkpoints" / str(size(signed))
        for _ in range(400):
            if last.is_file():
                break
            time.sleep(0.05)
        process.send_signal(signal.SIGTERM)
        _, said = process.communicate(timeout=20)
    finally:
        process.kill()

    assert ("Signing; Ctrl-C stops.\nStopped.\n", 0) == (said, process.returncode)
    assert last.is_file()


def test_the_running_signer_tells_what_it_refuses(signed: Terminal, monkeypatch: pytest.MonkeyPatch) -> None:
    """A log that cannot be signed is told on standard error, and in the end by the exit status."""
    with sqlite3.connect(Home(signed.home).ledger_file(DISTRICT)) as database:
        database.execute("DELETE FROM stored_events WHERE position = ?", (size(signed),))
        database.execute("DELETE FROM leaves WHERE leaf_index = (SELECT MAX(leaf_index) FROM leaves)")
    looks: list[int] = []

    def stop_after_two(stop: threading.Event) -> bool:
        looks.append(1)
        return len(looks) > 2

    monkeypatch.setattr(threading.Event, "is_set", stop_after_two)
    monkeypatch.setattr(signing, "LOOK", 0)
    monkeypatch.setattr(signing, "_stop_when_asked", lambda stop: None)
    result = signed.run("signer")

    assert 1 == result.exit_code
    assert 1 == result.stderr.count(f"{DISTRICT}: NOT SIGNED: {LOG}: ")
    assert "the last 1 were removed, or an older copy was put back" in result.stderr


def test_the_last_checkpoint_is_printed(signed: Terminal) -> None:
    """What is printed is the note itself, so that it can be kept as a file, and verified against."""
    said = signed.ok("checkpoint")
    answer = signed.json("checkpoint")
    pin = signed.home / "pin.txt"
    pin.write_text(said)

    assert said.startswith(f"{LOG}\n{size(signed)}\n")
    assert (said, None, size(signed)) == (answer["note"], answer["position"], answer["exposed"])
    assert 0 == signed.run("verify", "--against", pin).exit_code


def test_a_checkpoint_is_handed_out_as_a_letter(signed: Terminal) -> None:
    """With --to it is a letter, and an event; what it covers is no longer exposed."""
    note = signed.ok("checkpoint")
    count = size(signed)
    said = signed.ok("checkpoint", "--to", "auditor@example.org")
    listed = signed.ok("checkpoints", "list")

    assert said.startswith(f"To: auditor@example.org\nSubject: Checkpoint of {LOG} over {count} events\n\nPlease keep")
    assert said.endswith(f"\n\n{note}")
    assert count + 1 == size(signed)
    assert f"EXPOSED: 1 event after position {count} (handed out up to there): no checkpoint" in listed
    assert "(mail)" in signed.ok("events", "--after", count)


def test_a_checkpoint_is_published(signed: Terminal) -> None:
    """A checkpoint for everybody, or given as a file, is printed as it is; both are events."""
    note = signed.ok("checkpoint")
    printed = [
        signed.ok("checkpoint", "--by", "published"),
        signed.ok("checkpoint", "--by", "file", "--to", "board"),
    ]
    last = signed.json("checkpoint", "--by", "published")

    assert [note, note] == printed
    assert size(signed) == last["position"]
    assert "was published" in signed.ok("events", "--after", size(signed) - 1)


def test_everything_covered_is_said(signed: Terminal) -> None:
    """The list ends in how many events nobody outside could miss."""
    assert f"EXPOSED: {size(signed)} events: no checkpoint that covers them" in signed.ok("checkpoints", "list")
    found = signed.json("checkpoints", "list")
    assert ([size(signed)], [[LOG]]) == (
        [one["size"] for one in found["checkpoints"]],
        [one["signers"] for one in found["checkpoints"]],
    )


@pytest.mark.parametrize("words", [("--by", "mail"), ("--by", "published", "--to", "board")])
def test_handing_out_names_somebody(signed: Terminal, words: tuple[str, ...]) -> None:
    """Either somebody is given it, or everybody."""
    said = "name with --to who is given the checkpoint, or say that it is --by published"
    assert said == signed.refused("checkpoint", *words)


def test_a_state_receives_what_a_district_delivers(signed: Terminal, tmp_path: Path) -> None:
    """From a file with the key by another way, later without; straight from a ledger in the same folder too."""
    state = ("--ledger", "us-tx")
    signed.ok("init", "us-tx", "--kind", "state", "--zone", "America/Chicago", "--name", "ledger.test/tx")
    district = ("--ledger", DISTRICT)
    key = signed.json(*district, "signing-key", "show")["keys"][0]["key"]
    file = tmp_path / "pine.json"
    said = [signed.ok(*district, "checkpoints", "deliver", file)]
    count = json.loads(file.read_text())["note"].split("\n")[1]
    said.append(signed.ok(*state, "checkpoints", "receive", file, "--key", key))
    said.append(signed.ok(*state, "checkpoints", "receive", file))
    signed.ok(*district, "tick", "--through", "2026-06-01")
    signed.ok("signer", "--once")
    signed.ok(*district, "checkpoints", "deliver", file, "--since", count)
    said.append(signed.ok(*state, "checkpoints", "receive", "--from", DISTRICT))
    listed = signed.ok(*district, "checkpoints", "list")

    new = int(count) + 1
    assert [
        f"{file} holds the checkpoint of {DISTRICT} over {count} events.\n",
        f"The checkpoint of {DISTRICT} over {count} events is received (position 2).\n",
        f"The checkpoint of {DISTRICT} over {count} events is held already.\n",
        f"The checkpoint of {DISTRICT} over {new} events is received (position 3).\n",
    ] == said
    assert f"All {new} events are covered by a checkpoint held outside (received)." in listed
    assert "name a file, or a ledger of this folder with --from" == signed.refused(*state, "checkpoints", "receive")


def test_a_first_checkpoint_of_the_same_folder_needs_no_key(signed: Terminal) -> None:
    """A ledger in the same folder is believed for the key it introduced."""
    signed.ok("init", "us-tx", "--kind", "state", "--zone", "America/Chicago")

    assert "is received (position 2)" in signed.ok("--ledger", "us-tx", "checkpoints", "receive", "--from", DISTRICT)


def test_a_key_is_replaced(signed: Terminal, tmp_path: Path) -> None:
    """Both keys sign, the ledger says so, and the signer goes on with the new key alone."""
    other = tmp_path / "new.key"
    signed.ok("signing-key", "make", "--key", other)
    said = signed.ok("signing-key", "replace", "--with", other)
    shown = signed.ok("signing-key", "introduce", "--key", other)
    old = signed.run("signer", "--once")

    assert f"Next: mastery signing-key introduce --key {other}" in said
    assert "The last checkpoint of 1 log is signed by both keys." in said
    assert "  renewed, introduced at position" in shown
    assert 1 == old.exit_code
    assert "1 of them new" in signed.ok("signer", "--once", "--key", other)


def test_a_lost_key_is_replaced(signed: Terminal) -> None:
    """Without the old key the new one signs alone, and everybody who checks has to be told."""
    keys = signed.home / "keys"
    (keys / "signer.key").unlink()
    signed.ok("signing-key", "make", "--key", keys / "new.key")
    said = signed.ok("signing-key", "replace", "--lost", "--with", keys / "new.key")
    shown = signed.json("signing-key", "introduce", "--key", keys / "new.key", "--reason", "lost")

    assert f"{keys / 'new.key'} --reason lost" in said
    assert [("lost", False)] == [(one["reason"], one["endorsed"]) for one in shown["keys"]]
    assert "1 of them new" in signed.ok("signer", "--once", "--key", keys / "new.key")


def test_a_lost_memory_is_put_right(signed: Terminal, tmp_path: Path) -> None:
    """The signer goes on from a checkpoint somebody else holds."""
    pin = tmp_path / "pin.txt"
    pin.write_text(signed.ok("checkpoint"))
    (signed.home / "keys" / "signed" / LOG.replace("/", "~")).unlink()
    refused = signed.run("signer", "--once")
    said = signed.ok("signing-key", "remember", pin)

    assert 1 == refused.exit_code
    assert f"{DISTRICT}: the signer goes on from {size(signed)} events.\n" == said
    assert "0 of them new" in signed.ok("signer", "--once")


def test_a_credit_has_its_receipt(class_: Terminal) -> None:
    """A decision about credit is proved as soon as it is signed, by learner and version or by position."""
    for number, kind in enumerate(("task", "performance", "exam")):
        work = ("--kind", kind, "--level", "4", "--occurred", f"2026-03-0{number + 3}", "--task", f"t{number}")
        class_.ok("record", "evidence", "S-1", "--competency", "M.2", "--purpose", "summative", *work)
    class_.ok("tick", "--through", "2026-06-01")
    credit = class_.json("decisions", "--question", "CREDIT", "--learner", "S-1")["decisions"][0]["decision"]
    place = (credit["learner"], credit["version"])
    without = class_.run("receipt", *place, "--wait", "0")
    class_.ok("signing-key", "make")
    class_.ok("signing-key", "introduce")
    class_.ok("signer", "--once")
    said = class_.ok("receipt", "S-1", credit["version"])
    found = class_.json("receipt", "--at", credit["position"])

    assert (2, "no checkpoint covers position") == (without.exit_code, without.stderr[:29])
    assert f"CREDIT of {credit['subject']}: {credit['outcome'].replace('_', ' ')}" in said
    assert said.endswith(found["checkpoint"])
    assert (credit["position"], credit["position"] - 1) == (found["position"], found["index"])
    assert "name the decision by LEARNER and VERSION, or with --at POSITION" == class_.refused("receipt", "S-1")


def test_a_receipt_says_when_it_is_out_of_force() -> None:
    """The text of a receipt says that a later decision took the place of this one."""
    from ledger.cli.receipts import _lines
    from ledger.inquiry.receipts import Receipt

    found = Receipt(
        *("l", "x", 2, 7, "CREDIT", "course/ALG", "default", "met", "3", "2026-06-01", 9, "t", "{}", 6, "a"),
        ("b",),
        *(8, "k", "n\n"),
    )

    assert "  NOT IN FORCE: version 9 took its place" in list(_lines(found))

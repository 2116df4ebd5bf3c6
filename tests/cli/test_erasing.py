"""`mastery erase`."""

from pathlib import Path

from tests.cli.support import DISTRICT, Terminal

BASIS = "retention schedule 12"


def test_a_learner_is_erased_and_the_log_still_says_so(class_: Terminal) -> None:
    """The key goes, the payloads on order; the log shows what each event was, and what was erased, and why."""
    learner = class_.learner("S-1")

    said = class_.ok("erase", "S-1", "--basis", BASIS, "--payloads", "--yes").splitlines()

    last = class_.positions()[DISTRICT]
    assert [
        f"Learner {learner}: key destroyed, 0 documents deleted.",
        f"  {DISTRICT}: 2 payloads erased, said at position {last}",
        "Backups and files handed out are not reached by this; see docs/privacy.md.",
    ] == said
    log = class_.json("events", "--stream", f"learner/{learner}")["events"]
    assert "learner.evidence-recorded.1: its payload was erased" == log[0]["summary"]
    assert ["learner.evidence-recorded.1", "learner.payloads-erased.1", "learner.key-destroyed.1"] == [
        log[place]["topic"] for place in (0, -2, -1)
    ]
    shown = class_.ok("learner", learner)
    assert f"payloads of 2 entries erased: {BASIS}" in shown
    assert f"learner {learner[:4]}-{learner[4:8]}" in shown


def test_the_ledger_is_what_it_was_to_whoever_checks_it(class_: Terminal) -> None:
    """Read models and leaves are in order after an erasure."""
    class_.ok("erase", "S-1", "--basis", BASIS, "--payloads", "--decisions", "--yes")

    assert "The read models are what the ledger says" in class_.ok("rebuild")
    assert 0 == class_.run("verify").exit_code


def test_the_key_alone_leaves_what_events_say(class_: Terminal) -> None:
    """Without --payloads the events stay as they are, and every decision is made again the same."""
    learner = class_.learner("S-1")

    told = class_.json("erase", learner, "--basis", BASIS, "--yes")

    ledger = {"ledger": DISTRICT, "payloads": 0, "position": class_.positions()[DISTRICT]}
    assert {"learner": learner, "key": True, "documents": 0, "ledgers": [ledger]} == told
    assert "identical" in class_.ok("replay", "--learner", learner)


def test_the_same_command_again_finishes(class_: Terminal) -> None:
    """Given again by the UUID, the command finds nothing more to say."""
    learner = class_.learner("S-1")
    order = ("erase", learner, "--basis", BASIS, "--payloads", "--yes")
    class_.ok(*order)
    before = class_.positions()

    said = class_.ok(*order)

    assert f"Learner {learner}: the key was destroyed before, 0 documents deleted." == said.splitlines()[0]
    assert before == class_.positions()


def test_the_key_is_destroyed_for_every_ledger_of_the_folder(class_: Terminal, tmp_path: Path) -> None:
    """Another ledger of the folder that knows the learner says so too; one that does not stays as it is."""
    class_.ok("init", "us-tx/elm-creek", "--kind", "district", "--zone", "America/Chicago")
    class_.ok("--ledger", "us-tx/elm-creek", "record", "grade", "S-1", "--grade", "9", "--from", "2026-01-05")
    class_.ok("init", "us-tx/oak", "--kind", "district", "--zone", "America/Chicago")

    told = class_.json("--ledger", DISTRICT, "erase", "S-1", "--basis", BASIS, "--yes")

    assert [DISTRICT, "us-tx/elm-creek"] == [one["ledger"] for one in told["ledgers"]]
    assert 1 == class_.positions()["us-tx/oak"]


def test_nobody_is_erased_by_mistake(class_: Terminal) -> None:
    """Without --yes the command asks, and without an answer nothing is erased; decisions alone are not erased."""
    before = class_.positions()

    asked = class_.run("erase", "S-1", "--basis", BASIS)

    assert (1, before) == (asked.exit_code, class_.positions())
    assert f"Erase learner {class_.learner('S-1')} for good?" in asked.stderr
    refused = class_.refused("erase", "S-1", "--basis", BASIS, "--decisions", "--yes")
    assert "--decisions goes with --payloads: what decisions rest on goes first" in refused


def test_a_what_if_passes_the_learner_over(class_: Terminal) -> None:
    """Of an erased learner no rule is asked what it would say, and the sample drawn to check is whole."""
    mastery = "competency-based/mastery"
    asked = ("simulate", "--baseline", mastery, "--candidate", mastery, "--set-b", "kinds=3", "--on", "2026-05-01")
    assert "met to not yet, 1 answer:" in class_.ok(*asked)

    class_.ok("erase", "S-1", "--basis", BASIS, "--payloads", "--yes")

    said = class_.ok(*asked)
    assert "met to not yet" not in said
    assert "no difference." in said

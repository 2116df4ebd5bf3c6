"""`mastery replay` and `mastery rebuild`."""

import sqlite3
from pathlib import Path

from tests.cli.support import Terminal


def ledger_file(terminal: Terminal) -> Path:
    """Return the file of the only ledger."""
    (path,) = (terminal.home / "ledgers").glob("*.db")
    return path


def change(path: Path, statement: str, *values: object) -> None:
    """Change a database behind the product's back."""
    connection = sqlite3.connect(path)
    with connection:
        assert connection.execute(statement, values).rowcount
    connection.close()


def test_a_sound_ledger_replays_as_identical(class_: Terminal) -> None:
    """Every decision is made again and comes out the same, of all learners or of one."""
    assert "6 decisions of 2 learners made again:\n  identical                        6\n" == class_.ok("replay")
    assert "3 decisions of 1 learner made again:\n  identical                        3\n" == class_.ok(
        "replay", "--learner", "S-1"
    )


def test_a_replay_is_told_in_json(class_: Terminal) -> None:
    """In JSON the verdicts are counted by name."""
    sound = {"learners": 2, "decisions": 6, "verdicts": {"identical": 6}, "differing": [], "seals_unchecked": 0}

    assert sound == class_.json("replay")


def test_an_altered_event_is_a_finding(class_: Terminal) -> None:
    """An event whose bytes were changed is told with what differs, and the status is 1."""
    change(
        ledger_file(class_),
        "UPDATE stored_events SET state = CAST(replace(state, ?, ?) AS BLOB) WHERE position = ?",
        '"level":"2"',
        '"level":"4"',
        15,
    )
    result = class_.run("replay", "--learner", "S-2")
    learner = class_.learner("S-2")

    assert 1 == result.exit_code
    said = result.stdout.splitlines()
    assert said[0].startswith(f"learner {learner}, version 2 (position 16): MASTERY of competency/")
    assert f"evidence_altered: learner/{learner} version 1, position 15: it does not fit its leaf" in said[0]
    assert ["3 decisions of 1 learner made again:", "  evidence_altered                 3"] == said[-2:]


def test_damage_behind_every_decision_is_a_finding(class_: Terminal) -> None:
    """What was removed from the end of the log is told of the whole log, beside the decisions left; the status is 1."""
    change(ledger_file(class_), "DELETE FROM stored_events WHERE position >= ?", 16)
    result = class_.run("replay")
    missing = "no event stands at positions 16 to 18 of 1 to 18; leaves without events there: 3"

    assert 1 == result.exit_code
    assert [
        f"the log (position 16): evidence_missing: {missing}",
        "3 decisions of 2 learners made again:",
        "  identical                        3",
    ] == result.stdout.splitlines()


def test_an_altered_event_behind_the_last_decision_is_a_finding(class_: Terminal) -> None:
    """Damage of a learner's stream that no decision tells of is told for the learner."""
    change(ledger_file(class_), "UPDATE stored_events SET state = 'rubbish' WHERE position = ?", 18)
    result = class_.run("replay", "--learner", "S-2")

    assert 1 == result.exit_code
    assert (
        f"learner {class_.learner('S-2')} (position 18): evidence_altered: learner/{class_.learner('S-2')} version 4, "
        "position 18: its state is of a type that is never written"
    ) == result.stdout.splitlines()[0]


def test_seals_of_another_key_are_counted(class_: Terminal) -> None:
    """Seals made with a key that is not at hand are no finding; how many there are is told."""
    change(ledger_file(class_), "UPDATE leaves SET seal_key = ? WHERE leaf_index >= 15", "0123456789abcdef")
    result = class_.run("replay")

    assert 0 == result.exit_code
    assert "3 events sealed with another key than the present one: not checked" == result.stdout.splitlines()[0]


def test_sound_read_models_are_told(class_: Terminal) -> None:
    """Read models that are what the ledger says differ in nothing."""
    class_.ok("decisions")

    assert "The read models are what the ledger says, up to position 18.\n" == class_.ok("rebuild")
    assert {"position": 18, "differences": []} == class_.json("rebuild")


def test_altered_read_models_are_a_finding_and_mended(class_: Terminal) -> None:
    """A changed read model is told, mended, and the status is 1; the next rebuild finds nothing."""
    class_.ok("decisions")
    (path,) = (class_.home / "read").glob("*.db")
    change(path, "UPDATE decisions SET outcome = 'met' WHERE position = ?", 16)
    result = class_.run("rebuild")

    assert 1 == result.exit_code
    assert (
        "decisions: 0 rows were missing, 0 too many, 1 other than the ledger says; the first: 16\n"
        "1 table differed, mended now (position 18).\n"
    ) == result.stdout
    assert "The read models are what the ledger says, up to position 18.\n" == class_.ok("rebuild")

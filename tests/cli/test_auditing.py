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
    assert {"learners": 2, "decisions": 6, "verdicts": {"identical": 6}, "differing": []} == class_.json("replay")


def test_an_altered_event_is_a_finding(class_: Terminal) -> None:
    """An event whose bytes were changed is told with what differs, and the status is 1."""
    change(
        ledger_file(class_),
        'UPDATE stored_events SET state = replace(state, \'"level":"2"\', \'"level":"4"\') WHERE position = ?',
        15,
    )
    result = class_.run("replay", "--learner", "S-2")
    learner = class_.learner("S-2")

    assert 1 == result.exit_code
    said = result.stdout.splitlines()
    assert said[0].startswith(f"learner {learner}, version 2 (position 16): MASTERY of competency/")
    assert f"evidence_altered: learner/{learner} version 1, position 15: it does not fit its leaf" in said[0]
    assert ["3 decisions of 1 learner made again:", "  evidence_altered                 3"] == said[-2:]


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

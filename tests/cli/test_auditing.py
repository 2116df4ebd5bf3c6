"""`mastery rebuild`."""

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

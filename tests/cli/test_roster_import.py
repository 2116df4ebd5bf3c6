"""`mastery import roster`."""

from pathlib import Path

import pytest

from ledger.cli import roster_import
from tests.cli.support import DISTRICT, Terminal, written

HEADER = "learner,organisation,grade,from,until\n"
NORTH = f"{DISTRICT}/north"
ROSTER = f"{HEADER}S-1,{NORTH},9,2025-08-18,\nS-2,{NORTH},9,2025-08-18,2026-05-29\n"


def counts(said: str) -> list[list[str]]:
    """Return the words of each line."""
    return [line.split() for line in said.splitlines()]


def test_a_roster_is_counted(class_: Terminal, tmp_path: Path) -> None:
    """The command says how many rows were recorded, and the second time that all were known."""
    file = written(tmp_path, "roster.csv", ROSTER)
    dry, first = (counts(class_.ok("import", "roster", file, *more)) for more in (["--dry-run"], []))
    again = class_.json("import", "roster", file)

    assert [["roster.csv,", "checked", "only;", "nothing", "was", "stored:"], *first[1:]] == dry
    assert [
        ["roster.csv:"],
        ["rows", "2"],
        ["learners", "2"],
        ["recorded", "2"],
        ["same", "0"],
        ["decisions", "0"],
    ] == first
    assert {
        "file": "roster.csv",
        "rows": 2,
        "learners": 2,
        "recorded": 0,
        "same": 2,
        "decisions": 0,
        "dry_run": False,
    } == again


def test_a_roster_with_a_fault_is_not_stored(class_: Terminal, tmp_path: Path) -> None:
    """Every fault is told with its line, and nothing of the file is stored."""
    before = class_.positions()
    result = class_.run("import", "roster", written(tmp_path, "roster.csv", f"{ROSTER}S-1,{NORTH},9,May,\n"))

    assert (1, before) == (result.exit_code, class_.positions())
    assert [
        "roster.csv:4 [from]: 'May' is not a day such as 2026-05-30",
        "Nothing was stored.",
    ] == result.stderr.splitlines()[-2:]


def test_a_roster_that_is_stopped_says_how_to_go_on(
    class_: Terminal, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Interrupted, the command says that the same command goes on."""

    def stopped(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(roster_import, "import_roster", stopped)
    result = class_.run("import", "roster", written(tmp_path, "roster.csv", ROSTER))

    assert (130, True) == (result.exit_code, "the same command goes on with the rest" in result.stderr)

"""`mastery reconcile`: files of other systems, held against the ledger."""

from pathlib import Path

import pytest

from tests.cli.support import DISTRICT, Terminal, written

NORTH = f"{DISTRICT}/north"
ROSTER = f"learner,organisation,grade,from,until\nS-1,{NORTH},9,2025-08-18,\nS-2,{NORTH},9,2025-08-18,2026-05-29\n"


@pytest.fixture
def enrolled(class_: Terminal, tmp_path: Path) -> Terminal:
    """A school whose roster was brought in."""
    class_.ok("import", "roster", written(tmp_path, "roster.csv", ROSTER))
    return class_


def test_a_roster_that_agrees_is_said_to(enrolled: Terminal, tmp_path: Path) -> None:
    """What was imported agrees with itself, and nothing is stored by asking."""
    before = enrolled.positions()
    said = enrolled.ok("reconcile", "roster", tmp_path / "roster.csv")

    assert said.startswith("0 differences over 2 rows, as of position ")
    assert before == enrolled.positions()


def test_a_roster_that_differs_ends_with_status_1(enrolled: Terminal, tmp_path: Path) -> None:
    """A learner nobody knows, and one the roster has no more; both lines name where."""
    file = written(tmp_path, "new.csv", f"learner,organisation,from\nS-1,{NORTH},2025-08-18\nS-9,{NORTH},2025-08-18\n")
    result = enrolled.run("reconcile", "roster", file)
    named = enrolled.run("reconcile", "roster", file, "--named-only", "--csv", "-")

    assert (1, "") == (result.exit_code, result.stderr)
    assert result.stdout.startswith("new.csv:3: not-in-ledger: The roster has the learner in ")
    assert ": not-on-roster: The ledger has the learner in " in result.stdout
    assert ["kind,line,position,learner,sentence", "not-in-ledger,3,,"] == [
        line[:35] if line.startswith("kind") else line[:17] for line in named.stdout.splitlines()
    ]


def test_a_learner_may_be_named_by_pseudonym(enrolled: Terminal, tmp_path: Path) -> None:
    """A UUID that is on record names its learner; one that is not names nobody, and nobody is made."""
    with enrolled.open() as ledger:
        known = ledger.vault.learner_id("S-1")
    other = known[:-1] + ("0" if known[-1] != "0" else "1")
    file = written(
        tmp_path, "new.csv", f"learner,organisation,from\n{known},{NORTH},2025-08-18\n{other},{NORTH},2025-08-18\n"
    )
    answer = enrolled.run("reconcile", "roster", file, "--named-only").stdout.splitlines()

    assert 2 == len(answer)
    assert answer[0].startswith("new.csv:3: not-in-ledger: ")


def test_a_transcript_is_held_against_decisions(class_: Terminal, tmp_path: Path) -> None:
    """A credit that nobody decided is told as text, as JSON and in a file."""
    file, saved = written(tmp_path, "transcript.csv", "learner,course\nS-1,ALG1\n"), tmp_path / "differences.csv"
    result = class_.run("reconcile", "transcript", file, "--csv", saved)
    answer = class_.run("reconcile", "transcript", file, "--json")

    assert (1, 1) == (result.exit_code, answer.exit_code)
    assert (
        "credit-without-decision: Credit for ALG1 stands on nothing: no decision about it was ever made."
        in result.stdout
    )
    assert '"rows": 1' in answer.stdout
    assert "credit-without-decision,2,," == saved.read_text(encoding="utf-8").splitlines()[1][:27]


def test_a_file_with_faults_is_refused_whole(class_: Terminal, tmp_path: Path) -> None:
    """Every fault is told with its line, in the order of the file."""
    file = written(tmp_path, "transcript.csv", "learner,course,credit,earned\nS-1,,1,\nS-1,ALG1,one,May\n")

    assert [
        "transcript.csv:2 [course]: course is empty; every row needs one",
        "transcript.csv:3 [credit]: 'one' is not a plain decimal number such as 84 or 84.5",
        "transcript.csv:3 [earned]: 'May' is not a day such as 2026-05-30",
    ] == class_.refused("reconcile", "transcript", file).splitlines()

"""`mastery replay-as`: what another rule would have said, marked as a what-if wherever it is told."""

import csv
from pathlib import Path

import pytest

from tests.cli.support import Terminal
from tests.cli.test_auditing import change

MASTERY = "competency-based/mastery"
WARNING = "What-if, not a replay: nobody was decided about by this rule, and nothing was written to the ledger."


def test_another_rule_is_asked_about_every_decision(class_: Terminal) -> None:
    """The text begins with what it is not, and says how many would have been decided otherwise."""
    said = class_.ok("replay-as", MASTERY, "--set", "kinds=4", "--since", "1").splitlines()

    assert WARNING == said[0]
    assert f"rule: {MASTERY}@2000-01-01 with kinds = 4" == said[2]
    assert "in us-tx/pine-valley up to position 18" == said[3]
    assert "4 decisions of 2 learners asked about, after position 1" == said[4]
    assert ["decision", "other", "rule", "answers"] == said[6].split()
    assert ["learner", "version", "on", "subject", "decision", "other", "rule"] == next(
        line.split() for line in said if line.startswith("learner ")
    )


def test_the_same_is_told_in_json(class_: Terminal) -> None:
    """In JSON it says what kind of thing it is, too."""
    found = class_.json("replay-as", MASTERY, "--learner", "S-1")

    assert ("what-if", WARNING, f"{MASTERY}@2000-01-01") == (found["kind"], found["warning"], found["rule"])
    assert (2, 1, []) == (found["found"]["decisions"], found["found"]["learners"], found["found"]["changed"])


def test_a_file_is_marked_by_its_name_and_in_every_row(class_: Terminal, tmp_path: Path) -> None:
    """No row can be taken for a decision; groups have a file of their own."""
    file = tmp_path / "lenient.what-if.csv"
    said = class_.ok("replay-as", MASTERY, "--set", "kinds=4", "--csv", str(file), "--group", "all")
    rows = list(csv.reader(file.read_text(encoding="utf-8").splitlines()))

    assert f"written: {file}" in said.splitlines()
    assert ["what", "ledger", "learner", "version"] == rows[0][:4]
    assert len(rows) > 1
    assert {"what-if"} == {row[0] for row in rows[1:]}


@pytest.mark.parametrize("name", ["replay.csv", "what-if.csv", "x.what-if.txt"])
def test_another_name_is_refused(class_: Terminal, tmp_path: Path, name: str) -> None:
    """A file that may be taken for a replay is not written."""
    file = tmp_path / name
    result = class_.run("replay-as", MASTERY, "--csv", str(file))

    assert (
        2,
        f"{file}: the name of a what-if's file ends in .what-if.csv, so that nobody takes it for a replay\n",
    ) == (result.exit_code, result.stderr)
    assert not file.exists()


def test_nothing_to_ask_about_is_said(class_: Terminal) -> None:
    """A rule for a question that nothing answered finds nothing."""
    assert "0 decisions of 0 learners asked about" == class_.ok("replay-as", "us-ny/local-diploma").splitlines()[-1]


def test_a_value_the_rule_does_not_have_is_refused(class_: Terminal) -> None:
    """Values are checked before anybody is asked about."""
    result = class_.run("replay-as", MASTERY, "--set", "kinder=1")

    assert 2 == result.exit_code
    assert "kinder" in result.stderr


def test_what_is_left_out_is_counted(class_: Terminal) -> None:
    """Decisions that are not identical are told with their verdict."""
    (path,) = (class_.home / "ledgers").glob("*.db")
    change(path, "UPDATE leaves SET leaf = X'00' WHERE leaf_index = ?", 14)

    assert (
        "left out: 2 decisions, evidence_altered when made again; see `mastery replay`"
        in class_.ok("replay-as", MASTERY).splitlines()
    )

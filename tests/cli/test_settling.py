"""`mastery differing` and `mastery settle`."""

import csv
import io
from pathlib import Path

import pytest

from tests.cli.support import Terminal
from tests.support.ledgers import adopted

MASTERY = "competency-based/mastery"
HEARD = ("--reason", "The family was heard.")


@pytest.fixture
def changed(class_: Terminal) -> Terminal:
    """A school whose rule of mastery now wants level 4 in two kinds of task: S-1 holds what S-1 would not get."""
    with class_.open() as ledger:
        adopted(ledger, MASTERY, overrides={"level": "4"})
    return class_


def exported(terminal: Terminal, folder: Path) -> Path:
    """Write the list as CSV."""
    path = folder / "differing.csv"
    path.write_text(terminal.ok("differing", "--csv"))
    return path


def test_what_would_differ_is_listed(changed: Terminal) -> None:
    """A line for each decision: what stands, what would be, and why; then how many."""
    lines = changed.ok("differing").splitlines()

    assert lines[0].startswith("question  about")
    assert "M.1 Adds whole numbers" in lines[1]
    assert lines[1].split()[0] == "MASTERY"
    assert "1 decision to settle, as of position" in lines[-1]


def test_nothing_to_settle_is_said(class_: Terminal) -> None:
    """Where no rule has changed the list is empty."""
    assert class_.ok("differing").startswith("0 decisions to settle, as of position ")


def test_the_list_is_data_too(changed: Terminal) -> None:
    """As JSON with all that was seen; narrowed to gains there is none."""
    found = changed.json("differing", "--question", "mastery", "--policy", MASTERY, "--losses")
    (row,) = found["differences"]

    assert ("loss", "met", "not_yet", "kinds, holding") == (row["kind"], row["outcome"], row["offered"], row["because"])
    assert (changed.learner("S-1"), "M.1 Adds whole numbers", []) == (row["learner"], row["about"], found["awards"])
    assert [] == changed.json("differing", "--gains")["differences"]


def test_one_decision_is_said_to_stand(changed: Terminal) -> None:
    """The decision is named by learner, question and subject; it leaves the list."""
    said = changed.ok(
        "settle", "S-1", "--question", "MASTERY", "--subject", "M.1", "--as-it-stands", *HEARD
    ).splitlines()

    assert "stands" in said[1]
    assert "1 decision settled." == said[-1]
    assert changed.ok("differing").startswith("0 decisions")
    assert "MASTERY of version" in changed.ok("learner", "S-1")


def test_one_decision_is_made_anew(changed: Terminal) -> None:
    """The rule in force decides today, worse though it is, and everything replays."""
    answer = changed.json("settle", "S-1", "--question", "MASTERY", "--subject", "M.1", "--anew", *HEARD)
    (row,) = answer["rows"]

    assert (1, 0, "not_yet", 2) == (answer["settled"], answer["refused"], row["outcome"], row["followed"])
    assert "not_yet" in changed.ok("decisions", "--standing", "--subject", "M.1")
    assert changed.run("replay").exit_code == 0


def test_many_are_settled_from_the_list(changed: Terminal, tmp_path: Path) -> None:
    """What the list printed as CSV is settled line by line with one reason; a second time there is nothing left."""
    file = exported(changed, tmp_path)
    rows = list(csv.DictReader(io.StringIO(file.read_text())))
    first = changed.ok("settle", "--from", file, "--anew", *HEARD)
    again = changed.run("settle", "--from", file, "--anew", *HEARD)

    assert 1 == len(rows)
    assert "decided anew: not_yet" in first
    assert (1, "0 decisions settled; 1 refused.") == (again.exit_code, again.stdout.splitlines()[-1])
    assert "another decision stands since" in again.stdout


def test_an_award_is_listed_apart(changed: Terminal) -> None:
    """Credit that stands under another rule is told below what is to be settled, and is not made less."""
    with changed.open() as ledger:
        adopted(ledger, MASTERY, overrides={"level": "2", "kinds": "1"})
    evidence = ("--kind", "task", "--purpose", "summative", "--level", "3", "--occurred", "2026-03-03")
    for code in ("M.1", "M.2"):
        changed.ok("record", "evidence", "S-1", "--competency", code, "--task", code, *evidence)
    with changed.open() as ledger:
        adopted(ledger, "competency-based/course", overrides={"credit": "0.25"})
    said = changed.ok("differing")
    refused = changed.refused("settle", "S-1", "--question", "CREDIT", "--subject", "course/ALG", "--anew", *HEARD)

    assert "Awards, which stand whatever the rule in force would say:" in said
    assert "CREDIT of course/ALG was awarded, and a change of rules takes no award back" in refused

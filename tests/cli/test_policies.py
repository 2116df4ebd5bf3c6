"""`mastery policies`: without a ledger."""

import json
from pathlib import Path

import pytest

from ledger.cli import policy_pages
from tests.cli.support import Terminal, written

TEXAS = "us-tx/credit-by-examination"


@pytest.fixture
def terminal(tmp_path: Path) -> Terminal:
    """Return a terminal where there is no ledger."""
    return Terminal(tmp_path / "nowhere")


def facts(folder: Path, **values: object) -> Path:
    """Write a file of facts: one sitting of an approved test, unless told otherwise."""
    sitting = {"ordinal": 1, "taken_on": "2026-05-30", "examination": "criterion-referenced", "percent": "79.5"}
    sitting["earlier_in_window"] = 0
    return written(folder, "facts.json", json.dumps({"sittings_taken": 1, "sittings": [{**sitting, **values}]}))


def test_policies_are_listed(terminal: Terminal) -> None:
    """Every edition is listed with its question, subject and jurisdiction."""
    said = terminal.ok("policies", "list").splitlines()
    found = terminal.json("policies", "list")

    assert f"{len(found['policies'])} editions; `mastery policies show POLICY` says one in plain words." == said[-1]
    (line,) = [line.split() for line in said if line.startswith("us-tx/credit-by-examination@2005-03-07 ")]
    assert ["us-tx/credit-by-examination@2005-03-07", "CREDIT", "course", "us-tx"] == line[:4]
    assert {"built-in"} == {one["plugin"] for one in found["policies"]}
    assert not terminal.home.exists()


def test_a_policy_is_shown_in_plain_words(terminal: Terminal) -> None:
    """A policy is said in words with the values of the day asked for."""
    before = terminal.ok("policies", "show", TEXAS, "--on", "2013-06-13")
    after = terminal.ok("policies", "show", f"{TEXAS}@2005-03-07", "--on", "2013-06-14")

    assert "90 % on another approved test." in before
    assert "80 % on another approved test." in after


def test_a_policy_is_shown_as_of_today(terminal: Terminal, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without a day, a policy is shown with the values of today."""
    found = terminal.json("policies", "show", TEXAS)

    assert policy_pages.today().isoformat() == found["on"]
    assert {"name", "says", "value", "unit", "keep", "by", "values"} == set(found["numbers"][0])


def test_facts_are_described(terminal: Terminal) -> None:
    """The facts a policy reads are described in words, list members included."""
    said = terminal.ok("policies", "facts", TEXAS).splitlines()

    assert f"Facts of {TEXAS}@2005-03-07" == said[0]
    assert "      points (fraction, in points): points scored" in said
    assert "    items.1 of evidence; where there is none: an empty list" in said


def test_facts_have_a_schema(terminal: Terminal) -> None:
    """In JSON they are the schema of the file that `decide` takes."""
    found = terminal.json("policies", "facts", TEXAS)

    assert "https://json-schema.org/draft/2020-12/schema" == found["$schema"]
    assert {"sittings", "sittings_taken", "course_start", "today"} == set(found["properties"])


def test_a_policy_decides_a_file_of_facts(terminal: Terminal, tmp_path: Path) -> None:
    """`decide` prints outcome, decisive clauses, what is missing and the tree, without a ledger."""
    said = terminal.ok("policies", "decide", TEXAS, "--facts", facts(tmp_path), "--on", "2026-05-30").splitlines()

    assert f"{TEXAS}@2005-03-07, decided for 2026-05-30: not_yet" == said[0]
    assert said[1].startswith("It rests on: ")
    assert "            [ ] 80 % on another approved test. (has 79.5, needs 80)  [19 TAC §74.24(c)]" in said
    assert "Still missing" in said
    assert "Next: sit an approved examination." in said
    assert not terminal.home.exists()


def test_a_policy_decides_in_json(terminal: Terminal, tmp_path: Path) -> None:
    """In JSON the finding stands as an auditor compares it, with its digest; parameters may be set."""
    prior = facts(tmp_path, prior_instruction=True)
    words = ("policies", "decide", TEXAS, "--facts", prior, "--on", "2026-05-30")
    shut, open_ = terminal.json(*words), terminal.json(*words, "--param", "instruction_route=yes")

    assert ("not_yet", "met") == (shut["outcome"], open_["outcome"])
    assert ["after-instruction[1]"] == [one for one in shut["decisive"] if one.startswith("after")]
    assert open_["finding"]["outcome"] == open_["outcome"]
    assert [["credit", 1], ["transcript", "examination score"]] == [
        [key, value["fraction"][0] if isinstance(value, dict) else value] for key, value in open_["finding"]["grants"]
    ]
    assert 64 == len(open_["digest"])
    assert "requires" == open_["explanation"]["stages"][-1][0]


def test_every_built_in_case_holds(terminal: Terminal) -> None:
    """`policies test` runs the cases of every built-in policy, and none fails."""
    found = terminal.json("policies", "test")

    assert ([], [], []) == (found["failed"], found["problems"], found["without_cases"])
    said = f"{found['cases']:,} cases of {found['policies']} policies: none failed.\n"
    assert said == terminal.ok("policies", "test")
    assert found["cases"] > 50


def test_the_cases_of_one_policy_are_run(terminal: Terminal) -> None:
    """Named, only the cases of that policy are run, though its file holds another's too."""
    every, one = terminal.json("policies", "test"), terminal.json("policies", "test", "competency-based/course")

    assert (1, True) == (one["policies"], 0 < one["cases"] < every["cases"])


def test_a_failing_case_is_a_finding(terminal: Terminal, plugin: str) -> None:
    """A case that comes out otherwise is told in a sentence, with status 1; a policy without cases is named."""
    result = terminal.run("policies", "test", "--plugin", plugin)
    said = result.stdout.splitlines()

    assert 1 == result.exit_code
    assert (
        "rules_elsewhere/rule.cases.toml, 'one is enough' (elsewhere/rule@2026-01-01): expected met, got not_yet, "
        "which rests on two"
    ) == said[0]
    assert "elsewhere/bare: there are no cases beside it" == said[-2]
    assert said[-1].endswith(" policies: 1 failed.")


def test_a_plugin_may_be_named_by_the_environment(
    terminal: Terminal, plugin: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """`MASTERY_PLUGINS` enables plugins where the option does not."""
    monkeypatch.setenv("MASTERY_PLUGINS", plugin)

    assert {"elsewhere/rule", "elsewhere/bare"} < {
        one["policy"] for one in terminal.json("policies", "list")["policies"]
    }

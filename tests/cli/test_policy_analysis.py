"""`mastery policies check`, `diff`, `suggest` and `tree`: without a ledger."""

from pathlib import Path

import pytest

from ledger.policy.cases import cases_from_toml
from tests.cli.plugins import install
from tests.cli.support import Terminal

TEXAS = "us-tx/credit-by-examination"
RULES = {
    "rules_odd/__init__.py": """\
from ledger.policy.hookspecs import hookimpl
from ledger.policy.modules import module
from rules_odd import rule

@hookimpl
def ledger_policies():
    yield module(rule.__name__, rule.rule)
""",
    "rules_odd/rule.py": """\
from datetime import date
from ledger.policy import Citation, FactDefinition, FactType, Policy, Question, Reads, all_of, clause, fact

ACT = Citation("Act 1")
BEST = FactDefinition("best", "best work", "best.1", FactType.INTEGER, Reads.EVIDENCE)
rule = Policy(
    "odd/rule", date(2026, 1, 1), Question.MASTERY, "Odd", ACT,
    all_of(
        clause("two", "Two or more.", fact.best >= 2, ACT),
        clause("few", "Not too much.", fact.best < 9, ACT),
        clause("never", "Never.", all_of(fact.best > 5, fact.best < 5), ACT),
    ),
    jurisdiction="", subject="competency", sheet=(BEST,),
)
""",
    "rules_odd/rule.toml": "",
    "rules_odd/law.md": """\
# Works

## Findings

- `never-met never`: it is meant as a joke
- `never-fails two`: this was so once
""",
    "rules_odd/rule.cases.toml": """\
[[case]]
name = "a case"
on = 2026-05-30
given = { best = 1 }
expect = { outcome = "not_yet", because = ["never"] }
anchor = "law.md#works"
""",
}


@pytest.fixture
def terminal(tmp_path: Path) -> Terminal:
    """Return a terminal where there is no ledger."""
    return Terminal(tmp_path / "nowhere")


@pytest.fixture
def odd(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """Install a plugin whose policy is odd; return its name."""
    name = install(tmp_path, "odd", "rules_odd", RULES)
    monkeypatch.syspath_prepend(tmp_path)
    return name


def test_built_in_policies_leave_nothing_unexplained(terminal: Terminal) -> None:
    """`policies check` of every built-in policy finds nothing that the law beside it does not explain."""
    found = terminal.json("policies", "check")

    assert (0, []) == (found["unexplained"], [one["key"] for one in found["findings"] if not one["because"]])
    assert found["policies"] > 5


def test_what_is_odd_is_told(terminal: Terminal, odd: str) -> None:
    """A finding is told with its method and an example; one left unexplained gives status 1."""
    result = terminal.run("policies", "check", "odd/rule", "--on", "2026-05-30", "--plugin", odd)
    said = result.stdout.splitlines()

    assert 1 == result.exit_code
    assert "odd/rule@2026-01-01: never-met never (proved, explained)" in said
    assert "  it is meant as a joke" in said
    assert "the law beside odd/rule@2026-01-01: never-fails two is explained, and found no longer" in said
    assert said[-1].startswith(f"{len([one for one in said if one.endswith('explained)')])} findings of 1 policy: ")


def test_what_is_odd_is_told_in_json(terminal: Terminal, odd: str) -> None:
    """In JSON each finding has its kind, what it is about, and a fact sheet that `policies decide` takes."""
    result = terminal.run("policies", "check", "odd/rule", "--plugin", odd, "--json")

    assert 1 == result.exit_code
    assert '"kind": "never-decisive"' in result.stdout
    assert '"because": "it is meant as a joke"' in result.stdout


def test_two_rules_are_held_against_one_another(terminal: Terminal) -> None:
    """`diff` says which rule is the stricter, and for each group who it is and on what it rests."""
    words = ("policies", "diff", "competency-based/mastery", "competency-based/mastery", "--on", "2026-05-30")
    said = terminal.ok(*words, "--set-b", "kinds=3").splitlines()

    assert "A: competency-based/mastery@2000-01-01, decided for 2026-05-30" == said[0]
    assert "A is at least as lenient: whoever meets B meets A, and not the other way round. (proved)" == said[2]
    assert "met under A, not_yet under B; for example:" == said[4]
    assert "  B rests on: kinds" == said[-1]
    assert "Nobody fares differently." == terminal.ok(*words).splitlines()[-1]


def test_rules_that_read_other_facts_are_not_compared(terminal: Terminal) -> None:
    """Where the facts differ the answer is that a person has to judge, and the facts are named."""
    said = terminal.ok("policies", "diff", "competency-based/mastery", "competency-based/readiness")
    other = terminal.json(
        *("policies", "diff", "competency-based/mastery", "competency-based/mastery"),
        *("--on", "2026-05-30", "--on-b", "2026-05-31", "--set", "level=2", "--set-b", "level=4"),
    )

    assert "They cannot be compared, for they do not read the same facts: a person has to judge. (proved)" in said
    assert "Facts read by A alone: " in said
    assert ("not-comparable", ["kinds_at_level"]) == (
        other["difference"]["strictness"],
        other["difference"]["otherwise"],
    )


def test_a_value_that_cannot_be_set_is_refused(terminal: Terminal) -> None:
    """A value that is no value of the parameter is refused before anything is compared."""
    said = terminal.refused("policies", "diff", TEXAS, TEXAS, "--set-b", "instruction_route=perhaps")

    assert "instruction_route" in said


def test_cases_are_suggested(terminal: Terminal, odd: str) -> None:
    """`suggest` writes a case for each side of a threshold that no case tries, ready for the case file."""
    every = terminal.json("policies", "suggest", "competency-based/readiness", "--on", "2026-05-30", "--all")
    none = terminal.ok("policies", "suggest", "competency-based/readiness", "--on", "2026-05-30")

    assert "# 0 cases of competency-based/readiness@2000-01-01: cases that no case beside it is like.\n" == none
    assert {"name", "fact", "short", "at", "outcome", "because", "text"} == set(every["cases"][0])
    assert {"practice_level", "preparations"} == {one["fact"] for one in every["cases"]}
    text = terminal.ok("policies", "suggest", "competency-based/readiness", "--all")
    assert "is not TOML" not in str(cases_from_toml(text, "x.cases.toml", [], "").problems)


def test_a_rule_is_shown_as_a_tree(terminal: Terminal) -> None:
    """`tree` shows every node with its clause, source, the facts it reads and the values of a day."""
    said = terminal.ok("policies", "tree", TEXAS, "--on", "2012-05-30").splitlines()
    found = terminal.json("policies", "tree", TEXAS, "--on", "2012-05-30")

    assert f"{TEXAS}@2005-03-07; values of 2012-05-30." == said[0]
    assert any(line.endswith("clause score: 90 % on another approved test.  [19 TAC §74.24(c), V]") for line in said)
    assert any(line.strip() == "reads facts ordinal; values tries = 2" for line in said)
    assert "final_when" == found["requires"]["word"]

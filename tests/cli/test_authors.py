"""`mastery policies new`, `test --coverage --mutate` and `explain`, and plugins named by where they lie."""

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cli.support import Terminal

RULE = "us-zz/course-challenge"
CHECKED = ("--coverage", "--mutate")


@pytest.fixture
def terminal(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Terminal]:
    """Return a terminal in an empty folder; what is imported from it is forgotten."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sys, "path", [*sys.path])
    yield Terminal(tmp_path / "nowhere")
    for name in [name for name in sys.modules if name.startswith(("ledger_policies_", "drafted"))]:
        del sys.modules[name]


def test_a_new_policy_passes_at_once(terminal: Terminal) -> None:
    """What `new` writes is a package whose cases hold, try everything and notice every mistake."""
    written = terminal.json("policies", "new", RULE, "--into", "drafts")
    plugin = "drafts/ledger-policies-us-zz"
    found = terminal.json("policies", "test", RULE, *CHECKED, "--plugin", plugin)

    assert (RULE, 6, 5) == (written["policy"], len(written["written"]), len(written["steps"]))
    assert all(Path(path).is_file() for path in written["written"])
    assert any(f"--plugin {plugin}" in step for step in written["steps"])
    assert ((), [], [], []) == ((), found["failed"], found["problems"], found["without_cases"])
    assert (3, [], []) == (found["cases"], found["coverage"][0]["gaps"], found["mutation"][0]["survivors"])


def test_a_new_policy_says_what_comes_next(terminal: Terminal) -> None:
    """The files are listed, and then the steps from law to plugin, to be typed as they stand."""
    said = terminal.ok("policies", "new", RULE).splitlines()

    assert "us-zz/course-challenge is written:" == said[0]
    assert "  ledger-policies-us-zz/ledger_policies_us_zz/law.md" in said
    assert (
        "  3. Write cases as you go, and run them: mastery policies test us-zz/course-challenge "
        "--plugin ./ledger-policies-us-zz"
    ) in said


def test_a_new_policy_is_shown_as_unverified(terminal: Terminal) -> None:
    """Until sources are named and read, the draft is unverified wherever it is shown."""
    terminal.ok("policies", "new", RULE)
    found = terminal.json("policies", "show", RULE, "--on", "2026-05-30", "--plugin", "./ledger-policies-us-zz")

    assert ("Course challenge", "us-zz", True) == (found["title"], found["jurisdiction"], found["unverified"])


def test_a_place_that_is_known_is_not_given_twice(terminal: Terminal) -> None:
    """A package for a state that comes with the product leaves the state to the product."""
    terminal.ok("policies", "new", "us-tx/import")
    found = terminal.json("policies", "test", "us-tx/import", "--plugin", "./ledger-policies-us-tx")

    assert 3 == found["cases"]
    assert Path("ledger-policies-us-tx/ledger_policies_us_tx/import_rule.py").is_file()


def test_a_new_policy_inside_a_package_of_policies(terminal: Terminal) -> None:
    """Into a package of policies only the state's folder is written, and the steps say how it is handed over."""
    Path("drafted").mkdir()
    package = Path("drafted/__init__.py")
    package.write_text('"""Policies."""\n')
    written = terminal.json("policies", "new", "us-zz/river/course-challenge", "--into", "drafted")
    package.write_text(
        "from drafted.us_zz_river import course_challenge\n"
        "from ledger.policy import Jurisdiction\n"
        "from ledger.policy.hookspecs import hookimpl\n"
        "from ledger.policy.modules import module\n"
        '@hookimpl\ndef ledger_jurisdictions():\n    yield Jurisdiction("us-zz/river", "River", "district")\n'
        "@hookimpl\ndef ledger_policies():\n    yield module(course_challenge.__name__, course_challenge.policy)\n"
    )
    found = terminal.json("policies", "test", "us-zz/river/course-challenge", *CHECKED, "--plugin", "./drafted")

    assert "drafted/us_zz_river/course_challenge.cases.toml" in written["written"]
    assert "drafted/__init__.py" not in written["written"]
    assert "`yield module(course_challenge.__name__, course_challenge.policy)`" in written["steps"][0]
    assert 'Jurisdiction("us-zz/river"' in written["steps"][1]
    assert 3 == found["cases"]


def test_of_a_known_place_only_the_rule_is_handed_over(terminal: Terminal) -> None:
    """Inside a package, the steps do not ask for a place that is known."""
    Path("drafted").mkdir()
    Path("drafted/__init__.py").touch()
    steps = terminal.json("policies", "new", "us-tx/course-challenge", "--into", "drafted")["steps"]

    assert not any("jurisdiction" in step for step in steps)


def test_a_file_is_a_plugin(terminal: Terminal) -> None:
    """A single file with a hook in it is a plugin too; its policies have nothing beside them."""
    Path("drafted.py").write_text(
        "from dataclasses import replace\n"
        "from ledger.policy.hookspecs import hookimpl\n"
        "from policies.competency_based.readiness import readiness\n"
        "@hookimpl\ndef ledger_policies():\n"
        "    yield replace(readiness, id='drafted/one', sheet=(), level=None, requires=readiness.applies)\n"
    )
    result = terminal.run("policies", "test", "drafted/one", *CHECKED, "--plugin", "drafted.py")

    assert 1 == result.exit_code
    assert [
        "drafted/one: there are no cases beside it",
        "drafted/one@2000-01-01: there are no cases.",
        "drafted/one@2000-01-01: there are no cases to notice anything.",
        "0 cases of 1 policy: none failed.",
    ] == result.stdout.splitlines()[:4]


def test_what_is_left_is_a_finding(terminal: Terminal) -> None:
    """Gaps and unnoticed mistakes are sentences, and the exit status is 1."""
    terminal.ok("policies", "new", RULE)
    cases = Path("ledger-policies-us-zz/ledger_policies_us_zz/course_challenge.cases.toml")
    cases.write_text(cases.read_text().replace("score = 79", "score = 60").replace(', grants = { credit = "1" }', ""))
    words = ("policies", "test", RULE, *CHECKED, "--plugin", "./ledger-policies-us-zz")
    result = terminal.run(*words)
    said = result.stdout.splitlines()

    assert 1 == result.exit_code
    edition = f"{RULE}@2000-01-01: "
    assert f"{edition}clause 'score', score >= param.score: no case has score just below 80; the nearest is 60." in said
    assert f"{edition}no case notices when in param.credit, 1 becomes 0 (`param.credit: 1 becomes 0`)." in said
    assert "1 clause, 1 threshold, 2 dated values: 1 gap." in said
    assert "9 mutants: 4 unnoticed." == said[-1]


def test_what_the_law_explains_is_counted(terminal: Terminal) -> None:
    """A survivor whose key the law explains is no finding, and is said."""
    terminal.ok("policies", "new", RULE)
    folder = Path("ledger-policies-us-zz/ledger_policies_us_zz")
    cases = folder / "course_challenge.cases.toml"
    cases.write_text(cases.read_text().replace("score = 79", "score = 60"))
    with (folder / "law.md").open("a") as law:
        law.write("\n## Mutants\n\n- `param.score: 80 becomes 79`: for the test.\n")
    said = terminal.ok("policies", "test", RULE, "--mutate", "--plugin", "./ledger-policies-us-zz").splitlines()

    assert "9 mutants: none unnoticed, 1 explained in the law." == said[-1]


def test_a_case_is_explained(terminal: Terminal) -> None:
    """Its facts, the tree with what was measured, what it rests on and why, and what next."""
    words = ("policies", "explain", "89 percent on the last day of the higher line")
    said = terminal.ok(*words).splitlines()
    found = terminal.json(*words)

    assert said[0].startswith("89 percent on the last day of the higher line (us-tx/credit-by-examination@")
    assert "    percent = 89" in said
    assert "    prior_instruction = not known (not given)" in said
    assert "  score[1]: not yet (has 89, needs 90); alone it would change the answer" in said
    assert "Next: sit an approved examination." in said
    assert "It comes out as the case says." == said[-1]
    assert ("not_yet", []) == (found["outcome"], found["failures"])
    assert {"ap[1]", "clep[1]", "score[1]", "after-instruction[1]"} == {key for key, _ in found["rests_on"]}


def test_clauses_that_carry_together_are_told_apart(terminal: Terminal) -> None:
    """Where no clause alone would change the answer, each is said to carry it with the others."""
    found = dict(
        terminal.json("policies", "explain", "no evidence at all", "--policy", "competency-based/mastery")["rests_on"]
    )

    assert {"kinds", "holding"} == set(found)
    assert all(why.endswith("; with the others it carries the answer") for why in found.values())


def test_what_would_settle_a_case_is_said(terminal: Terminal) -> None:
    """An undetermined case rests on facts that are not known; values it sets itself are shown."""
    open_ = terminal.json("policies", "explain", "a prerequisite nobody can decide yet")
    said = terminal.ok("policies", "explain", "a district that asks for three kinds").splitlines()

    assert [["prerequisite_met[1]", "mastery of it has been decided (1) is not known, and could settle it"]] == (
        open_["rests_on"]
    )
    assert said.index("  kinds = 3") == said.index("Values set by the case") + 1


def test_a_case_before_the_edition_is_explained(terminal: Terminal) -> None:
    """Where the policy was not in force, nothing was asked and nothing carries the answer."""
    terminal.ok("policies", "new", RULE)
    cases = Path("ledger-policies-us-zz/ledger_policies_us_zz/course_challenge.cases.toml")
    cases.write_text(cases.read_text().replace("on = 2026-05-30", "on = 1999-12-31"))
    found = terminal.json("policies", "explain", "just below the line", "--plugin", "./ledger-policies-us-zz")

    assert ("not_applicable", []) == (found["outcome"], found["rests_on"])


def test_a_case_that_fails_says_so(terminal: Terminal) -> None:
    """The last lines say what came out otherwise than the case says."""
    terminal.ok("policies", "new", RULE)
    cases = Path("ledger-policies-us-zz/ledger_policies_us_zz/course_challenge.cases.toml")
    cases.write_text(cases.read_text().replace("score = 79", "score = 90"))
    said = terminal.ok("policies", "explain", "just below the line", "--plugin", "./ledger-policies-us-zz").splitlines()

    assert "expected not_yet, got met, which rests on score" in said

"""Policy cases as tests of pytest."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.policy.kit.pytester import run_pytest

RULE = """\
from datetime import date
from ledger.policy import Citation, FactDefinition, FactType, Policy, Question, Reads, clause, fact, param

ACT = Citation("Act 1")
COUNT = FactDefinition("works", "works", "count.1", FactType.INTEGER, Reads.EVIDENCE, when_none=0, lowest=0)
rule = Policy(
    "elsewhere/rule", date(2026, 1, 1), Question.MASTERY, "Two works", ACT,
    clause("enough", "{needed} works or more.", fact.works >= param.needed, ACT),
    jurisdiction="", subject="competency", sheet=(COUNT,),
)
"""
VALUES = """\
[needed]
says = "works needed"
type = "integer"
[[needed.value]]
value = 2
cites = "Act 1"
confidence = "V"
"""
HOOK = """\
from ledger.policy.hookspecs import hookimpl
from ledger.policy.modules import module
from rules import rule

@hookimpl
def ledger_policies():
    yield module(rule.__name__, rule.rule)
"""


def a_case(name: str, works: int, outcome: str) -> str:
    """Write a case."""
    return (
        f'[[case]]\nname = "{name}"\non = 2026-05-30\ngiven = {{ works = {works} }}\n'
        f'expect = {{ outcome = "{outcome}", because = ["enough"] }}\nanchor = "law.md#works"\n\n'
    )


AT, BELOW = a_case("two works", 2, "met"), a_case("one work", 1, "not_yet")


@pytest.fixture
def package(tmp_path: Path) -> Callable[..., Path]:
    """Return a way to write a package of rules; it returns the folder around it."""

    def written(cases: str, **files: str) -> Path:
        folder = tmp_path / "rules"
        folder.mkdir()
        every = {"__init__.py": "", "rule.py": RULE, "rule.toml": VALUES, "law.md": "# Works\n", **files}
        for name, text in {**every, "rule.cases.toml": cases}.items():
            (folder / name).write_text(text)
        return tmp_path

    return written


@pytest.mark.parametrize("hook", ["", HOOK], ids=["by itself", "handed over"])
def test_every_case_is_a_test(package: Callable[..., Path], hook: str) -> None:
    """Asked for, each case is a test, whether a hook hands the rule over or it stands alone."""
    status, said = run_pytest(package(AT + BELOW, **{"__init__.py": hook}), "--mastery-policies", "-v")

    assert 0 == status
    assert "rules/rule.cases.toml::two works PASSED" in said
    assert "rules/rule.cases.toml::one work PASSED" in said


def test_nothing_is_collected_unless_asked(package: Callable[..., Path]) -> None:
    """Installed and not asked for, the plugin collects nothing and imports no rule."""
    folder = package(AT, **{"rule.py": "raise RuntimeError\n"})
    status, said = run_pytest(folder)

    assert (5, True) == (status, "no tests ran" in said)


def test_an_ini_file_asks_as_well(package: Callable[..., Path]) -> None:
    """`mastery_policies = true` does what the option does; a file beside no rule is left alone."""
    folder = package(AT, **{"other.cases.toml": "no TOML at all"})
    (folder / "pytest.ini").write_text("[pytest]\nmastery_policies = true\naddopts = --strict-config -W error\n")
    status, said = run_pytest(folder)

    assert (0, True) == (status, "1 passed" in said)


def test_a_failure_is_sentences(package: Callable[..., Path]) -> None:
    """A failing case says what came out otherwise and where it stands, without a traceback."""
    status, said = run_pytest(package(AT + a_case("none at all", 0, "met")), "--mastery-policies")

    assert 1 == status
    assert "'none at all' (elsewhere/rule@2026-01-01 on 2026-05-30, law.md#works):" in said
    assert "  expected met, got not_yet, which rests on enough" in said
    assert "Traceback" not in said


def test_policies_have_tests_of_their_own(package: Callable[..., Path]) -> None:
    """With the options, each policy has a test of what its cases try and of the mistakes they notice."""
    status, said = run_pytest(package(AT), "--mastery-policies", "--mastery-coverage", "--mastery-mutate")

    assert 1 == status
    assert "__ coverage of elsewhere/rule@2026-01-01 __" in said
    assert "  clause 'enough': no case fails it." in said
    assert "__ mutation of elsewhere/rule@2026-01-01 __" in said
    assert "  no case notices when clause 'enough' is final (`enough: final`)." in said
    assert "2 failed, 1 passed" in said


def test_good_cases_pass_them(package: Callable[..., Path]) -> None:
    """Cases on both sides of the line pass both."""
    status, said = run_pytest(package(AT + BELOW), "--mastery-policies", "--mastery-coverage", "--mastery-mutate")

    assert (0, True) == (status, "4 passed" in said)


@pytest.mark.parametrize(
    ("files", "sentence"),
    [
        ({"rule.toml": "[needed]\n"}, "needed: says is missing"),
        ({"law.md": "# Other\n"}, "case 'two works': law.md#works is not a heading of the law (there are other)"),
        ({"rule.py": ""}, "rule.py: no policy is defined in it."),
        ({"rule.py": "import rules.nothing\n"}, "No module named 'rules.nothing'"),
    ],
    ids=["values", "law", "no policy", "import"],
)
def test_what_cannot_be_read_is_told(package: Callable[..., Path], files: dict[str, str], sentence: str) -> None:
    """A file that cannot be read is an error of collection, with every sentence about it."""
    status, said = run_pytest(package(AT, **files), "--mastery-policies")

    assert 2 == status
    assert sentence in said


def test_a_package_in_the_way_is_told(package: Callable[..., Path]) -> None:
    """A module of the same name that was imported from somewhere else is told apart."""
    folder = package(AT)
    (folder / "conftest.py").write_text(
        "import sys, types\nsys.modules['rules'] = types.ModuleType('rules')\n"
        "sys.modules['rules.rule'] = other = types.ModuleType('rules.rule')\nother.__file__ = '/elsewhere/rule.py'\n"
    )
    status, said = run_pytest(folder, "--mastery-policies")

    assert 2 == status
    assert (
        "rules.rule is imported from /elsewhere/rule.py already: two packages of this name are in each other's way."
        in said
    )

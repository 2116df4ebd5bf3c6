"""The policy of these tests as a plugin in a folder, with what stands beside it."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from ledger.policy import Policy
from ledger.policy.cases import Case, cases_from_toml
from ledger.policy.parameter_files import parameters_from_toml
from tests.judging import growth

VALUES = """\
[least]
says = "works needed"
type = "integer"
[[least.value]]
value = 2
cites = "Act 1 (invented)"
confidence = "V"

[fall]
says = "levels a work may fall below the best before it"
type = "integer"
keep = "local"
[[fall.value]]
value = 1
cites = "Act 1 (invented)"
confidence = "V"
"""
LAW = """\
# Works

At least two works. None more than one level below the best before it.

## Findings

- `judged growing`: no word of the rule language looks back over a list.

## Mutants

None.
"""


def a_case(name: str, levels: Sequence[str], outcome: str, because: Sequence[str], more: str = "") -> str:
    """Write a case of works at some levels, in order."""
    works = ", ".join(f"{{ work_level = {level} }}" if level else "{}" for level in levels)
    return (
        f'[[case]]\nname = "{name}"\non = 2026-05-30\n'
        f"given = {{ work_count = {len(levels)}, works = [{works}]{more} }}\n"
        f'expect = {{ outcome = "{outcome}", because = {list(because)} }}\nanchor = "law.md#works"\n\n'
    )


CASES = (
    a_case("a small fall", ("2", "3", "2"), "met", ["works", "growing"])
    + a_case("two works", ("2", "3"), "met", ["works", "growing"])
    + a_case("one work", ("3",), "not_yet", ["works"])
    + a_case("a deep fall", ("3", "1", "4"), "not_yet", ["growing"])
    + a_case("a work without a level", ("3", "", "4"), "undetermined", ["works", "growing"])
)

HOOKS = """\
from growing import growth
from ledger.policy.hookspecs import hookimpl
from ledger.policy.modules import module

@hookimpl
def ledger_policies():
    yield module(growth.__name__, growth.policy)
"""


def whole() -> Policy:
    """Return the policy with its values."""
    return replace(growth.policy, parameters=parameters_from_toml(VALUES, "growth.toml").definitions)


def cases(policy: Policy) -> tuple[Case, ...]:
    """Return the cases of the policy."""
    read = cases_from_toml(CASES, "growth.cases.toml", [policy], LAW)

    assert () == read.problems

    return read.cases


def source() -> str:
    """Return the text of the rule module."""
    return Path(growth.__file__).read_text(encoding="utf-8")


def plugin(folder: Path, **changed: str) -> Path:
    """Write the plugin into a folder; return where it lies."""
    package = folder / "growing"
    package.mkdir()
    files = {
        "__init__.py": HOOKS,
        "growth.py": source(),
        "growth.toml": VALUES,
        "growth.cases.toml": CASES,
        "law.md": LAW,
        **changed,
    }
    for name, content in files.items():
        (package / name).write_text(content, encoding="utf-8")
    return package

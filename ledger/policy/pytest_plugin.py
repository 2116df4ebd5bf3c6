"""Policy cases as tests: each case of a `*.cases.toml` beside a rule module is one, collected by pytest.

A policy in which code judges has one more, in which the code is asked everything twice. With
`--mastery-coverage` and `--mastery-mutate` each policy has a test of its own for what its cases leave
untried, and for the mistakes they would not notice.
"""

import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest

from ledger.errors import JudgementFailed
from ledger.policy.beside import ModuleRead, read_module
from ledger.policy.cases import Case, cases_from_toml, run
from ledger.policy.judging.asking import in_worker
from ledger.policy.judging.twice import unsteady
from ledger.policy.kit.coverage import coverage
from ledger.policy.kit.importing import imported, named
from ledger.policy.kit.mutation import mutate
from ledger.policy.model import Policy
from ledger.policy.modules import PolicyModule, module

ENDING = ".cases.toml"
HOOK = "ledger_policies"


def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> "CasesFile | None":
    """Collect the case file beside a rule module."""
    if file_path.name.endswith(ENDING) and rule_of(file_path).is_file():
        return CasesFile.from_parent(parent, path=file_path)
    return None


def rule_of(cases: Path) -> Path:
    """Return the rule module a case file stands beside."""
    return cases.with_name(cases.name.removesuffix(ENDING) + ".py")


class Otherwise(Exception):
    """Something came out otherwise, in sentences."""

    def __init__(self, sentences: Sequence[str]) -> None:
        super().__init__("\n".join(sentences))


class CasesFile(pytest.File):
    """A case file: a test for every case in it."""

    def collect(self) -> "Iterator[PolicyTest]":
        """Yield the tests; what is wrong with the files is told all at once."""
        read = self._read()
        file = cases_from_toml(read.cases, self.path.name, read.policies, read.law)
        problems = [*read.parameters.problems, *file.problems]
        if problems:
            raise self.CollectError("\n".join(str(problem) for problem in problems))
        for case in file.cases:
            yield CaseTest.from_parent(self, name=case.name, case=case)
        for policy in read.policies:
            more = {"policy": policy, "cases": file.cases, "law": read.law}
            if policy.judged:
                yield CodeTest.from_parent(self, name=f"code of {policy.edition}", **more)
            if self.config.getoption("--mastery-coverage"):
                yield CoverageTest.from_parent(self, name=f"coverage of {policy.edition}", **more)
            if self.config.getoption("--mastery-mutate"):
                yield MutationTest.from_parent(self, name=f"mutation of {policy.edition}", **more)

    def _read(self) -> ModuleRead:
        try:
            given = handed_over(rule_of(self.path))
        except ValueError as error:
            raise self.CollectError(f"{error}.") from None
        if not given.policies:
            raise self.CollectError(f"{rule_of(self.path).name}: no policy is defined in it.")
        return read_module(given)


def handed_over(rule: Path) -> PolicyModule:
    """Return the policies of a rule module as its package hands them over; else those that stand in it by name."""
    folder, name = named(rule)
    imported_rule = imported(folder, name)
    package = name
    while package := package.rpartition(".")[0]:
        hook = getattr(sys.modules[package], HOOK, None)
        for given in hook() if hook else ():
            if isinstance(given, PolicyModule) and given.module == name:
                return given
    found = {value.edition: value for value in vars(imported_rule).values() if isinstance(value, Policy)}
    return module(name, *found.values())


class PolicyTest(pytest.Item):
    """A test whose failure is sentences, without a traceback."""

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException], style: Any = None) -> Any:
        """Return the sentences."""
        if isinstance(excinfo.value, Otherwise | JudgementFailed):
            return str(excinfo.value)
        return super().repr_failure(excinfo, style)

    def reportinfo(self) -> tuple[Path, int | None, str]:
        """Say where it stands in the file."""
        lines = self.path.read_text(encoding="utf-8").splitlines()
        numbers = (number for number, line in enumerate(lines) if line.startswith("name") and self.name in line)
        return self.path, next(numbers, None), self.name


class CaseTest(PolicyTest):
    """One case."""

    def __init__(self, *, case: Case, **more: Any) -> None:
        super().__init__(**more)
        self.case = case

    def runtest(self) -> None:
        """Decide it and compare."""
        if failures := run(self.case, in_worker).failures:
            about = f"{self.case.policy.edition} on {self.case.on}, {self.case.anchor}"
            raise Otherwise([f"{self.name!r} ({about}):", *(f"  {failure}" for failure in failures)])


class _Whole(PolicyTest):
    """A test of all cases of one policy."""

    def __init__(self, *, policy: Policy, cases: Sequence[Case], law: str, **more: Any) -> None:
        super().__init__(**more)
        self.policy, self.cases, self.law = policy, cases, law


class CodeTest(_Whole):
    """Code that judges says the same when it is asked the same again."""

    def runtest(self) -> None:
        """Ask everything twice."""
        own = [case for case in self.cases if case.policy is self.policy]
        if found := list(unsteady(own, in_worker)):
            raise Otherwise([f"{self.policy.edition}:", *(f"  {case.name!r}: {said}" for case, said in found)])


class CoverageTest(_Whole):
    """Every clause, threshold and dated value of a policy is tried by its cases."""

    def runtest(self) -> None:
        """Look for what is left untried."""
        if gaps := coverage(self.policy, self.cases, in_worker).gaps:
            raise Otherwise([f"{self.policy.edition}:", *(f"  {gap}" for gap in gaps)])


class MutationTest(_Whole):
    """Every mistake in a policy is noticed by a case, or explained in the law beside it."""

    def runtest(self) -> None:
        """Make every mistake, one at a time."""
        if sentences := list(mutate(self.policy, self.cases, self.law, in_worker).sentences()):
            raise Otherwise([f"{self.policy.edition}:", *(f"  {sentence}" for sentence in sentences)])

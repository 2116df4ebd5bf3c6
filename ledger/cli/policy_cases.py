"""`mastery policies test`."""

import sys
from collections.abc import Iterator
from dataclasses import dataclass

import click

from ledger.catalogue import Catalogue, load
from ledger.cli.options import plugins
from ledger.cli.printing import counted, prints, show
from ledger.cli.telling import FINDINGS
from ledger.policy.cases import CaseFile, cases_from_toml, run


@dataclass(frozen=True, slots=True)
class CaseFailure:
    """A case that came out otherwise, in sentences."""

    file: str
    case: str
    policy: str
    failures: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CaseReport:
    """How many cases were run and how many failed; `problems` are of case files that cannot be read.

    `without_cases` names the policies that have none.
    """

    policies: int
    cases: int
    failed: tuple[CaseFailure, ...]
    problems: tuple[str, ...]
    without_cases: tuple[str, ...]


@click.command()
@click.argument("policy", required=False)
@plugins
@prints(CaseReport)
def test(policy: str | None, plugins: tuple[str, ...], as_json: bool) -> None:
    """Run the cases beside the policies; exit status 1 where one comes out otherwise.

    Example: mastery policies test us-tx/credit-by-examination
    """
    catalogue = load(plugins)
    wanted = {each.id for each in (catalogue.editions(policy) if policy else catalogue.policies)}
    report = _run(catalogue, wanted)
    show(report, as_json, _lines)
    if report.failed or report.problems:
        sys.exit(FINDINGS)


def _run(catalogue: Catalogue, wanted: set[str]) -> CaseReport:
    failed, problems, tested, count = [], [], set(), 0
    for name, file in _files(catalogue, wanted):
        problems += [str(problem) for problem in file.problems]
        for case in (one for one in file.cases if one.policy.id in wanted):
            tested.add(case.policy.id)
            count += 1
            if found := run(case).failures:
                failed.append(CaseFailure(name, case.name, case.policy.edition, found))
    return CaseReport(len(wanted), count, tuple(failed), tuple(problems), tuple(sorted(wanted - tested)))


def _files(catalogue: Catalogue, wanted: set[str]) -> Iterator[tuple[str, CaseFile]]:
    """Yield each case file of the policies wanted; one file may be about several of them."""
    beside = {file.cases_file: file for file in catalogue.beside.values() if file.cases}
    for name, file in sorted(beside.items()):
        about = [each for each in catalogue.policies if catalogue.beside[each.edition].cases_file == name]
        if wanted & {each.id for each in about}:
            yield name, cases_from_toml(file.cases, name, about, file.law)


def _lines(report: CaseReport) -> Iterator[str]:
    yield from report.problems
    for one in report.failed:
        yield from (f"{one.file}, {one.case!r} ({one.policy}): {failure}" for failure in one.failures)
    yield from (f"{policy}: there are no cases beside it" for policy in report.without_cases)
    failed = f"{len(report.failed)} failed" if report.failed else "none failed"
    yield f"{counted(report.cases, 'case')} of {counted(report.policies, 'policy', 'policies')}: {failed}."

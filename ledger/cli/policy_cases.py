"""`mastery policies test`."""

import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import click

from ledger.catalogue import Catalogue, load
from ledger.cli.options import plugins
from ledger.cli.printing import counted, prints, show
from ledger.cli.telling import FINDINGS
from ledger.policy.cases import Case, CaseFile, cases_from_toml, run
from ledger.policy.judging.asking import in_worker
from ledger.policy.judging.twice import unsteady
from ledger.policy.kit.coverage import Coverage, coverage
from ledger.policy.kit.mutation import Mutation, mutate
from ledger.policy.model import Policy


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

    `without_cases` names the policies that have none. `coverage` and `mutation` are null where they
    were not asked for; each has an entry for every edition.
    """

    policies: int
    cases: int
    failed: tuple[CaseFailure, ...]
    problems: tuple[str, ...]
    without_cases: tuple[str, ...]
    coverage: tuple[Coverage, ...] | None = None
    mutation: tuple[Mutation, ...] | None = None


@dataclass(frozen=True, slots=True)
class CasesRead:
    """A case file read, with the law beside it and the policies it may be about."""

    name: str
    file: CaseFile
    law: str
    policies: tuple[Policy, ...]


@click.command()
@click.argument("policy", required=False)
@click.option("--coverage", "covered", is_flag=True, help="Say as well what the cases leave untried.")
@click.option("--mutate", "mutated", is_flag=True, help="Say as well which mistakes in a policy no case would notice.")
@plugins
@prints(CaseReport)
def test(policy: str | None, covered: bool, mutated: bool, plugins: tuple[str, ...], as_json: bool) -> None:
    """Run the cases beside the policies; exit status 1 where one comes out otherwise.

    With --coverage every clause is to be met, failed and decisive in some case, every threshold tried at its value and
    just beyond it, every dated value in force. With --mutate a mistake is made in the policy, one at a time: a
    threshold moved a step, a comparison loosened, a clause left out. A case has to come out otherwise, or the law
    beside the policy explains under the heading Mutants why none can. The exit status is 1 where anything is left.

    Code that judges a clause is asked everything twice, with another question in between; no mistake is made in it.

    Example: mastery policies test us-tx/credit-by-examination --coverage --mutate
    """
    catalogue = load(plugins)
    wanted = {each.id for each in (catalogue.editions(policy) if policy else catalogue.policies)}
    files = list(case_files(catalogue, wanted))
    every = [(each, *_of(files, each)) for each in catalogue.policies if each.id in wanted]
    report = _run(
        files,
        wanted,
        tuple(coverage(each, cases, in_worker) for each, cases, _ in every) if covered else None,
        tuple(mutate(each, cases, law, in_worker) for each, cases, law in every) if mutated else None,
    )
    show(report, as_json, _lines)
    if report.failed or report.problems or any(_left(report)):
        sys.exit(FINDINGS)


def _run(
    files: Sequence[CasesRead],
    wanted: set[str],
    covered: tuple[Coverage, ...] | None,
    mutated: tuple[Mutation, ...] | None,
) -> CaseReport:
    problems = tuple(str(problem) for file in files for problem in file.file.problems)
    asked = [(file.name, case) for file in files for case in file.file.cases if case.policy.id in wanted]
    failed = tuple(failure for name, case in asked for failure in _failure(name, case))
    files_of = {id(case): name for name, case in asked}
    failed += tuple(
        CaseFailure(files_of[id(case)], case.name, case.policy.edition, (said,))
        for case, said in unsteady([case for _, case in asked], in_worker)
    )
    without = sorted(wanted - {case.policy.id for _, case in asked})
    return CaseReport(len(wanted), len(asked), failed, problems, tuple(without), covered, mutated)


def _failure(file: str, case: Case) -> Iterator[CaseFailure]:
    if found := run(case, in_worker).failures:
        yield CaseFailure(file, case.name, case.policy.edition, found)


def case_files(catalogue: Catalogue, wanted: set[str]) -> Iterator[CasesRead]:
    """Yield each case file of the policies wanted; one file may be about several of them."""
    beside = {file.cases_file: file for file in catalogue.beside.values() if file.cases}
    for name, file in sorted(beside.items()):
        about = tuple(each for each in catalogue.policies if catalogue.beside[each.edition].cases_file == name)
        if wanted & {each.id for each in about}:
            yield CasesRead(name, cases_from_toml(file.cases, name, about, file.law), file.law, about)


def _of(files: Sequence[CasesRead], policy: Policy) -> tuple[Sequence[Case], str]:
    """Return the cases that may be about a policy, and the law beside them; none where there is no file."""
    return next(((file.file.cases, file.law) for file in files if policy in file.policies), ((), ""))


def _left(report: CaseReport) -> Iterator[str]:
    """Say what the cases leave untried and unnoticed."""
    for tried in report.coverage or ():
        yield from (f"{tried.policy}: {gap}" for gap in tried.gaps)
    for made in report.mutation or ():
        yield from (f"{made.policy}: {sentence}" for sentence in made.sentences())


def _lines(report: CaseReport) -> Iterator[str]:
    yield from report.problems
    for one in report.failed:
        yield from (f"{one.file}, {one.case!r} ({one.policy}): {failure}" for failure in one.failures)
    yield from (f"{policy}: there are no cases beside it" for policy in report.without_cases)
    yield from _left(report)
    failed = f"{len(report.failed)} failed" if report.failed else "none failed"
    yield f"{counted(report.cases, 'case')} of {counted(report.policies, 'policy', 'policies')}: {failed}."
    if report.coverage is not None:
        yield _tried(report.coverage)
    if report.mutation is not None:
        yield _noticed(report.mutation)


def _tried(every: Sequence[Coverage]) -> str:
    clauses, thresholds, values, gaps = (
        sum(counts)
        for counts in zip(*((one.clauses, one.thresholds, one.values, len(one.gaps)) for one in every), strict=True)
    )
    there = f"{counted(clauses, 'clause')}, {counted(thresholds, 'threshold')}, {counted(values, 'dated value')}"
    return f"{there}: {counted(gaps, 'gap') if gaps else 'every one tried'}."


def _noticed(every: Sequence[Mutation]) -> str:
    survivors = [survivor for one in every for survivor in one.survivors]
    explained = sum(1 for survivor in survivors if survivor.explained)
    there = counted(sum(one.mutants for one in every), "mutant")
    unnoticed = f"{len(survivors) - explained} unnoticed" if len(survivors) > explained else "none unnoticed"
    judged = sum(len(one.judged) for one in every)
    skipped = f" Nothing was changed in {counted(judged, 'clause')} judged by code." if judged else ""
    return f"{there}: {unnoticed}" + (f", {explained} explained in the law." if explained else ".") + skipped

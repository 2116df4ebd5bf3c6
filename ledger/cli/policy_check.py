"""`mastery policies check`."""

import json
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

import click

from ledger.catalogue import Catalogue, load
from ledger.cli.options import day, plugins
from ledger.cli.policy_cases import case_files
from ledger.cli.policy_pages import today
from ledger.cli.printing import counted, prints, show
from ledger.cli.telling import FINDINGS
from ledger.facts.claims import claimed
from ledger.policy.analysis.checking import check as check_policy
from ledger.policy.analysis.findings import PolicyFinding, explanations
from ledger.policy.cases import Case
from ledger.policy.model import Policy


@dataclass(frozen=True, slots=True)
class PolicyChecks:
    """What an analysis found to say of every edition asked about.

    `unexplained` counts the findings of which the law beside the policy says nothing; `stale` names
    explanations of findings there are no longer, each with the edition.
    """

    policies: int
    findings: tuple[PolicyFinding, ...]
    unexplained: int
    stale: tuple[str, ...]


@click.command()
@click.argument("policy", required=False)
@click.option("--on", type=day, help="The day whose values are asked first; today where not given.")
@plugins
@prints(PolicyChecks)
def check(policy: str | None, on: date | None, plugins: tuple[str, ...], as_json: bool) -> None:
    """Say what is odd about policies: everything that holds for some learner, or for none.

    Found are exceptions that hold at once, grants given twice, clauses and routes that never matter, facts of which
    a better value is worse for somebody, and gaps. "Proved" covers every learner there can be; "sampled" does not.
    The law beside a policy may explain a finding under the heading Findings, in a list line that begins with its key
    in backticks. The exit status is 1 where one is left unexplained.

    Example: mastery policies check us-tx/credit-by-examination
    """
    catalogue = load(plugins)
    wanted = catalogue.editions(policy) if policy else catalogue.policies
    cases = [case for file in case_files(catalogue, {each.id for each in wanted}) for case in file.file.cases]
    report = _report(catalogue, wanted, cases, on or today())
    show(report, as_json, _lines)
    if report.unexplained:
        sys.exit(FINDINGS)


def _report(catalogue: Catalogue, wanted: tuple[Policy, ...], cases: list[Case], on: date) -> PolicyChecks:
    findings: list[PolicyFinding] = []
    for policy in wanted:
        law = catalogue.beside[policy.edition].law
        findings += check_policy(policy, on, claimed(policy), law, cases)
    unexplained = sum(not finding.because for finding in findings)
    return PolicyChecks(len(wanted), tuple(findings), unexplained, _stale(catalogue, wanted, findings))


def _stale(catalogue: Catalogue, wanted: tuple[Policy, ...], findings: list[PolicyFinding]) -> tuple[str, ...]:
    """Name the explanations that explain nothing in any policy that stands beside the same law."""
    laws: dict[str, list[str]] = {}
    for policy in wanted:
        laws.setdefault(catalogue.beside[policy.edition].law, []).append(policy.edition)
    stale = []
    for law, editions in laws.items():
        beside = [each for each, file in catalogue.beside.items() if file.law == law]
        if set(beside) != set(editions):
            continue
        keys = {finding.key for finding in findings if finding.policy in editions}
        keys |= {f"{one.policy.partition('@')[0]} {one.key}" for one in findings if one.policy in editions}
        stale += [f"the law beside {editions[0]}: {key}" for key in explanations(law) if key not in keys]
    return tuple(stale)


def _lines(report: PolicyChecks) -> Iterator[str]:
    for finding in report.findings:
        state = "explained" if finding.because else "not explained"
        yield f"{finding.policy}: {finding.key} ({finding.method}, {state})"
        yield f"  {finding.sentence}"
        if finding.because:
            yield f"  {finding.because}"
        elif finding.example is not None:
            yield f"  Example: {example_text(finding.example)}"
    yield from (f"{one} is explained, and found no longer" for one in report.stale)
    explained = f"{report.unexplained} not explained" if report.unexplained else "none left unexplained"
    found = counted(len(report.findings), "finding")
    yield f"{found} of {counted(report.policies, 'policy', 'policies')}: {explained}."


def example_text(example: object) -> str:
    """Write an example as JSON on one line."""
    return json.dumps(example, ensure_ascii=False)

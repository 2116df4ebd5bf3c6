"""`mastery policies decide`."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import click

from ledger.application.named import policy_named
from ledger.catalogue import load
from ledger.cli.adopting import settings_of
from ledger.cli.framework_import import FILE
from ledger.cli.options import day, plugins, settings
from ledger.cli.printing import prints, show
from ledger.errors import Fault, InputFaults, PolicyProblems
from ledger.inquiry.written import missing_words
from ledger.overrides import read_overrides
from ledger.policy.evaluate import decide as decide_policy
from ledger.policy.explaining import Explanation, explain, explanation_text
from ledger.policy.finding import Finding
from ledger.policy.judging.asking import in_worker
from ledger.policy.model import Policy
from ledger.policy.sheet import Value
from ledger.policy.sheets import sheet_from_data
from ledger.values import parse_json


@dataclass(frozen=True, slots=True)
class PolicyDecision:
    """What a policy says of a fact sheet.

    `finding` is the evaluator's own, as an auditor compares it: outcome, stage, level, grants,
    decisive clauses (for undetermined the facts that would settle it), needs, next, nodes and
    parameters; `explanation` says it in words, with the tree; `missing` what is still missing.
    """

    edition: str
    on: str
    outcome: str
    decisive: tuple[str, ...]
    missing: tuple[str, ...]
    next: tuple[str, ...]
    finding: dict[str, Any]
    explanation: Explanation
    digest: str


@click.command()
@click.argument("policy")
@click.option("--facts", "file", type=FILE, required=True, help="The facts, as `policies facts --json` describes them.")
@click.option("--on", type=day, required=True, help="The day of the decision.")
@settings
@plugins
@prints(PolicyDecision)
def decide(
    policy: str,
    file: Path,
    on: date,
    parameters: tuple[tuple[str, str], ...],
    plugins: tuple[str, ...],
    as_json: bool,
) -> None:
    """Decide a policy on a file of facts: the outcome, why, what is missing, and the rule with its marks.

    Example: mastery policies decide us-tx/credit-by-examination --facts facts.json --on 2026-05-30
    """
    chosen = policy_named(load(plugins), policy, on)
    values = _values(chosen, parameters, on)
    finding = decide_policy(chosen, _sheet(chosen, file), on, overrides=values, known_on=on, judge=in_worker)
    show(_decision(chosen, finding, on), as_json, _lines)


def _values(policy: Policy, parameters: tuple[tuple[str, str], ...], on: date) -> Mapping[str, Value]:
    values, problems = read_overrides(policy, settings_of(parameters), on)
    if problems:
        raise PolicyProblems(problems)
    return values


def _sheet(policy: Policy, file: Path) -> Mapping[str, Value]:
    raw = _object(file)
    sheet, wrong = sheet_from_data(policy, raw)
    if wrong:
        raise InputFaults([Fault(file.name, 0, "", "", sentence) for sentence in wrong])
    return sheet


def _object(file: Path) -> Mapping[str, Any]:
    try:
        raw = parse_json(file.read_bytes())
    except ValueError as error:
        raise InputFaults([Fault(file.name, 0, "", "", f"this is not JSON of exact values: {error}")]) from None
    if not isinstance(raw, Mapping):
        raise InputFaults([Fault(file.name, 0, "", "", "an object of facts by name is needed here")])
    return raw


def _decision(policy: Policy, finding: Finding, on: date) -> PolicyDecision:
    words = explain(policy, finding, on)
    return PolicyDecision(
        policy.edition,
        on.isoformat(),
        finding.outcome.value,
        finding.decisive,
        missing_words(words),
        finding.next,
        finding.to_data(),
        words,
        finding.digest,
    )


def _lines(answer: PolicyDecision) -> Iterator[str]:
    yield f"{answer.edition}, decided for {answer.on}: {answer.outcome}"
    yield f"It rests on: {', '.join(answer.decisive) or 'nothing'}"
    yield ""
    yield from explanation_text(answer.explanation).rstrip("\n").split("\n")

"""`mastery policies suggest`."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

import click

from ledger.application.named import policy_named
from ledger.catalogue import load
from ledger.cli.options import day, plugins
from ledger.cli.policy_cases import case_files
from ledger.cli.policy_pages import today
from ledger.cli.printing import counted, prints, show
from ledger.policy.analysis.drafting import case_text
from ledger.policy.analysis.suggesting import Suggestion
from ledger.policy.analysis.suggesting import suggest as suggest_cases
from ledger.policy.model import Policy
from ledger.policy.sheet import value_words


@dataclass(frozen=True, slots=True)
class SuggestedCase:
    """A case worth writing: which fact crosses a threshold, the two values, what comes out, and the case as text."""

    name: str
    fact: str
    short: str
    at: str
    outcome: str
    because: tuple[str, ...]
    text: str


@dataclass(frozen=True, slots=True)
class SuggestedCases:
    """Cases of one edition that its case file does not hold, or all that are worth writing.

    There are none where `judged` names clauses that are judged by code.
    """

    edition: str
    on: str
    every: bool
    cases: tuple[SuggestedCase, ...]
    judged: tuple[str, ...] = ()


@click.command()
@click.argument("policy")
@click.option("--on", type=day, help="The day of the cases; today where not given.")
@click.option("--all", "every", is_flag=True, help="Also those that a case beside the policy tries already.")
@plugins
@prints(SuggestedCases)
def suggest(policy: str, on: date | None, every: bool, plugins: tuple[str, ...], as_json: bool) -> None:
    """Write cases for both sides of every threshold that no case tries, as text for the case file.

    The outcome in each is what the rule says, which is to be held against the law before the case is kept.

    Example: mastery policies suggest us-tx/credit-by-examination --all
    """
    catalogue = load(plugins)
    when = on or today()
    chosen = policy_named(catalogue, policy, when)
    cases = [case for file in case_files(catalogue, {chosen.id}) for case in file.file.cases]
    law = catalogue.beside[chosen.edition].law
    found = tuple(_suggested(one, chosen, law) for one in suggest_cases(chosen, when, cases, every=every))
    show(SuggestedCases(chosen.edition, when.isoformat(), every, found, chosen.judged), as_json, _lines)


def _suggested(one: Suggestion, policy: Policy, law: str) -> SuggestedCase:
    return SuggestedCase(
        one.name,
        one.step.fact,
        value_words(one.step.short),
        value_words(one.step.at),
        one.finding.outcome.value,
        one.finding.decisive,
        case_text(one, policy, law),
    )


def _lines(answer: SuggestedCases) -> Iterator[str]:
    for case in answer.cases:
        yield from case.text.split("\n")
        yield ""
    yield from (f"# {name!r} is judged by code: there is no threshold to be read off it." for name in answer.judged)
    which = "cases worth writing" if answer.every else "cases that no case beside it is like"
    yield f"# {counted(len(answer.cases), 'case')} of {answer.edition}: {which}."

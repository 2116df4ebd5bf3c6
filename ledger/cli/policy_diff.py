"""`mastery policies diff`."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

import click

from ledger.application.named import policy_named
from ledger.catalogue import load
from ledger.cli.adopting import settings_of
from ledger.cli.options import day, plugins, setting
from ledger.cli.policy_check import example_text
from ledger.cli.policy_pages import today
from ledger.cli.printing import prints, show
from ledger.errors import PolicyProblems
from ledger.overrides import read_overrides
from ledger.policy.analysis.comparing import Faring, PolicyDifference, Strictness, compare
from ledger.policy.analysis.side import Side
from ledger.policy.model import Policy
from ledger.policy.sheet import Value

_WORDS = {
    Strictness.THE_SAME: "They are equally strict: whoever meets one meets the other.",
    Strictness.STRICTER: "A is at least as strict: whoever meets A meets B, and not the other way round.",
    Strictness.MORE_LENIENT: "A is at least as lenient: whoever meets B meets A, and not the other way round.",
    Strictness.INCOMPARABLE: "Neither is at least as strict: somebody meets only A, somebody else only B.",
    Strictness.NOT_COMPARABLE: "They cannot be compared, for they do not read the same facts: a person has to judge.",
}
_BY_CODE = "They cannot be compared, for code judges in one of them: a person has to judge."


@dataclass(frozen=True, slots=True)
class PolicyComparison:
    """Two rules held against one another: their editions and days, and how they differ.

    `judged` names the clauses of either that are judged by code, so that nothing is proved.
    """

    first: str
    first_on: str
    second: str
    second_on: str
    difference: PolicyDifference
    judged: tuple[str, ...] = ()


@click.command()
@click.argument("first", metavar="A")
@click.argument("second", metavar="B")
@click.option("--on", type=day, help="The day of the decision; today where not given.")
@click.option("--on-b", type=day, help="The day of the decision under B, where it is another.")
@click.option("--set", "first_set", type=setting, metavar="NAME=VALUE", multiple=True, help="A value of A; may repeat.")
@click.option(
    "--set-b", "second_set", type=setting, metavar="NAME=VALUE", multiple=True, help="A value of B; may repeat."
)
@plugins
@prints(PolicyComparison)
def diff(
    first: str,
    second: str,
    on: date | None,
    on_b: date | None,
    first_set: tuple[tuple[str, str], ...],
    second_set: tuple[tuple[str, str], ...],
    plugins: tuple[str, ...],
    as_json: bool,
) -> None:
    """Say who fares differently under two rules, each group with a learner, and which rule is the stricter.

    A and B are ids of policies, or id@first-day for one edition; the same policy on two days, or with other values,
    may be held against itself. "Proved" covers every learner there can be; "sampled" does not.

    Example: mastery policies diff us-tx/credit-by-examination us-tx/credit-by-examination --set-b instruction_route=yes
    """
    catalogue = load(plugins)
    days = (on or today(), on_b or on or today())
    one, other = (policy_named(catalogue, name, when) for name, when in zip((first, second), days, strict=True))
    sides = (
        Side(one, days[0], _values(one, first_set, days[0])),
        Side(other, days[1], _values(other, second_set, days[1])),
    )
    found = compare(*sides)
    judged = tuple(dict.fromkeys(one.judged + other.judged))
    answer = PolicyComparison(one.edition, days[0].isoformat(), other.edition, days[1].isoformat(), found, judged)
    show(answer, as_json, _lines)


def _values(policy: Policy, given: tuple[tuple[str, str], ...], on: date) -> Mapping[str, Value]:
    values, problems = read_overrides(policy, settings_of(given), on)
    if problems:
        raise PolicyProblems(problems)
    return values


def _lines(answer: PolicyComparison) -> Iterator[str]:
    found = answer.difference
    yield f"A: {answer.first}, decided for {answer.first_on}"
    yield f"B: {answer.second}, decided for {answer.second_on}"
    yield f"{_BY_CODE if answer.judged else _WORDS[found.strictness]} ({found.method})"
    yield from (f"  {doubt}" for doubt in found.doubts)
    for names, said in (
        (found.only_first, "read by A alone"),
        (found.only_second, "read by B alone"),
        (found.otherwise, "folded otherwise"),
    ):
        if names:
            yield f"Facts {said}: {', '.join(names)}"
    for faring in found.farings:
        yield from _faring_lines(faring)
    if not found.farings and found.strictness is not Strictness.NOT_COMPARABLE:
        yield "Nobody fares differently."


def _faring_lines(faring: Faring) -> Iterator[str]:
    yield ""
    yield f"{faring.first.value} under A, {faring.second.value} under B; for example:"
    yield f"  {example_text(faring.example)}"
    yield f"  A rests on: {', '.join(faring.first_rests_on) or 'nothing'}"
    yield f"  B rests on: {', '.join(faring.second_rests_on) or 'nothing'}"

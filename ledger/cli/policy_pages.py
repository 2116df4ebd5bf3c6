"""`mastery policies list`, `show` and `facts`."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

import click

from ledger.application.named import policy_named
from ledger.catalogue import Catalogue, load
from ledger.cli.options import day, plugins
from ledger.cli.printing import counted, prints, show, show_json, table
from ledger.policy.facts import FactDefinition
from ledger.policy.layout import policy_text_in_words
from ledger.policy.model import Policy
from ledger.policy.plain import PolicyWords, policy_in_words
from ledger.policy.sheet import value_words
from ledger.policy.sheets import sheet_schema
from ledger.policy.wording import BY_CODE


@dataclass(frozen=True, slots=True)
class ListedPolicy:
    """An edition of a policy in a line; `plugin` gave it, `last_day` is null where it is open.

    `unverified` says that something in it was never seen in a source; `judged` names the clauses that are
    judged by code, of which nothing is proved.
    """

    policy: str
    edition: str
    title: str
    question: str
    award: str
    subject: str
    jurisdiction: str
    first_day: str
    last_day: str | None
    plugin: str
    unverified: bool
    judged: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ListedPolicies:
    """Every edition the catalogue holds, and the digest of the catalogue."""

    policies: tuple[ListedPolicy, ...]
    catalogue: str


def today() -> date:
    """Return the day on this machine: policies are looked at without a ledger, so without its zone."""
    return date.today()


@click.command("list")
@plugins
@prints(ListedPolicies)
def listing(plugins: tuple[str, ...], as_json: bool) -> None:
    """List the policies there are.

    Example: mastery policies list
    """
    catalogue = load(plugins)
    rows = tuple(_listed(catalogue, policy) for policy in catalogue.policies)
    show(ListedPolicies(rows, catalogue.digest), as_json, _list_lines)


def _listed(catalogue: Catalogue, policy: Policy) -> ListedPolicy:
    return ListedPolicy(
        policy=policy.id,
        edition=policy.edition,
        title=policy.title,
        question=policy.question.value,
        award=policy.award,
        subject=policy.subject,
        jurisdiction=policy.jurisdiction,
        first_day=policy.effective.isoformat(),
        last_day=policy.until.isoformat() if policy.until else None,
        plugin=catalogue.beside[policy.edition].plugin,
        unverified=policy.unverified,
        judged=policy.judged,
    )


def _list_lines(answer: ListedPolicies) -> Iterator[str]:
    headings = ("edition", "question", "of a", "jurisdiction", "title")
    rows = [
        (one.edition, one.question, one.subject, one.jurisdiction or "any", _titled(one)) for one in answer.policies
    ]
    yield from table(headings, rows)
    yield f"{counted(len(rows), 'edition')}; `mastery policies show POLICY` says one in plain words."


def _titled(policy: ListedPolicy) -> str:
    flags = ["unverified"] * policy.unverified + [BY_CODE] * bool(policy.judged)
    return f"{policy.title} ({'; '.join(flags)})" if flags else policy.title


@click.command("show")
@click.argument("policy")
@click.option("--on", type=day, help="The day whose values are shown; today where not given.")
@plugins
@prints(PolicyWords)
def show_policy(policy: str, on: date | None, plugins: tuple[str, ...], as_json: bool) -> None:
    """Say a policy in plain words, generated from the rule itself, with its values and sources.

    Example: mastery policies show us-tx/credit-by-examination --on 2012-05-30
    """
    catalogue = load(plugins)
    found = policy_named(catalogue, policy, on or today())
    words = policy_in_words(found, on or today(), law=catalogue.beside[found.edition].law)
    show(words, as_json, lambda one: policy_text_in_words(one).rstrip("\n").split("\n"))


@click.command()
@click.argument("policy")
@click.option("--on", type=day, help="The day whose edition is meant; today where not given.")
@plugins
@prints("a JSON Schema (2020-12) of the file that `policies decide` takes")
def facts(policy: str, on: date | None, plugins: tuple[str, ...], as_json: bool) -> None:
    """Show the facts a policy reads; with --json the JSON Schema of the file that `policies decide` takes.

    Example: mastery policies facts us-tx/credit-by-examination --json
    """
    found = policy_named(load(plugins), policy, on or today())
    if as_json:
        show_json(sheet_schema(found))
        return
    click.echo(f"Facts of {found.edition}")
    for line in _fact_lines(found.sheet, "  "):
        click.echo(line)


def _fact_lines(definitions: tuple[FactDefinition, ...], indent: str) -> Iterator[str]:
    for one in definitions:
        unit = f", in {one.unit}" if one.unit else ""
        choices = f", one of {', '.join(one.choices)}" if one.choices else ""
        yield f"{indent}{one.name} ({one.type.value}{unit}{choices}): {one.says}"
        none = value_words(one.when_none) if one.when_none != () else "an empty list"
        yield f"{indent}  {one.method} of {one.reads.value}; where there is none: {none}"
        yield from _fact_lines(one.members, f"{indent}    ")

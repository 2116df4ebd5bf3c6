"""Policies: the rules there are, in plain words, with their values, their cases, and what an analysis finds."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import g

from ledger.access.actions import Action
from ledger.application.named import policy_named
from ledger.errors import PolicyProblems
from ledger.facts.claims import claimed
from ledger.inquiry.parameter_schema import parameter_schema
from ledger.inquiry.worked_examples import WorkedExample, worked_examples
from ledger.overrides import read_overrides
from ledger.policy.analysis.checking import check
from ledger.policy.analysis.comparing import PolicyDifference, compare
from ledger.policy.analysis.findings import PolicyFinding
from ledger.policy.analysis.side import Side
from ledger.policy.model import Policy, Question
from ledger.policy.plain import PolicyWords, policy_in_words
from ledger.policy.sheets import sheet_schema
from ledger.projections.pages import Page
from web import access, rules
from web.api import paging
from web.api.fields import Asked, Choice, Day, Said
from web.api.noun import ROOT, SCOPE, Noun
from web.api.sharing import CODE, says
from web.ledgers import here, ledgers

NOUN = Noun("policies", "Policies", "The rules there are: in plain words, with values, cases, checks and comparisons.")


@dataclass(frozen=True, slots=True)
class PolicyRow:
    """An edition of a policy in a line; `plugin` gave it, `last_day` is null where it is open."""

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
    judged: tuple[str, ...]


class Policies(paging.Paged):
    """Which policies are listed."""

    question = Choice([one.value for one in Question], **says("Only for this question."))


@NOUN.reads(f"{ROOT}/policies", Page[PolicyRow], query=Policies)
@access.needs(Action.READ_POLICIES, access.anywhere)
def list_policies(asked: dict[str, Any]) -> Any:
    """List every edition of every policy that is installed."""
    wanted = (one for one in ledgers().catalogue.policies if asked["question"] in (None, one.question.value))
    return paging.cut([_row(one) for one in wanted], lambda row: row.edition, asked)


def _row(policy: Policy) -> PolicyRow:
    return PolicyRow(
        policy=policy.id,
        edition=policy.edition,
        title=policy.title,
        question=policy.question.value,
        award=policy.award,
        subject=policy.subject,
        jurisdiction=policy.jurisdiction,
        first_day=policy.effective.isoformat(),
        last_day=policy.until.isoformat() if policy.until else None,
        plugin=ledgers().catalogue.beside[policy.edition].plugin,
        unverified=policy.unverified,
        judged=tuple(policy.judged),
    )


class On(Asked):
    """A day."""

    on = Day(**says("The day whose values and edition are meant; today where not given."))


def _named(name: str, on: date | None) -> tuple[Policy, date]:
    day = on or today()
    return policy_named(ledgers().catalogue, name.replace("~", "/"), day), day


def today() -> date:
    """Return the day of the ledger at hand, or of the first there is."""
    opened = here() if "opened" in g else ledgers().open(ledgers().jurisdictions()[0])
    return opened.ledger.today()


@NOUN.reads(f"{ROOT}/policies/<edition>", PolicyWords, query=On)
@access.needs(Action.READ_POLICIES, access.anywhere)
def show_policy(asked: dict[str, Any], edition: str) -> Any:
    """Say a policy in plain words, made from the rule itself, with its values and sources."""
    policy, on = _named(edition, asked["on"])
    return policy_in_words(policy, on, law=ledgers().catalogue.beside[policy.edition].law)


@dataclass(frozen=True, slots=True)
class PolicySchemas:
    """Two JSON Schemas (2020-12): of the values that may be set locally, and of the facts the rule reads."""

    edition: str
    parameters: dict[str, Any]
    facts: dict[str, Any]


@NOUN.reads(f"{ROOT}/policies/<edition>/schemas", PolicySchemas, query=On)
@access.needs(Action.READ_POLICIES, access.anywhere)
def show_policy_schemas(asked: dict[str, Any], edition: str) -> Any:
    """Return the parameters of a policy and the facts it reads, each as a JSON Schema."""
    policy, on = _named(edition, asked["on"])
    return PolicySchemas(policy.edition, parameter_schema(policy, on), dict(sheet_schema(policy)))


@NOUN.reads(f"{ROOT}/policies/<edition>/cases", Page[WorkedExample], query=paging.Paged)
@access.needs(Action.READ_POLICIES, access.anywhere)
def list_cases(asked: dict[str, Any], edition: str) -> Any:
    """List the cases beside a policy: a learner in words, what comes out, and the reasons."""
    policy, _ = _named(edition, None)
    return paging.cut(worked_examples(ledgers().catalogue, policy), lambda one: one.name, asked)


@dataclass(frozen=True, slots=True)
class PolicyCheck:
    """What an analysis finds to say of a policy; `unexplained` counts what the law beside it says nothing of."""

    edition: str
    findings: tuple[PolicyFinding, ...]
    unexplained: int


@NOUN.reads(f"{ROOT}/policies/<edition>/check", PolicyCheck, query=On)
@access.needs(Action.READ_POLICIES, access.anywhere)
def check_policy(asked: dict[str, Any], edition: str) -> Any:
    """Say what is odd about a policy: everything that holds for some learner, or for none."""
    policy, on = _named(edition, asked["on"])
    law = ledgers().catalogue.beside[policy.edition].law
    found = tuple(check(policy, on, claimed(policy), law, []))
    return PolicyCheck(policy.edition, found, sum(not one.because for one in found))


class Compared(Asked):
    """What a policy is held against."""

    other = Said(required=True, pattern=CODE, **says("The policy, or policy@first-day, to hold it against."))
    on = Day(**says("The day of the decision; today where not given."))
    other_on = Day(**says("The day of the decision under the other, where it is another."))
    values = Said(**says("Values set locally, as `name=value`, with semicolons between them."))
    other_values = Said(**says("Values set locally in the other."))


@NOUN.reads(f"{ROOT}/policies/<edition>/compare", PolicyDifference, query=Compared)
@access.needs(Action.READ_POLICIES, access.anywhere)
def compare_policies(asked: dict[str, Any], edition: str) -> Any:
    """Say who fares differently under two rules, each group with a learner, and which is the stricter."""
    other_on = asked["other_on"] or asked["on"]
    return compare(_side(edition, asked["on"], asked["values"]), _side(asked["other"], other_on, asked["other_values"]))


def _side(name: str, on: date | None, given: str | None) -> Side:
    policy, day = _named(name, on)
    pairs = (one.partition("=") for one in (given or "").split(";") if one.strip())
    values, problems = read_overrides(policy, {name.strip(): value.strip() for name, _, value in pairs}, day)
    if problems:
        raise PolicyProblems(problems)
    return Side(policy, day, values)


@NOUN.reads(f"{SCOPE}/policies", Page[rules.RuleRow], query=paging.Paged)
@access.needs(Action.READ_POLICIES)
def list_policies_here(asked: dict[str, Any]) -> Any:
    """List the rules in force in a ledger, those adopted for other days, and those that could be adopted."""
    rows = (*rules.adopted(here()), *rules.available(here(), ledgers().catalogue))
    return paging.cut(rows, lambda row: f"{row.edition} {row.position or ''}", asked)


@NOUN.reads(f"{SCOPE}/policies/archived/<digest>", rules.RulePage, query=On)
@access.needs(Action.READ_POLICIES)
def show_archived_policy(asked: dict[str, Any], digest: str) -> Any:
    """Say a policy as a ledger has archived it, with its adoptions there, and its whole text."""
    return rules.archived_page(here(), ledgers().catalogue, digest, asked["on"] or today())

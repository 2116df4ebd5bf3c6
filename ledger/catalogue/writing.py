"""A policy written by hand from another: its clauses, and clauses of one's own built from the fact methods.

Nothing of it is code. What comes out is a policy like any other: it is checked as one, and its canonical
text is all that a ledger needs of it.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from fractions import Fraction

from ledger.errors import Problem
from ledger.facts.check import definition_problems
from ledger.facts.methods import METHOD_NAMES, METHODS
from ledger.facts.methods.base import Method
from ledger.policy.check import problems as problems_of
from ledger.policy.citation import Citation, Confidence
from ledger.policy.facts import AtLevel, Counted, FactDefinition, FactType, FieldIn, Filter, Reads
from ledger.policy.model import Policy
from ledger.policy.nodes import AllOf, Always, AnyOf, Rule
from ledger.policy.parameters import DatedValue, Keep, ParameterDefinition, ParameterType
from ledger.policy.rules import all_of, any_of, clause, panel
from ledger.policy.sheet import ABSENT, Value
from ledger.policy.terms import FactTerm, Node, ParamTerm

OWN = "own"
"""What the names of clauses, facts and values begin with that were written by hand."""

VALUE = "{value}"
"""Stands in a sentence for the value that its clause asks for."""

VOTES = ("carried", "not_carried", "sent_back")


class Place(StrEnum):
    """Where a clause stands in the rule."""

    ALL = "all"
    """It is asked as well as what the rule asks."""

    ANY = "any"
    """It is enough in place of what the rule asks."""

    FINAL = "final"
    """It is asked as well, and who fails it is denied for good."""

    ELIGIBLE = "eligible"
    """Who fails it may not be asked at all: evidence is not weighed."""

    PERSON = "person"
    """A body of people votes, as well as what the rule asks."""


class Compares(StrEnum):
    """How a fact is held against the value asked for."""

    AT_LEAST = "at least"
    AT_MOST = "at most"
    HOLDS = "holds"
    """The fact is a yes or no, and has to be yes."""


@dataclass(frozen=True, slots=True)
class NewFact:
    """A fact of one's own: what it measures in words, its method, and what counts.

    `arguments` are those of the method; `purposes` and `kinds` say which evidence counts, every kind
    where there are none; `level` is one that work has to reach to count.
    """

    says: str
    method: str
    type: FactType
    measure: str = "level"
    purposes: tuple[str, ...] = ("summative",)
    kinds: tuple[str, ...] = ()
    level: Fraction | None = None
    arguments: Mapping[str, Value] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class NewClause:
    """A clause of one's own: where it stands, what it says and cites, and what it asks.

    `fact` is a new one, or the name of one the policy reads already; `value` is null where it `HOLDS`.
    `body` is the body that votes, for a clause that a person decides.
    """

    place: Place
    says: str
    cites: Citation
    fact: NewFact | str | None = None
    compares: Compares = Compares.AT_LEAST
    value: int | Fraction | date | None = None
    body: str = ""
    next: str = ""


@dataclass(frozen=True, slots=True)
class Writing:
    """What a policy of one's own is called and rests on, and the clauses it has beside those of the other."""

    id: str
    title: str
    jurisdiction: str
    effective: date
    cites: Citation
    clauses: Sequence[NewClause] = ()


def written(policy: Policy, writing: Writing) -> Policy:
    """Return the policy that somebody has written from another; it still has to be checked."""
    found = replace(
        policy,
        id=writing.id,
        title=writing.title,
        jurisdiction=writing.jurisdiction,
        effective=writing.effective,
        until=None,
        cites=writing.cites,
    )
    for number, one in enumerate(writing.clauses, start=1):
        found = _with_clause(found, one, f"{OWN}{number}")
    return found


def writing_problems(policy: Policy) -> tuple[Problem, ...]:
    """Return everything that is wrong with a policy written by hand; nothing where it may be proposed."""
    facts = (
        Problem("", policy.id, f"fact {one.name!r}", f"{what}.")
        for one in policy.sheet
        for what in definition_problems(one)
    )
    return (*problems_of(policy, METHOD_NAMES), *facts)


def offered_methods() -> tuple[Method, ...]:
    """Return the methods that a clause of one's own may use: those that fold evidence to one value."""
    simple = {FactType.INTEGER, FactType.FRACTION, FactType.BOOLEAN, FactType.DATE}
    return tuple(one for one in METHODS.values() if isinstance(one, Method) and one.types & simple)


def _with_clause(policy: Policy, one: NewClause, name: str) -> Policy:
    facts, test = _measured(one, name)
    parameters = tuple(_parameters(policy, one, name))
    says = one.says.replace(VALUE, f"{{{name}_value}}") if parameters else one.says
    if one.place is Place.PERSON:
        rule: Rule = _panel(one, name)
    else:
        rule = clause(name, says, test, one.cites, final=one.place is Place.FINAL, next=one.next)
    grown = replace(policy, sheet=(*policy.sheet, *facts), parameters=(*policy.parameters, *parameters))
    if one.place is Place.ELIGIBLE:
        return replace(grown, eligible=_joined(policy.eligible, rule))
    if one.place is Place.ANY:
        return replace(grown, requires=_either(policy.requires, rule))
    return replace(grown, requires=_joined(policy.requires, rule))


def _joined(rule: Rule, other: Rule) -> Rule:
    if isinstance(rule, Always):
        return other
    return AllOf((*rule.parts, other)) if isinstance(rule, AllOf) else all_of(rule, other)


def _either(rule: Rule, other: Rule) -> Rule:
    return AnyOf((*rule.parts, other)) if isinstance(rule, AnyOf) else any_of(rule, other)


def _measured(one: NewClause, name: str) -> tuple[tuple[FactDefinition, ...], Node]:
    """Return the facts a clause brings, and its test."""
    if one.place is Place.PERSON:
        return (_vote(one, name),), FactTerm(name)
    new = isinstance(one.fact, NewFact)
    fact = FactTerm(f"{name}_fact" if new else str(one.fact))
    facts = (_definition(one.fact, f"{name}_fact"),) if isinstance(one.fact, NewFact) else ()
    if one.compares is Compares.HOLDS:
        return facts, fact
    asked = ParamTerm(f"{name}_value")
    return facts, fact >= asked if one.compares is Compares.AT_LEAST else fact <= asked


def _definition(fact: NewFact, name: str) -> FactDefinition:
    return FactDefinition(
        name,
        fact.says,
        fact.method,
        fact.type,
        Reads.EVIDENCE,
        measure=fact.measure,
        unit=_UNITS.get(fact.measure, "") if fact.type is FactType.FRACTION else "",
        where=tuple(_filters(fact)),
        arguments=tuple(sorted(fact.arguments.items())),  # type: ignore[arg-type]
        when_none=_NONE.get(fact.type, ABSENT),
        lowest=0 if fact.type is FactType.INTEGER else None,
    )


_UNITS = {"level": "level", "percent": "percent"}
_NONE: Mapping[FactType, Value] = {FactType.INTEGER: 0, FactType.BOOLEAN: False}
"""What the fold of nothing gives, by type; of any other nothing is there."""


def _filters(fact: NewFact) -> Iterator[Filter]:
    yield Counted(fact.purposes)
    if fact.kinds:
        yield FieldIn("kind", fact.kinds)
    if fact.level is not None:
        yield AtLevel(fact.level)


def _parameters(policy: Policy, one: NewClause, name: str) -> Iterator[ParameterDefinition]:
    """Yield the value a clause asks for, which a later change may set otherwise."""
    if one.value is None or one.compares is Compares.HOLDS:
        return
    kinds = {int: ParameterType.INTEGER, Fraction: ParameterType.FRACTION, date: ParameterType.DATE}
    dated = DatedValue(None, None, one.value, policy.effective, one.cites, one.cites.confidence)
    says = one.fact.says if isinstance(one.fact, NewFact) else _said(policy, str(one.fact))
    words = f"{'least' if one.compares is Compares.AT_LEAST else 'most'} that is asked of: {says}"
    yield ParameterDefinition(f"{name}_value", words, kinds[type(one.value)], keep=Keep.LOCAL, values=(dated,))


def _said(policy: Policy, name: str) -> str:
    return next((one.says for one in policy.sheet if one.name == name), name)


def _vote(one: NewClause, name: str) -> FactDefinition:
    return FactDefinition(
        f"{name}_fact",
        f"last vote of the {one.body or 'body'}",
        "panel_result.1",
        FactType.CHOICE,
        Reads.PANEL,
        arguments=(("body", one.body),),
        choices=VOTES,
    )


def _panel(one: NewClause, name: str) -> Rule:
    vote = FactTerm(f"{name}_fact")
    return panel(
        name,
        one.says,
        decided=any_of(vote.is_("carried"), vote.is_("not_carried")),
        carried=vote.is_("carried"),
        sent_back=vote.is_("sent_back"),
        cites=one.cites,
        next=one.next,
    )


def source(text: str, *, read: bool) -> Citation:
    """Return a source as its author names it; unverified unless its author has read it."""
    return Citation(text, confidence=Confidence.VERBATIM if read else Confidence.MEMORY)

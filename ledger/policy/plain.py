"""A policy in plain words, as structured data that the command line and web pages lay out."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from ledger.policy.citation import Citation, Confidence
from ledger.policy.model import Grant, Policy
from ledger.policy.parameters import DECISION, DatedValue, ParameterDefinition
from ledger.policy.rules import (
    Always,
    ByCase,
    ByDefault,
    Clause,
    EnoughOf,
    Panel,
    always,
)
from ledger.policy.sheet import ABSENT, Value, value_words
from ledger.policy.terms import Node, needed_facts
from ledger.policy.wording import Wording, same_group, wording_on


@dataclass(frozen=True, slots=True)
class Outline:
    """One line of a rule and the lines below it.

    `clause` is the clause's id, empty for a line that only combines; `facts` names what it reads.
    """

    text: str
    clause: str = ""
    cites: str = ""
    confidence: Confidence | None = None
    final: bool = False
    facts: tuple[str, ...] = ()
    parts: "tuple[Outline, ...]" = ()


@dataclass(frozen=True, slots=True)
class DatedWords:
    """One value of a parameter, when it holds, and where it comes from."""

    value: str
    first_day: date | None
    last_day: date | None
    adopted: date
    cites: str
    confidence: Confidence


@dataclass(frozen=True, slots=True)
class NumberWords:
    """One parameter: what it is, its value on the day asked for, who may change it, and all dated values."""

    name: str
    says: str
    value: str
    unit: str
    keep: str
    by: str
    values: tuple[DatedWords, ...]


@dataclass(frozen=True, slots=True)
class PolicyWords:
    """A policy in plain words on a day; `unverified` says that something in it was never seen in a source."""

    edition: str
    title: str
    jurisdiction: str
    question: str
    subject: str
    on: date
    first_day: date
    last_day: date | None
    cites: str
    unverified: bool
    applies: Outline | None
    eligible: Outline | None
    requires: Outline
    gives: tuple[str, ...]
    numbers: tuple[NumberWords, ...]
    facts: tuple[tuple[str, str], ...]


def policy_in_words(policy: Policy, on: date, overrides: Mapping[str, Value] | None = None) -> PolicyWords:
    """Say a policy in plain words, with the values that hold for something dated on a day."""
    words = wording_on(policy, on, overrides)
    return PolicyWords(
        policy.edition,
        policy.title,
        policy.jurisdiction,
        policy.question.value.lower(),
        policy.subject,
        on,
        policy.effective,
        policy.until,
        str(policy.cites),
        _unverified(policy),
        None if isinstance(policy.applies, Always) else outline(policy.applies, words),
        None if isinstance(policy.eligible, Always) else outline(policy.eligible, words),
        outline(policy.requires, words),
        tuple(_gives(grant, words) for grant in policy.grants),
        tuple(_number(definition, policy, words) for definition in policy.parameters),
        tuple((definition.name, definition.says) for definition in policy.sheet),
    )


def _unverified(policy: Policy) -> bool:
    values = [value.confidence for definition in policy.parameters for value in definition.values]
    return Confidence.MEMORY in [policy.cites.confidence, *values]


def _gives(grant: Grant, words: Wording) -> str:
    where = "" if grant.when == always else f", where {words.test(grant.when)}"
    return f"{grant.key}: {words.term(grant.value)}{where}"


def _number(definition: ParameterDefinition, policy: Policy, words: Wording) -> NumberWords:
    clock = definition.clock or policy.clock
    by = "day of the decision" if clock == DECISION else words.fact(clock)
    values = tuple(_dated(value) for value in definition.values)
    value = words.number(definition.name)
    return NumberWords(definition.name, definition.says, value, definition.unit, definition.keep.value, by, values)


def _dated(value: DatedValue) -> DatedWords:
    text = "not in force" if value.value is ABSENT else value_words(value.value)
    return DatedWords(text, value.first_day, value.last_day, value.adopted, str(value.cites), value.confidence)


def outline(node: Node, words: Wording) -> Outline:
    """Return a rule as an outline of sentences."""
    if isinstance(node, Clause | EnoughOf | Panel):
        return _sentence(node, words)
    if node.stands_as_rule and not hasattr(node, "parts") and not hasattr(node, "rule"):
        if isinstance(node, ByCase | ByDefault):
            return Outline(words.group(node), parts=tuple(_branches(node, words)))
        return Outline(words.test(node), facts=needed_facts(node))
    return Outline(words.group(node), parts=tuple(_below(node, words)))


def _below(node: Node, words: Wording) -> Iterator[Outline]:
    for part in getattr(node, "parts", None) or (node.rule,):  # type: ignore[attr-defined]
        if same_group(node, part):
            yield from _below(part, words)
        else:
            yield outline(part, words)


def _sentence(node: Clause | EnoughOf | Panel, words: Wording) -> Outline:
    parts: tuple[Outline, ...] = ()
    if isinstance(node, EnoughOf) and not isinstance(node.where, Always):
        parts = (outline(node.where, words),)
    cites, confidence = source(node.cites)
    final = getattr(node, "final", False)
    return Outline(words.sentence(node.says), node.id, cites, confidence, final, needed_facts(node), parts)


def source(cites: Citation | None) -> tuple[str, Confidence | None]:
    """Write a citation, with the confidence in it."""
    return (str(cites), cites.confidence) if cites else ("", None)


def _branches(node: ByCase | ByDefault, words: Wording) -> Iterator[Outline]:
    if isinstance(node, ByCase):
        for case in node.cases:
            yield Outline(f"{value_words(case.value)}:", parts=(outline(case.rule, words),))
        return
    yield outline(node.base, words)
    for exception in node.exceptions:
        cites, confidence = source(exception.cites)
        below = (outline(exception.rule, words),)
        yield Outline(f"But if {words.test(exception.when)}:", cites=cites, confidence=confidence, parts=below)


def policy_text_in_words(policy: PolicyWords) -> str:
    """Lay a policy in words out as plain text."""
    return "\n".join(_policy_lines(policy)) + "\n"


def _policy_lines(policy: PolicyWords) -> Iterator[str]:
    last = f" to {policy.last_day}" if policy.last_day else ""
    yield policy.title
    yield f"{policy.edition}, in force from {policy.first_day}{last}; values of {policy.on}."
    yield f"Answers: {policy.question} of a {policy.subject}" + (
        f", in {policy.jurisdiction}." if policy.jurisdiction else ", in any jurisdiction that adopts it."
    )
    yield f"Source: {policy.cites}" + (" (unverified)" if policy.unverified else "")
    for heading, part in (
        ("Applies to", policy.applies),
        ("Open to", policy.eligible),
        ("Requires", policy.requires),
    ):
        if part is not None:
            yield ""
            yield heading
            yield from _outline_lines(part, 1)
    if policy.gives:
        yield ""
        yield "Gives"
        yield from (f"  {line}" for line in policy.gives)
    if policy.numbers:
        yield ""
        yield "Values"
        for number in policy.numbers:
            yield from _number_lines(number)


def _outline_lines(part: Outline, depth: int) -> Iterator[str]:
    cites = f"  [{part.cites}{', unverified' if part.confidence is Confidence.MEMORY else ''}]" if part.cites else ""
    yield f"{'  ' * depth}{part.text}{' A failure is final.' if part.final else ''}{cites}"
    for below in part.parts:
        yield from _outline_lines(below, depth + 1)


def _number_lines(number: NumberWords) -> Iterator[str]:
    unit = f" {number.unit}" if number.unit and number.unit != number.name else ""
    yield f"  {number.name} = {number.value}{unit}: {number.says} ({number.keep.replace('_', ' ')}; by {number.by})"
    for dated in number.values:
        days = f"{dated.first_day or 'the beginning'} to {dated.last_day or 'further notice'}"
        flag = ", unverified" if dated.confidence is Confidence.MEMORY else ""
        yield f"    {days}: {dated.value}  [{dated.cites}{flag}]"

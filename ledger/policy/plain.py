"""A policy in plain words, as structured data that `ledger.policy.layout` and web pages lay out."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from string import ascii_lowercase, ascii_uppercase

from ledger.policy.citation import Citation, Confidence
from ledger.policy.model import Grant, Policy
from ledger.policy.nodes import Clause, Judged, Sentence
from ledger.policy.parameters import DECISION, DatedValue, ParameterDefinition
from ledger.policy.rules import (
    Always,
    ByCase,
    ByDefault,
    EnoughOf,
    FinalWhen,
    always,
)
from ledger.policy.sheet import ABSENT, Value
from ledger.policy.terms import Node, needed_facts, walk
from ledger.policy.wording import Wording, said_day, said_value, same_group, wording_on


@dataclass(frozen=True, slots=True)
class Outline:
    """One line of a rule and the lines below it.

    `clause` is the clause's id, empty for a line that only combines; `facts` names what it reads.
    `mark` is its number among its like, as statutes number: (1), (a), (i), (A); empty for a line
    that stands alone. `history` says which other values its numbers have had, or will have.
    """

    text: str
    clause: str = ""
    cites: str = ""
    confidence: Confidence | None = None
    final: bool = False
    facts: tuple[str, ...] = ()
    parts: "tuple[Outline, ...]" = ()
    mark: str = ""
    history: tuple[str, ...] = ()


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
class CodeWords:
    """The code that judges a clause: its function, the SHA-256 of its text, and that text, which is what runs."""

    clause: str
    function: str
    digest: str
    source: str


@dataclass(frozen=True, slots=True)
class PolicyWords:
    """A policy in plain words on a day; `unverified` says that something in it was never seen in a source.

    `met` is the jurisdiction's word for a met decision, `learner` for a learner. `notes` are those
    sections of the law's own page that a reader must know of: conflicts, what is not encoded. `code` is
    what judges clauses of which nothing can be proved.
    """

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
    award: str = "standard"
    met: str = "met"
    learner: str = "learner"
    confidence: Confidence = Confidence.MEMORY
    notes: tuple[tuple[str, str], ...] = ()
    code: tuple[CodeWords, ...] = ()


def policy_in_words(
    policy: Policy, on: date, overrides: Mapping[str, Value] | None = None, law: str = ""
) -> PolicyWords:
    """Say a policy in plain words, with the values that hold for something dated on a day.

    `law` is the text of the page beside the policy, of which conflicts and gaps are shown.
    """
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
        policy.unverified,
        None if isinstance(policy.applies, Always) else marked(outline(policy.applies, words)),
        None if isinstance(policy.eligible, Always) else marked(outline(policy.eligible, words)),
        marked(outline(policy.requires, words)),
        tuple(_gives(grant, words) for grant in policy.grants),
        tuple(_number(definition, policy, words) for definition in policy.parameters),
        tuple((definition.name, definition.says) for definition in policy.sheet),
        policy.award,
        policy.words.met,
        policy.words.learner,
        policy.cites.confidence,
        law_notes(law, policy.id),
        tuple(_code(policy)),
    )


def _code(policy: Policy) -> Iterator[CodeWords]:
    for rule in policy.rules:
        for node in walk(rule):
            if isinstance(node, Clause) and isinstance(node.test, Judged):
                yield CodeWords(node.id, node.test.function, node.test.digest, node.test.source)


NOTED = ("conflicts", "not encoded", "not verified", "unverified", "readings")
"""Headings of a law's page whose text is shown wherever the policy is."""


def law_notes(law: str, policy: str) -> tuple[tuple[str, str], ...]:
    """Return the sections of a law's page that a reader of the policy must know of: heading and text each.

    What stands under a heading of its own inside a section is of the policy that heading names.
    """
    found = []
    for section in re.split(r"^## +", law, flags=re.MULTILINE)[1:]:
        heading, _, text = section.partition("\n")
        general, *parts = re.split(r"^### +", text, flags=re.MULTILINE)
        own = [part.partition("\n")[2] for part in parts if part.partition("\n")[0].strip(" `") == policy]
        said = "\n\n".join(re.sub(r"[*`]", "", part).strip() for part in (general, *own) if part.strip())
        if heading.strip().lower() in NOTED and said:
            found.append((heading.strip(), said))
    return tuple(found)


_MARKS = (
    tuple(f"({number})" for number in range(1, 41)),
    tuple(f"({letter})" for letter in ascii_lowercase),
    ("(i)", "(ii)", "(iii)", "(iv)", "(v)", "(vi)", "(vii)", "(viii)", "(ix)", "(x)", "(xi)", "(xii)"),
    tuple(f"({letter})" for letter in ascii_uppercase),
)


def marked(part: Outline, depth: int = 0) -> Outline:
    """Return an outline whose lines are numbered as statutes number theirs; a line alone has no number."""
    if not part.parts:
        return part
    alone = len(part.parts) == 1
    below = [marked(one, depth if alone else depth + 1) for one in part.parts]
    marks = ("",) if alone else _MARKS[depth % len(_MARKS)]
    parts = tuple(replace(one, mark=mark) for one, mark in zip(below, (*marks, *[""] * len(below)), strict=False))
    return replace(part, parts=parts)


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
    text = "not in force" if value.value is ABSENT else said_value(value.value)
    return DatedWords(text, value.first_day, value.last_day, value.adopted, str(value.cites), value.confidence)


def outline(node: Node, words: Wording) -> Outline:
    """Return a rule as an outline of sentences."""
    if isinstance(node, Sentence):
        return _sentence(node, words)
    if node.stands_as_rule and not hasattr(node, "parts") and not hasattr(node, "rule"):
        if isinstance(node, ByCase | ByDefault):
            return Outline(words.group(node), parts=tuple(_branches(node, words)))
        return Outline(words.test(node), facts=needed_facts(node))
    if isinstance(node, FinalWhen):
        return _final(outline(node.rule, words), f"once {words.test(node.when)}, a failure is final")
    return _joined(Outline(words.group(node), parts=tuple(_below(node, words))))


def _final(part: Outline, when: str) -> Outline:
    """Say of a line from when on a failure is final."""
    if part.parts and part.text.endswith(":"):
        return replace(part, text=f"{part.text[:-1]}; {when}:")
    return replace(part, text=f"{part.text.removesuffix('.')}; {when}.")


def _joined(part: Outline) -> Outline:
    """Join a group with the one group below it: `For each of the areas, all of these:`."""
    below = part.parts[0]
    if len(part.parts) > 1 or below.clause or not below.text.endswith(":"):
        return part
    return replace(below, text=f"{part.text[:-1]}, {below.text[:1].lower()}{below.text[1:]}")


def _below(node: Node, words: Wording) -> Iterator[Outline]:
    for part in getattr(node, "parts", None) or (node.rule,):  # type: ignore[attr-defined]
        if same_group(node, part):
            yield from _below(part, words)
        else:
            yield outline(part, words)


def _sentence(node: Sentence, words: Wording) -> Outline:
    parts: tuple[Outline, ...] = ()
    if isinstance(node, EnoughOf) and not isinstance(node.where, Always):
        parts = (outline(node.where, words),)
    cites, confidence = source(node.cites)
    final = getattr(node, "final", False)
    history = tuple(_history(name, words) for name in words.has_history(node.says))
    facts = needed_facts(node)
    return Outline(words.clause(node), node.id, cites, confidence, final, facts, parts, "", history)


def _history(name: str, words: Wording) -> str:
    definition = words.subject.parameters[name]
    painted_over = _overlapping(definition.values)
    spans = []
    for value in definition.values:
        adopted = f", adopted on {said_day(value.adopted)}" if painted_over else ""
        spans.append(f"{_dated(value).value} {days_in_words(value.first_day, value.last_day)}{adopted}")
    return f"{definition.says}: {'; '.join(spans)}"


def _overlapping(values: tuple[DatedValue, ...]) -> bool:
    """Say whether two values speak of one day, so that only the day of adoption tells which holds."""
    ends = [(value.first_day or date.min, value.last_day or date.max) for value in values]
    return any(
        first <= other_last and other_first <= last
        for place, (first, last) in enumerate(ends)
        for other_first, other_last in ends[:place]
    )


def days_in_words(first_day: date | None, last_day: date | None) -> str:
    """Say which days a value holds: `until 13 June 2013`, `since 14 June 2013`."""
    if first_day and last_day:
        return f"from {said_day(first_day)} to {said_day(last_day)}"
    if last_day:
        return f"until {said_day(last_day)}"
    return f"since {said_day(first_day)}" if first_day else "at all times"


def source(cites: Citation | None) -> tuple[str, Confidence | None]:
    """Write a citation, with the confidence in it."""
    return (str(cites), cites.confidence) if cites else ("", None)


def _branches(node: ByCase | ByDefault, words: Wording) -> Iterator[Outline]:
    if isinstance(node, ByCase):
        for case in node.cases:
            yield Outline(f"{said_value(case.value)}:", parts=(outline(case.rule, words),))
        return
    yield outline(node.base, words)
    for exception in node.exceptions:
        cites, confidence = source(exception.cites)
        below = (outline(exception.rule, words),)
        yield Outline(f"But if {words.test(exception.when)}:", cites=cites, confidence=confidence, parts=below)

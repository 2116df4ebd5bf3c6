"""A learner in words, by what of a rule they met and what they fell short of."""

import re
from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any

from ledger.policy.evaluate import decide
from ledger.policy.facts import FactDefinition, FactType
from ledger.policy.finding import Finding
from ledger.policy.model import Policy
from ledger.policy.nodes import EnoughOf, Not
from ledger.policy.order import MET
from ledger.policy.result import Result
from ledger.policy.sheet import ABSENT, UNKNOWN, Missing, Sheet, Table, Value
from ledger.policy.sheets import sheet_from_data
from ledger.policy.terms import (
    Comparison,
    CountOf,
    FactTerm,
    Operator,
    ParamTerm,
    SumTerm,
    Times,
    needed_parameters,
    walk,
)
from ledger.policy.wording import Wording, said_value, wording_on

_MOST = 3
"""How many facts of a learner are named where no clause says better."""

_LIMITS = {
    Operator.AT_LEAST: "{}",
    Operator.MORE: "more than {}",
    Operator.AT_MOST: "at most {}",
    Operator.LESS: "less than {}",
    Operator.IS: "{}",
    Operator.IN: "one of {}",
}
_DAYS = {
    Operator.AT_LEAST: "{} or later",
    Operator.MORE: "after {}",
    Operator.AT_MOST: "{} or earlier",
    Operator.LESS: "before {}",
}
_COMPARING = re.compile(r" or (?:higher|more|better|above|over|less|fewer|lower|later|earlier)\b")
_VERB = re.compile(r" (?:is|are|was|were|has|have|may|must|count|counts) ")
_BEFORE = re.compile(
    r"^(?:at least|at most|not less than|not more than|no more than|more than|less than|fewer than) ", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Measured:
    """One thing a rule measured of a learner: what is compared, the learner's side in words, and the rule's.

    `reads` names the parameters that stand in it.
    """

    about: tuple[str, str]
    reads: frozenset[str]
    learner: str
    limit: str


@dataclass(frozen=True, slots=True)
class Said:
    """What decided about a learner: what was met and what was not, the telling first."""

    met: tuple[Measured, ...]
    failed: tuple[Measured, ...]


def facts_in_words(policy: Policy, example: Mapping[str, Any], on: date, first: Collection[str]) -> tuple[str, ...]:
    """Name a few facts of a fact sheet that are not as they are of nobody, those in `first` before others."""
    words = wording_on(policy, on)
    sheet, _ = sheet_from_data(policy, {name: example[name] for name in example if name in words.subject.facts})
    usual = {definition.name: definition.when_none for definition in policy.sheet}
    telling = [(name, value) for name, value in sheet.items() if value not in (usual[name], UNKNOWN)]
    wanted = [each for each in telling if each[0] in first] or telling
    return tuple(f"{words.fact(name)}: {number_words(words, name, value)}" for name, value in wanted[:_MOST])


def said_of(policy: Policy, overrides: Mapping[str, Value], example: Mapping[str, Any], on: date) -> Said:
    """Decide about a learner and say what was measured on the way; of a clause that fell short, why."""
    names = {definition.name for definition in policy.sheet}
    sheet, _ = sheet_from_data(policy, {name: value for name, value in example.items() if name in names})
    finding = decide(policy, sheet, on, overrides=overrides)
    speaker = _Speaker(wording_on(policy, on, overrides), finding, sheet)
    decisive = [result for result in finding.sentences() if result.key in finding.decisive]
    every = [*decisive, *(result for result in finding.sentences() if result.key not in finding.decisive)]
    return Said(tuple(speaker.measured(every, met=True)), tuple(speaker.measured(every, met=False)))


@dataclass(frozen=True, slots=True)
class _Speaker:
    words: Wording
    finding: Finding
    sheet: Sheet

    def measured(self, results: list[Result], *, met: bool) -> Iterator[Measured]:
        """Yield what was measured in clauses, on the side that held or on the side that did not."""
        for clause in results:
            if isinstance(clause.node, EnoughOf) and (clause.pair == MET) is met:
                yield self._enough(clause.node, needed_parameters(clause.node))
            for result in _leaves(clause.conditions):
                if (result.pair == MET) is met and (said := self._leaf(clause, result)) is not None:
                    about = (clause.key, _left(result.node))
                    yield Measured(about, frozenset(needed_parameters(result.node)), *said)

    def _enough(self, node: EnoughOf, reads: tuple[str, ...]) -> Measured:
        held = self.sheet.get(node.list.name)
        members = held if isinstance(held, tuple) else ()
        kinds = [member.get(node.kind.name, UNKNOWN) for member in members if isinstance(member, Mapping)]
        counted = Counter(said_value(kind) for kind in kinds)
        named = ", ".join(kind if times == 1 else f"{kind} ({times} times)" for kind, times in counted.items())
        limit = f"“{self.words.sentence(node.says).rstrip('.')}”"
        has = f"whose {self.words.fact(node.list.name)} are {named or 'none'}"
        return Measured((node.id, "enough"), frozenset(reads), has, limit)

    def _leaf(self, clause: Result, result: Result) -> tuple[str, str] | None:
        node: Any = result.node
        if isinstance(node, ParamTerm):
            return "", f"that {self.words.test(node)}: {said_value(self.words.values.get(node.name, UNKNOWN))}"
        if isinstance(node, FactTerm):
            holds = "holds" if result.pair == MET else "does not hold"
            return f"for whom it {holds} that “{self.words.fact(node.name)}”", f"that “{self.words.fact(node.name)}”"
        if UNKNOWN in (result.needed, result.got):
            return None
        return self._learner(clause, node, result.got), self._limit(clause, node, result.needed)

    def _members(self, name: str) -> str:
        """Say what the members of a list are: `tries of the exam: score 49 points`."""
        held = self.sheet.get(name) or ()
        members = [member for member in held if isinstance(member, Mapping)] if isinstance(held, tuple) else []
        told = [", ".join(self._told(member)) for member in members[:_MOST]]
        return f"{self.words.fact(name)}: {'; '.join(told) or 'none'}"

    def _told(self, member: Mapping[str, Value]) -> Iterator[str]:
        for name, value in member.items():
            if isinstance(value, Fraction | int) and not isinstance(value, bool):
                yield f"{self.words.fact(name)} {number_words(self.words, name, value)}"

    def _limit(self, clause: Result, node: Comparison, needed: Any) -> str:
        if needed is ABSENT:
            return "that this way is not open"
        says = str(getattr(clause.node, "says", ""))
        if isinstance(node.left, CountOf):
            return f"“{self.words.sentence(says).rstrip('.')}”"
        percent = isinstance(node.right, ParamTerm) and f"{{{node.right.name}}} %" in says
        number = f"{said_value(needed)} %" if percent else number_words(self.words, _name(node.left), needed)
        if isinstance(needed, tuple) and len(needed) == 1:
            return number
        patterns = {**_LIMITS, **_DAYS} if isinstance(needed, date) else _LIMITS
        return patterns[node.operator].format(number)

    def _learner(self, clause: Result, node: Comparison, got: Any) -> str:
        if isinstance(node.left, CountOf):
            return f"with {self._members(node.left.list.name)}"
        if isinstance(node.left, SumTerm) and any(isinstance(part, CountOf) for part in walk(node.left)):
            sentence = self.words.sentence(str(getattr(clause.node, "says", ""))).rstrip(".")
            return f"for whom “{sentence}” comes to {said_value(got)}"
        said, definition = self.words.term(node.left), self.words.subject.facts.get(_name(node.left))
        if got is ABSENT:
            return f"with no {said} on record"
        if definition is not None and isinstance(node.left, FactTerm) and _is_number_of(definition):
            unit = definition.unit if definition.unit in said else said.split(" ", 1)[0]
            return f"with {said_value(got)} {said.replace(unit, _singular(unit), 1) if got == 1 else said}"
        if says := _filled(clause, node, got):
            return f"with {says}"
        value = number_words(self.words, _name(node.left), got)
        return f"with {value} ({said})" if said.startswith("of ") else f"for whom {_the(said)} is {value}"


def _is_number_of(definition: FactDefinition) -> bool:
    """Say whether a fact says how many of something there are."""
    says, unit = definition.says, definition.unit
    named = unit in says and unit not in ("level", "performance level", "percent", "year")
    whole = definition.type is FactType.INTEGER and unit not in ("", "percent", "points", "year")
    return bool(unit) and (named or whole) and not says.startswith(("how many", "of ", "year"))


def _the(says: str) -> str:
    """Put an article before what a fact is, where it has none."""
    return says if says.split(" ", 1)[0] in ("the", "a", "an", "which", "whether", "how") else f"the {says}"


def _filled(clause: Result, node: Comparison, got: Any) -> str:
    """Return the clause's own sentence with the learner's number in it, where it begins with that number."""
    says = str(getattr(clause.node, "says", "")).partition(";")[0]
    if not isinstance(node.right, ParamTerm) or got is ABSENT or f"{{{node.right.name}}}" not in says:
        return ""
    bare = _BEFORE.sub("", _COMPARING.sub("", says, count=1)).rstrip(".")
    if not bare.startswith(f"{{{node.right.name}}}") or bare.count("{") > 1 or _VERB.search(bare):
        return ""
    text = bare.replace(f"{{{node.right.name}}}", said_value(got))
    return text + "," if "," in text else text


def _left(node: object) -> str:
    return f"{node.left} {node.operator}" if isinstance(node, Comparison) else str(node)


def _leaves(results: tuple[Result, ...]) -> Iterator[Result]:
    """Yield what a test compares; what stands below not_ reads the other way round and is left out."""
    for result in results:
        if isinstance(result.node, Comparison | FactTerm | ParamTerm):
            yield result
        if not isinstance(result.node, Not):
            yield from _leaves((*result.conditions, *result.parts))


def _name(term: object) -> str:
    """Name the first fact of a term."""
    if isinstance(term, FactTerm):
        return term.name
    if isinstance(term, Times):
        return _name(term.term)
    return _name(term.parts[0]) if isinstance(term, SumTerm) else ""


def number_words(words: Wording, name: str, value: Any) -> str:
    """Write a value with the unit of its fact: 65 %, 18 points, level 3."""
    definition = words.subject.facts.get(name)
    unit = definition.unit if definition else ""
    if isinstance(value, bool | str | date | tuple | Table | Missing) or unit in ("", "year"):
        return said_value(value)
    if unit in ("percent", "level", "performance level"):
        return f"{said_value(value)} %" if unit == "percent" else f"{unit} {said_value(value)}"
    return f"{said_value(value)} {_singular(unit) if value == 1 else _plural(unit)}"


def _singular(unit: str) -> str:
    """Write a unit beside one: sitting, kind of task, try."""
    first, of, rest = unit.partition(" of ")
    return (first[:-3] + "y" if first.endswith("ries") else first.removesuffix("s")) + of + rest


def _plural(unit: str) -> str:
    return "credits" if unit == "credit" else unit

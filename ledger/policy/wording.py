"""Sentences: a clause with its values filled in, a test and a combining node in words."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from string import Formatter

from ledger.policy.checks.places import Subject
from ledger.policy.facts import FactType
from ledger.policy.model import Policy
from ledger.policy.nodes import Clause, Judged, Sentence
from ledger.policy.parameters import in_force
from ledger.policy.rules import (
    AllOf,
    AnyOf,
    AtLeastOf,
    ByCase,
    ByDefault,
    Each,
    FinalWhen,
    Not,
    Number,
    Route,
    Some,
)
from ledger.policy.sheet import ABSENT, UNKNOWN, Missing, Table, Value, value_words
from ledger.policy.terms import (
    Comparison,
    CountOf,
    Exists,
    FactTerm,
    Node,
    Operator,
    ParamTerm,
    RouteTaken,
    SumTerm,
    Times,
)

_NUMBERS = {
    Operator.AT_LEAST: "{} or more",
    Operator.MORE: "more than {}",
    Operator.AT_MOST: "{} or less",
    Operator.LESS: "less than {}",
    Operator.IS: "{}",
    Operator.IN: "one of {}",
}
_DAYS = {
    Operator.AT_LEAST: "on or after {}",
    Operator.MORE: "after {}",
    Operator.AT_MOST: "on or before {}",
    Operator.LESS: "before {}",
    Operator.IS: "{}",
    Operator.IN: "one of {}",
}


BY_CODE = "judged by code, not proved"
"""What is said of a clause that code judges, wherever it stands."""

SMALL = ("none", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
"""Whole numbers written out where they say how many."""


def said_value(value: object) -> str:
    """Write a value for people: a day as 14 June 2013, a table line by line, anything else as everywhere."""
    if value == () or (isinstance(value, Table) and not value.entries):
        return "none entered"
    if isinstance(value, Table):
        return "; ".join(f"{', '.join(map(said_value, line.keys))}: {said_value(line.value)}" for line in value.entries)
    return said_day(value) if isinstance(value, date) else value_words(value)  # type: ignore[arg-type]


def said_day(day: date) -> str:
    """Write a day for people: 14 June 2013."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip


@dataclass(frozen=True)
class Wording:
    """The words of one policy, with the values of its parameters on a day."""

    subject: Subject
    values: Mapping[str, Value]

    def sentence(self, says: str, suffix: str = "") -> str:
        """Fill the values into a sentence; a value read for a member of a list goes before the general one."""
        pieces = list(Formatter().parse(says))
        names = [name for _, name, _, _ in pieces if name is not None]
        text = "".join(text + (self._filled(name, suffix) if name is not None else "") for text, name, _, _ in pieces)
        if any(self._value(name, suffix) is ABSENT for name in names):
            return text.rstrip(".") + " (not in force)."
        return text

    def clause(self, node: Sentence, suffix: str = "") -> str:
        """Say a sentence of the rule; of one that code judges, that it does."""
        text = self.sentence(node.says, suffix)
        is_judged = isinstance(node, Clause) and isinstance(node.test, Judged)
        return f"{text.rstrip('.')} ({BY_CODE})." if is_judged else text

    def _filled(self, name: str, suffix: str) -> str:
        value = self._value(name, suffix)
        return "…" if isinstance(value, Missing) else said_value(value)

    def _value(self, name: str, suffix: str = "") -> Value:
        return self.values.get(name + suffix, self.values.get(name, UNKNOWN))

    def number(self, name: str) -> str:
        """Write the value of a parameter."""
        value = self._value(name)
        if value is ABSENT:
            return "not in force"
        return "no value" if value is UNKNOWN else said_value(value)

    def fact(self, name: str) -> str:
        """Say what a fact is; a name with a member, `area_level[writing]`, keeps the member."""
        plain, bracket, member = name.partition("[")
        definition = self.subject.facts.get(plain)
        says = definition.says if definition else plain
        return f"{says} ({member.rstrip(']')})" if bracket else says

    def has_history(self, says: str) -> tuple[str, ...]:
        """Name the parameters of a sentence that have had, or will have, more than one value."""
        names = dict.fromkeys(name for _, name, _, _ in Formatter().parse(says) if name is not None)
        found = ((name, self.subject.parameters.get(name)) for name in names)
        return tuple(
            name for name, definition in found if definition and len({one.value for one in definition.values}) > 1
        )

    def term(self, term: object) -> str:
        """Say what a term is."""
        if isinstance(term, FactTerm):
            return self.fact(term.name)
        if isinstance(term, ParamTerm):
            keys = ", ".join(self.term(key) for key in term.keys)
            return f"the value for {keys} in {self._parameter(term.name)}" if keys else self.number(term.name)
        if isinstance(term, SumTerm):
            return " plus ".join(self.term(part) for part in term.parts)
        if isinstance(term, RouteTaken):
            return "the name of the route taken"
        if isinstance(term, Times):
            return f"{term.factor} times {self.term(term.term)}"
        if isinstance(term, CountOf):
            return f"the number of {self.fact(term.list.name)} for which {self.test(term.where)}"
        return said_value(term)

    def test(self, node: Node) -> str:
        """Say what a test asks."""
        if isinstance(node, Comparison):
            return self._compared(node)
        if isinstance(node, Exists):
            return f"{self.term(node.term)} is on record"
        if isinstance(node, FactTerm):
            return self.fact(node.name)
        if isinstance(node, ParamTerm):
            return self._parameter(node.name)
        if isinstance(node, Judged):
            return f"the code of {node.function!r} says so"
        return self._combined(node)

    def _compared(self, node: Comparison) -> str:
        pattern = (_DAYS if self._is_day(node.left) else _NUMBERS)[node.operator]
        bound = pattern.format(self.term(node.right))
        if isinstance(node.left, CountOf) and node.operator is not Operator.IN:
            return f"{bound} of the {self.fact(node.left.list.name)}, such that {self.test(node.left.where)}"
        said = self.term(node.left)
        return f"{bound} {said}" if self._is_count(node.left) else f"{said} is {bound}"

    def _is_count(self, term: object) -> bool:
        """Say whether a fact is called after its unit, as in `sittings of examinations so far`."""
        definition = self.subject.facts.get(term.name) if isinstance(term, FactTerm) else None
        return bool(definition and definition.unit and definition.says.startswith(f"{definition.unit} "))

    def _combined(self, node: Node) -> str:
        if isinstance(node, Not):
            return f"not ({self.test(node.rule)})"
        if isinstance(node, AllOf | AnyOf):
            word = ", and " if isinstance(node, AllOf) else ", or "
            return word.join(self._inside(node, part) for part in node.parts)
        return "always"

    def _inside(self, node: Node, part: Node) -> str:
        said = self.test(part)
        mixed = isinstance(part, AllOf | AnyOf) and type(part) is not type(node) and len(part.parts) > 1
        return f"({said})" if mixed else said

    def group(self, node: Node) -> str:
        """Say how a combining node combines what stands below it."""
        if isinstance(node, AllOf):
            return "All of these:"
        if isinstance(node, AnyOf):
            return "Any one of these:"
        if isinstance(node, AtLeastOf):
            return f"At least {self.count(node.count)} of these:"
        if isinstance(node, Each):
            return f"For each of the {self.fact(node.list.name)}:"
        if isinstance(node, Some):
            return f"For at least {self.count(node.at_least)} of the {self.fact(node.list.name)}:"
        return self._other_group(node)

    def _other_group(self, node: Node) -> str:
        if isinstance(node, Route):
            return f"{node.says}:"
        if isinstance(node, FinalWhen):
            return f"Once {self.test(node.when)}, a failure is final:"
        if isinstance(node, ByCase):
            return f"Depending on {self.term(node.term)}:"
        return "As a rule, with exceptions:" if isinstance(node, ByDefault) else "None of this:"

    def count(self, number: Number) -> str:
        """Write how many are asked for."""
        if not isinstance(number, ParamTerm):
            return SMALL[number] if number < len(SMALL) else str(number)
        value = self._value(number.name)
        return self.count(value) if isinstance(value, int) else self.number(number.name)

    def _parameter(self, name: str) -> str:
        definition = self.subject.parameters.get(name)
        return definition.says if definition else name

    def _is_day(self, term: object) -> bool:
        definition = self.subject.facts.get(term.name) if isinstance(term, FactTerm) else None
        return definition is not None and definition.type is FactType.DATE


def same_group(outer: Node, inner: Node) -> bool:
    """Say whether a group inside a group may be read as one: all_of in all_of, any_of in any_of."""
    return isinstance(outer, AllOf | AnyOf) and type(outer) is type(inner)


def wording_on(policy: Policy, on: date, overrides: Mapping[str, Value] | None = None) -> Wording:
    """Return a policy's words with the values that hold for something dated on a day."""
    values = {each.name: in_force(each, on, overrides or {}) for each in policy.parameters}
    return Wording(Subject(policy), values)

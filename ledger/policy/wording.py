"""Sentences: a clause with its values filled in, a test and a combining node in words."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from string import Formatter

from ledger.policy.checks.places import Subject
from ledger.policy.facts import FactType
from ledger.policy.model import Policy
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
    Some,
)
from ledger.policy.sheet import ABSENT, UNKNOWN, Missing, Value, value_words
from ledger.policy.terms import (
    Comparison,
    CountOf,
    Exists,
    FactTerm,
    Node,
    Operator,
    ParamTerm,
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

    def _filled(self, name: str, suffix: str) -> str:
        value = self._value(name, suffix)
        return "…" if isinstance(value, Missing) else value_words(value)

    def _value(self, name: str, suffix: str = "") -> Value:
        return self.values.get(name + suffix, self.values.get(name, UNKNOWN))

    def number(self, name: str) -> str:
        """Write the value of a parameter."""
        value = self._value(name)
        if value is ABSENT:
            return "not in force"
        return "no value" if value is UNKNOWN else value_words(value)

    def fact(self, name: str) -> str:
        """Say what a fact is; a name with a member, `area_level[writing]`, keeps the member."""
        plain, bracket, member = name.partition("[")
        definition = self.subject.facts.get(plain)
        says = definition.says if definition else plain
        return f"{says} ({member.rstrip(']')})" if bracket else says

    def term(self, term: object) -> str:
        """Say what a term is."""
        if isinstance(term, FactTerm):
            return self.fact(term.name)
        if isinstance(term, ParamTerm):
            keys = ", ".join(self.term(key) for key in term.keys)
            return f"the value for {keys} in {self._parameter(term.name)}" if keys else self.number(term.name)
        if isinstance(term, SumTerm):
            return " plus ".join(self.term(part) for part in term.parts)
        if isinstance(term, Times):
            return f"{term.factor} times {self.term(term.term)}"
        if isinstance(term, CountOf):
            return f"the number of {self.fact(term.list.name)} with: {self.test(term.where)}"
        return value_words(term)  # type: ignore[arg-type]

    def test(self, node: Node) -> str:
        """Say what a test asks."""
        if isinstance(node, Comparison):
            pattern = (_DAYS if self._is_day(node.left) else _NUMBERS)[node.operator]
            return f"{self.term(node.left)}: {pattern.format(self.term(node.right))}"
        if isinstance(node, Exists):
            return f"{self.term(node.term)}: on record"
        if isinstance(node, FactTerm):
            return self.fact(node.name)
        if isinstance(node, ParamTerm):
            return self._parameter(node.name)
        return self._combined(node)

    def _combined(self, node: Node) -> str:
        if isinstance(node, Not):
            return f"not ({self.test(node.rule)})"
        if isinstance(node, AllOf | AnyOf):
            word = "; and " if isinstance(node, AllOf) else "; or "
            return word.join(self.test(part) for part in node.parts)
        return "always"

    def group(self, node: Node) -> str:
        """Say how a combining node combines what stands below it."""
        if isinstance(node, AllOf):
            return "All of these:"
        if isinstance(node, AnyOf):
            return "Any one of these:"
        if isinstance(node, AtLeastOf):
            return f"At least {self.count(node.count)} of these:"
        if isinstance(node, Each):
            return f"For each of these: {self.fact(node.list.name)}:"
        if isinstance(node, Some):
            return f"For at least {self.count(node.at_least)} of these: {self.fact(node.list.name)}:"
        return self._other_group(node)

    def _other_group(self, node: Node) -> str:
        if isinstance(node, FinalWhen):
            return f"Final once {self.test(node.when)}:"
        if isinstance(node, ByCase):
            return f"Depending on {self.term(node.term)}:"
        return "As a rule, with exceptions:" if isinstance(node, ByDefault) else "None of this:"

    def count(self, number: Number) -> str:
        """Write how many are asked for."""
        return self.number(number.name) if isinstance(number, ParamTerm) else str(number)

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

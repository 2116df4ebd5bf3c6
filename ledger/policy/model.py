"""A policy: one question, one jurisdiction, one rule, with its facts, its numbers and its sources."""

from dataclasses import KW_ONLY, dataclass
from datetime import date
from enum import StrEnum
from typing import Literal, cast

from ledger.policy.citation import Citation, Confidence
from ledger.policy.facts import FactDefinition
from ledger.policy.nodes import Clause, Judged
from ledger.policy.parameters import DECISION, ParameterDefinition
from ledger.policy.rules import Rule, always, as_rule
from ledger.policy.terms import Node, Operand, Term, walk

__all__ = [
    "STAGES",
    "Citation",
    "Confidence",
    "Effect",
    "Grant",
    "Jurisdiction",
    "Outcome",
    "Policy",
    "Question",
    "Standing",
    "SubjectKind",
    "Words",
    "grant",
]

STAGES = ("applies", "eligible", "requires")
"""The stages of a policy that hold a rule, in the order in which they are asked."""

SubjectKind = Literal["competency", "course", "requirement", "learner"]


class Outcome(StrEnum):
    """What a decision can come to."""

    MET = "met"
    NOT_YET = "not_yet"
    DENIED = "denied"
    NEEDS_PANEL = "needs_panel"
    INELIGIBLE = "ineligible"
    NOT_APPLICABLE = "not_applicable"
    UNDETERMINED = "undetermined"


class Standing(StrEnum):
    """Whether a met decision follows the evidence or stands once it is given."""

    CURRENT = "current"
    AWARD = "award"
    BY_QUESTION = ""
    """Not given: a policy puts its question's default in place of it."""


class Effect(StrEnum):
    """When a decision is in force: at once, once a named role confirms it, or once a registrar posts it."""

    IMMEDIATE = "immediate"
    PROPOSED = "proposed"
    POSTED = "posted"
    BY_QUESTION = ""
    """Not given: a policy puts its question's default in place of it."""


class Question(StrEnum):
    """What a policy answers; a fact may read standing decisions of lower strata only."""

    READINESS = "READINESS"
    MASTERY = "MASTERY"
    SUPPORT = "SUPPORT"
    CREDIT = "CREDIT"
    ADVANCEMENT = "ADVANCEMENT"
    CERTIFICATION = "CERTIFICATION"
    GRADUATION = "GRADUATION"

    @property
    def stratum(self) -> int:
        """Place the question in the order in which questions build on one another, from 0."""
        return _STRATA[self]

    @property
    def standing(self) -> Standing:
        """Say what a met decision does by default."""
        return Standing.CURRENT if self.stratum == 0 else Standing.AWARD

    @property
    def effect(self) -> Effect:
        """Say when a decision is in force by default."""
        return Effect.IMMEDIATE


_STRATA = {
    Question.READINESS: 0,
    Question.MASTERY: 0,
    Question.SUPPORT: 0,
    Question.CREDIT: 1,
    Question.ADVANCEMENT: 2,
    Question.CERTIFICATION: 2,
    Question.GRADUATION: 3,
}


@dataclass(frozen=True, slots=True)
class Jurisdiction:
    """A state, a district or a school; `zone` is the IANA time zone of its legal dates."""

    id: str
    name: str
    kind: Literal["state", "district", "school"]
    parent: str = ""
    zone: str = "UTC"


@dataclass(frozen=True, slots=True)
class Words:
    """The jurisdiction's own words for outcomes and for what it is about."""

    met: str = "met"
    not_yet: str = "not yet"
    denied: str = "denied"
    needs_panel: str = "needs a panel"
    ineligible: str = "ineligible"
    not_applicable: str = "not applicable"
    undetermined: str = "undetermined"
    learner: str = "learner"
    target: str = "target"
    level: str = "level"

    def of(self, outcome: Outcome) -> str:
        """Return the word for an outcome."""
        return cast("str", getattr(self, outcome.value))


@dataclass(frozen=True, slots=True)
class Grant(Node):
    """An amount or a label a decision gives: credit, credit type, notation, GPA effect, pathway."""

    key: str
    value: Operand
    when: Rule = always
    at: Outcome = Outcome.MET


def grant(key: str, value: Operand, when: Rule = always, at: str = "met") -> Grant:
    """Say what a decision with outcome `at` gives, where the rule `when` is met."""
    if isinstance(value, float):
        raise TypeError(f"{value!r} is a float: give a whole number in the fact's smallest unit.")
    return Grant(key, value, as_rule(when, f"grant {key!r}"), Outcome(at))


@dataclass(frozen=True, slots=True)
class Policy:
    """One edition of one policy.

    `clock` is `decision` or the name of a date fact, and each parameter may have its own. `until`
    is the last day in force. `level` is the level a met decision carries. `standing` and `effect`
    follow the question where they are not given.
    """

    id: str
    effective: date
    question: Question
    title: str
    cites: Citation
    requires: Rule
    _: KW_ONLY
    jurisdiction: str
    subject: SubjectKind
    applies: Rule = always
    eligible: Rule = always
    sheet: tuple[FactDefinition, ...] = ()
    parameters: tuple[ParameterDefinition, ...] = ()
    award: str = "standard"
    clock: str = DECISION
    grants: tuple[Grant, ...] = ()
    level: Term | None = None
    words: Words = Words()
    until: date | None = None
    standing: Standing = Standing.BY_QUESTION
    effect: Effect = Effect.BY_QUESTION

    def __post_init__(self) -> None:
        for stage in ("requires", "applies", "eligible"):
            as_rule(getattr(self, stage), f"{self.id}, {stage}")
        if self.standing is Standing.BY_QUESTION:
            object.__setattr__(self, "standing", self.question.standing)
        if self.effect is Effect.BY_QUESTION:
            object.__setattr__(self, "effect", self.question.effect)

    @property
    def edition(self) -> str:
        """Name this edition: `us-tx/credit-by-examination@2013-06-14`."""
        return f"{self.id}@{self.effective.isoformat()}"

    @property
    def rules(self) -> tuple[Rule, ...]:
        """Return the rule of each stage, in the order in which they are asked."""
        return self.applies, self.eligible, self.requires

    @property
    def judged(self) -> tuple[str, ...]:
        """Name the clauses that are judged by code, of which nothing can be proved."""
        nodes = [node for rule in self.rules for node in walk(rule)]
        return tuple(node.id for node in nodes if isinstance(node, Clause) and isinstance(node.test, Judged))

    @property
    def unverified(self) -> bool:
        """Say whether anything in it was never seen in a source: the policy, a clause, or a value."""
        cited = [getattr(node, "cites", None) for rule in self.rules for node in walk(rule)]
        sources = [source.confidence for source in (self.cites, *cited) if source is not None]
        values = [value.confidence for each in self.parameters for value in each.values]
        return Confidence.MEMORY in (*sources, *values)

"""Small populations, and two rules to ask of them."""

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from ledger.policy import (
    FactDefinition,
    FactType,
    ParameterType,
    Reads,
    all_of,
    clause,
    enough_of,
    fact,
    param,
    table,
    take,
)
from ledger.policy.memory import Memory
from ledger.policy.model import Outcome, Policy
from ledger.policy.sheet import Sheet
from ledger.simulation import Case, Grouping, Held, Offer, Side
from tests.policy.examples import definition, parameter, policy

DAY = date(2026, 5, 30)
SCORED = policy(
    clause("score", "{cut} or more.", fact.score >= param.cut), definition("score"), parameters=(parameter("cut", 3),)
)
BASELINE = Side(SCORED, DAY)
CANDIDATE = Side(SCORED, DAY, {"cut": 2})
"""The candidate asks for less: a score of 2 gains."""

KINDS = FactDefinition("kinds", "kinds", "distinct.1", FactType.INTEGER, Reads.EVIDENCE, arguments=(("field", "kind"),))
TWO_KINDS = policy(
    all_of(
        clause("kinds", "{kinds} kinds of task.", fact.kinds >= param.kinds),
        clause("score", "3 or more.", fact.score >= 3),
    ),
    replace(KINDS, when_none=0),
    definition("score"),
    parameters=(parameter("kinds", 2),),
)
STUDIO = policy(
    enough_of(
        "items",
        "Two items, one of the studio.",
        fact.items,
        fact.kind,
        param.lists,
        2,
        take("studio", at_least=1),
    ),
    definition("items", FactType.LIST, (), members=(definition("kind", FactType.TEXT),)),
    parameters=(parameter("lists", table({"artefact": "studio", "visit": "field"}), kind=ParameterType.TABLE),),
)


def held(scores: dict[str, int], ledger: str = "us-ex/one") -> Held:
    """Hold learners with a score each in one partition."""
    return Held(tuple(case(learner, {"score": score}) for learner, score in scores.items()), ledger)


def case(learner: str, sheet: Sheet, place: str = "here", offers: tuple[Offer, ...] = ()) -> Case:
    """Write a case both sides read alike."""
    return Case(learner, "course/algebra", sheet, sheet, place, offers)


def kinds_case(learner: str, *kinds: str, place: str = "here", score: int = 3) -> Case:
    """Write a case of a learner with work of some kinds."""
    offers = tuple(Offer(side, "kinds", kinds) for side in ("baseline", "candidate"))
    return case(learner, {"kinds": len(kinds), "score": score}, place, offers)


def draw(about: bytes) -> bytes:
    """Draw as the vault does, under a key that everybody knows."""
    return hashlib.sha256(b"key" + about).digest()


def grouping(groups: Mapping[str, tuple[str, ...]], *wanted: str) -> Grouping:
    """Return groups as the vault's side gives them."""
    return Grouping(groups, draw, wanted)


class Tampered(Memory):
    """A memory in which somebody changed every answer into met."""

    def sheet_key(self, sheet: Sheet) -> object:
        """Return a key under which a wrong answer is kept."""
        key = super().sheet_key(sheet)
        self.sheets.kept[key] = Outcome.MET
        return key


def tampered(side: Side) -> Memory:
    """Return a tampered memory."""
    return Tampered(side.policy, side.on, side.overrides, side.known_on)


def one_by_one(cases: tuple[Case, ...], *sides: Side) -> Iterator[tuple[Outcome, ...]]:
    """Decide cases under sides, each alone."""
    for one in cases:
        sheets: Any = (one.baseline, one.candidate)
        yield tuple(side.decide(sheet).outcome for side, sheet in zip(sides, sheets, strict=True))


def rule(**more: Any) -> Policy:
    """Write the rule of scores with something else about it."""
    return replace(SCORED, **more)

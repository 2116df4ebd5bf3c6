"""A decision as it was made beside the one the same rule and events give now."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from ledger.audit.verdicts import Verdict
from ledger.domain.learner import Decided

Compared = tuple[Verdict, tuple[str, ...], str]
"""The verdict, what differs, and a sentence."""


def compare(made: Decided, again: Decided) -> Compared:
    """Compare a decision with what the same rule and events give now."""
    if made.digests.parameters != again.digests.parameters:
        return (
            Verdict.PARAMETERS_MISSING,
            (),
            "the archived values and the adoption's own no longer give those the decision was made with",
        )
    facts = [
        f"fact {ours.name}: was {theirs.value}, is {ours.value}"
        for theirs, ours in zip(made.facts, again.facts, strict=False)
        if theirs != ours
    ]
    nodes = [f"clause {one}" for one in again.nodes if one not in made.nodes]
    differs = (*facts, *nodes)
    if (made.outcome, made.level, made.grants) != (again.outcome, again.level, again.grants):
        return Verdict.OUTCOME_DIVERGED, differs, f"was {made.outcome}, is {again.outcome}"
    if made != again:
        named = [name for name in made.__struct_fields__ if getattr(made, name) != getattr(again, name)]
        return Verdict.EXPLANATION_DIVERGED, differs, f"the outcome is the same; what differs: {', '.join(named)}"
    return Verdict.IDENTICAL, (), ""


@dataclass(frozen=True, slots=True)
class Parting:
    """One thing on which two makings of a decision part: a clause, a fact, or another field; both sides as text.

    A side is empty where it has no such thing.
    """

    kind: Literal["clause", "fact", "field"]
    name: str
    was: str
    now: str


FIELDS = ("outcome", "stage", "level", "grants", "decisive", "needs", "conflict")
"""What a decision says beside its clauses and facts."""


def partings(made: Decided, again: Decided) -> tuple[Parting, ...]:
    """Name everything on which a decision as made and the same made again part, clauses first."""
    clauses = _parted("clause", dict(map(_valued, made.nodes)), dict(map(_valued, again.nodes)))
    facts = _parted("fact", {one.name: one.value for one in made.facts}, {one.name: one.value for one in again.facts})
    return (*clauses, *facts, *_parted("field", _said(made), _said(again)))


def _valued(node: str) -> tuple[str, str]:
    name, _, value = node.rpartition("=")
    return name, value


def _said(one: Decided) -> dict[str, str]:
    return {name: _text(getattr(one, name)) for name in FIELDS}


def _text(value: object) -> str:
    if isinstance(value, tuple):
        return ", ".join(f"{one.key} {one.value}" if hasattr(one, "key") else str(one) for one in value)
    return "" if value is None else str(value)


def _parted(kind: Literal["clause", "fact", "field"], was: dict[str, str], now: dict[str, str]) -> Iterator[Parting]:
    for name in dict.fromkeys((*was, *now)):
        if was.get(name) != now.get(name):
            yield Parting(kind, name, was.get(name, ""), now.get(name, ""))

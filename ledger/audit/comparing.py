"""A decision as it was made beside the one the same rule and events give now."""

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

"""The stages of a policy, whose nodes a finding shows; what stands in grants alone it does not."""

from collections.abc import Iterator

from ledger.policy.checks.places import Place, places
from ledger.policy.model import STAGES, Policy
from ledger.policy.nodes import Sentence
from ledger.policy.terms import Node


def nodes_of(policy: Policy) -> Iterator[tuple[Node, Place]]:
    """Yield every node of every stage with its place, outermost first."""
    for stage in STAGES:
        yield from places(getattr(policy, stage), Place(stage))


def clauses_of(policy: Policy) -> tuple[str, ...]:
    """Name every clause, count by category and panel, in the order of the rule."""
    return tuple(dict.fromkeys(node.id for node, _ in nodes_of(policy) if isinstance(node, Sentence)))

"""The method that gathers several subjects of one learner, one sub-sheet each.

What a member carries are whole facts, folded about the member's own subject, and its id. So a
diploma asks the same things of each examination, and no evidence has to be recorded twice.
"""

from dataclasses import dataclass

from ledger.facts.methods.base import ArgumentWanted
from ledger.policy.facts import FactType, Reads

IDENTITY = "item.id"
"""The member that carries the id of the subject: its key without the kind."""


@dataclass(frozen=True, slots=True)
class GatheringMethod:
    """One version of a list of subjects: never changed once released, never removed."""

    name: str
    formula: str
    title: str = "named subjects"
    source: str = ""
    types: frozenset[FactType] = frozenset({FactType.LIST})
    reads: frozenset[Reads] = frozenset(Reads)
    arguments: tuple[ArgumentWanted, ...] = ()


SUBJECTS = GatheringMethod(
    "subjects.1",
    "One sub-sheet for each subject key of `of`, in that order; its members are whole facts about that subject, "
    "and `item.id`; of no keys, an empty list.",
    arguments=(ArgumentWanted("of", "the keys of the subjects, such as requirement/us-xx/reading", (tuple,)),),
)

"""What a decision comes to and why: the only result of the evaluator."""

from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from ledger.policy.model import Outcome
from ledger.policy.order import pair_text
from ledger.policy.result import Result, missing, sentences
from ledger.policy.sheet import ABSENT, Between, Value, value_data
from ledger.values import Json, canonical, digest


class Stage(StrEnum):
    """The stages of a policy, in their order; the first that is not plainly met decides."""

    IN_FORCE = "in-force"
    APPLIES = "applies"
    ELIGIBLE = "eligible"
    REQUIRES = "requires"


class Staged(NamedTuple):
    """The tree of results of one stage."""

    stage: Stage
    result: Result


@dataclass(frozen=True, slots=True)
class Finding:
    """The outcome of one question about one learner, and everything needed to explain it.

    `stage` is the stage that decided. `tree` holds the results of the stages that were asked, in
    order. `decisive` names the clauses the outcome rests on; for undetermined, like `needs`, the
    facts that would settle it. `next` holds the words for the learner's next steps. `grants` are
    what the decision gives. `parameters` are those read, with the value in force. `conflict` says
    that several exceptions to one default hold at once.
    """

    outcome: Outcome
    stage: Stage
    tree: tuple[Staged, ...] = ()
    decisive: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    next: tuple[str, ...] = ()
    level: Value | Between = ABSENT
    grants: tuple[tuple[str, Value | Between], ...] = ()
    conflict: bool = False
    parameters: tuple[tuple[str, Value], ...] = ()

    def sentences(self) -> tuple[Result, ...]:
        """Return the result of every clause, in the order of the rule."""
        return tuple(clause for staged in self.tree for clause in sentences(staged.result))

    def nodes(self) -> tuple[str, ...]:
        """Return each clause with its value, `score=met`, or the ends it could still have, `score=not_yet..met`."""
        return tuple(f"{clause.key}={pair_text(clause.pair)}" for clause in self.sentences())

    def missing(self) -> tuple[str, ...]:
        """Name the clauses that are not met and would help: nothing where nothing can be repaired."""
        return tuple(clause.key for clause in unmet(self.stage, self.tree))

    def to_data(self) -> dict[str, Json]:
        """Return the finding as JSON data, the same for equal findings."""
        return {
            "outcome": self.outcome.value,
            "stage": self.stage.value,
            "level": value_data(self.level),
            "grants": [[key, value_data(value)] for key, value in self.grants],
            "decisive": list(self.decisive),
            "needs": list(self.needs),
            "next": list(self.next),
            "conflict": self.conflict,
            "nodes": list(self.nodes()),
            "parameters": [[name, value_data(value)] for name, value in self.parameters],
        }

    @property
    def digest(self) -> str:
        """Return the SHA-256 of the finding's canonical bytes."""
        return digest(canonical(self.to_data()))


def unmet(stage: Stage, tree: tuple[Staged, ...]) -> tuple[Result, ...]:
    """Return the clauses of the deciding stage that are not met and would help."""
    if stage is not Stage.REQUIRES or not tree:
        return ()
    return tuple(missing(tree[-1].result))

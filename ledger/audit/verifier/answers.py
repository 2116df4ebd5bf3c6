"""What a check comes to: one of three answers for each of three questions, never one tick for all."""

from dataclasses import dataclass, field
from enum import Enum


class State(Enum):
    """How an answer stands."""

    HOLDS = "holds"
    BROKEN = "does not hold"
    NOT_SHOWN = "not shown"
    NOT_DONE = "not done"


@dataclass(slots=True)
class Answer:
    """The answer to one question, with every reason for it in a sentence.

    It holds until something is found against it, or something it needs is not there.
    """

    question: str
    reasons: list[str] = field(default_factory=list)
    broken: list[str] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)
    done: bool = True

    @property
    def state(self) -> State:
        """Return how the answer stands: what is broken outweighs what is not shown."""
        if not self.done:
            return State.NOT_DONE
        if self.broken:
            return State.BROKEN
        return State.NOT_SHOWN if self.missing else State.HOLDS

    def lines(self) -> list[str]:
        """Return the answer for people: in a word, then what speaks against it, what is missing, and the rest."""
        return [f"{self.question}: {self.state.value}", *(f"  {one}" for one in self.sentences())]

    def sentences(self) -> list[str]:
        """Return every reason, the weightiest first."""
        return [*self.broken, *self.missing, *self.reasons]

"""What a person rules where a decision stands that the rule in force would now make otherwise: `learner/<uuid>`."""

from typing import Literal

from ledger.domain.learner import Outcome, Question
from ledger.domain.shapes import Artefact, Payload, Subject, VaultText

Ruling = Literal["stands", "decided-anew"]


class DifferenceSettled(Payload, frozen=True, kw_only=True):
    """A person settled what is to become of a decision that would now be another.

    `standing` is the stream version of the decision that stands, `adoption` the position of the
    adoption that would say otherwise, and `offered` the outcome it would give; `on` is the legal date
    in the ledger's zone. Where it is decided anew, the decision follows in the same append. The ruling
    holds until either of the two is another.
    """

    question: Question
    subject: Subject
    award: str
    on: str
    standing: int
    adoption: int
    offered: Outcome
    ruling: Ruling
    reason: VaultText
    document: Artefact | None = None

"""What a subject's facts need from outside the learner's record, looked up by the caller."""

from dataclasses import dataclass

from ledger.facts.bands import Bands


@dataclass(frozen=True, slots=True)
class Surroundings:
    """The framework and the scale as they stood when the question was asked.

    `prerequisites` are the competencies that precede the subject in the framework edition held;
    `designated` the priority competencies of the course on the day of decision, null where nobody
    designated any; `bands` those the governing adoption names, null for none.
    """

    prerequisites: tuple[str, ...] = ()
    designated: tuple[str, ...] | None = None
    bands: Bands | None = None


NOWHERE = Surroundings()
"""No framework, no designation, no bands."""

"""What a subject's facts need from outside the learner's record, looked up by the caller."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from ledger.facts.bands import NO_SCALE, Levels


@dataclass(frozen=True, slots=True)
class Surroundings:
    """The framework and the scale as they stood when the question was asked.

    `prerequisites` are the competencies that precede the subject in the framework edition held;
    `designated` the priority competencies of the course on the day of decision, null where nobody
    designated any; `levels` how the governing adoption reads levels; `kinds` of which kind each
    designated competency is, academic where it does not say.
    """

    prerequisites: tuple[str, ...] = ()
    designated: tuple[str, ...] | None = None
    levels: Levels = NO_SCALE
    kinds: Mapping[str, str] = field(default_factory=dict)


NOWHERE = Surroundings()
"""No framework, no designation, no scale."""

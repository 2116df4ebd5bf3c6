"""What is shown of frameworks side by side: plain values, laid out by the command line and the web."""

from dataclasses import dataclass
from typing import Literal

from ledger.projections.coverage import Seen

CoverageState = Literal["not aligned", "never evidenced", "in part", "covered"]

STATES: tuple[CoverageState, ...] = ("not aligned", "never evidenced", "in part", "covered")
"""How a standard may stand, the gaps first."""


@dataclass(frozen=True, slots=True)
class FrameworkView:
    """A framework held; `edition` is the digest of the edition held, `origin` whence it came, empty for here.

    `standards` are the competencies that have none below them; `aligned_to` and `aligned_from` count
    the alignments that hold today and end or begin in it.
    """

    framework: str
    title: str
    edition: str
    origin: str
    competencies: int
    standards: int
    aligned_to: int
    aligned_from: int


@dataclass(frozen=True, slots=True)
class AlignedView:
    """A local competency that is aligned to a standard, and what is seen of it.

    `relation` is the association type of CASE and `words` the same in plain words; `whole` says that
    what is shown of it is shown of the whole standard. `position` is where this ledger knows it.
    """

    competency: str
    code: str
    label: str
    framework: str
    relation: str
    words: str
    whole: bool
    first_day: str
    last_day: str | None
    jurisdiction: str
    position: int
    seen: Seen


@dataclass(frozen=True, slots=True)
class StandardView:
    """A standard, what is aligned to it, and what is seen.

    `parents` are the labels above it, the topmost first. `own` is seen of the standard itself, `whole` of
    it and of what says the same, `part` of what is aligned to it in part only.
    """

    competency: str
    code: str
    label: str
    statement: str
    parents: tuple[str, ...]
    state: CoverageState
    aligned: tuple[AlignedView, ...]
    own: Seen
    whole: Seen
    part: Seen


@dataclass(frozen=True, slots=True)
class LooseView:
    """A local competency that is aligned to nothing."""

    competency: str
    code: str
    label: str
    statement: str
    framework: str
    seen: Seen


@dataclass(frozen=True, slots=True)
class StateCount:
    """How many standards stand so."""

    state: CoverageState
    standards: int


@dataclass(frozen=True, slots=True)
class CoverageView:
    """A framework beside the local ones, on a day and as known at a position; `standards` has the gaps first.

    `locals` are the titles of the local frameworks; where there is none, a standard stands by the evidence
    about itself alone. `loose` are the local competencies aligned to nothing.
    """

    framework: str
    title: str
    edition: str
    on: str
    position: int
    locals: tuple[str, ...]
    counts: tuple[StateCount, ...]
    standards: tuple[StandardView, ...]
    loose: tuple[LooseView, ...]


@dataclass(frozen=True, slots=True)
class CoverageRow:
    """A standard, or a local competency aligned to nothing, in a line; counts are of whole and of part."""

    framework: str
    group: str
    competency: str
    code: str
    label: str
    state: str
    aligned: str
    aligned_in_part: str
    learners: int
    evidence: int
    mastered: int
    last_day: str | None
    learners_in_part: int
    evidence_in_part: int
    last_day_in_part: str | None


@dataclass(frozen=True, slots=True)
class AlignmentView:
    """An alignment as it stands: the local competency, the relation in CASE's words and in ours, the other one.

    `last_day` is that of its end where it was ended; `origin` names the ledger it came from, empty for here.
    """

    position: int
    jurisdiction: str
    local_framework: str
    local: str
    local_label: str
    relation: str
    words: str
    framework: str
    standard: str
    standard_label: str
    first_day: str
    last_day: str | None
    body: str
    origin: str


@dataclass(frozen=True, slots=True)
class DesignationView:
    """A priority standard of a course: by which body, from when, and who wrote it down.

    `state` is "in force", "to come", "over", "replaced" by a later word, "taken back", or "takes back" for the
    word that does so. `entered_by` is a name, or the ledger above from which it was received; `entered` is the
    instant at which it came into this ledger.
    """

    course: str
    competency: str
    code: str
    label: str
    statement: str
    framework: str
    kind: str
    state: str
    first_day: str
    last_day: str | None
    body: str
    date: str
    minute: str
    link: str
    jurisdiction: str
    entered_by: str
    entered: str
    position: int

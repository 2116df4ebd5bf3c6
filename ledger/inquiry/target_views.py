"""What a learner and a guardian see of targets: codes, numbers and days, which a page puts into their own language.

Sentences in here are those of the rules, in the language the rules are written in.
"""

from dataclasses import dataclass
from typing import Literal

from ledger.facts.counting import Why
from ledger.inquiry.lacking import Missing
from ledger.inquiry.recording_near import Enough
from ledger.inquiry.views import SubjectView
from ledger.policy.explaining import Line

State = Literal["met", "begun", "new", "waiting", "stopped"]
"""Where a learner is: there, on the way, not begun, waiting for people or facts, or turned down."""


@dataclass(frozen=True, slots=True)
class AnswerView:
    """One question of a rule about a target, and its answer.

    `outcome`, `word`, `decided` (the learner's version) and `on` are those of the decision that stands; where
    none does, `decided` is null and the outcome is what the rule says now. `now` is always what it says now,
    empty where no rule in force asks any more. `needs` says what nobody has put on record yet;
    `reasons` are the sentences of the rule, each with its mark and its source.
    """

    question: str
    award: str
    outcome: str
    word: str
    decided: int | None
    on: str
    title: str
    edition: str
    now: str
    answer: str
    missing: tuple[Missing, ...]
    needs: tuple[str, ...]
    next: tuple[str, ...]
    gives: tuple[tuple[str, str], ...]
    reasons: tuple[Line, ...]

    @property
    def differs(self) -> bool:
        """Say whether the rule would now say something else than what stands."""
        return self.now not in ("", self.outcome)


@dataclass(frozen=True, slots=True)
class TargetRow:
    """A target in a line.

    `main` is its most telling answer. `level` and `label` are those of the latest work the rule looks at,
    empty for none. `pieces` counts evidence with a result, the last of it on `last_day`. `courses` are those
    for which a competency is a priority standard.
    """

    subject: SubjectView
    state: State
    main: AnswerView
    level: str
    label: str
    pieces: int
    last_day: str
    courses: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TargetsView:
    """The targets of a learner on a day, courses before competencies; `position` is that of the log."""

    learner: str
    name: str
    on: str
    position: int
    targets: tuple[TargetRow, ...]


@dataclass(frozen=True, slots=True)
class EarnedView:
    """A result: a level with its label, a score and its maximum, passed or not; `absent` is why there is none."""

    level: str = ""
    label: str = ""
    value: str = ""
    maximum: str = ""
    passed: bool | None = None
    absent: str = ""


@dataclass(frozen=True, slots=True)
class PieceView:
    """One piece of evidence: what it was, when, what came of it, and whether the rule counts it.

    `why` says what keeps it out, or that it counts though it is below the level asked for; "withdrawn" is
    another reason of its own. `about` is the subject where that is not the target itself.
    """

    version: int
    kind: str
    task: str
    day: str
    earned: EarnedView
    counts: bool
    why: Why | Literal["", "withdrawn"]
    corrected: bool
    about: SubjectView | None


@dataclass(frozen=True, slots=True)
class StepView:
    """Another target that this one waits for, or is made of, and the outcome that stands, empty for none."""

    subject: SubjectView
    outcome: str


@dataclass(frozen=True, slots=True)
class RetryView:
    """A task that was tried: `first` are the preparations that must come before the next try counts, one of each.

    Without any the next try may come at once.
    """

    task: str
    last_day: str
    first: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class AskView:
    """Whom to ask, by role; `section` and `organisation` name the class where it is the teacher of one."""

    role: str
    section: str
    organisation: str


@dataclass(frozen=True, slots=True)
class TargetView:
    """Everything about one target.

    `pieces` stand newest first. `before` are competencies that come before this one, `parts` the priority
    standards of a course. `enough` are the single pieces that would do.
    """

    learner: str
    name: str
    on: str
    position: int
    row: TargetRow
    answers: tuple[AnswerView, ...]
    pieces: tuple[PieceView, ...]
    before: tuple[StepView, ...]
    parts: tuple[StepView, ...]
    retries: tuple[RetryView, ...]
    enough: tuple[Enough, ...]
    ask: AskView

"""Methods that read what stands in the record or beside it: statuses, approvals, decisions, the calendar.

They fold nothing: what they read is already the present state of the record at its version.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from ledger.facts.backing import Backing, backing_of
from ledger.facts.belonging import Belonging
from ledger.facts.methods.base import Arguments, ArgumentWanted, Raw, words
from ledger.facts.methods.lists import Row
from ledger.facts.methods.moved import MOVED_ON, later
from ledger.facts.said import ChoiceEntry, CohortEntry, PanelEntry
from ledger.facts.standing import ApprovalEntry, Award, StandingDecision, StatusEntry
from ledger.facts.surroundings import Surroundings
from ledger.policy.facts import FactType, Reads
from ledger.policy.sheet import UNKNOWN

QUESTIONS = ("READINESS", "MASTERY", "SUPPORT", "CREDIT", "ADVANCEMENT", "CERTIFICATION", "GRADUATION")


class Record(Protocol):
    """The tables of a learner's record."""

    @property
    def belonging(self) -> Belonging:
        """Return what is on record of schools, grades and courses."""

    def standing(self, question: str, subject: str, award: str) -> StandingDecision | None:
        """Return the standing decision of a key."""

    def status_on(self, code: str, subject: str, day: str) -> StatusEntry | None:
        """Return the status entry that governs a day."""

    def status_set(self, code: str, subject: str) -> StatusEntry | None:
        """Return the last setting of a status where it says that the status holds."""

    def approval_on(self, kind: str, subject: str, day: str) -> ApprovalEntry | None:
        """Return the last word of a kind dated not after a day."""

    def cohort_of(self, clock: str) -> CohortEntry | None:
        """Return the last setting of a cohort clock."""

    def panel_on(self, body: str, subject: str, day: str) -> PanelEntry | None:
        """Return the last vote of a panel dated not after a day."""

    def choice_on(self, choice: str, subject: str, day: str) -> ChoiceEntry | None:
        """Return the last choice of a code dated not after a day."""

    def awards_of(self, question: str, award: str) -> Iterator[Award]:
        """Yield the standing decisions of a question and award that are met and in force, by subject key."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What a table method answers from: record, subject key, day, surroundings; and the type it is to give."""

    record: Record
    subject: str
    on: date
    surroundings: Surroundings
    arguments: Arguments
    type: FactType


@dataclass(frozen=True, slots=True)
class TableMethod:
    """One version of a look-up: never changed once released, never removed.

    `title` is the name people know it by. `reads_day` says that its result may change with the day of
    decision though nothing is recorded.
    """

    name: str
    formula: str
    read: Callable[[Asked], tuple[Raw, Backing]]
    types: frozenset[FactType]
    reads: frozenset[Reads]
    arguments: tuple[ArgumentWanted, ...] = ()
    reads_day: bool = False
    title: str = ""
    source: str = ""


def _one(version: int) -> Backing:
    return Backing((version,), 1)


def _status(asked: Asked) -> tuple[Raw, Backing]:
    found = asked.record.status_on(words(asked.arguments, "code"), asked.subject, asked.on.isoformat())
    return (None, Backing()) if found is None else (found.holds, _one(found.version))


def _status_day(asked: Asked) -> tuple[Raw, Backing]:
    found = asked.record.status_set(words(asked.arguments, "code"), asked.subject)
    if found is None:
        return None, Backing()
    day = found.first_day if words(asked.arguments, "edge") == "first" else found.last_day
    return (later(date.fromisoformat(day[:10]), asked.arguments) if day else None), _one(found.version)


def _approved(asked: Asked) -> tuple[Raw, Backing]:
    kind, day = words(asked.arguments, "kind"), asked.on.isoformat()
    found = asked.record.approval_on(kind, asked.subject, day)
    return (None, Backing()) if found is None else (found.given, _one(found.version))


def is_met(decision: StandingDecision | None) -> Raw:
    """Say whether a standing decision is met: UNKNOWN where undetermined, None where there is none."""
    if decision is None:
        return None
    if decision.outcome == "undetermined":
        return UNKNOWN
    return decision.outcome == "met" and decision.in_force


def _decision(asked: Asked) -> tuple[Raw, Backing]:
    question, award = words(asked.arguments, "question"), words(asked.arguments, "award")
    found = asked.record.standing(question, asked.subject, award)
    return is_met(found), _one(found.version) if found else Backing()


def _prerequisites(asked: Asked) -> tuple[Raw, Backing]:
    return _competencies(asked, asked.surroundings.prerequisites)


def _designated(asked: Asked) -> tuple[Raw, Backing]:
    wanted, kinds, every = words(asked.arguments, "kind"), asked.surroundings.kinds, asked.surroundings.designated
    found = [identity for identity in every or () if wanted in ("any", kinds.get(identity, "academic"))]
    if not found and every != ():
        return None, Backing()
    rows, backing = _competencies(asked, tuple(found))
    return [{**row, "designation": kinds.get(row["id"], "academic")} for row in rows], backing


def _competencies(asked: Asked, identities: tuple[str, ...]) -> tuple[list[Row], Backing]:
    question, award = words(asked.arguments, "question"), words(asked.arguments, "award")
    rows: list[Row] = []
    versions: list[int] = []
    for identity in sorted(identities):
        found = asked.record.standing(question, f"competency/{identity}", award)
        rows.append({"id": identity, "met": is_met(found), "outcome": found.outcome if found else None})
        if found:
            versions.append(found.version)
    return rows, backing_of(versions)


def _today(asked: Asked) -> tuple[Raw, Backing]:
    return asked.on, Backing()


_CODE = ArgumentWanted("code", "the code of the status", (str,))
_BOOLEAN = frozenset({FactType.BOOLEAN})
_DATE = frozenset({FactType.DATE})
_LIST = frozenset({FactType.LIST})


def question_arguments(default: str | None) -> tuple[ArgumentWanted, ...]:
    """Return the arguments that name a question and an award; a question without default must be given."""
    return (
        ArgumentWanted("question", "the question that was decided", (str,), default, QUESTIONS),
        ArgumentWanted("award", "the award it was decided for", (str,), "standard"),
    )


STATUS = TableMethod(
    "status.1",
    "Whether the status `code` holds on the day of decision, for the subject or the learner as a whole; of the entries "
    "that cover the day the one set last says; when_none where none covers it.",
    _status,
    _BOOLEAN,
    frozenset({Reads.STATUS}),
    (_CODE,),
    reads_day=True,
    title="status on the day",
)

STATUS_DAY = TableMethod(
    "status_day.1",
    "The `edge` (first or last) day of the status `code` as set last for the subject or the learner as a whole, moved "
    "on by `plus_months` and then `plus_days`; when_none where it was never set, was last set not to "
    "hold, or is open at that end.",
    _status_day,
    _DATE,
    frozenset({Reads.STATUS}),
    (_CODE, ArgumentWanted("edge", "which end of the status", (str,), "first", ("first", "last")), *MOVED_ON),
    title="first or last day of a status",
)

APPROVED = TableMethod(
    "approved.1",
    "Whether the last word of that `kind` about the subject or the learner as a whole, dated not after the day of "
    "decision, is a yes; an undated word is the oldest; when_none where there is no word.",
    _approved,
    _BOOLEAN,
    frozenset({Reads.APPROVAL}),
    (ArgumentWanted("kind", "the kind of approval", (str,), None, ("recommendation", "consent", "board", "plan")),),
    reads_day=True,
    title="approved",
)

DECISION = TableMethod(
    "decision.1",
    "Whether the standing decision of `question` and `award` about the same subject is met; UNKNOWN where it is "
    "undetermined; when_none where there is none.",
    _decision,
    _BOOLEAN,
    frozenset({Reads.DECISION}),
    question_arguments(None),
    title="met or not",
)

PREREQUISITES = TableMethod(
    "prerequisites.1",
    "One sub-sheet for each competency that precedes the subject in the framework edition held, by id, with its "
    "standing decision of `question` and `award`; of none, an empty list.",
    _prerequisites,
    _LIST,
    frozenset({Reads.DECISION, Reads.FRAMEWORK}),
    question_arguments("MASTERY"),
    title="prerequisites",
)

DESIGNATED = TableMethod(
    "designated.1",
    "One sub-sheet for each priority competency of that `kind` designated for the course on the day, by id, with its "
    "standing decision of `question` and `award`; when_none where nobody designated any of that kind.",
    _designated,
    _LIST,
    frozenset({Reads.DECISION, Reads.FRAMEWORK}),
    (
        *question_arguments("MASTERY"),
        ArgumentWanted(
            "kind", "which kind of competency", (str,), "academic", ("academic", "transferable", "habit", "any")
        ),
    ),
    reads_day=True,
    title="designated competencies",
)

TODAY = TableMethod(
    "today.1",
    "The day of decision, in the ledger's zone; there always is one.",
    _today,
    _DATE,
    frozenset({Reads.CALENDAR}),
    reads_day=True,
    title="day of decision",
)

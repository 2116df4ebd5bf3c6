"""What is told to each of the people of a demonstration: what to do, what will be seen, and where."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

from flask import url_for

from ledger.demonstration import finished
from ledger.demonstration.piloted import PILOT
from ledger.demonstration.practice import DRY_CREEK, GONE, SCHOOL, SECTION
from ledger.domain.access import Role
from web.ledgers import ledgers, scope_of
from web.policy_form import PREFIX

MASTERY, EXAMINATIONS = "competency-based/mastery@2000-01-01", "us-tx/credit-by-examination@2005-03-07"
STATE, PINE_VALLEY, PRACTICE = "us-tx", "us-tx~pine-valley", scope_of(DRY_CREEK.jurisdiction)
BOARD = {"body": "Board of Pine Valley (invented)", "minute": "12"}


@dataclass(frozen=True, slots=True)
class Step:
    """One step: what it is called, what to do and what will be seen, and where.

    A `button` sends `fields` to the address instead of opening it.
    """

    title: str
    sentence: str
    address: str
    button: str = ""
    fields: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Tour:
    """The story of somebody: what it is about, and its steps."""

    title: str
    steps: tuple[Step, ...]


def _director() -> Tour:
    pilot: dict[str, Any] = {"scope": STATE, "pilot": PILOT}
    try_another: dict[str, Any] = {
        "scope": STATE,
        "baseline": MASTERY,
        "candidate": MASTERY,
        f"candidate.{PREFIX}kinds": "3",
    }
    return Tour(
        "Would one district's learners do better under the other's rule?",
        (
            Step(
                "Look at the pilot",
                "Two districts take part. Each submitted its figures and another person certified them; what was not "
                "submitted would be said, and never drawn as 0.",
                url_for("scoped.pilot", **pilot),
            ),
            Step(
                "Put them side by side",
                "Every measure is a dot with its interval and a number beside it; marks show where a rule changed.",
                url_for("scoped.compare", **pilot),
            ),
            Step(
                "Try each rule on the learners of both",
                "The matrix: the learners of a row under the rule of a column, from the records as they stand.",
                url_for("scoped.compare", matrix=1, _anchor="matrix", **pilot),
            ),
            Step(
                "Ask for a third kind of task everywhere",
                "Press “Work it out”. Read the note on opportunity: thousands of answers fail only because a third "
                "kind was never offered there. That says something of the school, not of the learner.",
                url_for("scoped.what_if_page", **try_another),
            ),
        ),
    )


def _district() -> Tour:
    changes = url_for("scoped.changes", scope=PINE_VALLEY)
    return Tour(
        "Change a rule, see whom it meets, and take it back",
        (
            _too_little(),
            _more(),
            Step(
                "Try to approve it yourself",
                "Submit it, then look for the button that approves it: there is none for whoever proposed it.",
                changes,
            ),
            Step(
                "Be Lee, the approver, then be Dana again",
                "At the top right. Lee approves it; Dana schedules and activates it. What would now differ is listed, "
                "and nothing was decided anew by itself.",
                changes,
            ),
            Step(
                "Roll it back",
                "A rollback is a change of its own, with its own preview and its own second person. Nothing is erased: "
                "both stand in the history.",
                changes,
            ),
        ),
    )


def _too_little() -> Step:
    sent = {
        **BOARD,
        f"{PREFIX}score_after": "65",
        f"{PREFIX}instruction_route": "yes",
        "subjects": "SPAN1",
        "jurisdiction": "us-tx/pine-valley",
        "clock": "decision",
        "first_day": _today(),
        "reason": "More students should get credit.",
    }
    return Step(
        "Ask for too little",
        "Credit by examination at 65 percent after instruction, where the law says 70. It is refused, by a student "
        "who would be awarded and is not under the law.",
        url_for("scoped.send_new", scope=PINE_VALLEY, edition=EXAMINATIONS),
        button="Propose 65 percent",
        fields=sent,
    )


def _more() -> Step:
    typed: dict[str, Any] = {
        **BOARD,
        f"{PREFIX}kinds": "3",
        "subjects": "M3.1",
        "clock": "evidence",
        "since": _autumn(),
        "first_day": _today(),
        "reason": "Two kinds of task are not enough to be sure.",
    }
    return Step(
        "Ask for more",
        "A third kind of task for one standard, for whoever began it since September. Propose it, then preview it: two "
        "names would be lost, each with the clause that decides.",
        url_for("scoped.new", scope=PINE_VALLEY, edition=MASTERY, **typed),
    )


def _approver() -> Tour:
    return Tour(
        "Be the second person",
        (
            Step(
                "See what waits for you",
                "Where Dana submitted a change it waits here with its preview. A preview that is out of date cannot be "
                "approved.",
                url_for("scoped.changes", scope=PINE_VALLEY),
            ),
        ),
    )


def _auditor() -> Tour:
    at: dict[str, Any] = {"scope": PRACTICE}
    return Tour(
        "Believe nobody: check it yourself",
        (
            Step(
                "Verify the practice ledger",
                "Press “Verify now”: every row is held against its leaf, its seal, the tree and the checkpoints. "
                "Nothing is found.",
                url_for("scoped.integrity", **at),
            ),
            Step(
                "Let somebody edit a row",
                "A level is lowered by SQL, as whoever holds the file could. No command does this, and no page "
                "shows it.",
                url_for("scoped.edit_practice", **at),
                button="Edit a row behind its back",
            ),
            Step(
                "Verify it again",
                "The row is named, with the kind of change, and leads to the event. “Make every decision again” names "
                "the decision that rests on it.",
                url_for("scoped.integrity", **at),
            ),
            Step(
                "Replay a rule that is installed no more",
                "The plugin of this rule is gone. Open one of its decisions: it is made again from the archived rule, "
                "and is identical.",
                url_for("scoped.decisions", policy=GONE, question="MASTERY", **at),
            ),
        ),
    )


def _teacher() -> Tour:
    return Tour(
        "A class from a spreadsheet, and what an average hides",
        (
            Step(
                "Open your class",
                "A row a learner, a column a standard. Move with the arrow keys; every cell opens what is behind it.",
                url_for("scoped.classes", scope=PINE_VALLEY),
            ),
            Step(
                "Paste results",
                "In the class, press “Paste from a spreadsheet”. Names are matched, what it will decide is said before "
                "anything is recorded, and for ten minutes one press takes it back.",
                url_for("scoped.classes", scope=PINE_VALLEY),
            ),
            Step(
                "Meet a first grader who averages 84.5",
                "In Dry Creek an average decides: Imani's is 84.5, a B, and she cannot subtract yet. The grid shows "
                "the average and, beside it, what it hides.",
                url_for("scoped.class_page", scope=PRACTICE, organisation=scope_of(SCHOOL), section=SECTION),
            ),
        ),
    )


def _today() -> str:
    """Return today's day in the state's zone."""
    return ledgers().open(STATE).ledger.today().isoformat()


def _autumn() -> str:
    """Return the day from which the school year's late beginners count."""
    summary = finished(ledgers().home)
    return f"{summary.year[0][:4]}-09-01" if summary else _today()


TOURS: Mapping[Role, Callable[[], Tour]] = MappingProxyType(
    {
        "state director": _director,
        "state analyst": _director,
        "district admin": _district,
        "approver": _approver,
        "auditor": _auditor,
        "teacher": _teacher,
    }
)
"""The story of each kind of person; the others are led by their own pages."""

"""Preparations recorded after the retakes they excuse, and those that only look alike."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

from ledger.demonstration.planting.changed import CODE, work
from ledger.demonstration.planting.doings import prepare
from ledger.demonstration.planting.ordinary import entered
from ledger.demonstration.planting.people import Casting, teacher
from ledger.demonstration.planting.steps import Mark, Step, at, finding, innocent
from ledger.demonstration.records import Learner


def late_preparations(casting: Casting) -> Iterator[Step]:
    """Yield preparations written down after the retake: those it excuses, and those it does not."""
    finds = finding("late-preparation", "Tutoring was recorded three weeks after the retake it excuses.")
    cases = (
        (casting.one(1), "4", 12, 33, (finds,)),
        (casting.one(3), "3", 12, 34, (finds,)),
        (
            casting.one(1),
            "3",
            12,
            16,
            (innocent("late-preparation", "Tutoring was written down two days after the retake, in the same week."),),
        ),
        (
            casting.one(3),
            "2",
            12,
            33,
            (innocent("late-preparation", "Tutoring was written down late, and nothing became met by it."),),
        ),
        (
            casting.one(2),
            "3",
            17,
            19,
            (innocent("late-preparation", "Tutoring after a retake, for the next one, written down days later."),),
        ),
    )
    for learner, level, prepared, recorded, marks in cases:
        yield from _retaken(casting, learner, level, prepared, recorded, marks)


def _retaken(
    casting: Casting, learner: Learner, level: str, prepared: int, recorded: int, marks: tuple[Mark, ...]
) -> Iterator[Step]:
    """Yield two tries a fortnight apart; `prepared` and `recorded` are days after the first."""
    first = replace(work(casting, learner, "exam", "2", 6), attempt="1")
    second = replace(work(casting, learner, "exam", level, 8), attempt="2")
    other = work(casting, learner, "performance", "3", 7)
    for number, row in enumerate((first, other, second)):
        yield entered(at(row.occurred, "16:20"), f"{learner.id} try {number}", row, learner.section)
    begun = date.fromisoformat(first.occurred)
    yield Step(
        when=at(begun + timedelta(days=recorded), "16:30"),
        name=f"{learner.id} tutoring",
        do=prepare(learner.id, CODE, "tutoring", (begun + timedelta(days=prepared)).isoformat()),
        learner=learner.id,
        competency=CODE,
        who=teacher(learner.section),
        role="teacher",
        marks=marks,
    )

"""Entries that came too fast, too late, by somebody who does not teach the learner, or in no time at all."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

from ledger.demonstration.content import GEOMETRY, PRIORITY
from ledger.demonstration.planting.changed import (
    F2P,
    UNDOCUMENTED,
    corrected,
    work,
)
from ledger.demonstration.planting.doings import enter
from ledger.demonstration.planting.ordinary import PACE, entered, joined, transferred
from ledger.demonstration.planting.people import LATE_JOINER, TRANSFER, Casting, teacher
from ledger.demonstration.planting.steps import REGISTRAR, Mark, Step, at, finding, innocent
from ledger.demonstration.records import Learner, Row

BURSTS, TIME, BACK, STRANGERS = "entry-bursts", "impossible-time", "backdating", "not-teaching"
COACH, SUBSTITUTE = "LO-T-coach", "LO-T-substitute"
KINDS = ("exam", "performance")


def credit_in_minutes(casting: Casting) -> Iterator[Step]:
    """Yield a whole course entered in eight minutes of an evening, nine days after the learner joined it."""
    learner = next(one for one in casting.learners if one.id == LATE_JOINER)
    day = (date.fromisoformat(joined(casting)) + timedelta(days=8)).isoformat()
    when = at(day, "21:05")
    pieces = [(code, kind) for code in PRIORITY for kind in KINDS]
    for place, (code, kind) in enumerate(pieces):
        row = _of(learner, code, kind, day)
        step = entered(when + timedelta(seconds=25) * place, f"{learner.id} {code} {kind}", row, learner.section)
        first, last = place == 0, place == len(pieces) - 1
        burst = finding(BURSTS, "Eighteen pieces of work of one learner were entered in eight minutes.")
        marks = (burst,) if first else ()
        if last:
            said = "Credit for a course followed from the work of one day, nine days after the learner joined it."
            marks = (Mark(TIME, said, about="decision", question="CREDIT"),)
        yield replace(step, marks=marks)


def fast_but_honest(casting: Casting) -> Iterator[Step]:
    """Yield a learner who goes through the course in half the time, and one who has credit by examination."""
    learner = casting.one(2)
    pieces = [(code, kind) for code in PRIORITY for kind in KINDS]
    for place, (code, kind) in enumerate(pieces):
        row = _of(learner, code, kind, casting.year.day(1 + place, 2))
        step = entered(at(row.occurred, "15:05"), f"{learner.id} {code} {kind}", row, learner.section)
        said = "A fast learner earned credit in half a year: fast, and not impossible."
        marks = (Mark(TIME, said, innocent=True, about="decision", question="CREDIT"),)
        yield replace(step, marks=marks if place == len(pieces) - 1 else ())
    other = casting.one(3)
    row = Row(
        learner=other.id,
        course=GEOMETRY,
        kind="exam",
        score="91",
        score_min="0",
        score_max="100",
        instrument="criterion-referenced",
        occurred=casting.year.on(10, 6),
        capacity="machine",
    )
    name = f"{other.id} sitting"
    said = "Credit by examination needs one day."
    yield Step(
        when=at(casting.year.on(10, 8), "11:00"),
        name=name,
        do=enter(name, row),
        learner=other.id,
        marks=(Mark(TIME, said, innocent=True, about="decision", question="CREDIT"),),
    )


def _of(learner: Learner, code: str, kind: str, day: str) -> Row:
    name = f"{code} {kind} apart"
    return Row(learner=learner.id, competency=code, kind=kind, level="3", task=name, occurred=day, scored=day)


def late_alone(casting: Casting) -> Iterator[Step]:
    """Yield work of February entered in April that made the difference, and a fail moved back behind a pass."""
    learner = casting.one(1)
    yield from _exam(casting, learner, 20)
    row = work(casting, learner, "performance", "3", 22)
    said = "A performance of February was entered in April, by itself, and the standard was mastered by it."
    step = entered(at(casting.year.day(31, 1), "16:40"), f"{learner.id} late", row, learner.section)
    yield replace(step, marks=(finding(BACK, said),))
    yield from _moved_back(casting, casting.one(3))


def _moved_back(casting: Casting, learner: Learner) -> Iterator[Step]:
    yield from _exam(casting, learner, 20)
    kinds = (("performance", "3", 21), ("observation", "2", 22))
    rows = [work(casting, learner, *each) for each in kinds]
    for row in rows:
        yield entered(at(row.occurred, "16:10"), f"{learner.id} {row.kind}", row, learner.section)
    moved = replace(rows[1], occurred=casting.year.day(19, 1), scored=casting.year.day(19, 1))
    marks = (
        finding(BACK, "The date of a fail was moved back, behind the work that passed."),
        finding(F2P, "By another date of a fail a standard was mastered."),
        finding(UNDOCUMENTED, "A correction of a date names no document."),
    )
    when = (casting.year.day(24, 1), "14:30")
    yield corrected(f"{learner.id} observation", moved, when, REGISTRAR, marks)


def _exam(casting: Casting, learner: Learner, week: int) -> Iterator[Step]:
    row = work(casting, learner, "exam", "3", week)
    yield entered(at(row.occurred, "16:00"), f"{learner.id} exam", row, learner.section)


def late_but_innocent(casting: Casting) -> Iterator[Step]:
    """Yield late entries that gained nobody anything, of a whole class, with the work itself, or from elsewhere."""
    april = casting.year.day(31, 2)
    one = casting.one(2)
    row = work(casting, one, "performance", "3", 21)
    step = entered(at(april, "15:50"), f"{one.id} late", row, one.section)
    yield replace(step, marks=(innocent(BACK, "A late entry by which nothing became met."),))
    yield from _class_late(casting, april)
    shown = casting.one(3)
    yield from _exam(casting, shown, 20)
    row = work(casting, shown, "performance", "3", 22)
    name = f"{shown.id} late"
    step = entered(at(april, "16:50"), name, row, shown.section)
    mark = innocent(BACK, "A late entry that shows the work itself.")
    yield replace(step, do=enter(name, row, "a photograph of the model, with its date"), marks=(mark,))
    yield from _from_elsewhere(casting)


def _class_late(casting: Casting, day: str) -> Iterator[Step]:
    for place, one in enumerate(casting.some(2, 5)):
        yield from _exam(casting, one, 20)
        row = work(casting, one, "portfolio", "3", 22, task="A1.13 portfolio of the class")
        step = entered(at(day, "16:02") + PACE * place, f"{one.id} late", row, one.section)
        yield replace(step, marks=(innocent(BACK, "The portfolios of a whole class were entered late together."),))


def _from_elsewhere(casting: Casting) -> Iterator[Step]:
    learner = next(one for one in casting.learners if one.id == TRANSFER)
    day = (date.fromisoformat(transferred(casting)) + timedelta(days=2)).isoformat()
    for place, kind in enumerate(KINDS):
        row = replace(work(casting, learner, kind, "3", 6 + place), task=f"{kind} of the school before")
        step = entered(at(day, f"10:0{place}"), f"{learner.id} {kind}", row, learner.section)
        mark = innocent(BACK, "Work of autumn at the school before, entered when the learner came in January.")
        yield replace(step, marks=(mark,), who=REGISTRAR, role="registrar")


def whole_classes(casting: Casting) -> Iterator[Step]:
    """Yield one piece of work for a class, in minutes; by a substitute, for some of a class."""
    day = casting.year.day(15, 3)
    for place, one in enumerate(casting.section(3)):
        row = work(casting, one, "task", "3", 15, task="quick check")
        row = replace(row, purpose="formative", competency="A1.14")
        name = f"{one.id} quick check"
        step = replace(entered(at(day, "14:00") + PACE * place, name, row, 3), competency="")
        said = "One quick check of a whole class was entered in nine minutes."
        yield replace(step, marks=(innocent(BURSTS, said),) if place == 0 else ())
    for place, one in enumerate(casting.section(1)[:6]):
        row = replace(work(casting, one, "task", "3", 16, task="warm-up"), purpose="formative", competency="A1.14")
        name = f"{one.id} warm-up"
        step = replace(entered(at(row.occurred, "13:00") + PACE * place, name, row, 1), competency="")
        mark = innocent(STRANGERS, "A substitute entered the work of one lesson for six of a class.")
        yield replace(step, who=SUBSTITUTE, marks=(mark,))


def strangers(casting: Casting) -> Iterator[Step]:
    """Yield a coach, and a colleague on behalf of the teacher; and the office on behalf of the teacher."""
    player, other, third = casting.one(1), casting.one(1), casting.one(2)
    for place, kind in enumerate(("observation", "portfolio")):
        row = work(casting, player, kind, "4", 10 + place)
        step = entered(at(row.occurred, "18:20"), f"{player.id} {kind}", row, player.section)
        mark = finding(STRANGERS, "A coach entered work of a learner in no class of theirs.")
        yield replace(step, who=COACH, marks=(mark,) if place else ())
    row = work(casting, other, "observation", "3", 12)
    step = entered(at(row.occurred, "15:45"), f"{other.id} observation", row, other.section)
    mark = finding(STRANGERS, "A teacher of another school entered work on behalf of the learner's teacher.")
    yield replace(step, who=teacher(3), behalf=teacher(1), marks=(mark,))
    row = work(casting, third, "observation", "3", 13)
    step = entered(at(row.occurred, "15:40"), f"{third.id} observation", row, third.section)
    mark = innocent(STRANGERS, "The office entered work on behalf of the learner's own teacher.")
    yield replace(step, who=REGISTRAR, role="registrar", behalf=teacher(2), marks=(mark,))


def all_entries(casting: Casting) -> Iterator[Step]:
    """Yield every part of this kind."""
    parts = (
        credit_in_minutes,
        fast_but_honest,
        late_alone,
        late_but_innocent,
        whole_classes,
        strangers,
    )
    for part in parts:
        yield from part(casting)

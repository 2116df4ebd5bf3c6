"""Changes of what was on record: fails made passes, without a document, at night, of years that are over."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

from ledger.demonstration.planting.doings import prepare, set_right, take_out
from ledger.demonstration.planting.ordinary import entered
from ledger.demonstration.planting.people import Casting, teacher
from ledger.demonstration.planting.steps import (
    NIGHT_REGISTRAR,
    REGISTRAR,
    Mark,
    Step,
    at,
    finding,
    innocent,
)
from ledger.demonstration.records import Learner, Row

CODE = "A1.13"
"""A standard nobody else works on: nothing comes before it and nothing rests on it."""
PAPER = b"%PDF-1.4 The paper itself, with the mark a teacher wrote on it (invented).\n"
F2P, UNDOCUMENTED, EARLIER = "fail-to-pass", "undocumented", "earlier-years"


def work(casting: Casting, learner: Learner, kind: str, level: str, week: int, *, task: str = "") -> Row:
    """Return work on the standard, done on the Tuesday of a week."""
    day = casting.year.day(week, 1)
    name = task or f"{CODE} {kind}"
    return Row(learner=learner.id, competency=CODE, kind=kind, level=level, task=name, occurred=day, scored=day)


def below(casting: Casting, learner: Learner, week: int) -> tuple[list[Step], Row, str]:
    """Return an exam at the level and a performance below it, and the row and the step of the second."""
    exam = work(casting, learner, "exam", "3", week)
    fail = work(casting, learner, "performance", "2", week + 1)
    names = f"{learner.id} exam", f"{learner.id} performance"
    steps = [
        entered(at(row.occurred, clock), name, row, learner.section)
        for row, name, clock in ((exam, names[0], "16:05"), (fail, names[1], "16:15"))
    ]
    return steps, fail, names[1]


def corrected(
    name: str, row: Row, when: tuple[str, str], who: str, marks: tuple[Mark, ...], document: bytes = b""
) -> Step:
    """Return the correction of what a step entered, on a day at a time."""
    role = "registrar" if who in (REGISTRAR, NIGHT_REGISTRAR) else "teacher"
    do = set_right(name, row, "Read again.", document)
    own = f"{name} corrected"
    return Step(when=at(*when), name=own, do=do, learner=row.learner, competency=CODE, who=who, role=role, marks=marks)


def by_night(casting: Casting) -> Iterator[Step]:
    """Yield three fails made passes at night without a paper, a fourth with one."""
    for place, clock in enumerate(("22:40", "23:25", "01:10", "21:55")):
        learner = casting.one(place % 3 + 1)
        steps, fail, name = below(casting, learner, 6 + place * 5)
        yield from steps
        paper = PAPER if place == 3 else b""
        marks = [finding(F2P, f"A performance was corrected from level 2 to level 3 at {clock}.")]
        if not paper:
            marks.append(finding(UNDOCUMENTED, "A correction at night names no document."))
        day = casting.year.day(9 + place * 5, 2)
        yield corrected(name, replace(fail, level="3"), (day, clock), NIGHT_REGISTRAR, tuple(marks), paper)


def by_day(casting: Casting) -> Iterator[Step]:
    """Yield changes in office hours: without a paper, and with one."""
    for place, paper in enumerate((b"", PAPER)):
        learner = casting.one(3 if paper else 1)
        steps, fail, name = below(casting, learner, 8 + place * 4)
        yield from steps
        if paper:
            marks = (
                innocent(F2P, "A fail became a pass in office hours, and the paper is kept."),
                innocent(UNDOCUMENTED, "The correction names the paper."),
            )
        else:
            marks = (
                finding(F2P, "A fail became a pass in office hours, and no document says why."),
                finding(UNDOCUMENTED, "A correction in office hours names no document."),
            )
        day = casting.year.day(11 + place * 4, 2)
        yield corrected(name, replace(fail, level="3"), (day, "10:20"), REGISTRAR, marks, paper)


def slips(casting: Casting) -> Iterator[Step]:
    """Yield slips of the hand, set right at once by whoever made them, and a name that was spelled wrong."""
    first, second, third = casting.one(1), casting.one(3), casting.one(2)
    steps, fail, name = below(casting, first, 14)
    yield from steps
    marks = (
        innocent(F2P, "A slip was set right within minutes by the teacher who had made it, and it passed."),
        finding(UNDOCUMENTED, "A correction by which a decision became met names no document, slip or not."),
    )
    when = (fail.occurred, "16:35")
    yield corrected(name, replace(fail, level="3"), when, teacher(first.section), marks)
    one = work(casting, second, "exam", "1", 10)
    yield entered(at(one.occurred, "16:20"), f"{second.id} exam", one, second.section)
    again = (innocent(UNDOCUMENTED, "A slip was set right within half an hour and no decision turned."),)
    right = (one.occurred, "16:45")
    yield corrected(f"{second.id} exam", replace(one, level="2"), right, teacher(second.section), again)
    other = work(casting, third, "exam", "3", 12, task="A1.13 exm")
    yield entered(at(other.occurred, "16:20"), f"{third.id} exam", other, third.section)
    spelled = (innocent(UNDOCUMENTED, "The name of a task was spelled right; no rule weighs it."),)
    later = (casting.year.day(15, 1), "11:30")
    yield corrected(f"{third.id} exam", replace(other, task="A1.13 exam"), later, REGISTRAR, spelled)


def withdrawals(casting: Casting) -> Iterator[Step]:
    """Yield work taken out: without a document, and with one."""
    for paper in (b"", PAPER):
        learner = casting.one(3)
        row = work(casting, learner, "exam", "4", 7)
        name = f"{learner.id} exam"
        yield entered(at(row.occurred, "16:25"), name, row, learner.section)
        mark = (
            innocent(UNDOCUMENTED, "A withdrawal names the letter it rests on.")
            if paper
            else finding(UNDOCUMENTED, "A withdrawal, weeks later, names no document.")
        )
        yield Step(
            when=at(casting.year.day(12, 1), "13:40"),
            name=f"{name} withdrawn",
            do=take_out(name, learner.id, "Another learner's paper.", paper),
            learner=learner.id,
            competency=CODE,
            marks=(mark,),
        )


def retaken_at_night(casting: Casting) -> Iterator[Step]:
    """Yield a regular retake after tutoring, entered late in the evening: new work, nothing changed."""
    learner = casting.one(1)
    steps, _, _ = below(casting, learner, 16)
    yield from steps
    tried = replace(work(casting, learner, "portfolio", "2", 18, task="A1.13 portfolio"), attempt="1")
    yield entered(at(tried.occurred, "16:30"), f"{learner.id} portfolio", tried, learner.section)
    day = casting.year.day(19, 1)
    yield Step(
        when=at(day, "16:00"),
        name=f"{learner.id} tutoring",
        do=prepare(learner.id, CODE, "tutoring", day),
        learner=learner.id,
        competency=CODE,
        who=teacher(learner.section),
        role="teacher",
    )
    again = replace(work(casting, learner, "portfolio", "3", 20, task="A1.13 portfolio"), attempt="2")
    step = entered(at(again.occurred, "21:30"), f"{learner.id} portfolio again", again, learner.section)
    yield replace(step, marks=(innocent(F2P, "A regular retake after tutoring passed; it was entered at 21:30."),))


def earlier_year(casting: Casting) -> Iterator[Step]:
    """Yield work of the year before, entered in June and changed in July, in October, or in its name only."""
    year = casting.year.first_day.year
    october, july = date(year, 10, 14).isoformat(), date(year, 7, 15).isoformat()
    cases: tuple[tuple[str, bytes, tuple[Mark, ...]], ...] = (
        (october, b"", (finding(EARLIER, "A result of the year before was raised in October."),)),
        (october, PAPER, (finding(EARLIER, "A result of the year before was raised in October, with a paper."),)),
        (july, PAPER, (innocent(EARLIER, "A result of the year before was set right in July, with its paper."),)),
        (october, b"", (innocent(EARLIER, "The name of a task of the year before was spelled right in October."),)),
    )
    for place, (day, paper, marks) in enumerate(cases):
        learner = casting.one(place % 3 + 1)
        spelling = place == len(cases) - 1
        row = replace(
            work(casting, learner, "exam", "2", 0, task="entry tset" if spelling else "entry test"),
            purpose="baseline",
            occurred=date(year, 5, 20).isoformat(),
            scored=date(year, 5, 22).isoformat(),
        )
        name = f"{learner.id} entry test"
        june = at(date(year, 6, 8) + timedelta(days=1), "10:10")
        step = entered(june + timedelta(minutes=place), name, row, learner.section)
        yield replace(step, who=REGISTRAR, role="registrar")
        new = replace(row, task="entry test") if spelling else replace(row, level="3")
        if not paper and not spelling:
            marks += (finding(UNDOCUMENTED, "A correction of the year before names no document."),)
        yield corrected(name, new, (day, f"10:{30 + place}"), REGISTRAR, marks, paper)


def all_changes(casting: Casting) -> Iterator[Step]:
    """Yield every part of this kind."""
    for part in (by_night, by_day, slips, withdrawals, retaken_at_night, earlier_year):
        yield from part(casting)

"""A learner's ordinary year: work on each standard in its weeks, getting better, with all that goes wrong on the way.

Whole numbers only: the same seed gives the same rows on every machine.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from random import Random

from ledger.demonstration.content import ALGEBRA, BANDS, EXAMINED, LEVELS, TAUGHT
from ledger.demonstration.plan import Plan, SchoolYear
from ledger.demonstration.records import Learner, Preparing, Row, Standard

BY_WEIGHT = (1, 2, 0, 3)
"""Steps in the order in which they are left out last: an exam, other work, practice before it, another try."""

OTHER_KINDS = ("performance", "portfolio", "task", "observation")
HANDED_IN = ("task", "portfolio")
ABSENT = ("absent", "excused", "not submitted")
WAYS_TO_PREPARE = ("tutoring", "guided practice", "conference", "corrected the first try")
CREDIT_LINE = 80
"""Percent from which the state awards credit by examination."""

MEETING = 75
"""Percent from which the level to be shown is reached."""


@dataclass(frozen=True, slots=True)
class Year:
    """The rows of a learner, and the preparations that may go before their retakes."""

    rows: tuple[Row, ...]
    preparations: tuple[Preparing, ...]


@dataclass(frozen=True, slots=True)
class _Moment:
    """One standard in one learner's year; `number` is its place among those taught, `week` when it begins."""

    standard: Standard
    number: int
    week: int
    steps: tuple[int, ...]


def year_of(learner: Learner, plan: Plan, without: Collection[str] = ()) -> Year:
    """Return a learner's year; standards and courses in `without` are left to a story."""
    living = _Living(learner, plan)
    for moment in _moments(learner.track, plan.each):
        if moment.standard.code not in without:
            living.work_on(moment)
    if learner.track == ALGEBRA and not set(EXAMINED) & set(without):
        living.sit()
    return Year(tuple(living.rows), tuple(living.preparations))


def _moments(track: str, each: int) -> Iterator[_Moment]:
    number, total = 0, sum(len(framework.standards) for framework in TAUGHT[track])
    for framework in TAUGHT[track]:
        for place, standard in enumerate(framework.standards):
            count = each // total + (number < each % total)
            steps = (*BY_WEIGHT, *range(len(BY_WEIGHT), count))[:count]
            yield _Moment(standard, number, 1 + place * 33 // len(framework.standards), tuple(sorted(steps)))
            number += 1


class _Living:
    """One learner at work; every draw comes from the seed and the learner's id alone."""

    def __init__(self, learner: Learner, plan: Plan) -> None:
        self.learner = learner
        self.year: SchoolYear = plan.year
        self.draw = Random(f"{plan.seed}/{learner.id}")  # noqa: S311 - reproducible, not secret
        self.ability = 56 + sum(self.draw.randrange(14) for _ in range(3))
        self.growth = 8 + self.draw.randrange(20)
        self.accommodated = self.draw.randrange(16) == 0
        self.rows: list[Row] = []
        self.preparations: list[Preparing] = []

    def work_on(self, moment: _Moment) -> None:
        """Go through the steps of one standard."""
        exam: tuple[Row, int] | None = None
        for step in moment.steps:
            week = moment.week + step * 2
            points = self._points(week, step)
            if step == 3 and exam is not None and exam[1] < MEETING:
                self._retake(exam[0], points)
                continue
            row = self._row(moment, step, week)
            if step == 1:
                exam = (row, points)
            self.rows.append(self._absent(row) if self.draw.randrange(45) == 0 else self._judged(row, points))

    def sit(self) -> None:
        """Sit an examination for credit, as few learners do, and once more in the next quarter where it failed."""
        if self.draw.randrange(6):
            return
        course, month = self.draw.choice(EXAMINED), self.draw.choice((9, 10, 2))
        percent = min(100, self.ability + self.draw.randrange(25))
        self.rows.append(self._sitting(course, month, percent))
        if percent < CREDIT_LINE and self.draw.randrange(2):
            again = min(100, percent + self.draw.randrange(-4, 16))
            self.rows.append(self._sitting(course, (month + 2) % 12 + 1, again))

    def _sitting(self, course: str, month: int, percent: int) -> Row:
        return Row(
            learner=self.learner.id,
            course=course,
            kind="exam",
            score=str(percent),
            score_min="0",
            score_max="100",
            instrument="criterion-referenced",
            occurred=self.year.on(month, self.draw.randrange(1, 19)),
            capacity="machine",
            source_system="testing office",
        )

    def _points(self, week: int, step: int) -> int:
        noise = self.draw.randrange(-9, 10) + self.draw.randrange(-9, 10)
        return max(0, min(100, self.ability + self.growth * week // 40 + 4 * step + noise))

    def _row(self, moment: _Moment, step: int, week: int) -> Row:
        code = moment.standard.code
        kind, purpose, task = self._what(moment, step)
        day = self.year.day(week, self.draw.randrange(5))
        row = Row(
            learner=self.learner.id,
            competency=code,
            kind=kind,
            purpose=purpose,
            task=task,
            conditions="accommodated" if kind == "exam" and self.accommodated else "",
            attempt="1" if step == 1 else "",
            occurred=day,
            scored=self.year.later(day, self.draw.randrange(5)),
        )
        return self._handed_in(row) if kind in HANDED_IN and purpose == "summative" else row

    def _what(self, moment: _Moment, step: int) -> tuple[str, str, str]:
        code, other = moment.standard.code, OTHER_KINDS[(moment.number // 2 + step) % len(OTHER_KINDS)]
        if step == 0:
            purpose = "baseline" if moment.number == 0 else self.draw.choice(("formative", "formative", "practice"))
            return "task", purpose, f"{code} {purpose}"
        if step == 1 or self.draw.randrange(12) == 0:
            return "exam", "summative", f"{code} exam {step}"
        if other == "performance":
            return other, "summative", f"unit {moment.number // 2 + 1} project"
        return other, "summative", f"{code} {other} {step}"

    def _handed_in(self, row: Row) -> Row:
        late = self.draw.randrange(1, 7) if self.draw.randrange(12) == 0 else 0
        submitted = self.year.later(row.occurred, late)
        scored = self.year.later(submitted, self.draw.randrange(5))
        return replace(row, due=row.occurred, submitted=submitted, occurred=submitted, scored=scored)

    def _retake(self, exam: Row, points: int) -> None:
        """Try the same exam again; what came between is known, and recorded only for some."""
        day = self.year.later(exam.occurred, 28)
        row = replace(exam, attempt="2", occurred=day, scored=self.year.later(day, self.draw.randrange(5)))
        self.rows.append(self._judged(row, min(100, points + 8)))
        prepared = self.year.later(exam.occurred, 10 + self.draw.randrange(8))
        way = self.draw.choice(WAYS_TO_PREPARE)
        if exam.occurred < prepared <= day:
            self.preparations.append(Preparing(self.learner.id, exam.competency, way, prepared))

    def _absent(self, row: Row) -> Row:
        return replace(row, absent_reason=self.draw.choice(ABSENT), submitted="", scored="")

    def _judged(self, row: Row, points: int) -> Row:
        if self.learner.track == ALGEBRA and row.kind == "exam":
            most = self.draw.choice((100, 40, 25))
            return replace(row, score=_share(points, most), score_min="0", score_max=str(most), capacity="machine")
        return replace(row, level=level_at(points))


def _share(points: int, most: int) -> str:
    """Return that many percent of a full score, to half a point."""
    halves = points * most * 2 // 100
    return f"{halves // 2}.5" if halves % 2 else str(halves // 2)


def level_at(points: int) -> str:
    """Return the value of the level a teacher would give work of that many percent."""
    label = [label for label, least in BANDS if points >= int(least)][-1]
    return dict(LEVELS)[label]

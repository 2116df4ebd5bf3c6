"""The honest year around it: two kinds of work for each standard, exams by import, the rest entered by the teacher."""

from collections.abc import Collection, Iterator
from datetime import date, datetime, timedelta
from random import Random

from ledger.demonstration.content import COURSE, PRIORITY
from ledger.demonstration.planting.doings import bring_in, enrol, enter
from ledger.demonstration.planting.people import (
    LATE_JOINER,
    LIVE_OAK,
    MIDDLE,
    TRANSFER,
    Casting,
    struggles,
    teacher,
)
from ledger.demonstration.planting.steps import Step, at
from ledger.demonstration.records import Learner, Row

WEEKS_EACH = 3
PACE = timedelta(seconds=35)
"""Between two entries of one piece of work for a class."""


def enrolments(casting: Casting, earlier: Collection[str]) -> Iterator[Step]:
    """Yield the rosters: those of the year before in June, everybody's in August, those who came later on their day."""
    year = casting.year
    before = date(year.first_day.year - 1, 8, 20).isoformat()
    last = date(year.first_day.year, 6, 5).isoformat()
    ids = sorted(earlier)
    rows = tuple((one, MIDDLE, "8", "", "", "", before, last) for one in ids)
    june = at(date(year.first_day.year, 6, 8), "09:00")
    yield Step(when=june, name="roster of the year before", do=enrol("middle-school.roster.csv", rows))
    august = at(year.first_day - timedelta(days=4), "09:00")
    everybody = casting.but(())
    yield Step(when=august, name="roster", do=enrol("live-oak.roster.csv", roster(casting, everybody)))
    for one, day in ((TRANSFER, transferred(casting)), (LATE_JOINER, joined(casting))):
        found = next(learner for learner in casting.learners if learner.id == one)
        do = enrol(f"{one.lower()}.roster.csv", roster(casting, (found,), day))
        yield Step(when=at(day, "08:30"), name=f"roster of {one}", do=do)


def transferred(casting: Casting) -> str:
    """Return the day on which the one came who was at another school before."""
    return casting.year.day(18, 1)


def joined(casting: Casting) -> str:
    """Return the day on which the one joined the course who has credit for it nine days later."""
    return date(casting.year.first_day.year + 1, 4, 14).isoformat()


def roster(casting: Casting, learners: Collection[Learner], day: str = "") -> tuple[tuple[str, ...], ...]:
    """Return the rows of a roster: a school and a grade, and a section of the course."""
    year = casting.year
    first_day, last_day = day or year.first_day.isoformat(), year.last_day.isoformat()
    session = f"{year.first_day.year}-{year.last_day.year}"
    rows: list[tuple[str, ...]] = []
    for one in learners:
        rows.append((one.id, one.school, one.grade, "", "", "", first_day, ""))
        rows.append((one.id, one.school, "", COURSE, str(one.section), session, first_day, last_day))
    return tuple(rows)


def school_year(casting: Casting, reserved: Collection[tuple[str, str]], alone: Collection[str]) -> Iterator[Step]:
    """Yield the ordinary work of everybody but `alone`, without the cells that are `reserved` for a part."""
    draw = Random(f"{casting.seed}/planted year")  # noqa: S311 - reproducible, not secret
    exams: list[Row] = []
    for number, code in enumerate(PRIORITY):
        week = 2 + WEEKS_EACH * number
        for section in (1, 2, 3):
            class_of = [one for one in casting.section(section) if one.id not in alone]
            class_of = [one for one in class_of if (one.id, code) not in reserved]
            exams += [_row(casting, one, code, "exam", week, draw) for one in class_of]
            yield from _class_work(casting, section, code, week + 2, class_of, draw)
    yield from imports(exams)


def _row(casting: Casting, learner: Learner, code: str, kind: str, week: int, draw: Random) -> Row:
    weak = struggles(learner) and draw.randrange(3) == 0
    level = draw.choice(("2", "2.5")) if weak else draw.choice(("3", "3", "4"))
    return Row(
        learner=learner.id,
        competency=code,
        kind=kind,
        level=level,
        task=f"{code} {kind}",
        occurred=casting.year.day(week, 1),
        scored=casting.year.day(week, 3),
    )


def _class_work(
    casting: Casting, section: int, code: str, week: int, class_of: Collection[Learner], draw: Random
) -> Iterator[Step]:
    when = at(casting.year.day(week, 3), f"15:{5 * section:02d}")
    for place, one in enumerate(class_of):
        name = f"{one.id} {code} performance"
        row = _row(casting, one, code, "performance", week, draw)
        yield entered(when + PACE * place, name, row, section)


def entered(when: datetime, name: str, row: Row, section: int) -> Step:
    """Return the step of a teacher who enters a row."""
    return Step(
        when=when,
        name=name,
        do=enter(name, row),
        learner=row.learner,
        competency=row.competency,
        who=teacher(section),
        role="teacher",
    )


def imports(rows: Collection[Row]) -> Iterator[Step]:
    """Yield one import a month, of what was scored in it."""
    months: dict[str, list[Row]] = {}
    for row in rows:
        months.setdefault(row.scored[:7], []).append(row)
    for month, some in sorted(months.items()):
        last = max(row.scored for row in some)
        file = f"{LIVE_OAK.letters.lower()}-{month}.evidence.csv"
        yield Step(when=at(last, "17:00"), name=f"import of {month}", do=bring_in(file, tuple(some)))

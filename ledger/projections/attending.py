"""Questions about who attends where on a day, answered from the read models; the asker calls `catch_up` first."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import false, func, or_, select

from ledger.projections.belonging import TABLE
from ledger.projections.within import Section, Within, below, on_day
from ledger.storage.read_models import ReadModels


@dataclass(frozen=True, slots=True)
class Member:
    """A learner in a class: the course it is in, the grade, and the days from and to which nothing of it changes."""

    learner: str
    course: str
    grade: str | None
    first_day: str
    last_day: str | None


@dataclass(frozen=True, slots=True)
class ClassCount:
    """A class, the course taught in it, and how many learners take it."""

    organisation: str
    section: str
    course: str
    learners: int


def class_members(models: ReadModels, organisation: str, section: str, day: date) -> tuple[Member, ...]:
    """Return who is in a class on a day, in the order of learners and courses."""
    columns = [TABLE.c[name] for name in ("learner", "course", "grade", "first_day", "last_day")]
    meant = (TABLE.c.organisation == organisation, TABLE.c.section == section, on_day(day.isoformat()))
    with models.read() as connection:
        rows = connection.execute(select(*columns).where(*meant).order_by(TABLE.c.learner, TABLE.c.course)).all()
    return tuple(Member(**row._mapping) for row in rows)


def sections_of(models: ReadModels, organisations: Iterable[str], day: date) -> tuple[ClassCount, ...]:
    """Return the classes of some organisations and those below them on a day, by organisation, section and course."""
    key = [TABLE.c[name] for name in ("organisation", "section", "course")]
    meant = or_(false(), *(below(one) for one in organisations))
    counted = select(*key, func.count().label("learners")).where(on_day(day.isoformat()), TABLE.c.section != "", meant)
    with models.read() as connection:
        rows = connection.execute(counted.group_by(*key).order_by(*key)).all()
    return tuple(ClassCount(**row._mapping) for row in rows)


def learners_within(
    models: ReadModels, organisations: Iterable[str], sections: Iterable[Section], day: date
) -> frozenset[str]:
    """Return the learners who on a day attend some organisations, or what lies below them, or some classes."""
    return learners_meant(models, Within(day.isoformat(), frozenset(organisations), frozenset(sections)))


def learners_meant(models: ReadModels, within: Within) -> frozenset[str]:
    """Return the learners that are meant, those named whether or not anything is on record of them."""
    if not within.organisations and not within.sections:
        return within.learners
    attending = select(TABLE.c.learner).distinct().where(within.holds(TABLE.c.learner))
    with models.read() as connection:
        return within.learners | {row[0] for row in connection.execute(attending)}

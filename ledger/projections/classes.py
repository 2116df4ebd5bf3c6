"""Questions about the classes a ledger knows of, answered from the read models; the asker calls `catch_up` first."""

from dataclasses import dataclass

from sqlalchemy import func, select

from ledger.projections.belonging import TABLE
from ledger.storage.read_models import ReadModels

_OPEN = "\U0010ffff"
"""Stands after every day, for a span without a last one."""


@dataclass(frozen=True, slots=True)
class ClassSpan:
    """A course taught in a class, and from which day to which anybody takes it; null is open."""

    organisation: str
    section: str
    course: str
    first_day: str
    last_day: str | None


def class_spans(models: ReadModels, organisation: str | None = None, section: str | None = None) -> list[ClassSpan]:
    """Return the courses of every class there is or was, or of one, by organisation, section and course."""
    key = [TABLE.c[name] for name in ("organisation", "section", "course")]
    last = func.max(func.coalesce(TABLE.c.last_day, _OPEN)).label("last_day")
    wanted = select(*key, func.min(TABLE.c.first_day).label("first_day"), last)
    wanted = wanted.where(TABLE.c.section != "", TABLE.c.course != "", TABLE.c.organisation != "")
    if organisation is not None:
        wanted = wanted.where(TABLE.c.organisation == organisation, TABLE.c.section == section)
    with models.read() as connection:
        rows = connection.execute(wanted.group_by(*key).order_by(*key)).all()
    return [ClassSpan(*row[:4], None if row[4] == _OPEN else row[4]) for row in rows]

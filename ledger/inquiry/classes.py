"""Classes: which there are, in which courses, and who is in one on a day."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Literal

from ledger.domain.competencies import natural
from ledger.errors import UnknownName
from ledger.projections.attending import class_members
from ledger.projections.classes import ClassSpan, class_spans
from ledger.storage.read_models import ReadModels

State = Literal["now", "ended", "to come"]


@dataclass(frozen=True, slots=True)
class ClassRow:
    """A class: a section of an organisation, the courses taken in it, and how many learners there are on `day`.

    `day` is the one the class is shown for: today while it goes on, else its last day, or its first where it
    has not begun. `last_day` is null where no end is told.
    """

    organisation: str
    section: str
    courses: tuple[str, ...]
    state: State
    day: str
    learners: int
    first_day: str
    last_day: str | None


def class_rows(models: ReadModels, today: date) -> tuple[ClassRow, ...]:
    """Return every class a ledger knows of: those that go on first, each by organisation and section."""
    grouped = groupby(class_spans(models), lambda one: (one.organisation, one.section))
    rows = [_row(models, tuple(spans), today) for _, spans in grouped]
    return tuple(sorted(rows, key=lambda one: (one.state != "now", one.organisation, natural(one.section))))


def class_row(models: ReadModels, organisation: str, section: str, today: date) -> ClassRow:
    """Return one class; where nobody was ever in it, `UnknownName` is raised."""
    spans = class_spans(models, organisation, section)
    if not spans:
        raise UnknownName(f"nobody was ever in a class {section[:60]} of {organisation[:100]}")
    return _row(models, spans, today)


def members_of(models: ReadModels, found: ClassRow, course: str | None = None) -> tuple[str, ...]:
    """Return who is in a class on the day it is shown for, or who takes one course of it."""
    members = class_members(models, found.organisation, found.section, date.fromisoformat(found.day))
    return tuple(dict.fromkeys(one.learner for one in members if course in (None, one.course)))


def _row(models: ReadModels, spans: Sequence[ClassSpan], today: date) -> ClassRow:
    first_day, last_day = min(one.first_day for one in spans), _last(one.last_day for one in spans)
    state, day = _state(first_day, last_day, today.isoformat())
    on = [one for one in spans if one.first_day <= day and (one.last_day is None or day <= one.last_day)]
    one = spans[0]
    members = class_members(models, one.organisation, one.section, date.fromisoformat(day))
    return ClassRow(
        one.organisation,
        one.section,
        tuple(dict.fromkeys(each.course for each in on or spans)),
        state,
        day,
        len({each.learner for each in members}),
        first_day,
        last_day,
    )


def _state(first_day: str, last_day: str | None, today: str) -> tuple[State, str]:
    if today < first_day:
        return "to come", first_day
    if last_day is not None and last_day < today:
        return "ended", last_day
    return "now", today


def _last(days: Iterable[str | None]) -> str | None:
    known = list(days)
    return None if None in known else max(day for day in known if day)

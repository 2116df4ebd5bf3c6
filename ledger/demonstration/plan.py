"""What is asked of the generator, and the school year it fills."""

from dataclasses import dataclass
from datetime import date, timedelta

from ledger.errors import UsageError

FEWEST_LEARNERS = 24
"""A dozen in each district: below it not every story has somebody to happen to."""

WEEKS = 40
"""Weeks from the first day of a school year to its last."""

BREAK_FROM, BREAK_WEEKS = 18, 2
"""The winter break, in which nobody is at school."""


@dataclass(frozen=True, slots=True)
class SchoolYear:
    """A school year, over before the day of the plan; begins on a Monday in August."""

    first_day: date

    @property
    def last_day(self) -> date:
        """Return the Friday of the last week."""
        return self.first_day + timedelta(weeks=WEEKS, days=4)

    def day(self, week: int, weekday: int = 0) -> str:
        """Return a day as stored text: weeks at school from 0, weekday 0 a Monday; never past the end."""
        at_school = week + BREAK_WEEKS if week >= BREAK_FROM else week
        return min(self.first_day + timedelta(weeks=at_school, days=weekday), self.last_day).isoformat()

    def later(self, day: str, days: int) -> str:
        """Return a day some days after another: after the winter break where it falls into it, within the year."""
        found = date.fromisoformat(day) + timedelta(days=days)
        if BREAK_FROM <= (found - self.first_day).days // 7 < BREAK_FROM + BREAK_WEEKS:
            found += timedelta(weeks=BREAK_WEEKS)
        return min(found, self.last_day).isoformat()

    def on(self, month: int, day: int) -> str:
        """Return a date of the year by month and day, the Monday after it where it is at a weekend."""
        found = date(self.first_day.year + (month < self.first_day.month), month, day)
        return (found + timedelta(days=7 - found.weekday() if found.weekday() > 4 else 0)).isoformat()


@dataclass(frozen=True, slots=True)
class Plan:
    """How much to make, from which seed; `today` only chooses the last school year that is over.

    `each` is evidence a learner, about; `preparations` the most preparations before retakes.
    Raises `UsageError` for fewer learners than there are stories for, or less than one evidence.
    """

    today: date
    seed: int = 2026
    learners: int = 400
    each: int = 50
    preparations: int = 150

    def __post_init__(self) -> None:
        if self.learners < FEWEST_LEARNERS:
            raise UsageError(f"a demonstration has at least {FEWEST_LEARNERS} learners, not {self.learners}")
        if self.each < 1 or self.preparations < 0:
            raise UsageError("a demonstration has at least one evidence a learner and no fewer than 0 preparations")

    @property
    def year(self) -> SchoolYear:
        """Return the last school year that ended a week or more before today."""
        year = self.today.year - 1
        while (found := SchoolYear(_monday(year))).last_day + timedelta(weeks=1) > self.today:
            year -= 1
        return found


def _monday(year: int) -> date:
    middle = date(year, 8, 15)
    return middle + timedelta(days=-middle.weekday() % 7)

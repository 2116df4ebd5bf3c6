"""Whom a role reaches, as a condition on the read models: a join, so that no list of learners has to be carried."""

from dataclasses import dataclass

from sqlalchemy import ColumnElement, false, func, or_, select

from ledger.projections.belonging import TABLE

_LAST = "\U0010ffff"
"""The character after which no text continues."""

Section = tuple[str, str]
"""An organisation and the local code of a class in it."""


@dataclass(frozen=True, slots=True)
class Within:
    """Learners who on a day attend one of some organisations or what lies below it, or one of some classes.

    Those of `learners` are meant wherever they attend. With nothing named nobody is meant.
    """

    day: str
    organisations: frozenset[str] = frozenset()
    sections: frozenset[Section] = frozenset()
    learners: frozenset[str] = frozenset()

    def holds(self, learner: ColumnElement[str]) -> ColumnElement[bool]:
        """Return the condition on a column that names a learner."""
        parts = []
        if self.organisations or self.sections:
            parts.append(learner.in_(select(TABLE.c.learner).where(on_day(self.day), self._attends())))
        if self.learners:
            parts.append(learner.in_(sorted(self.learners)))
        return or_(*parts) if parts else false()

    def _attends(self) -> ColumnElement[bool]:
        places = [below(one) for one in sorted(self.organisations)]
        classes = [
            (TABLE.c.organisation == organisation) & (TABLE.c.section == section)
            for organisation, section in sorted(self.sections)
        ]
        return or_(*places, *classes)


def on_day(day: str) -> ColumnElement[bool]:
    """Return the condition that a span covers a day."""
    return (TABLE.c.first_day <= day) & (func.coalesce(TABLE.c.last_day, _LAST) >= day)


def below(organisation: str) -> ColumnElement[bool]:
    """Return the condition that a span is of an organisation, or of one below it."""
    inside = TABLE.c.organisation.between(f"{organisation}/", f"{organisation}/{_LAST}")
    return or_(TABLE.c.organisation == organisation, inside)

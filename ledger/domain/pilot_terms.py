"""What may be adopted under a pilot: the terms that carry it out, and whether an adoption keeps to them."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby

from ledger.domain.jurisdiction import Binding, BindingClock, PolicyAdopted, Selector
from ledger.domain.pilot_fold import Pilot, is_within

NOBODY_LEFT_OUT = Binding()


@dataclass(frozen=True, slots=True)
class PilotTerms:
    """From when to when an adoption under a pilot binds, whom, and for which subjects; null leaves nothing out."""

    first_day: str
    last_day: str | None
    binding: Binding | None
    subjects: tuple[str, ...] | None


@dataclass(frozen=True, slots=True)
class Meant:
    """What an adoption says that a pilot may allow or not."""

    jurisdiction: str
    question: str
    award: str
    selector: Selector
    first_day: str
    last_day: str | None
    binding: Binding

    @property
    def organisations(self) -> tuple[str, ...]:
        """Name whom it binds: the organisations it names, or all of its jurisdiction."""
        return self.binding.organisations or (self.jurisdiction,)


def meant(adopted: PolicyAdopted) -> Meant:
    """Return what an adoption as stored says."""
    return Meant(
        adopted.jurisdiction,
        adopted.question,
        adopted.award,
        adopted.selector,
        adopted.first_day,
        adopted.last_day,
        adopted.binding or NOBODY_LEFT_OUT,
    )


def terms(pilot: Pilot, jurisdiction: str, kind: str) -> tuple[PilotTerms, ...]:
    """Return the adoptions by which a jurisdiction carries out a pilot for a kind of subject, in order of days.

    One for each day on which organisations begin; then, where those who began may finish, one that binds
    them alone from the day after the end. Nobody is in the middle of anything but a course or a competency,
    so for other kinds the pilot's rule ends with the pilot. Empty for a jurisdiction that takes no part.
    """
    starts = sorted(_starts(pilot, jurisdiction), key=lambda one: (one[0], one[1] or ""))
    courses = pilot.opened.scope.courses
    subjects = courses if kind == "course" else None
    waves = [(day, tuple(name for _, name in some)) for day, some in groupby(starts, key=lambda one: one[0])]
    during = [
        PilotTerms(day, pilot.last_day, _binding(pilot, kind, names), subjects)
        for day, names in waves
        if day <= pilot.last_day
    ]
    if not during or pilot.opened.exit_rule != "finish-under-pilot" or kind not in ("competency", "course"):
        return tuple(during)
    begun = tuple(name for day, names in waves if day <= pilot.last_day for name in names)
    clock: BindingClock = "course" if kind == "course" or courses else "evidence"
    after = _binding(pilot, kind, begun, clock, pilot.last_day)
    return (*during, PilotTerms(_day_after(pilot.last_day), pilot.exit_by, after, subjects))


def _starts(pilot: Pilot, jurisdiction: str) -> Iterator[tuple[str, str | None]]:
    """Yield first days with the organisation that begins then; null for the jurisdiction as a whole."""
    whole = pilot.first_day_of(jurisdiction)
    if whole is not None:
        yield whole, None
    for one in pilot.opened.scope.organisations:
        if one.organisation != jurisdiction and is_within(one.organisation, jurisdiction):
            begins = one.first_day or pilot.first_day
            if begins != whole:
                yield begins, one.organisation


def _binding(
    pilot: Pilot,
    kind: str,
    names: tuple[str | None, ...],
    clock: BindingClock = "decision",
    until: str | None = None,
) -> Binding | None:
    scope = pilot.opened.scope
    binding = Binding(
        clock=clock,
        until=until,
        organisations=None if None in names else tuple(name for name in names if name is not None),
        grades=scope.grades,
        courses=None if kind == "course" else scope.courses,
    )
    return None if binding == NOBODY_LEFT_OUT else binding


def outside(pilot: Pilot, adoption: Meant) -> tuple[tuple[str, str], ...]:
    """Return each way in which an adoption reaches beyond its pilot: where it says so, and a sentence."""
    checks = (_other_question, _other_people, _other_work, _other_days)
    return tuple(found for check in checks for found in check(pilot, adoption))


def _other_question(pilot: Pilot, adoption: Meant) -> Iterator[tuple[str, str]]:
    opened = pilot.opened
    if (adoption.question, adoption.award) != (opened.question, opened.award):
        theirs = f"{adoption.question} ({adoption.award})"
        yield "pilot", f"the pilot {opened.title!r} is about {opened.question} ({opened.award}), not about {theirs}"


def _other_people(pilot: Pilot, adoption: Meant) -> Iterator[tuple[str, str]]:
    for name in adoption.organisations:
        if pilot.participant(name) is None:
            those = ", ".join(pilot.organisations)
            yield "pilot", f"{name} takes no part in the pilot {pilot.opened.title!r}; those who do are {those}"


def _other_work(pilot: Pilot, adoption: Meant) -> Iterator[tuple[str, str]]:
    scope = pilot.opened.scope
    if scope.grades is not None and (more := _beyond(adoption.binding.grades, scope.grades)):
        yield "grades", f"the pilot is for grades {', '.join(scope.grades)}, and this binds {more}"
    named = adoption.selector.ids if adoption.selector.kind == "course" else adoption.binding.courses
    if scope.courses is not None and (more := _beyond(named, scope.courses)):
        yield "courses", f"the pilot is for the courses {', '.join(scope.courses)}, and this binds {more}"


def _beyond(named: tuple[str, ...] | None, allowed: tuple[str, ...]) -> str:
    if named is None:
        return "all"
    return ", ".join(name for name in named if name not in allowed)


def _other_days(pilot: Pilot, adoption: Meant) -> Iterator[tuple[str, str]]:
    for name in adoption.organisations:
        begins = pilot.first_day_of(name)
        if begins is not None and adoption.first_day < begins:
            yield "from", f"{name} is in the pilot from {begins}, and this binds from {adoption.first_day}"
    latest = _latest_day(pilot, adoption.binding)
    if latest is not None and (adoption.last_day is None or adoption.last_day > latest):
        until = adoption.last_day or "further notice"
        yield "until", f"the pilot {pilot.opened.title!r} lets this bind until {latest}, and it binds until {until}"


def _latest_day(pilot: Pilot, binding: Binding) -> str | None:
    """Return the last day on which it may bind anybody; nothing where those who began finish in their own time."""
    finishing = binding.clock in ("evidence", "course") and (binding.until or "9999") <= pilot.last_day
    if pilot.opened.exit_rule == "finish-under-pilot" and finishing:
        return pilot.exit_by
    return pilot.last_day


def _day_after(day: str) -> str:
    return (date.fromisoformat(day) + timedelta(days=1)).isoformat()

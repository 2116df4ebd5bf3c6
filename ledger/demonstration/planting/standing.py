"""Cohorts, grades of record and scores: what was set to another value, and where scores heap."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from random import Random

from ledger.demonstration.planting.doings import enter, set_cohort, set_grade
from ledger.demonstration.planting.ordinary import PACE
from ledger.demonstration.planting.people import Casting, teacher
from ledger.demonstration.planting.steps import REGISTRAR, Doing, Mark, Step, at, finding, innocent
from ledger.demonstration.records import Row

COHORTS, HEAPS = "cohort-changes", "heaping"
TESTED = (("A1.4", 9), ("A1.9", 17), ("A1.10", 25))
"""Standards that have a test of a hundred points, each with the week in which it is sat."""

AT_THE_CUT = (75, 66, 75, 83, 75, 71, 75, 90, 75, 78, 75, 69, 75, 86)
"""Half of the scores of one teacher stand exactly at 75, where the level begins that is to be shown."""
ROUNDED = (60, 65, 70, 70, 75, 75, 80, 80, 85, 85, 90, 90, 95, 65)
"""One teacher rounds to fives, wherever that leads."""
COARSE = (5, 6, 6, 6, 7, 8, 6, 6, 7, 5, 6, 8, 7, 6)
"""One teacher gives eight points at most, and six of eight are 75 percent."""


def cohorts(casting: Casting) -> Iterator[Step]:
    """Yield settings of the class a learner graduates with, and of grades of record."""
    year = casting.year.first_day.year
    class_of = year + 4
    first = innocent(COHORTS, "The first setting of a cohort.")
    for place in range(3):
        one = casting.section(place + 1)[0]
        yield _set(one.id, "cohort", casting.year.day(3, 1), set_cohort(one.id, class_of, "roster"), (first,))
        if place == 0:
            mark = finding(COHORTS, "A cohort was moved back by a year, on no basis.")
            do = set_cohort(one.id, class_of - 1, None)
        elif place == 1:
            mark = innocent(COHORTS, "A cohort was moved back by a year, on the transcript.")
            do = set_cohort(one.id, class_of - 1, "transcript")
        else:
            mark = innocent(COHORTS, "A cohort was set to the value it had.")
            do = set_cohort(one.id, class_of, None)
        yield _set(one.id, "cohort again", casting.year.day(22, 1), do, (mark,))
    yield from _grades(casting)


def _grades(casting: Casting) -> Iterator[Step]:
    lowered, slipped = casting.section(3)[1], casting.section(1)[1]
    day = casting.year.day(24, 1)
    mark = finding(COHORTS, "A grade of record was lowered in the middle of the year, on no basis.")
    yield _set(lowered.id, "grade", day, set_grade(lowered.id, "8", day, None), (mark,))
    wrong = innocent(COHORTS, "A grade of record was typed wrongly, on the roster's word.")
    day = casting.year.day(5, 1)
    yield _set(slipped.id, "grade", day, set_grade(slipped.id, "8", day, "roster"), (wrong,))
    right = innocent(COHORTS, "A grade of record was set right within the hour by whoever had typed it.")
    step = _set(slipped.id, "grade again", day, set_grade(slipped.id, "9", day, None), (right,))
    yield replace(step, when=step.when + timedelta(minutes=40))


def _set(learner: str, name: str, day: str, do: Doing, marks: tuple[Mark, ...]) -> Step:
    return Step(when=at(day, "09:40"), name=f"{learner} {name}", do=do, learner=learner, who=REGISTRAR, marks=marks)


def scores(casting: Casting) -> Iterator[Step]:
    """Yield three tests of each class: rounded by one teacher, at the cut by another, of eight points by the third."""
    draw = Random(f"{casting.seed}/planted scores")  # noqa: S311 - reproducible, not secret
    kinds = (
        (1, ROUNDED, 100, innocent(HEAPS, "Scores rounded to fives, which heap at every five.")),
        (2, AT_THE_CUT, 100, finding(HEAPS, "Half of a teacher's scores stand exactly at 75 of 100.")),
        (3, COARSE, 8, innocent(HEAPS, "Six of eight points, on a scale of which few values occur.")),
    )
    for section, values, most, mark in kinds:
        for code, week in TESTED:
            shuffled = list(values)
            draw.shuffle(shuffled)
            day = casting.year.day(week, 4)
            for place, (one, value) in enumerate(zip(casting.section(section), shuffled, strict=True)):
                row = Row(
                    learner=one.id,
                    competency=code,
                    kind="exam",
                    score=str(value),
                    score_min="0",
                    score_max=str(most),
                    task=f"{code} unit test",
                    instrument="unit-test",
                    occurred=day,
                    scored=day,
                )
                name = f"{one.id} {code} unit test"
                at_the_cut = value * 100 == 75 * most
                yield Step(
                    when=at(day, f"16:{section}0") + PACE * place,
                    name=name,
                    do=enter(name, row),
                    learner=one.id,
                    who=teacher(section),
                    role="teacher",
                    marks=(mark,) if at_the_cut else (),
                )


def all_settings(casting: Casting) -> Iterator[Step]:
    """Yield every part of this kind."""
    for part in (cohorts, scores):
        yield from part(casting)

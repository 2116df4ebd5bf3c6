"""What happens in the demonstration, out of a plan alone: learners, their years, and the stories among them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from random import Random
from types import MappingProxyType

from ledger.demonstration import classroom, examinations
from ledger.demonstration.cast import Cast
from ledger.demonstration.content import ALGEBRA, CEDAR_RIDGE, DISTRICTS, GRADE_3, PINE_VALLEY, SCHOOLS
from ledger.demonstration.growth import year_of
from ledger.demonstration.names import FAMILY, GIVEN
from ledger.demonstration.plan import Plan
from ledger.demonstration.records import Action, District, Learner, Preparing, Row, Script, Telling, World

DOZEN = 12
GRADE_3_OF_A_DOZEN = 5
"""Learners of each dozen in the elementary school; the others take the high-school course."""

SECTION = 24
"""Learners a teacher has."""

ADULT = (PINE_VALLEY.letters, 12)
"""The returning adult, who has no other work than their story."""

Part = Callable[[Cast], Script]

PARTS: Mapping[tuple[str, int], tuple[Part, ...]] = MappingProxyType(
    {
        (PINE_VALLEY.letters, 1): (classroom.two_kinds, classroom.slow_start),
        (PINE_VALLEY.letters, 2): (classroom.one_kind,),
        (PINE_VALLEY.letters, 3): (classroom.latest_lower,),
        (PINE_VALLEY.letters, 4): (classroom.retakes,),
        (PINE_VALLEY.letters, 5): (classroom.practice, classroom.correction),
        (PINE_VALLEY.letters, 6): (classroom.credit,),
        (PINE_VALLEY.letters, 7): (classroom.award_stands,),
        (PINE_VALLEY.letters, 8): (classroom.prerequisite,),
        (PINE_VALLEY.letters, 9): (classroom.bands, examinations.first_try, examinations.route_shut),
        (PINE_VALLEY.letters, 10): (examinations.second_try,),
        (PINE_VALLEY.letters, 11): (examinations.third_try,),
        ADULT: (examinations.old_line,),
        (CEDAR_RIDGE.letters, 1): (classroom.half_level,),
        (CEDAR_RIDGE.letters, 2): (classroom.absence,),
        (CEDAR_RIDGE.letters, 3): (classroom.group_work,),
        (CEDAR_RIDGE.letters, 4): (classroom.group_member,),
        (CEDAR_RIDGE.letters, 5): (classroom.group_member,),
        (CEDAR_RIDGE.letters, 6): (examinations.nobody_said,),
        (CEDAR_RIDGE.letters, 7): (examinations.route_open,),
        (CEDAR_RIDGE.letters, 8): (examinations.same_quarter_unknown,),
        (CEDAR_RIDGE.letters, 9): (examinations.same_quarter,),
        (CEDAR_RIDGE.letters, 10): (examinations.advanced_placement,),
        (CEDAR_RIDGE.letters, 11): (classroom.three_kinds,),
        (CEDAR_RIDGE.letters, 12): (examinations.too_late,),
    }
)
"""Who plays which stories: district and number within it."""


HIGHLIGHTS = (
    "Shown in two kinds of task",
    "The same retake after tutoring",
    "The latest work fell below the level",
    "An award stands",
    "The rule of the day",
    "Nobody has said",
)
"""The stories told first, by title; the others follow in the order of their learners."""


@dataclass(frozen=True, slots=True)
class _Life:
    learner: Learner
    rows: tuple[Row, ...]
    preparations: tuple[Preparing, ...]
    scripts: tuple[Script, ...]


def generate(plan: Plan) -> World:
    """Return everything that happens under a plan; the same plan gives the same world."""
    lives = [_life(learner, number, plan) for learner, number in _learners(plan)]
    scripts = [script for life in lives for script in life.scripts]
    prepared = [preparing for life in lives for preparing in life.preparations]
    actions: list[Action] = [action for script in scripts for action in script.actions]
    return World(
        plan=plan,
        learners=tuple(life.learner for life in lives),
        rows={district.jurisdiction: _rows(district, lives) for district in DISTRICTS},
        actions=(*actions, *_spread(prepared, plan.preparations)),
        tellings=_told([telling for script in scripts for telling in script.tellings]),
    )


def _learners(plan: Plan) -> list[tuple[Learner, int]]:
    """Return the learners with their numbers within their district; names are drawn first of all."""
    draw = Random(f"{plan.seed}/names")  # noqa: S311 - reproducible, not secret
    counts = (plan.learners - plan.learners // 2, plan.learners // 2)
    return [
        (_learner(district, number, plan, draw), number)
        for district, count in zip(DISTRICTS, counts, strict=True)
        for number in range(1, count + 1)
    ]


def _learner(district: District, number: int, plan: Plan, draw: Random) -> Learner:
    young, adult = (number - 1) % DOZEN < GRADE_3_OF_A_DOZEN, (district.letters, number) == ADULT
    born = plan.year.first_day.year - (8 if young else 31 if adult else 14)
    groups = tuple(name for name in ("English learner", "economically disadvantaged") if draw.randrange(4) == 0)
    return Learner(
        id=f"{district.letters}-{number:04d}",
        district=district,
        school=f"{district.jurisdiction}/{SCHOOLS[number % len(SCHOOLS)]}",
        grade="3" if young else "" if adult else "9",
        track=GRADE_3 if young else ALGEBRA,
        section=(number - 1) // (2 * SECTION) + 1,
        given_name=draw.choice(GIVEN),
        family_name=draw.choice(FAMILY),
        birth_date=f"{born}-{draw.randrange(1, 13):02d}-{draw.randrange(1, 29):02d}",
        groups=groups,
    )


def _life(learner: Learner, number: int, plan: Plan) -> _Life:
    place = (learner.district.letters, number)
    scripts = tuple(part(Cast(learner, plan.year)) for part in PARTS.get(place, ()))
    told = tuple(row for script in scripts for row in script.rows)
    if place == ADULT:
        return _Life(learner, told, (), scripts)
    codes = {row.competency or row.course for row in told}
    ordinary = year_of(learner, plan, codes)
    return _Life(learner, (*told, *ordinary.rows), ordinary.preparations, scripts)


def _rows(district: District, lives: list[_Life]) -> tuple[Row, ...]:
    """Return the rows of a district's file by day, each with the id its source gave it."""
    own = [row for life in lives if life.learner.district is district for row in life.rows]
    own.sort(key=lambda row: row.occurred)
    return tuple(_numbered(row, district, number) for number, row in enumerate(own, start=1))


def _numbered(row: Row, district: District, number: int) -> Row:
    return row if row.source_record else replace(row, source_record=f"{district.letters.lower()}-{number:06d}")


def _told(tellings: list[Telling]) -> tuple[Telling, ...]:
    first = [telling for title in HIGHLIGHTS for telling in tellings if telling.title == title]
    return (*first, *(telling for telling in tellings if telling not in first))


def _spread(prepared: list[Preparing], most: int) -> list[Preparing]:
    """Return at most so many, evenly over all of them."""
    count = min(len(prepared), most)
    return [prepared[place * len(prepared) // count] for place in range(count)]

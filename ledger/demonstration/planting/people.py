"""Who is in the story: one invented district, its learners, and its teachers."""

from collections.abc import Collection
from dataclasses import dataclass, field
from random import Random

from ledger.demonstration.content import ALGEBRA, STATE
from ledger.demonstration.names import FAMILY, GIVEN
from ledger.demonstration.plan import SchoolYear
from ledger.demonstration.records import District, Learner

LIVE_OAK = District(f"{STATE}/live-oak", "Live Oak (invented)", "LO")
SECTIONS, SECTION = 3, 14
NORTH, SOUTH, MIDDLE = (f"{LIVE_OAK.jurisdiction}/{name}" for name in ("north-campus", "south-campus", "middle-school"))
SCHOOL = {1: NORTH, 2: NORTH, 3: SOUTH}
"""The school of each section."""
LATE_JOINER, TRANSFER = "LO-0043", "LO-0044"
"""Learners who were not there when the year began."""
STRUGGLING = 5
"""One learner of so many."""
ALSO = ((LATE_JOINER, 3), (TRANSFER, 1))


def struggles(learner: Learner) -> bool:
    """Say whether a learner has some work below the level; parts that need credit come after theirs are given."""
    return int(learner.id[-4:]) % STRUGGLING == 0


def teacher(section: int) -> str:
    """Return the id of the teacher of a section."""
    return f"{LIVE_OAK.letters}-T-{ALGEBRA}-{section}"


@dataclass(slots=True)
class Casting:
    """The school year and its learners; each is given one part at most, in an order that follows from the seed."""

    year: SchoolYear
    seed: int
    learners: tuple[Learner, ...] = ()
    _left: dict[int, list[Learner]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        draw = Random(f"{self.seed}/planted people")  # noqa: S311 - reproducible, not secret
        numbers = [(f"LO-{number + 1:04d}", number // SECTION + 1) for number in range(SECTIONS * SECTION)]
        self.learners = tuple(self._learner(one, section, draw) for one, section in (*numbers, *ALSO))
        self._left = {section: self._in(section, draw) for section in range(1, SECTIONS + 1)}

    def _learner(self, identity: str, section: int, draw: Random) -> Learner:
        born = self.year.first_day.year - 14
        return Learner(
            id=identity,
            district=LIVE_OAK,
            school=SCHOOL[section],
            grade="9",
            track=ALGEBRA,
            section=section,
            given_name=draw.choice(GIVEN),
            family_name=draw.choice(FAMILY),
            birth_date=f"{born}-{draw.randrange(1, 13):02d}-{draw.randrange(1, 29):02d}",
        )

    def _in(self, section: int, draw: Random) -> list[Learner]:
        found = [one for one in self.learners if one.section == section and one.id not in dict(ALSO)]
        draw.shuffle(found)
        return sorted(found, key=struggles)

    def one(self, section: int) -> Learner:
        """Return a learner of a section who has no part yet."""
        return self._left[section].pop()

    def some(self, section: int, count: int) -> tuple[Learner, ...]:
        """Return several of them."""
        return tuple(self.one(section) for _ in range(count))

    def section(self, number: int) -> tuple[Learner, ...]:
        """Return everybody who is in a section from the beginning of the year."""
        return tuple(one for one in self.learners if one.section == number and one.id not in dict(ALSO))

    def but(self, ids: Collection[str]) -> tuple[Learner, ...]:
        """Return everybody who is there from the beginning of the year, but for some."""
        return tuple(one for one in self.learners if one.id not in ids and one.id not in dict(ALSO))

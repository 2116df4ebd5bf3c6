"""Whom a what-if is about: fact sheets, two of each subject of each learner, in partitions of whole learners."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple, Protocol

from ledger.policy.evaluate import decide
from ledger.policy.finding import Finding
from ledger.policy.judging.asking import in_worker
from ledger.policy.memory import Memory, fingerprint
from ledger.policy.model import Policy
from ledger.policy.sheet import Sheet, Value


@dataclass(frozen=True, slots=True)
class Side:
    """A rule as it would be asked: the policy, the day, values of its own, and up to when dated values are known."""

    policy: Policy
    on: date
    overrides: Mapping[str, Value] = field(default_factory=dict)
    known_on: date | None = None

    def memory(self) -> Memory:
        """Return an empty memory for this rule."""
        return Memory(self.policy, self.on, self.overrides, self.known_on, in_worker)

    def decide(self, sheet: Sheet) -> Finding:
        """Decide a sheet from scratch."""
        return decide(self.policy, sheet, self.on, overrides=self.overrides, known_on=self.known_on, judge=in_worker)


class Offer(NamedTuple):
    """What one learner was given: the values of one field, for one fact of a side, about one subject."""

    side: str
    fact: str
    values: tuple[str, ...]


class Case(NamedTuple):
    """One subject of one learner: the sheet of each side, where it was taught, and what was offered there.

    `place` names the class, or the subject where no class is known; every learner of a place was
    offered what any of them was given.
    """

    learner: str
    subject: str
    baseline: Sheet
    candidate: Sheet
    place: str = ""
    offers: tuple[Offer, ...] = ()


class Partition(Protocol):
    """Whole learners of one ledger; it must travel to another process where processes are used."""

    @property
    def ledger(self) -> str:
        """Name the ledger its learners are in."""

    @property
    def size(self) -> int:
        """Return how many learners it holds."""

    def cases(self) -> Iterable[Case]:
        """Yield every case of every learner, one learner after the other."""


@dataclass(frozen=True, slots=True)
class Held:
    """A partition that is held in memory."""

    held: tuple[Case, ...]
    ledger: str = ""

    @property
    def size(self) -> int:
        """Return how many learners it holds."""
        return len({case.learner for case in self.held})

    def cases(self) -> Iterable[Case]:
        """Return its cases."""
        return self.held


def shared(sheet: Sheet, pool: dict[object, Sheet]) -> Sheet:
    """Return a sheet whose list members are one object wherever they are equal, as `pool` has them.

    Then an evaluator that remembers knows them again at once.
    """
    return {
        name: tuple([_shared_member(member, pool) for member in value]) if isinstance(value, tuple) else value
        for name, value in sheet.items()
    }


def _shared_member(member: object, pool: dict[object, Sheet]) -> Sheet:
    if not isinstance(member, Mapping):
        raise TypeError(f"{member!r} is no member of a list of facts.")
    key = (tuple(member), fingerprint(member.values(), lists=tuple in map(type, member.values())))
    return pool.setdefault(key, member)

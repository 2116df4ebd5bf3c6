"""How much has been seen of groups of subjects, in one pass over the evidence and one over the decisions."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from operator import itemgetter
from typing import Any

from sqlalchemy import BindParameter, Select, bindparam, func, or_, select

from ledger.errors import UsageError
from ledger.projections.decisions import TABLE as DECISIONS
from ledger.projections.evidence import TABLE as EVIDENCE
from ledger.projections.runner import position_of
from ledger.storage.read_models import ReadModels

_Groups = Mapping[str, Iterable[str]]


@dataclass(frozen=True, slots=True)
class Seen:
    """What there is about some subjects together, nobody and nothing counted twice.

    `learners` have evidence that counts, `evidence` are its pieces and `last_day` is the last day among
    them, null where all are undated; `mastered` are the learners with a standing decision of MASTERY that
    came out met. A reason why there is no result is no evidence.
    """

    learners: int = 0
    evidence: int = 0
    mastered: int = 0
    last_day: str | None = None


NOTHING = Seen()


def seen(
    models: ReadModels, groups: _Groups, on: date, *, known_at: int | None = None
) -> tuple[Mapping[str, Seen], int]:
    """Return what is seen of each group of subject keys by the end of a day, and the position it is true for.

    Evidence without a day counts for every day. With a position, as the ledger knew it there; raises
    `UsageError` for one it has not reached. A group of which nothing is seen is left out.
    """
    counted = _Counted(_turned(groups))
    with models.read() as connection:
        reached = position_of(connection, models)
        if known_at is not None and not 0 <= known_at <= reached:
            raise UsageError(f"position {known_at}: the ledger is known here up to position {reached}")
        position = reached if known_at is None else known_at
        given = {"day": on.isoformat(), "position": position}
        for _, rows in groupby(connection.execute(_EVIDENCE, given), key=itemgetter(0)):
            counted.evidence_of_a_learner(rows)
        for _, rows in groupby(connection.execute(_MASTERED, given), key=itemgetter(0)):
            counted.mastered_by_a_learner(rows)
    return counted.found(), position


def _turned(groups: _Groups) -> dict[str, list[str]]:
    """Return the groups each subject is in."""
    found: defaultdict[str, list[str]] = defaultdict(list)
    for name, subjects in groups.items():
        for subject in set(subjects):
            found[subject].append(name)
    return dict(found)


class _Counted:
    """Counts by group; it is told of one learner after the other, and so remembers one learner's work at a time."""

    def __init__(self, groups_of: Mapping[str, list[str]]) -> None:
        self._groups_of = groups_of
        self._learners: Counter[str] = Counter()
        self._evidence: Counter[str] = Counter()
        self._mastered: Counter[str] = Counter()
        self._last: dict[str, str] = {}

    def evidence_of_a_learner(self, rows: Iterable[Any]) -> None:
        """Count all the evidence of one learner: rows of learner, subject, evidence and day."""
        pieces: defaultdict[str, set[str]] = defaultdict(set)
        for _, subject, evidence, day in rows:
            for name in self._groups_of.get(subject, ()):
                pieces[name].add(evidence)
                if day is not None and day > self._last.get(name, ""):
                    self._last[name] = day
        for name, some in pieces.items():
            self._learners[name] += 1
            self._evidence[name] += len(some)

    def mastered_by_a_learner(self, rows: Iterable[Any]) -> None:
        """Count all that one learner has mastered: rows of learner and subject."""
        self._mastered.update({name for _, subject in rows for name in self._groups_of.get(subject, ())})

    def found(self) -> dict[str, Seen]:
        """Return what was counted."""
        return {
            name: Seen(self._learners[name], self._evidence[name], self._mastered[name], self._last.get(name))
            for name in self._learners | self._mastered
        }


_POSITION: BindParameter[int] = bindparam("position")
_DAY: BindParameter[str] = bindparam("day")


def _counting() -> Select[Any]:
    table = EVIDENCE
    counts = (
        table.c.position <= _POSITION,
        or_(table.c.to_position.is_(None), table.c.to_position > _POSITION),
        table.c.absent == 0,
        or_(table.c.day.is_(None), table.c.day <= _DAY),
    )
    columns = select(table.c.learner, table.c.subject, table.c.evidence_id, table.c.day)
    return columns.where(*counts).order_by(table.c.learner)


def _met() -> Select[Any]:
    """Return whose latest decision made by the day, of those known, came out met, and about what."""
    table = DECISIONS
    place = func.row_number().over(
        partition_by=(table.c.learner, table.c.subject, table.c.award), order_by=table.c.position.desc()
    )
    known = (table.c.question == "MASTERY", table.c.position <= _POSITION, table.c.decided_on <= _DAY)
    latest = select(table.c.learner, table.c.subject, table.c.outcome, place.label("place")).where(*known).subquery()
    met = select(latest.c.learner, latest.c.subject).where(latest.c.place == 1, latest.c.outcome == "met")
    return met.order_by(latest.c.learner)


_EVIDENCE, _MASTERED = _counting(), _met()

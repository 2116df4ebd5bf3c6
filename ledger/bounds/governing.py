"""Which policy answers a question for a learner's subject on a day, with which values."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from ledger.bounds.binding import Bound, binds
from ledger.bounds.nearness import Nearness, covers_all, within
from ledger.domain.governance import Governance, Placed, covers
from ledger.domain.jurisdiction import PolicyAdopted


@dataclass(frozen=True, slots=True)
class Governing:
    """The adoption that governs: its position in this ledger, and itself."""

    position: int
    adoption: PolicyAdopted
    upstream: str | None


@dataclass(frozen=True, slots=True)
class Candidate:
    """An adoption that answers a question about a subject on a day, for the learners it binds.

    `school` is its jurisdiction where that is a school of this ledger's district, else null.
    """

    governing: Governing
    school: str | None

    @property
    def binds_everyone(self) -> bool:
        """Say whether no learner's record need be looked at."""
        return self.school is None and self.governing.adoption.binding is None

    def binds(self, learner: Bound, subject: str, on: date) -> bool:
        """Say whether a learner is bound for a subject on a day."""
        day, binding = on.isoformat(), self.governing.adoption.binding
        if self.school is not None and not within(learner.organisation_on(day), self.school):
            return False
        return binding is None or binds(binding, learner, subject, day)


def candidates(
    governance: Governance, question: str, award: str, subject: str, on: date, read_to: int
) -> tuple[Candidate, ...]:
    """Return the adoptions that answer a question about a subject on a day, the one that goes first in front.

    The jurisdiction nearest the learner's school goes first. Within one, an adoption that names the
    subject goes before one for all subjects of its kind, and a later adoption before an earlier one.
    None after one that binds everyone is returned, for none of those can govern.
    """
    kind, _, identity = subject.partition("/")
    found = [
        placed
        for placed in governance.adoptions
        if placed.position <= read_to
        and (placed.payload.question, placed.payload.award) == (question, award)
        and placed.payload.selector.covers(kind, identity)
        and covers(placed.payload.first_day, governance.last_day_of(placed, read_to), on)
    ]
    near = Nearness(governance)
    ordered = sorted((one for one in found if near.of(one) is not None), key=lambda one: _precedence(one, near))
    return tuple(
        _needed(Candidate(Governing(one.position, one.payload, one.upstream), near.school(one)) for one in ordered)
    )


def governing(
    governance: Governance, question: str, award: str, subject: str, on: date, read_to: int, learner: Bound
) -> Governing | None:
    """Return the one adoption that governs a question about a learner's subject on a day, or nothing."""
    for candidate in candidates(governance, question, award, subject, on, read_to):
        if candidate.binds_everyone or candidate.binds(learner, subject, on):
            return candidate.governing
    return None


def in_force(governance: Governance, on: date, read_to: int) -> tuple[Placed, ...]:
    """Return the adoptions that may govern somebody on a day, in the order of the log.

    Left out is one before which another goes that binds every learner for all its subjects.
    """
    near = Nearness(governance)
    found = [
        placed
        for placed in governance.adoptions
        if placed.position <= read_to
        and near.of(placed) is not None
        and covers(placed.payload.first_day, governance.last_day_of(placed, read_to), on)
    ]
    return tuple(one for one in found if not any(_hides(other, one, near) for other in found))


def _hides(other: Placed, one: Placed, near: Nearness) -> bool:
    theirs, ours = other.payload, one.payload
    school = near.school(other)
    return (
        (theirs.question, theirs.award) == (ours.question, ours.award)
        and _precedence(other, near) < _precedence(one, near)
        and theirs.binding is None
        and (school is None or within(near.school(one), school))
        and covers_all(theirs.selector, ours.selector)
    )


def _precedence(placed: Placed, near: Nearness) -> tuple[int, bool, int]:
    return near.of(placed) or 0, placed.payload.selector.ids is None, -placed.position


def _needed(ordered: Iterator[Candidate]) -> Iterator[Candidate]:
    for candidate in ordered:
        yield candidate
        if candidate.binds_everyone:
            return


def questions_asked(governance: Governance, read_to: int) -> tuple[tuple[str, str, str], ...]:
    """Return every (question, award, subject kind) for which some adoption stands, sorted."""
    return tuple(
        sorted(
            {
                (one.payload.question, one.payload.award, one.payload.selector.kind)
                for one in governance.adoptions
                if one.position <= read_to
            }
        )
    )

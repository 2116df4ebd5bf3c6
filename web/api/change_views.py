"""What a change would do and has done, as the API answers it: cut to those the token holder reaches."""

from collections.abc import Sequence
from dataclasses import dataclass

from ledger.access.actions import Action
from ledger.application.change_state import change_named
from ledger.inquiry.changes import ChangeRow
from ledger.inquiry.impact_groups import Impact
from ledger.inquiry.outcome import what_came_of
from web import access, change_impact_pages
from web.change_lists import CameRow, ImpactRow, came_rows, differing_answers, preview_of
from web.change_lists import impact_rows as rows_of
from web.ledgers import Opened

__all__ = ["Activated", "CameRow", "ImpactRow", "NotYet", "Outcome", "impact_of", "impact_rows", "outcome_of"]


@dataclass(frozen=True, slots=True)
class NotYet:
    """A change whose day has come and that may not be activated, and why."""

    number: int
    refusal: str


@dataclass(frozen=True, slots=True)
class Activated:
    """The changes that came to govern, and those whose day has come that may not."""

    changes: tuple[ChangeRow, ...]
    refused: tuple[NotYet, ...]


@dataclass(frozen=True, slots=True)
class FateCount:
    """How many answers came out in one way."""

    fate: str
    answers: int


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a change has done beside what its preview said; `answers` are of those within reach alone."""

    counts: tuple[FateCount, ...]
    answers: tuple[CameRow, ...]


def impact_rows(opened: Opened, name: str) -> Sequence[ImpactRow]:
    """Return the answers the preview of a change says would differ, of those within reach."""
    change = change_named(opened.ledger.governance(), name)
    reached = access.reach(Action.READ_RECORD)
    meant = differing_answers(opened, change, None, awarded=False)
    return tuple(rows_of(opened, change, [one for one in meant if reached is None or one.learner in reached]))


def impact_of(opened: Opened, name: str) -> Impact:
    """Return whom a preview says a change would concern, by group."""
    change = change_named(opened.ledger.governance(), name)
    preview_of(change)
    version = change.latest_preview if change.pending else change.submitted or change.latest_preview
    return change_impact_pages.impact_of(opened, change.id, version or 0)


def outcome_of(opened: Opened, name: str) -> Outcome:
    """Return what came of a change beside what was predicted."""
    change = change_named(opened.ledger.governance(), name)
    found, reached = what_came_of(opened.ledger, name), access.reach(Action.READ_RECORD)
    meant = [one for one in found.rows if reached is None or one.row.learner in reached]
    counts = tuple(FateCount(fate.value, count) for fate, count in found.counts().items())
    return Outcome(counts, came_rows(opened, change, meant))

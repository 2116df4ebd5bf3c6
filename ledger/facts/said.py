"""What people said of a learner that is neither evidence nor a status: cohorts set, panels' votes, choices."""

from collections.abc import Iterable
from typing import TypeVar

from msgspec import Struct

from ledger.facts.standing import ApprovalEntry


class CohortEntry(Struct, frozen=True, gc=False, array_like=True):
    """One setting of a cohort clock: a calendar year or an ISO day, the other null."""

    version: int
    clock: str
    year: int | None
    day: str | None


class PanelEntry(Struct, frozen=True, gc=False, array_like=True):
    """One vote of a panel; `votes` gives role and vote of each member, in the order recorded."""

    version: int
    body: str
    result: str
    votes: tuple[tuple[str, str], ...]
    subject: str | None
    occurred: str | None


class ChoiceEntry(Struct, frozen=True, gc=False, array_like=True):
    """One choice; no options withdraw what was chosen before."""

    version: int
    choice: str
    options: tuple[str, ...]
    subject: str | None
    occurred: str | None


Word = TypeVar("Word", ApprovalEntry, PanelEntry, ChoiceEntry)


def last_word(entries: Iterable[Word], subject: str, day: str) -> Word | None:
    """Return the last entry about a subject, or the learner as a whole, that is dated not after a day.

    An undated entry is the oldest; of equal dates the later recorded is the last.
    """
    words = [one for one in entries if one.subject in (None, subject) and (one.occurred or "")[:10] <= day]
    return max(words, key=lambda one: (one.occurred or "", one.version), default=None)

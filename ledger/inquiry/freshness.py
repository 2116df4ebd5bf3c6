"""Whether a preview still holds: what was recorded since, and whose answers it changes."""

from dataclasses import dataclass

from ledger.application.change_state import moved_since_preview, supposition_of
from ledger.application.ledger import Ledger
from ledger.application.preview_rows import Preview
from ledger.application.previewing import still_holds
from ledger.domain.change_fold import Change

MOST = 500
"""Events since a preview that are looked at while somebody waits for a page."""


@dataclass(frozen=True, slots=True)
class Freshness:
    """How fresh a preview is.

    `events` about learners were recorded since; `learners` of them now have other answers, null where
    there are too many events to look at on a page. `moved` says in words what governs otherwise since.
    """

    events: int
    learners: int | None
    moved: str

    @property
    def stale(self) -> bool:
        """Say whether the preview no longer says what the change would do."""
        return bool(self.moved or self.learners)


def freshness(ledger: Ledger, change: Change, previewed: Preview) -> Freshness:
    """Say whether the preview of a change under way still holds."""
    governance = ledger.governance()
    moved = next(moved_since_preview(governance, change), "")
    head = ledger.log.recorder.max_notification_id()
    rows = ledger.log.recorder.scan(previewed.position, head, limit=10 * MOST)
    events = sum(str(stream).startswith("learner/") for _, stream, *_ in rows)
    if moved or events > MOST:
        return Freshness(events, None, moved)
    if not events:
        return Freshness(0, 0, "")
    held = still_holds(ledger, supposition_of(governance, change.proposed), previewed, head)
    return Freshness(events, len(held.learners), "")

"""The steps of a change of rules: previewed, approved by another person, scheduled, activated, given up or confirmed.

Every command is asked again where what governs changed before it was stored, so that of two who act at
once one is carried out, and the other is told what the first has done.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from msgspec.structs import replace as with_fields

from ledger.application.change_state import adoption_of, change_named, endings_of, supposition_of
from ledger.application.fitting import brought_back, misfits_of
from ledger.application.ledger import Ledger
from ledger.application.preview_files import keep, kept_or_made
from ledger.application.preview_rows import Preview
from ledger.application.previewing import Progress, preview, still_holds
from ledger.application.proposing import Placing, require, require_within
from ledger.domain import changes as events
from ledger.domain.change_fold import Change, ChangeStatus
from ledger.domain.change_rules import Step
from ledger.domain.governance import Governance
from ledger.domain.shapes import Authority, Payload
from ledger.errors import LedgerDamaged, PolicyProblems, Refused, UsageError
from ledger.storage.envelope import Author


def preview_change(
    ledger: Ledger, author: Author, name: str, progress: Progress | None = None
) -> events.ChangePreviewed:
    """Work out what a change would do to the learners on record, and write down what it came to."""
    governance = ledger.governance()
    change = change_named(governance, name)
    asked = ["preview", change.id]
    if (earlier := ledger.log.recorder.earlier(ledger.command(author, asked))) is not None:
        again: events.ChangePreviewed = next(ledger.log.scan(earlier.first - 1, earlier.first)).data
        return again
    require(ledger, governance, change, Step.PREVIEW, author)
    on = max(date.fromisoformat(change.proposed.first_day), ledger.today())
    found = preview(ledger, supposition_of(governance, change.proposed), on, progress=progress)
    payload = _stored(change, found)

    def make(now: Governance) -> Placing:
        require(ledger, now, change_named(now, name), Step.PREVIEW, author)
        return [(f"change/{change.id}", payload)]

    ledger.write_as_governed(author, asked, make)
    keep(ledger, change.id, found)
    return payload


def _stored(change: Change, found: Preview) -> events.ChangePreviewed:
    return events.ChangePreviewed(
        change=change.id,
        position=found.position,
        read_to=found.read_to,
        on=found.on,
        learners=found.learners,
        concerned=found.concerned,
        pairs=found.pairs,
        gains=found.count("gain"),
        losses=found.count("loss"),
        people=found.count("person"),
        others=found.count("other"),
        awards=found.awards,
        rows=found.digest,
    )


def worked_out_again(ledger: Ledger, change: Change, previewed: events.ChangePreviewed) -> Preview:
    """Return a preview as it was stored, with every row of it; raise `LedgerDamaged` where it is no longer the same."""
    found = kept_or_made(
        ledger,
        change.id,
        supposition_of(ledger.governance(), change.proposed),
        date.fromisoformat(previewed.on),
        previewed.position,
        rows=previewed.rows,
        read_to=previewed.read_to,
    )
    if found.digest != previewed.rows:
        raise LedgerDamaged(
            f"the preview of change {change.proposed.number} at position {previewed.position} comes to another list "
            "now than was stored; `mastery replay` tells whether the ledger was altered; if not, preview it again"
        )
    return found


def submit(ledger: Ledger, author: Author, name: str) -> Change:
    """Ask for approval of a change, on the strength of its latest preview."""

    def payload(change: Change) -> Payload:
        return events.ChangeSubmitted(change=change.id, preview=change.latest_preview or 0)

    return _step(ledger, author, name, Step.SUBMIT, payload)


def approve(ledger: Ledger, author: Author, name: str) -> Change:
    """Approve a change; refused to the proposer, and where an answer of the preview has changed since."""

    def payload(change: Change) -> Payload:
        head = ledger.log.recorder.max_notification_id()
        _require_fresh(ledger, change, head)
        return events.ChangeApproved(change=change.id, preview=change.submitted or 0, checked_to=head)

    return _step(ledger, author, name, Step.APPROVE, payload)


def _require_fresh(ledger: Ledger, change: Change, head: int) -> None:
    before = worked_out_again(ledger, change, change.previews[change.submitted or 0])
    moved = still_holds(ledger, supposition_of(ledger.governance(), change.proposed), before, head)
    if not moved.holds:
        count = len(moved.learners)
        raise Refused(
            f"what was recorded since the preview changes what it says about {count} "
            f"{'learner' if count == 1 else 'learners'}: preview change {change.proposed.number} again"
        )


def decline(ledger: Ledger, author: Author, name: str, reason: str) -> Change:
    """Refuse approval of a change, with a reason that everybody may read."""
    return _step(
        ledger,
        author,
        name,
        Step.DECLINE,
        lambda change: events.ChangeDeclined(change=change.id, reason=reason),
        reason,
    )


def schedule(ledger: Ledger, author: Author, name: str, on: date | None = None) -> Change:
    """Set the day on which an approved change is activated: its first day, where no earlier one is named."""

    def payload(change: Change) -> Payload:
        first_day = date.fromisoformat(change.proposed.first_day)
        day = max(on or first_day, ledger.today()) if on is None else on
        if day < ledger.today():
            raise UsageError(f"{day} has passed; today is {ledger.today()} in this ledger's zone")
        if day > first_day:
            raise UsageError(f"change {change.proposed.number} binds from {first_day}; activate it by then")
        return events.ChangeScheduled(change=change.id, on=day.isoformat(), zone=ledger.opened.zone)

    return _step(ledger, author, name, Step.SCHEDULE, payload, on.isoformat() if on else "")


def withdraw_change(ledger: Ledger, author: Author, name: str, reason: str) -> Change:
    """Give a change up before it governs."""
    return _step(
        ledger,
        author,
        name,
        Step.WITHDRAW,
        lambda change: events.ChangeWithdrawn(change=change.id, reason=reason),
        reason,
    )


def activate(ledger: Ledger, author: Author, name: str) -> Change:
    """Make an approved change govern, once its day has come; an emergency at once, with notice to those concerned."""

    def make(governance: Governance) -> Placing:
        change = change_named(governance, name)
        require(ledger, governance, change, Step.ACTIVATE, author)
        done = events.ChangeActivated(change=change.id, preview=change.submitted or 0, approval=change.approval)
        said: list[Payload] = [done, *_notice(governance, change)]
        return [*_enacted(ledger, governance, change.proposed), *[(f"change/{change.id}", one) for one in said]]

    ledger.write_as_governed(author, ["activate", change_named(ledger.governance(), name).id], make)
    return change_named(ledger.governance(), name)


def _notice(governance: Governance, change: Change) -> list[Payload]:
    if not change.proposed.emergency:
        return []
    above = [one for one in governance.chain() if one != change.proposed.jurisdiction]
    return [
        events.NoticeGiven(change=change.id, audience=("board", *above), confirm_by=change.proposed.confirm_by or "")
    ]


def _enacted(ledger: Ledger, governance: Governance, proposed: events.ChangeProposed) -> Placing:
    """Return what makes a change govern: its adoption, held against the bounds once more, or the end of one."""
    if proposed.adopts is None:
        ended = endings_of(governance, proposed)
        require_within(brought_back(ledger, governance, ended, date.fromisoformat(proposed.first_day)))
        return [(f"jurisdiction/{proposed.jurisdiction}", one) for one in ended]
    adopted = adoption_of(proposed, proposed.adopts)
    require_within(misfits_of(ledger, governance, adopted))
    return [(f"jurisdiction/{proposed.jurisdiction}", adopted)]


def confirm(ledger: Ledger, author: Author, name: str, authority: Authority) -> Change:
    """Confirm an emergency by the body it was made for: from now on it lasts as it was proposed."""

    def make(governance: Governance) -> Placing:
        change = change_named(governance, name)
        require(ledger, governance, change, Step.CONFIRM, author)
        lasting: Placing = []
        if change.proposed.adopts is not None:
            confirmed = with_fields(change.proposed, emergency=False, confirm_by=None)
            lasts = adoption_of(confirmed, change.proposed.adopts)
            require_within(misfits_of(ledger, governance, lasts))
            lasting = [(f"jurisdiction/{change.proposed.jurisdiction}", lasts)]
        return [*lasting, (f"change/{change.id}", events.ChangeConfirmed(change=change.id, authority=authority))]

    ledger.write_as_governed(author, ["confirm", change_named(ledger.governance(), name).id, authority.body], make)
    return change_named(ledger.governance(), name)


def due(ledger: Ledger) -> tuple[Change, ...]:
    """Return the changes whose day has come, in the order of their numbers."""
    today = ledger.today().isoformat()
    return tuple(
        one
        for one in ledger.governance().changes
        if one.status is ChangeStatus.SCHEDULED and one.scheduled is not None and one.scheduled.on <= today
    )


@dataclass(frozen=True, slots=True)
class Due:
    """A change whose day has come, and why it could not be activated: empty where it was."""

    change: Change
    refusal: str = ""


def activate_due(ledger: Ledger, author: Callable[[], Author]) -> tuple[Due, ...]:
    """Activate every change whose day has come; one that may not be does not keep the others from it.

    `author` gives a new command for each.
    """
    return tuple(_activated_if_possible(ledger, author(), one) for one in due(ledger))


def _activated_if_possible(ledger: Ledger, author: Author, change: Change) -> Due:
    try:
        return Due(activate(ledger, author, change.id))
    except (Refused, PolicyProblems) as error:
        return Due(change, str(error))


def _step(
    ledger: Ledger,
    author: Author,
    name: str,
    step: Step,
    payload: Callable[[Change], Payload],
    said: str = "",
) -> Change:
    """Take one step of a change, unless it may not be taken."""

    def make(governance: Governance) -> Placing:
        change = change_named(governance, name)
        require(ledger, governance, change, step, author)
        return [(f"change/{change.id}", payload(change))]

    identity = change_named(ledger.governance(), name).id
    ledger.write_as_governed(author, [step.value, identity, said], make)
    return change_named(ledger.governance(), identity)

"""Which step a change of rules may take now, by whom; and the sentence where it may not."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from types import MappingProxyType

from ledger.domain.change_fold import Change, ChangeStatus, Written


class Step(StrEnum):
    """What can be done with a change that was proposed."""

    PREVIEW = "preview"
    SUBMIT = "submit"
    APPROVE = "approve"
    DECLINE = "decline"
    SCHEDULE = "schedule"
    ACTIVATE = "activate"
    WITHDRAW = "withdraw"
    CONFIRM = "confirm"
    ROLL_BACK = "roll-back"


@dataclass(frozen=True, slots=True)
class Circumstances:
    """What a step depends on beside the change: who takes it, the day in the ledger's zone, what moved since.

    `moved` says in words what governs otherwise since the preview, empty for nothing; `undoing` is the
    number of a pending change that would undo this one already.
    """

    by: Written
    today: date
    moved: str = ""
    undoing: int | None = None


Rule = Callable[[Change, Circumstances], str | None]


def refusal(change: Change, step: Step, circumstances: Circumstances) -> str | None:
    """Return why a step may not be taken, nothing where it may."""
    return _RULES[step](change, circumstances)


def _not_pending(change: Change) -> str | None:
    if change.pending:
        return None
    return f"change {change.proposed.number} is {_WORDS[change.status]}"


_WORDS = {
    ChangeStatus.ACTIVE: "active already",
    ChangeStatus.ROLLED_BACK: "rolled back already",
    ChangeStatus.WITHDRAWN: "withdrawn",
}


def _preview(change: Change, _: Circumstances) -> str | None:
    return _not_pending(change)


def _submit(change: Change, now: Circumstances) -> str | None:
    if (found := _not_pending(change)) is not None:
        return found
    if change.latest_preview is None:
        return f"change {change.proposed.number} was never previewed; preview it first"
    if change.submitted == change.latest_preview and not now.moved:
        return f"approval of change {change.proposed.number} is asked for already"
    return _stale(change, now, change.latest_preview)


def _stale(change: Change, now: Circumstances, preview: int) -> str | None:
    if change.latest_preview != preview:
        return f"change {change.proposed.number} was previewed again since; ask for approval of the new preview"
    if now.moved:
        return f"the preview of change {change.proposed.number} no longer holds: {now.moved}; preview it again"
    return None


def _approve(change: Change, now: Circumstances) -> str | None:
    number = change.proposed.number
    if (found := _not_pending(change)) is not None:
        return found
    if change.status in (ChangeStatus.APPROVED, ChangeStatus.SCHEDULED):
        return f"change {number} is approved already"
    if change.submitted is None:
        return f"nobody has asked for approval of change {number}"
    if _proposed_by(change, now.by):
        return f"change {number} was proposed by the same person; another one has to approve it"
    if now.today.isoformat() > change.proposed.first_day and not change.proposed.emergency:
        return (
            f"change {number} was to bind from {change.proposed.first_day}, which has passed; propose it anew from a "
            "later day"
        )
    return _stale(change, now, change.submitted)


def _proposed_by(change: Change, by: Written) -> bool:
    """Say whether whoever acts, or is acted for, is the one who proposed or was proposed for."""
    proposer = change.proposer
    people = {person for person in (proposer.actor, proposer.behalf) if person}
    return any(by.acts_for(person) for person in people)


def _decline(change: Change, now: Circumstances) -> str | None:
    if (found := _not_pending(change)) is not None:
        return found
    if change.submitted is None:
        return f"nobody has asked for approval of change {change.proposed.number}"
    if _proposed_by(change, now.by):
        return f"change {change.proposed.number} was proposed by the same person, who may withdraw it"
    return None


def _schedule(change: Change, now: Circumstances) -> str | None:
    if (found := _not_pending(change)) is not None:
        return found
    if change.approved is None:
        return f"change {change.proposed.number} is not approved yet"
    return None


def _activate(change: Change, now: Circumstances) -> str | None:
    number = change.proposed.number
    if (found := _not_pending(change)) is not None:
        return found
    if change.approved is None or change.submitted is None:
        return f"change {number} is not approved yet"
    if not change.proposed.emergency:
        if change.scheduled is None:
            return f"change {number} has no day yet; schedule it first"
        if now.today.isoformat() < change.scheduled.on:
            return f"change {number} is scheduled for {change.scheduled.on}; today is {now.today}"
    return _stale(change, now, change.approved[0].preview)


def _withdraw(change: Change, _: Circumstances) -> str | None:
    if change.status is ChangeStatus.ACTIVE:
        return f"change {change.proposed.number} governs already; roll it back instead"
    return _not_pending(change)


def _confirm(change: Change, now: Circumstances) -> str | None:
    number = change.proposed.number
    if not change.proposed.emergency:
        return f"change {number} is no emergency; there is nothing to confirm"
    if change.status is not ChangeStatus.ACTIVE:
        return f"change {number} is not active; only what governs can be confirmed"
    if change.confirmed:
        return f"change {number} is confirmed already"
    if _proposed_by(change, now.by):
        return f"change {number} was proposed by the same person; another one has to confirm it"
    by = change.proposed.confirm_by or ""
    if now.today.isoformat() > by:
        return f"change {number} was to be confirmed by {by} and has ended by itself; propose it anew"
    if now.moved:
        return f"since change {number} was approved {now.moved}; propose what is to last as a change of its own"
    return None


def _roll_back(change: Change, now: Circumstances) -> str | None:
    if change.status is not ChangeStatus.ACTIVE:
        return f"change {change.proposed.number} is not active; only what governs can be rolled back"
    if now.undoing is not None:
        return f"change {now.undoing}, which is pending, would roll change {change.proposed.number} back already"
    return None


_RULES: Mapping[Step, Rule] = MappingProxyType(
    {
        Step.PREVIEW: _preview,
        Step.SUBMIT: _submit,
        Step.APPROVE: _approve,
        Step.DECLINE: _decline,
        Step.SCHEDULE: _schedule,
        Step.ACTIVATE: _activate,
        Step.WITHDRAW: _withdraw,
        Step.CONFIRM: _confirm,
        Step.ROLL_BACK: _roll_back,
    }
)

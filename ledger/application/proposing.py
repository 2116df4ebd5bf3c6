"""Proposing a change of rules: to adopt, to end an adoption, or to undo an earlier change.

A proposal is held against all that its activation will be held against, and refused where another one
is under way that concerns the same subjects. The policy is archived with it, so that what was proposed
stays what was proposed.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from msgspec.structs import replace as with_fields

from ledger.application.adopting import Adoption, Checked, checked, terms_of
from ledger.application.change_state import (
    adopted_by,
    change_named,
    circumstances,
    day_before,
    in_the_way,
    own_adoption,
    subjects_meant,
)
from ledger.application.fitting import Misfit, brought_back, misfits_of
from ledger.application.ledger import Ledger
from ledger.domain import changes as events
from ledger.domain.change_fold import Change
from ledger.domain.change_rules import Step, refusal
from ledger.domain.governance import Governance, Placed
from ledger.domain.jurisdiction import AdoptionEnded, Attestation, PolicyAdopted, PolicyArchived
from ledger.domain.shapes import Authority, Payload
from ledger.errors import PolicyProblems, Problem, Refused, UsageError
from ledger.policy.canonical import policy_digest
from ledger.storage.envelope import Author
from ledger.values import identifier

DAYS_TO_CONFIRM = 30
"""Days after which an emergency that nobody confirmed ends, where no other day is named."""

Placing = Sequence[tuple[str, Payload]]


@dataclass(frozen=True, slots=True)
class Proposal:
    """What somebody proposes: to adopt, to end the adoption at a position of this ledger, or to make it again.

    An emergency binds from today and ends after `confirm_by`, thirty days on where none is given, unless
    it is confirmed. `rolls_back` is the id of the change it undoes.
    """

    authority: Authority
    reason: str
    first_day: date
    adoption: Adoption | None = None
    ends: int | None = None
    again: int | None = None
    emergency: bool = False
    confirm_by: date | None = None
    rolls_back: str | None = None
    attestation: Attestation | None = None


def propose(ledger: Ledger, author: Author, proposal: Proposal) -> Change:
    """Propose a change; raise `PolicyProblems` or `Refused`, storing nothing, where it could never be activated."""
    identity = identifier("change", ledger.opened.ledger, author.command)
    _require_days(ledger, proposal)

    def make(governance: Governance) -> Placing:
        proposed, archived = _proposed(ledger, governance, identity, proposal)
        _require_room(governance, proposed)
        payloads: list[tuple[str, Payload]] = [] if archived is None else [(_stream(proposed), archived)]
        return [*payloads, (f"change/{identity}", proposed)]

    ledger.write_as_governed(author, _asked(identity, proposal), make)
    return change_named(ledger.governance(), identity)


def _stream(proposed: events.ChangeProposed) -> str:
    return f"jurisdiction/{proposed.jurisdiction}"


def _asked(identity: str, proposal: Proposal) -> list[str]:
    """Return what a proposal asks for, alike in every process, for the digest of the command."""
    adoption = proposal.adoption
    rest = repr(replace(proposal, adoption=None))
    if adoption is None:
        return [identity, rest]
    overrides = sorted((adoption.overrides or {}).items())
    terms = (adoption.jurisdiction, adoption.last_day, overrides, adoption.subjects, adoption.scale, adoption.pilot)
    unverified = adoption.acknowledge_unverified
    return [identity, rest, policy_digest(adoption.policy), repr((*terms, adoption.binding, unverified))]


def _require_days(ledger: Ledger, proposal: Proposal) -> None:
    today = ledger.today()
    if proposal.first_day < today:
        raise UsageError(f"{proposal.first_day} has passed; a change binds from {today} or later, and rewrites nothing")
    if proposal.emergency and proposal.first_day != today:
        raise UsageError(f"an emergency binds from today, {today}; what can wait is proposed without it")
    if proposal.confirm_by is not None and proposal.confirm_by < proposal.first_day:
        raise UsageError(f"{proposal.confirm_by} is before the first day, {proposal.first_day}")


def _proposed(
    ledger: Ledger, governance: Governance, identity: str, proposal: Proposal
) -> tuple[events.ChangeProposed, PolicyArchived | None]:
    found = _checked(ledger, governance, proposal)
    again = None if proposal.again is None else _terms_again(ledger, governance, proposal)
    if proposal.ends is not None:
        _require_nothing_outside_comes_back(ledger, governance, proposal)
    held = found is None or found.archived.digest in governance.archived
    proposed = events.ChangeProposed(
        change=identity,
        number=len(governance.changes) + 1,
        jurisdiction=_place_of(governance, proposal),
        adopts=found.terms if found else again,
        ends=proposal.ends,
        first_day=proposal.first_day.isoformat(),
        authority=proposal.authority,
        reason=proposal.reason,
        rolls_back=proposal.rolls_back,
        emergency=proposal.emergency,
        confirm_by=_confirm_by(proposal),
        checks=found.checks if found else (),
        attestation=proposal.attestation,
    )
    return proposed, None if found is None or held else found.archived


def _terms_again(ledger: Ledger, governance: Governance, proposal: Proposal) -> events.Terms:
    adopted: PolicyAdopted = own_adoption(governance, proposal.again or 0).payload
    made_again = with_fields(adopted, first_day=proposal.first_day.isoformat(), attestation=proposal.attestation)
    require_within(misfits_of(ledger, governance, made_again))
    return terms_of(adopted)


def _require_nothing_outside_comes_back(ledger: Ledger, governance: Governance, proposal: Proposal) -> None:
    placed = own_adoption(governance, proposal.ends or 0)
    last_day = day_before(proposal.first_day.isoformat())
    ended = AdoptionEnded(
        jurisdiction=placed.payload.jurisdiction,
        adoption=placed.position,
        last_day=last_day,
        authority=proposal.authority,
        reason=proposal.reason,
    )
    require_within(brought_back(ledger, governance, [ended], proposal.first_day))


def require_within(misfits: Iterable[Misfit]) -> None:
    """Refuse what does not keep within a bound; raise `PolicyProblems` with every one."""
    found = [Problem("", one.adoption.edition, one.where, one.sentence) for one in misfits]
    if found:
        raise PolicyProblems(found)


def _confirm_by(proposal: Proposal) -> str | None:
    if not proposal.emergency:
        return None
    return (proposal.confirm_by or proposal.first_day + timedelta(days=DAYS_TO_CONFIRM)).isoformat()


def _checked(ledger: Ledger, governance: Governance, proposal: Proposal) -> Checked | None:
    if proposal.adoption is None:
        return None
    adoption = replace(proposal.adoption, first_day=proposal.first_day, attestation=proposal.attestation)
    return checked(ledger, governance, adoption)


def _place_of(governance: Governance, proposal: Proposal) -> str:
    if proposal.adoption is not None:
        return proposal.adoption.jurisdiction
    return str(own_adoption(governance, proposal.ends or proposal.again or 0).payload.jurisdiction)


def _require_room(governance: Governance, proposed: events.ChangeProposed) -> None:
    if proposed.adopts is None:
        _require_not_ended(governance, own_adoption(governance, proposed.ends or 0), proposed.first_day)
    meant = with_fields(adopted_by(governance, proposed), first_day=proposed.first_day)
    other = next(in_the_way(governance, meant), None)
    if other is not None:
        raise Refused(
            f"change {other.proposed.number} is {other.status.value} and already concerns {meant.question} of "
            f"{subjects_meant(meant.selector)} on some of these days: withdraw one of the two, or wait"
        )


def _require_not_ended(governance: Governance, placed: Placed, first_day: str) -> None:
    last_day = governance.last_day_of(placed, governance.position)
    if last_day is not None and last_day < first_day:
        raise Refused(f"the adoption at position {placed.position} binds until {last_day} only; nothing is left to end")


def roll_back(
    ledger: Ledger,
    author: Author,
    name: str,
    first_day: date,
    authority: Authority,
    reason: str,
    *,
    emergency: bool = False,
) -> Change:
    """Propose the change that undoes an active one: what it adopted ends, or what it ended is adopted again."""
    governance = ledger.governance()
    change = change_named(governance, name)
    require(ledger, governance, change, Step.ROLL_BACK, author)
    proposal = Proposal(authority, reason, first_day, emergency=emergency, rolls_back=change.id)
    if change.proposed.adopts is not None:
        position = max(one.position for one in governance.adoptions if one.payload.change == change.id)
        return propose(ledger, author, replace(proposal, ends=position))
    return propose(ledger, author, replace(proposal, again=change.proposed.ends))


def require(ledger: Ledger, governance: Governance, change: Change, step: Step, author: Author) -> None:
    """Refuse a step that may not be taken, or not by this person, or not now."""
    found = refusal(change, step, circumstances(ledger, governance, change, author))
    if found is not None:
        raise Refused(found)

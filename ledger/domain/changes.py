"""A change of rules on its way from a proposal to what governs: stream `change/<uuid>`.

Who proposed, approved and activated stands in the envelope of each event, as everywhere: a vault id.
"""

from typing import Literal

from ledger.domain.jurisdiction import Attestation, Binding, BoundSide, Override, Selector
from ledger.domain.learner import Outcome, Question
from ledger.domain.shapes import Authority, Payload, Shape, VaultText

Fit = Literal["within", "attested", "waived"]


class Terms(Shape, frozen=True, kw_only=True):
    """What a change would adopt: all an adoption says beside who adopts it, from when and why."""

    question: Question
    award: str
    selector: Selector
    policy: str
    edition: str
    digest: str
    overrides: tuple[Override, ...]
    last_day: str | None = None
    scale: str | None = None
    binding: Binding | None = None
    pilot: str | None = None
    unverified_acknowledged: bool = False


class BoundChecked(Shape, frozen=True, kw_only=True):
    """How a change stands to one bound set above: `bound` is that bound's position in this ledger.

    `proved` says that every learner there can be was covered. Where it was not, or where the rules
    cannot be compared, a person attests; a pilot may waive the bound.
    """

    bound: int
    side: BoundSide
    fit: Fit
    proved: bool


class ChangeProposed(Payload, frozen=True, kw_only=True):
    """Somebody proposes to adopt a rule, or to end an adoption so that what it replaced governs again.

    Exactly one of `adopts` and `ends` (the position of an adoption) is not null. `number` counts the
    changes of the ledger from 1. The change binds from `first_day`. `rolls_back` is the id of the change
    it undoes. An emergency is activated by two people at once, told to everybody concerned, and ends by
    itself after `confirm_by` unless the body it is made for confirms it.
    """

    change: str
    number: int
    jurisdiction: str
    adopts: Terms | None
    ends: int | None
    first_day: str
    authority: Authority
    reason: str
    rolls_back: str | None = None
    emergency: bool = False
    confirm_by: str | None = None
    checks: tuple[BoundChecked, ...] = ()
    attestation: Attestation | None = None


class OutcomePair(Shape, frozen=True, kw_only=True):
    """How many answers are one without a change and another with it; null where nothing would be asked."""

    question: Question
    award: str
    without: Outcome | None
    with_it: Outcome | None
    count: int


class ChangePreviewed(Payload, frozen=True, kw_only=True):
    """What a change would do to the learners on record was worked out, up to a position of this ledger.

    `read_to` is the position up to which rules were read, `on` the day decided for. `learners` were
    looked at, `concerned` of them have a question that another rule would answer. `gains`, `losses`,
    `people` (a person has to judge) and `others` count the answers that differ, `awards` those of the
    losses that were awarded already and stand. `rows` is the SHA-256 of the canonical list of every
    answer that differs; the list can be worked out again from the position.
    """

    change: str
    position: int
    read_to: int
    on: str
    learners: int
    concerned: int
    pairs: tuple[OutcomePair, ...]
    gains: int
    losses: int
    people: int
    others: int
    awards: int
    rows: str


class ChangeSubmitted(Payload, frozen=True, kw_only=True):
    """Approval is asked for, on the strength of a preview: `preview` is its version in this stream."""

    change: str
    preview: int


class ChangeApproved(Payload, frozen=True, kw_only=True):
    """Another person than the proposer agrees, having seen a preview that still holds.

    `preview` is its version in this stream; `checked_to` the position up to which no answer of it differed.
    """

    change: str
    preview: int
    checked_to: int


class ChangeDeclined(Payload, frozen=True, kw_only=True):
    """Approval is refused; the change may be previewed and submitted again, or withdrawn. `reason` is public."""

    change: str
    reason: str


class ChangeScheduled(Payload, frozen=True, kw_only=True):
    """The change is to be activated on a day that begins at midnight in an IANA zone."""

    change: str
    on: str
    zone: str


class ChangeCommented(Payload, frozen=True, kw_only=True):
    """Somebody says something about the change; what is said may name people and lives in the vault, its author's."""

    change: str
    text: VaultText


class ChangeActivated(Payload, frozen=True, kw_only=True):
    """The change governs: its adoption, or the end of one, stands in the same append.

    `preview` and `approval` are the versions in this stream of what it rests on.
    """

    change: str
    preview: int
    approval: int


class ChangeWithdrawn(Payload, frozen=True, kw_only=True):
    """The change is given up before it governed; `reason` is public."""

    change: str
    reason: str


class ChangeConfirmed(Payload, frozen=True, kw_only=True):
    """The body confirms an emergency, which now lasts as it was proposed."""

    change: str
    authority: Authority


class NoticeGiven(Payload, frozen=True, kw_only=True):
    """Those concerned are told of an emergency: whom (`board`, `state`, an organisation), and until when to confirm."""

    change: str
    audience: tuple[str, ...]
    confirm_by: str

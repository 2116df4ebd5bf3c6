"""Changes of rules as people read them: what would change, how far it has come, what it would do, what is next."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from ledger.application import Ledger
from ledger.application.change_state import adopted_by, change_named, circumstances, own_adoption
from ledger.bounds import candidates
from ledger.domain import changes as events
from ledger.domain.change_fold import Change, Written
from ledger.domain.change_rules import Step, refusal
from ledger.domain.changes import BoundChecked, ChangePreviewed
from ledger.domain.governance import Governance
from ledger.domain.jurisdiction import Binding, PolicyAdopted
from ledger.domain.shapes import Authority, Payload
from ledger.errors import EvidenceErased, UnknownName
from ledger.inquiry.leaning import movement
from ledger.inquiry.movement import direction
from ledger.inquiry.naming import Naming
from ledger.policy.canonical import value_from_text
from ledger.policy.model import Policy
from ledger.policy.parameters import Keep, value_on
from ledger.policy.sheet import Value, value_words
from ledger.storage.envelope import Author
from ledger.vault import Vault


@dataclass(frozen=True, slots=True)
class ChangeRow:
    """A change in a line; `verb` is "adopts" or "ends", `about` names the subjects in words."""

    id: str
    number: int
    status: str
    verb: str
    jurisdiction: str
    question: str
    award: str
    about: str
    title: str
    edition: str
    digest: str
    first_day: str
    last_day: str
    emergency: bool
    proposer: str
    proposed_at: str
    reason: str


@dataclass(frozen=True, slots=True)
class ValueChange:
    """A parameter before and after, in words; `before` is empty where no rule of this policy governed.

    `allowed` says what a lower level may do with it: nothing, raise it, lower it, anything; `direction`
    is "tightens", "loosens" or empty. `bar` says whether it "raises the bar" or "lowers the bar", empty
    where the form of the rule does not show it.
    """

    name: str
    says: str
    before: str
    after: str
    allowed: str
    direction: str = ""
    bar: str = ""

    @property
    def differs(self) -> bool:
        """Say whether it changes."""
        return self.before != self.after


@dataclass(frozen=True, slots=True)
class StepTaken:
    """One step: what, by whom, when (an instant), what was said, and its version in the stream of the change."""

    what: str
    who: str
    at: str
    words: str
    version: int = 0


@dataclass(frozen=True, slots=True)
class StepNext:
    """A step that may be taken by whoever asks, or the reason why not; `refusal` is empty where it may."""

    step: str
    refusal: str


@dataclass(frozen=True, slots=True)
class ChangeView:
    """Everything about a change.

    `replaces` is the edition that governs today what the change is about, empty where none does.
    `preview` is the one the change rests on, with `moved` in words where it no longer holds.
    """

    row: ChangeRow
    authority: Authority
    replaces: str
    values: tuple[ValueChange, ...]
    binds: tuple[str, ...]
    checks: tuple[str, ...]
    preview: ChangePreviewed | None
    preview_version: int | None
    moved: str
    steps: tuple[StepTaken, ...]
    next: tuple[StepNext, ...]
    scheduled_on: str
    confirm_by: str
    confirmed: bool
    rolls_back: int | None
    rolled_back_by: int | None


def change_rows(ledger: Ledger) -> tuple[ChangeRow, ...]:
    """Return every change, those still under way first, the newest first among equals."""
    found = sorted(ledger.governance().changes, key=lambda one: (not one.pending, -one.proposed.number))
    return tuple(change_row(ledger, one) for one in found)


def change_view(ledger: Ledger, name: str, author: Author) -> ChangeView:
    """Return everything about a change, with what `author` may do next; raises `UnknownName`."""
    governance = ledger.governance()
    change = change_named(governance, name)
    now = circumstances(ledger, governance, change, author)
    adopted = adopted_by(governance, change.proposed)
    replaced = governs_today(ledger, governance, change)
    return ChangeView(
        row=change_row(ledger, change),
        authority=change.proposed.authority,
        replaces=replaced.edition if replaced else "",
        values=tuple(_values(ledger, replaced, adopted if change.proposed.adopts else None, change)),
        binds=tuple(binding_words(adopted.binding)) if change.proposed.adopts else (),
        checks=tuple(_check_words(governance, one) for one in change.proposed.checks),
        preview=change.preview,
        preview_version=change.latest_preview if change.pending else change.submitted,
        moved=now.moved,
        steps=tuple(_taken(ledger.vault, payload, written) for payload, written in change.steps),
        next=tuple(StepNext(step.value, refusal(change, step, now) or "") for step in Step),
        scheduled_on=change.scheduled.on if change.scheduled else "",
        confirm_by=change.proposed.confirm_by or "",
        confirmed=change.confirmed,
        rolls_back=number_of(governance, change.proposed.rolls_back),
        rolled_back_by=number_of(governance, change.rolled_back_by),
    )


def number_of(governance: Governance, identity: str | None) -> int | None:
    """Return the number of a change by its id, nothing for none."""
    found = governance.changes.find(identity) if identity else None
    return None if found is None else found.proposed.number


def change_row(ledger: Ledger, change: Change) -> ChangeRow:
    """Return a change in a line."""
    governance, proposed = ledger.governance(), change.proposed
    adopted = adopted_by(governance, proposed)
    policy = ledger.shelf().find(adopted.digest).policy
    return ChangeRow(
        id=change.id,
        number=proposed.number,
        status=change.status.value,
        verb="adopts" if proposed.adopts else "ends",
        jurisdiction=proposed.jurisdiction,
        question=adopted.question,
        award=adopted.award,
        about=about_words(governance, adopted),
        title=policy.title,
        edition=adopted.edition,
        digest=adopted.digest,
        first_day=proposed.first_day,
        last_day=(adopted.last_day or "") if proposed.adopts else "",
        emergency=proposed.emergency,
        proposer=person_words(ledger.vault, change.proposer.actor),
        proposed_at=change.proposer.at,
        reason=proposed.reason,
    )


def about_words(governance: Governance, adopted: PolicyAdopted) -> str:
    """Name the subjects an adoption is about."""
    kind, ids = adopted.selector.kind, adopted.selector.ids
    if ids is None:
        return f"every {kind}"
    naming = Naming(governance)
    named = [naming.by_key(f"{kind}/{identity}") for identity in ids]
    return ", ".join(one.code or one.label for one in named)


def person_words(vault: Vault, person: str) -> str:
    """Name somebody who acted: by name, else by the id they act under."""
    try:
        identity = vault.identity(person)
    except (UnknownName, EvidenceErased):
        return vault.display_name(person)
    named = identity.profile.given_name or identity.profile.family_name
    return vault.display_name(person) if named else identity.external_id


def governs_today(ledger: Ledger, governance: Governance, change: Change) -> PolicyAdopted | None:
    """Return what governs today the first subject a change is about, for those nothing narrows down."""
    if change.proposed.ends is not None:
        ended: PolicyAdopted = own_adoption(governance, change.proposed.ends).payload
        return ended
    adopted = adopted_by(governance, change.proposed)
    identity = (adopted.selector.ids or ("",))[0]
    subject = f"{adopted.selector.kind}/{identity}"
    read_to = change.preview.read_to if change.activated_at and change.preview else governance.position
    found = candidates(governance, adopted.question, adopted.award, subject, ledger.today(), read_to)
    everyone = [one.governing.adoption for one in found if one.binds_everyone]
    return everyone[0] if everyone else None


_ALLOWED: Mapping[Keep, str] = {
    Keep.EXACT: "set by the law alone",
    Keep.AT_LEAST: "may only be raised",
    Keep.AT_MOST: "may only be lowered",
    Keep.LOCAL: "left to this jurisdiction",
}


def _values(
    ledger: Ledger, before: PolicyAdopted | None, after: PolicyAdopted | None, change: Change
) -> Iterator[ValueChange]:
    on = max(date.fromisoformat(change.proposed.first_day), ledger.today())
    one, other = _held(ledger, before, on), _held(ledger, after, on)
    policy = ledger.shelf().find((after or before).digest).policy if after or before else None  # type: ignore[union-attr]
    shared = _shared(ledger, before, after)
    for definition in policy.parameters if policy else ():
        name = definition.name
        same = name in shared
        yield ValueChange(
            name=name,
            says=definition.says,
            before=_words(one.get(name)) if same or after is None else "",
            after=_words(other.get(name)),
            allowed=_ALLOWED[definition.keep],
            direction=direction(definition.keep, one.get(name), other.get(name)) if same else "",
            bar=movement(policy, name, one.get(name), other.get(name)) if same and policy else "",
        )


def _shared(ledger: Ledger, before: PolicyAdopted | None, after: PolicyAdopted | None) -> frozenset[str]:
    """Name the parameters that mean the same in both rules: of one policy all, of two those that say the same."""
    if before is None or after is None:
        return frozenset()
    said = [
        {(one.name, one.says, one.unit) for one in ledger.shelf().find(each.digest).policy.parameters}
        for each in (before, after)
    ]
    return frozenset(name for name, *_ in said[0] & said[1])


def _held(ledger: Ledger, adopted: PolicyAdopted | None, on: date) -> dict[str, Value]:
    if adopted is None:
        return {}
    policy: Policy = ledger.shelf().find(adopted.digest).policy
    own = {one.name: value_from_text(one.value) for one in adopted.overrides}
    return {one.name: value_on(one, on) for one in policy.parameters} | own


def _words(value: Value | None) -> str:
    return "" if value is None else value_words(value)


def binding_words(binding: Binding | None) -> Iterator[str]:
    """Say whom an adoption binds, a sentence for each thing that leaves somebody out."""
    if binding is None:
        yield "It binds every learner, for what is decided from its first day on."
        return
    span = _span(binding)
    if binding.clock == "evidence":
        yield f"It binds learners whose first evidence about the subject is dated {span}."
    if binding.clock == "course":
        yield f"It binds learners who began the course {span}."
    if binding.cohort is not None:
        yield f"It binds learners whose {binding.cohort.replace('-', ' ')} is {_classes(binding)}."
    for names, what in (
        (binding.organisations, "enrolled at"),
        (binding.grades, "in grade"),
        (binding.courses, "taking"),
    ):
        if names is not None:
            yield f"It binds learners {what} {' or '.join(names)}."


def _span(binding: Binding) -> str:
    if binding.since and binding.until:
        return f"from {binding.since} to {binding.until}"
    return f"on {binding.since} or later" if binding.since else f"on {binding.until} or earlier"


def _classes(binding: Binding) -> str:
    first, last = binding.first_class, binding.last_class
    if first == last:
        return str(first)
    if first is None or last is None:
        return f"{first} or later" if first is not None else f"{last} or earlier"
    return f"{first} to {last}"


_FITS = {
    "within": "It keeps within the {side} {jurisdiction} has set with {edition}: {how}.",
    "attested": "Whether it keeps within the {side} {jurisdiction} has set with {edition} cannot be proved; a named "
    "person answers for it.",
    "waived": "The {side} {jurisdiction} has set with {edition} is waived by the pilot.",
}


def _check_words(governance: Governance, checked: BoundChecked) -> str:
    bound = next(one.payload for one in governance.bounds if one.position == checked.bound)
    how = "proved for every learner there can be" if checked.proved else "no learner was found who shows otherwise"
    return _FITS[checked.fit].format(side=checked.side, jurisdiction=bound.jurisdiction, edition=bound.edition, how=how)


def _taken(vault: Vault, payload: Payload, written: Written) -> StepTaken:
    what, words = step_words(payload)
    return StepTaken(
        what, person_words(vault, written.actor) if written.actor else "", written.at, words, written.version
    )


def step_words(payload: Payload) -> tuple[str, str]:
    """Return what a step of a change is called, and what was said with it."""
    what, words = _STEPS[type(payload)]
    return what, words(payload)


_STEPS: Mapping[type[Payload], tuple[str, Callable[[Any], str]]] = {
    events.ChangeProposed: ("proposed", lambda step: step.reason),
    events.ChangePreviewed: (
        "previewed",
        lambda step: (
            f"{step.gains:,} answers gained, {step.losses:,} lost, {step.people:,} for a person, as of position "
            f"{step.position:,}"
        ),
    ),
    events.ChangeSubmitted: ("asked for approval", lambda _: ""),
    events.ChangeApproved: (
        "approved",
        lambda step: f"nothing recorded up to position {step.checked_to:,} changed the preview",
    ),
    events.ChangeDeclined: ("declined", lambda step: step.reason),
    events.ChangeScheduled: ("scheduled", lambda step: f"for {step.on} ({step.zone})"),
    events.ChangeActivated: ("activated", lambda _: ""),
    events.ChangeWithdrawn: ("withdrawn", lambda step: step.reason),
    events.ChangeConfirmed: ("confirmed", lambda step: step.authority.body),
    events.ChangeCommented: ("commented", lambda _: ""),
    events.NoticeGiven: (
        "notice given",
        lambda step: f"to {', '.join(step.audience)}; to be confirmed by {step.confirm_by}",
    ),
}

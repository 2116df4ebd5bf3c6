"""Proposing a change: what could be adopted or ended, the form with what holds now in it, and sending it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

from ledger.application.adopting import Adoption
from ledger.application.governing import find_competency
from ledger.application.proposing import Proposal, propose
from ledger.bounds import candidates
from ledger.catalogue import Catalogue
from ledger.domain.change_fold import Change
from ledger.domain.framework import ScaleDefined
from ledger.domain.governance import Placed
from ledger.domain.jurisdiction import Attestation, Binding, PolicyAdopted
from ledger.errors import PolicyProblems, Problem, Refused, UnknownName, UsageError
from ledger.facts.claims import compares_levels
from ledger.policy.canonical import value_from_text
from ledger.policy.model import Policy, Question
from ledger.policy.parameters import in_force
from ledger.policy.sheet import Value
from ledger.storage.envelope import Author
from web import rules
from web.change_form import LABELS, Filled, with_problems
from web.errors import words_of
from web.ledgers import Opened
from web.policy_form import PREFIX, ParameterField, parameter_fields, written
from web.wording import plainly

NOTHING: Mapping[str, str] = MappingProxyType({})
LONGEST_ASKED = 500
"""Characters of what an address asks to be typed into one field."""


@dataclass(frozen=True, slots=True)
class Choice:
    """A policy one may propose, in a line."""

    edition: str
    title: str
    jurisdiction: str
    subject: str
    award: str
    first_day: str
    unverified: bool


def choices(opened: Opened, catalogue: Catalogue) -> Iterator[tuple[str, tuple[Choice, ...]]]:
    """Yield for each question the installed policies that may be adopted here, of this place or of none."""
    places = ("", *opened.ledger.governance().chain())
    for question in Question:
        found = [one for one in catalogue.policies if one.question is question and one.jurisdiction in places]
        if found:
            yield question.value, tuple(_choice(one) for one in sorted(found, key=lambda one: one.title))


def _choice(policy: Policy) -> Choice:
    return Choice(
        policy.edition,
        policy.title,
        policy.jurisdiction,
        policy.subject,
        policy.award,
        policy.effective.isoformat(),
        policy.unverified,
    )


@dataclass(frozen=True, slots=True)
class Governs:
    """What governs now, and whether it was adopted in this ledger, so that it may be ended here."""

    row: rules.RuleRow
    own: bool


def governs(opened: Opened) -> tuple[Governs, ...]:
    """Return what is in force today."""
    own = {one.position for one in opened.ledger.governance().adoptions if one.upstream is None}
    return tuple(Governs(row, row.position in own) for row in rules.in_force(opened))


def policy_of(opened: Opened, catalogue: Catalogue, edition: str) -> Policy:
    """Return an edition that is installed or archived here; raise `UnknownName` for any other."""
    found = next((one for one in catalogue.policies if one.edition == edition), None)
    if found is not None:
        return found
    for digest, placed in opened.ledger.governance().archived.items():
        if placed.payload.edition == edition:
            return opened.ledger.shelf().find(digest).policy
    raise UnknownName(f"no policy {edition!r} is installed or archived here")


def adoption_at(opened: Opened, position: int) -> Placed:
    """Return the adoption at a position of this ledger; raise `UnknownName` for anything else."""
    found = next((one for one in opened.ledger.governance().adoptions if one.position == position), None)
    if found is None:
        raise UnknownName(f"there is no adoption at position {position} here")
    return found


def own_adoption_at(opened: Opened, position: int) -> Placed:
    """Return an adoption made in this ledger; raise `UnknownName` for one received from above."""
    found = adoption_at(opened, position)
    if found.upstream is not None:
        raise UnknownName(f"the adoption at position {position} was received from above, and is ended there")
    return found


@dataclass(frozen=True, slots=True)
class FormPage:
    """What the page of a proposal shows beside what was typed."""

    policy: Policy
    parameters: tuple[ParameterField, ...]
    scales: tuple[tuple[str, str], ...]
    replaces: str
    like: int | None

    def errors(self, filled: Filled) -> Iterator[tuple[str, str, str]]:
        """Yield what is wrong: the input, what it is called, and a sentence; in the order of the page."""
        names = {one.input: one.says for one in self.parameters} | dict(LABELS)
        yield from ((name, names[name], filled.problems[name]) for name in names if name in filled.problems)
        yield from ((name, name, said) for name, said in filled.problems.items() if name not in names)


def form_page(opened: Opened, policy: Policy, filled: Filled, like: Placed | None) -> FormPage:
    """Return the page on which a policy is proposed, with the values that hold on the first day."""
    today = opened.ledger.today()
    first_day = filled["first_day"] or max(today, policy.effective)
    held = like.payload if like else governing(opened, policy, today)
    wrong = {name.removeprefix(PREFIX): said for name, said in filled.problems.items() if name.startswith(PREFIX)}
    typed = {name.removeprefix(PREFIX): text for name, text in filled.typed.items() if name.startswith(PREFIX)}
    return FormPage(
        policy=policy,
        parameters=parameter_fields(policy, first_day, typed, wrong, values_now(policy, held, today)),
        scales=tuple(scales(opened)) if compares_levels(policy) else (),
        replaces=held.edition if held else "",
        like=like.position if like else None,
    )


def governing(opened: Opened, policy: Policy, on: date) -> PolicyAdopted | None:
    """Return what answers the question of a policy now, for whoever nothing narrows down."""
    governance = opened.ledger.governance()
    found = candidates(governance, policy.question.value, policy.award, f"{policy.subject}/", on, governance.position)
    return next((one.governing.adoption for one in found if one.binds_everyone), None)


def values_now(policy: Policy, adopted: PolicyAdopted | None, on: date) -> Mapping[str, Value]:
    """Return the values that hold under an adoption of any edition of a policy; none under another's."""
    if adopted is None or adopted.policy != policy.id:
        return {}
    own = {one.name: value_from_text(one.value) for one in adopted.overrides}
    return {one.name: in_force(one, on, own) for one in policy.parameters}


def scales(opened: Opened) -> Iterator[tuple[str, str]]:
    """Yield the digest and the title of the latest edition of every scale held."""
    latest: dict[str, ScaleDefined] = {
        placed.payload.scale: placed.payload for placed in opened.ledger.governance().scales
    }
    yield from ((one.digest, one.title) for one in latest.values())


def prefilled(opened: Opened, policy: Policy, like: Placed | None, asked: Mapping[str, str] = NOTHING) -> Filled:
    """Return the form as it is first shown: with what holds now, and with what an address asks to be typed in."""
    first_day = max(opened.ledger.today(), policy.effective)
    typed = {"jurisdiction": opened.ledger.jurisdiction, "first_day": first_day.isoformat(), "clock": "decision"}
    held = [digest for digest, _ in scales(opened)]
    if len(held) == 1:
        typed["scale"] = held[0]
    if like is not None:
        typed |= _typed_like(opened, policy, like)
    inputs = {*LABELS, *(PREFIX + one.name for one in policy.parameters)}
    typed |= {name: text[:LONGEST_ASKED] for name, text in asked.items() if name in inputs}
    return Filled(typed, {"first_day": first_day})


def _typed_like(opened: Opened, policy: Policy, like: Placed) -> dict[str, str]:
    adopted: PolicyAdopted = like.payload
    found = {"scale": adopted.scale or ""}
    if like.upstream is None:
        found["jurisdiction"] = adopted.jurisdiction
    if adopted.selector.ids is not None and adopted.selector.kind == policy.subject:
        found["subjects"] = ", ".join(_codes(opened, adopted))
    if adopted.policy == policy.id:
        found |= {PREFIX + one.name: written(value_from_text(one.value)) for one in adopted.overrides}
    return {name: text for name, text in (found | _typed_binding(adopted.binding)).items() if text}


def _codes(opened: Opened, adopted: PolicyAdopted) -> Iterator[str]:
    naming = opened.naming()
    for identity in adopted.selector.ids or ():
        yield naming.by_key(f"{adopted.selector.kind}/{identity}").code or identity


def _typed_binding(binding: Binding | None) -> dict[str, str]:
    if binding is None:
        return {}
    plain = ("since", "until", "cohort", "first_class", "last_class")
    lists = ("organisations", "grades", "courses")
    found = {name: str(getattr(binding, name) or "") for name in plain}
    found |= {name: ", ".join(getattr(binding, name) or ()) for name in lists}
    return found | {"clock": "cohort" if binding.cohort and binding.clock == "decision" else binding.clock}


def send(opened: Opened, author: Author, policy: Policy, filled: Filled) -> Change | Filled:
    """Propose to adopt a policy as a form says; return the form with what is wrong where it may not be."""
    try:
        subjects = _subjects(opened, policy, filled["subjects"])
    except UnknownName as error:
        return with_problems(filled, (Problem("", "", "subjects", str(error)),))
    attestation = _attestation(opened, author, filled)
    adoption = Adoption(
        policy=policy,
        jurisdiction=filled["jurisdiction"] or opened.ledger.jurisdiction,
        first_day=filled["first_day"],
        authority=filled.authority,
        reason=filled["reason"],
        last_day=filled["last_day"],
        overrides=filled.parameters.given,
        subjects=subjects,
        scale=filled["scale"] if compares_levels(policy) else None,
        acknowledge_unverified=bool(filled["acknowledge"]),
        binding=filled.binding,
        attestation=attestation,
    )
    proposal = _proposal(filled, adoption, None, attestation)
    return _sent(opened, author, proposal, filled)


def send_ending(opened: Opened, author: Author, position: int, filled: Filled) -> Change | Filled:
    """Propose to end an adoption as a form says; return the form with what is wrong where it may not be."""
    return _sent(opened, author, _proposal(filled, None, position, None), filled)


def _proposal(filled: Filled, adoption: Adoption | None, ends: int | None, attestation: Attestation | None) -> Proposal:
    return Proposal(
        authority=filled.authority,
        reason=filled["reason"],
        first_day=filled["first_day"],
        adoption=adoption,
        ends=ends,
        emergency=bool(filled["emergency"]),
        confirm_by=filled["confirm_by"],
        attestation=attestation,
    )


def _attestation(opened: Opened, author: Author, filled: Filled) -> Attestation | None:
    if filled["attested"] is None:
        return None
    return Attestation(
        who=author.actor,
        capacity=filled["capacity"] or author.role,
        day=opened.ledger.today().isoformat(),
        reason=filled["attested"],
    )


def _subjects(opened: Opened, policy: Policy, names: tuple[str, ...] | None) -> tuple[str, ...] | None:
    if names is None or policy.subject != "competency":
        return names
    return tuple(find_competency(opened.ledger, name)[2] for name in names)


def _sent(opened: Opened, author: Author, proposal: Proposal, filled: Filled) -> Change | Filled:
    try:
        return propose(opened.ledger, author, proposal)
    except PolicyProblems as error:
        return with_problems(filled, error.problems)
    except (Refused, UsageError) as error:
        return with_problems(filled, (Problem("", "", "", plainly(words_of(error))),))

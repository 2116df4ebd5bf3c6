"""Adopting a rule where nothing governs yet, and what every adoption is held against."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date

from ledger.application.bounding import BoundMet, Measured, bounds_met
from ledger.application.change_state import replaced_by, subjects_meant
from ledger.application.ledger import Ledger
from ledger.application.under_pilot import pilot_refusals, waived_by
from ledger.bounds import within
from ledger.domain.changes import BoundChecked, Terms
from ledger.domain.governance import Governance
from ledger.domain.jurisdiction import Attestation, Binding, Override, PolicyAdopted, PolicyArchived, Selector
from ledger.domain.shapes import Authority, Payload
from ledger.errors import PolicyProblems, Problem
from ledger.facts.claims import compares_levels
from ledger.overrides import read_overrides
from ledger.policy.analysis.bounding import Bounded
from ledger.policy.canonical import policy_digest, policy_text, value_text
from ledger.policy.model import Policy
from ledger.policy.sheet import Value
from ledger.storage.append import Appended
from ledger.storage.envelope import Author
from ledger.values import digest, is_jurisdiction


@dataclass(frozen=True, slots=True)
class Adoption:
    """What an adoption says: whom it binds, from when, with which local values, by whose authority.

    `binding` is null where every learner is bound, `attestation` where nobody answers for what cannot be
    proved, `pilot` the id of the pilot it is made under.
    """

    policy: Policy
    jurisdiction: str
    first_day: date
    authority: Authority
    reason: str
    last_day: date | None = None
    overrides: Mapping[str, str] | None = None
    subjects: tuple[str, ...] | None = None
    scale: str | None = None
    acknowledge_unverified: bool = False
    binding: Binding | None = None
    attestation: Attestation | None = None
    pilot: str | None = None

    @property
    def selector(self) -> Selector:
        """Return whom it is about."""
        return Selector(kind=self.policy.subject, ids=self.subjects)


@dataclass(frozen=True, slots=True)
class Checked:
    """An adoption that may be made: its policy's archive, what it says, and the bounds it was held against."""

    archived: PolicyArchived
    terms: Terms
    checks: tuple[BoundChecked, ...]

    def adopted(self, adoption: Adoption) -> PolicyAdopted:
        """Return the adoption as it is stored."""
        terms = self.terms
        return PolicyAdopted(
            jurisdiction=adoption.jurisdiction,
            question=terms.question,
            award=terms.award,
            selector=terms.selector,
            policy=terms.policy,
            edition=terms.edition,
            digest=terms.digest,
            overrides=terms.overrides,
            first_day=adoption.first_day.isoformat(),
            last_day=terms.last_day,
            authority=adoption.authority,
            reason=adoption.reason,
            scale=terms.scale,
            unverified_acknowledged=terms.unverified_acknowledged,
            binding=terms.binding,
            pilot=terms.pilot,
            attestation=adoption.attestation,
        )


def adopt(ledger: Ledger, author: Author, adoption: Adoption) -> Appended:
    """Archive a policy whole and adopt it where it replaces nothing.

    Raises `PolicyProblems` with every problem, storing nothing, where it may not be adopted; that it would
    replace what governs is one of them, for that is a change, which takes two people.
    """
    adopted = checked(ledger, ledger.governance(), adoption).adopted(adoption)
    learners = bool(ledger.log.recorder.streams("learner/"))

    def make(governance: Governance) -> list[tuple[str, Payload]]:
        found = checked(ledger, governance, adoption)
        _require_nothing_replaced(governance, adopted, learners=learners)
        return placed_adoption(governance, found.archived, adopted)

    return ledger.write_as_governed(author, [adopted], make)


def placed_adoption(governance: Governance, archived: PolicyArchived, *rest: Payload) -> list[tuple[str, Payload]]:
    """Return an adoption with the archive of its policy before it, unless that is held already."""
    payloads = list(rest) if archived.digest in governance.archived else [archived, *rest]
    jurisdiction = next(one.jurisdiction for one in rest if isinstance(one, PolicyAdopted))
    return [(f"jurisdiction/{jurisdiction}", payload) for payload in payloads]


def _require_nothing_replaced(governance: Governance, adopted: PolicyAdopted, *, learners: bool) -> None:
    found = replaced_by(governance, adopted, governance.position, learners=learners)
    if found is not None:
        theirs: PolicyAdopted = found.payload
        raise PolicyProblems(
            [
                Problem(
                    "",
                    adopted.edition,
                    "replaces",
                    f"{theirs.jurisdiction} answers {theirs.question} of {subjects_meant(theirs.selector)} with "
                    f"{theirs.edition} on some of these days; what governs is changed by two people: use "
                    "`mastery changes propose`",
                )
            ]
        )


def checked(ledger: Ledger, governance: Governance, adoption: Adoption) -> Checked:
    """Hold an adoption against the law, the bounds above and what is held here; raise `PolicyProblems` with all."""
    policy = adoption.policy
    values, problems = read_overrides(policy, adoption.overrides or {}, adoption.first_day)
    found = [] if problems else list(_bounds(ledger, governance, adoption, values))
    refused = [*_refusals(ledger, governance, adoption), *_bound_refusals(governance, adoption, found)]
    problems += [Problem("", policy.edition, where, what) for where, what in refused]
    if problems:
        raise PolicyProblems(problems)
    text = policy_text(policy)
    archived = PolicyArchived(policy=policy.id, edition=policy.edition, digest=digest(text.encode()), canonical=text)
    overrides = tuple(Override(name=name, value=value_text(value)) for name, value in sorted(values.items()))
    if adoption.pilot is not None and (pilot := governance.pilots.find(adoption.pilot)) is not None:
        adoption = replace(adoption, pilot=pilot.id)
    return Checked(archived, _terms(adoption, archived, overrides), tuple(_stored(governance, adoption, found)))


def _terms(adoption: Adoption, archived: PolicyArchived, overrides: tuple[Override, ...]) -> Terms:
    policy = adoption.policy
    return Terms(
        question=policy.question.value,
        award=policy.award,
        selector=adoption.selector,
        policy=policy.id,
        edition=policy.edition,
        digest=archived.digest,
        overrides=overrides,
        last_day=adoption.last_day.isoformat() if adoption.last_day else None,
        scale=adoption.scale,
        binding=adoption.binding,
        pilot=adoption.pilot,
        unverified_acknowledged=adoption.acknowledge_unverified,
    )


def terms_of(adopted: PolicyAdopted) -> Terms:
    """Return what an adoption says beside who adopts it, from when and why."""
    return Terms(
        question=adopted.question,
        award=adopted.award,
        selector=adopted.selector,
        policy=adopted.policy,
        edition=adopted.edition,
        digest=adopted.digest,
        overrides=adopted.overrides,
        last_day=adopted.last_day,
        scale=adopted.scale,
        binding=adopted.binding,
        pilot=adopted.pilot,
        unverified_acknowledged=adopted.unverified_acknowledged,
    )


def _bounds(
    ledger: Ledger, governance: Governance, adoption: Adoption, values: Mapping[str, Value]
) -> Iterator[BoundMet]:
    measured = Measured(
        adoption.jurisdiction,
        adoption.selector,
        Bounded(adoption.policy, values),
        adoption.first_day,
        adoption.last_day,
    )
    return bounds_met(governance, ledger.shelf(), measured, governance.position)


def _bound_refusals(governance: Governance, adoption: Adoption, found: list[BoundMet]) -> Iterator[tuple[str, str]]:
    for met in found:
        if met.proved or waived_by(governance, adoption.pilot, met.placed):
            continue
        where = f"{met.placed.payload.side} of {met.placed.payload.jurisdiction}"
        if met.refused:
            yield where, met.verdict.sentence
        elif adoption.attestation is None:
            yield where, f"{met.verdict.sentence}; let a named person answer for it with --attested-by and --attested"


def _stored(governance: Governance, adoption: Adoption, found: list[BoundMet]) -> Iterator[BoundChecked]:
    for met in found:
        if met.proved:
            yield met.checked("within")
        else:
            yield met.checked("waived" if waived_by(governance, adoption.pilot, met.placed) else "attested")


def _refusals(ledger: Ledger, governance: Governance, adoption: Adoption) -> Iterator[tuple[str, str]]:
    policy = adoption.policy
    if not within(adoption.jurisdiction, ledger.jurisdiction):
        yield "jurisdiction", f"this is the ledger of {ledger.jurisdiction}; adopt in its own ledger"
    elif not is_jurisdiction(adoption.jurisdiction):
        yield "jurisdiction", f"it is no name of a district or a school: such as {ledger.jurisdiction}/north-high"
    if policy.jurisdiction and policy.jurisdiction not in (*governance.chain(), adoption.jurisdiction):
        yield "jurisdiction", f"it is a policy of {policy.jurisdiction}, which is not above {adoption.jurisdiction}"
    digests = {one.payload.digest for one in governance.archived.values() if one.payload.edition == policy.edition}
    if digests - {policy_digest(policy)}:
        yield "edition", "another text is archived under this edition; a changed rule is a new edition"
    if adoption.last_day is not None and adoption.last_day < adoption.first_day:
        yield "until", f"{adoption.last_day} is before the first day, {adoption.first_day}"
    if adoption.first_day < policy.effective:
        yield "from", f"{adoption.first_day} is before this edition takes effect on {policy.effective}"
    yield from _scale_refusals(governance, adoption)
    if policy.unverified and not adoption.acknowledge_unverified:
        yield "confidence", "it rests on facts nobody has verified; say so with --acknowledge-unverified"
    yield from _binding_refusals(adoption)
    yield from pilot_refusals(governance, adoption)


def _scale_refusals(governance: Governance, adoption: Adoption) -> Iterator[tuple[str, str]]:
    scale = adoption.scale
    if scale is not None and governance.scale(scale) is None:
        yield "scale", f"no scale edition with digest {scale[:16]} is held; import it first"
    if scale is None and governance.scales and compares_levels(adoption.policy):
        held = ", ".join(dict.fromkeys(placed.payload.title for placed in governance.scales))
        yield "scale", f"it reads levels; name the scale with --scale (held are: {held})"


def _binding_refusals(adoption: Adoption) -> Iterator[tuple[str, str]]:
    binding = adoption.binding
    if binding is None:
        return
    if binding.clock == "course" and adoption.policy.subject != "course" and not binding.courses:
        yield "binding", "it binds by the day a course began; name the courses"
    if binding.clock in ("evidence", "course") and binding.since is None and binding.until is None:
        yield "binding", f"it binds by the {binding.clock}; name the day since when, or until when"
    if binding.since is not None and binding.until is not None and binding.until < binding.since:
        yield "binding", f"{binding.until} is before {binding.since}"
    for name in binding.organisations or ():
        if not is_jurisdiction(name) or not within(name, adoption.jurisdiction):
            yield "organisations", f"{name[:60]!r} is no school of {adoption.jurisdiction}"
    if (binding.cohort is None) != (binding.first_class is None and binding.last_class is None):
        yield "binding", "an entering class is a cohort clock, such as graduating-class, with a first or a last year"


def warnings(ledger: Ledger, adoption: Adoption) -> tuple[str, ...]:
    """Return what an adoption may be meant to be, but is worth a second look; one sentence each."""
    if not compares_levels(adoption.policy):
        return ()
    if adoption.scale is None:
        return ("It names no scale: levels of a scale brought in later will not count until it is adopted with one.",)
    scale = ledger.governance().scale(adoption.scale)
    if scale is None or scale.bands:
        return ()
    return (f"The scale {scale.title} has no bands: scores are not read as levels and do not count.",)

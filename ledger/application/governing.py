"""Commands about what governs: adoptions, frameworks, scales, designations, and what comes from above."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from ledger.application.ledger import Ledger
from ledger.domain.competencies import Edition, content
from ledger.domain.framework import CompetencyDesignated, FrameworkImported, ScaleDefined
from ledger.domain.jurisdiction import Override, PolicyAdopted, PolicyArchived, Selector
from ledger.domain.ledger import Ticked, UpstreamReceived
from ledger.domain.shapes import Authority, Payload
from ledger.domain.stream_names import framework_stream
from ledger.errors import LedgerDamaged, PolicyProblems, Problem, Refused, UnknownName, UsageError
from ledger.facts.claims import compares_levels
from ledger.overrides import read_overrides
from ledger.policy.canonical import policy_digest, policy_text, value_text
from ledger.policy.model import Policy
from ledger.storage.append import Appended
from ledger.storage.envelope import Author, Event
from ledger.values import digest


@dataclass(frozen=True, slots=True)
class Adoption:
    """What an adoption says: whom it binds, from when, with which local values, by whose authority."""

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


def adopt(ledger: Ledger, author: Author, adoption: Adoption) -> Appended:
    """Archive a policy whole and adopt it; raise with every problem, storing nothing, where it may not be."""
    policy = adoption.policy
    overrides = _checked(ledger, adoption)
    text = policy_text(policy)
    archived = PolicyArchived(policy=policy.id, edition=policy.edition, digest=digest(text.encode()), canonical=text)
    adopted = PolicyAdopted(
        jurisdiction=adoption.jurisdiction,
        question=policy.question.value,
        award=policy.award,
        selector=Selector(kind=policy.subject, ids=adoption.subjects),
        policy=policy.id,
        edition=policy.edition,
        digest=archived.digest,
        overrides=overrides,
        first_day=adoption.first_day.isoformat(),
        last_day=adoption.last_day.isoformat() if adoption.last_day else None,
        authority=adoption.authority,
        reason=adoption.reason,
        scale=adoption.scale,
        unverified_acknowledged=adoption.acknowledge_unverified,
    )
    known = archived.digest in ledger.governance().archived
    payloads: list[Payload] = [adopted] if known else [archived, adopted]
    stream = f"jurisdiction/{adoption.jurisdiction}"
    return ledger.write_all(author, [(stream, payload) for payload in payloads], asked=[adopted])


def _checked(ledger: Ledger, adoption: Adoption) -> tuple[Override, ...]:
    policy = adoption.policy
    values, problems = read_overrides(policy, adoption.overrides or {}, adoption.first_day)
    problems += [Problem("", policy.edition, where, what) for where, what in _refusals(ledger, adoption)]
    if problems:
        raise PolicyProblems(problems)
    return tuple(Override(name=name, value=value_text(value)) for name, value in sorted(values.items()))


def _refusals(ledger: Ledger, adoption: Adoption) -> Sequence[tuple[str, str]]:
    policy, governance = adoption.policy, ledger.governance()
    found: list[tuple[str, str]] = []
    if adoption.jurisdiction != ledger.jurisdiction:
        found.append(("jurisdiction", f"this is the ledger of {ledger.jurisdiction}; adopt in its own ledger"))
    if policy.jurisdiction and policy.jurisdiction not in (*governance.chain(), adoption.jurisdiction):
        found.append(
            ("jurisdiction", f"it is a policy of {policy.jurisdiction}, which is not above {adoption.jurisdiction}")
        )
    digests = {one.payload.digest for one in governance.archived.values() if one.payload.edition == policy.edition}
    if digests - {policy_digest(policy)}:
        found.append(("edition", "another text is archived under this edition; a changed rule is a new edition"))
    if adoption.last_day is not None and adoption.last_day < adoption.first_day:
        found.append(("until", f"{adoption.last_day} is before the first day, {adoption.first_day}"))
    if adoption.first_day < policy.effective:
        found.append(("from", f"{adoption.first_day} is before this edition takes effect on {policy.effective}"))
    found += _scale_refusals(ledger, adoption)
    if policy.unverified and not adoption.acknowledge_unverified:
        found.append(("confidence", "it rests on facts nobody has verified; say so with --acknowledge-unverified"))
    return found


def _scale_refusals(ledger: Ledger, adoption: Adoption) -> Iterator[tuple[str, str]]:
    governance, scale = ledger.governance(), adoption.scale
    if scale is not None and governance.scale(scale) is None:
        yield "scale", f"no scale edition with digest {scale[:16]} is held; import it first"
    if scale is None and governance.scales and compares_levels(adoption.policy):
        held = ", ".join(dict.fromkeys(placed.payload.title for placed in governance.scales))
        yield "scale", f"it reads levels; name the scale with --scale (held are: {held})"


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


def import_framework(ledger: Ledger, author: Author, edition: Edition, source: bytes) -> Appended | None:
    """Store an edition of a framework whole; nothing where this ledger holds it already."""
    text = content(edition)
    identity = digest(text.encode())
    held = ledger.governance().current_editions(ledger.log.recorder.max_notification_id())
    if held.get(edition.framework) == identity:
        return None
    payload = FrameworkImported(
        framework=edition.framework, title=edition.title, digest=identity, content=text, source=digest(source)
    )
    return ledger.write(author, framework_stream(edition.framework), [payload])


def define_scale(ledger: Ledger, author: Author, scale: ScaleDefined) -> Appended | None:
    """Store an edition of a scale; nothing where this ledger holds it already."""
    if ledger.governance().scale(scale.digest) is not None:
        return None
    return ledger.write(author, framework_stream(scale.scale), [scale])


def designate(
    ledger: Ledger,
    author: Author,
    competencies: Sequence[str],
    course: str,
    *,
    first_day: date,
    authority: Authority,
    last_day: date | None = None,
    priority: bool = True,
    kind: str = "academic",
) -> Appended:
    """Make competencies priority standards of a course, or take that back, from a day on.

    Competencies are named by id, or by a code that only one carries.
    """
    if kind not in ("academic", "transferable", "habit"):
        raise UsageError(f"{kind!r} is not a kind of competency: academic, transferable or habit")
    payloads = [
        CompetencyDesignated(
            jurisdiction=ledger.jurisdiction,
            framework=framework,
            edition=edition,
            competency=competency,
            course=course,
            kind=kind,  # type: ignore[arg-type]
            priority=priority,
            first_day=first_day.isoformat(),
            last_day=last_day.isoformat() if last_day else None,
            authority=authority,
        )
        for framework, edition, competency in [find_competency(ledger, name) for name in competencies]
    ]
    return ledger.write_all(author, [(framework_stream(one.framework), one) for one in payloads])


def find_competency(ledger: Ledger, name: str) -> tuple[str, str, str]:
    """Return framework, edition digest and id of the competency meant by an id or a code.

    An id that several frameworks have means that of the framework imported first, as everywhere; a
    code that several have means none.
    """
    governance = ledger.governance()
    found: list[tuple[str, str, str]] = []
    for framework, edition in governance.current_editions(governance.position).items():
        outline = governance.outline(edition)
        if name in outline.by_id:
            return framework, edition, name
        if name in outline.by_code:
            found.append((framework, edition, outline.by_code[name].id))
    if not found:
        raise UnknownName(
            f"no framework held here has a competency {name!r}; import one with `mastery import framework`"
        )
    if len(found) > 1:
        places = ", ".join(framework for framework, _, _ in found)
        raise UnknownName(f"the code {name!r} stands in several frameworks ({places}); name the competency by its id")
    return found[0]


def pull_upstream(ledger: Ledger, author: Author, above: Ledger) -> int:
    """Receive what binds this ledger from the ledger above; return how many events came.

    Each arrives with its very bytes, once, in the order of the log above. Safe to repeat.
    """
    origin = above.opened.ledger
    if ledger.opened.upstream != above.jurisdiction:
        raise Refused(
            f"{ledger.jurisdiction} receives from {ledger.opened.upstream or 'nobody'}, not from {above.jurisdiction}"
        )
    after = ledger.governance().received.get(origin, 0)
    payloads = [_received(origin, above, event) for event in above.log.governing(after) if _binds(event)]
    if payloads:
        ledger.write(author, "ledger", payloads)
    return len(payloads)


def _binds(event: Event[object]) -> bool:
    """Say whether an event above binds below: all but its calendar; what it received itself is passed on."""
    return not isinstance(event.data, Ticked)


def _received(origin: str, above: Ledger, event: Event[object]) -> UpstreamReceived:
    row = above.log.recorder.at(event.position)
    if row is None or not above.log.fits_its_leaf(row):
        raise LedgerDamaged(f"position {event.position} of {origin} does not fit its leaf; it is not received")
    position, stream, version, topic, state = row
    return UpstreamReceived(
        origin=origin,
        position=position,
        stream=stream,
        version=version,
        topic=topic,
        digest=digest(state),
        state=state.decode(),
    )

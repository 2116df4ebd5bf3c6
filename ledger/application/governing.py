"""Commands about what rules look up: frameworks, scales, designations; and receiving what binds from above."""

from collections.abc import Sequence
from datetime import date

from ledger.application.ledger import Ledger
from ledger.domain import access, books, change_fold, checkpoints
from ledger.domain.competencies import Edition, content
from ledger.domain.disclosure import HeadsCommitted
from ledger.domain.framework import CompetencyDesignated, FrameworkImported, ScaleDefined
from ledger.domain.ledger import Ticked, UpstreamReceived
from ledger.domain.pilots import FIGURES
from ledger.domain.shapes import Authority
from ledger.domain.stream_names import framework_stream
from ledger.errors import LedgerDamaged, Refused, UnknownName, UsageError
from ledger.storage.append import Appended
from ledger.storage.envelope import Author, Event
from ledger.values import digest


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
    payloads = [_received(origin, above, event) for event in above.log.governing(after) if binds_below(event)]
    if payloads:
        ledger.write(author, "ledger", payloads)
    return len(payloads)


def binds_below(event: Event[object]) -> bool:
    """Say whether an event above binds below: not its calendar, how its changes came about, figures or checkpoints.

    What it received itself is passed on.
    """
    apart = change_fold.EVENTS | checkpoints.EVENTS | books.EVENTS | access.EVENTS | {HeadsCommitted}
    return not isinstance(event.data, Ticked | FIGURES) and type(event.data) not in apart


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

"""Certified figures handed over: from the district's ledger to that in which the pilot stands."""

from collections.abc import Iterator

import msgspec
from msgspec import Struct

from ledger.application.ledger import Ledger
from ledger.application.pilot_figures import FORMAT
from ledger.application.piloting import pilot_named, pilot_stream
from ledger.domain.governance import Governance
from ledger.domain.pilot_fold import Pilot, is_within
from ledger.domain.pilots import FiguresCertified, FiguresReceived, FiguresSubmitted
from ledger.domain.shapes import Payload
from ledger.errors import Refused, UsageError
from ledger.pilots.figures import PilotFigures
from ledger.storage.append import Appended
from ledger.storage.envelope import Author
from ledger.values import canonical, digest, parse_json

DOCUMENT = "mastery pilot figures 1"
"""What the first key of a document says, so that no other file is taken for one."""


class FiguresDocument(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Certified figures as they travel: what was submitted and certified, and where that stands in which ledger."""

    document: str
    origin: str
    position: int
    submitted: FiguresSubmitted
    certified: FiguresCertified


def figures_document(ledger: Ledger, name: str) -> bytes:
    """Return the figures certified last as they are handed over; raise `Refused` where there are none."""
    pilot = pilot_named(ledger.governance(), name)
    own = [one for one in pilot.certificates if one.certified.jurisdiction == ledger.jurisdiction]
    if not own:
        raise Refused(
            f"{ledger.jurisdiction} has no certified figures about the pilot {pilot.opened.title!r}; "
            "`mastery pilots submit` and `mastery pilots certify` come first"
        )
    certificate = own[-1]
    document = FiguresDocument(
        document=DOCUMENT,
        origin=ledger.opened.ledger,
        position=certificate.position,
        submitted=pilot.submissions[certificate.certified.submission].figures,
        certified=certificate.certified,
    )
    return canonical(msgspec.to_builtins(document))


def receive_figures(ledger: Ledger, author: Author, data: bytes) -> Appended | None:
    """Take certified figures into the ledger in which the pilot stands; nothing where these are held already.

    Raises `UsageError` for bytes that are no such document, `Refused` for figures that do not belong here.
    """
    document = read_document(data)
    submitted = document.submitted

    def make(governance: Governance) -> list[tuple[str, Payload]]:
        pilot = pilot_named(governance, submitted.pilot)
        refused = list(_not_receivable(ledger, pilot, document))
        if refused:
            raise Refused("\n".join(refused))
        received = FiguresReceived(
            pilot=pilot.id,
            jurisdiction=submitted.jurisdiction,
            origin=document.origin,
            position=document.position,
            digest=digest(data),
            canonical=data.decode(),
        )
        return [(pilot_stream(pilot.id), received)]

    held = ledger.governance().pilots.find(submitted.pilot)
    if held is not None and any(one.digest == digest(data) for one in held.received):
        return None
    return ledger.write_as_governed(author, [data.decode()], make)


def read_document(data: bytes) -> FiguresDocument:
    """Read certified figures and hold every digest in them; raise `UsageError` saying what is wrong."""
    try:
        document = msgspec.convert(parse_json(data), FiguresDocument)
        is_canonical = canonical(msgspec.to_builtins(document)) == data
    except (ValueError, UnicodeDecodeError) as error:
        raise UsageError(f"this is no document of pilot figures: {error}") from None
    submitted, certified = document.submitted, document.certified
    if document.document != DOCUMENT or not is_canonical:
        raise UsageError(f"this is no document of pilot figures: it is not {DOCUMENT!r} in its one canonical form")
    if digest(submitted.figures.encode()) != submitted.digest or certified.digest != submitted.digest:
        raise UsageError("the figures are not those that were certified: they have another digest")
    if (submitted.pilot, submitted.jurisdiction) != (certified.pilot, certified.jurisdiction):
        raise UsageError("the certificate is about another pilot or another jurisdiction than the figures")
    figures_in(submitted)
    return document


def figures_in(submitted: FiguresSubmitted) -> PilotFigures:
    """Return the figures that were submitted; raise `UsageError` where they are of another format."""
    try:
        return msgspec.json.decode(submitted.figures, type=PilotFigures)
    except (msgspec.DecodeError, ValueError) as error:
        raise UsageError(f"the figures are not of format {FORMAT}: {error}") from None


def _not_receivable(ledger: Ledger, pilot: Pilot, document: FiguresDocument) -> Iterator[str]:
    submitted = document.submitted
    if pilot.upstream is not None:
        yield f"the pilot {pilot.opened.title!r} stands in the ledger of {pilot.opened.jurisdiction}; figures go there"
    if not is_within(submitted.jurisdiction, ledger.jurisdiction):
        yield f"{submitted.jurisdiction} is not below {ledger.jurisdiction}"
    figures = figures_in(submitted)
    if (figures.pilot, figures.question, figures.award) != (pilot.id, pilot.opened.question, pilot.opened.award):
        yield f"the figures are about another pilot or question than {pilot.opened.title!r}"
    for arm in figures.arms:
        if not is_within(arm.organisation, submitted.jurisdiction):
            yield f"{arm.organisation} is not in the ledger of {submitted.jurisdiction}, which cannot speak for it"
    held = next((one for one in pilot.latest_received() if one.jurisdiction == submitted.jurisdiction), None)
    if held is not None and held.origin != document.origin:
        yield f"figures of {submitted.jurisdiction} came from {held.origin} so far, these come from {document.origin}"
    elif held is not None and held.position > document.position:
        yield (
            f"figures of {submitted.jurisdiction} certified at position {held.position} are held; "
            f"these were certified before, at {document.position}"
        )

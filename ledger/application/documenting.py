"""Documents of a learner: kept beside the ledger, named in its events, and required for some acts."""

from collections.abc import Collection, Iterator, Sequence
from typing import get_args

from msgspec import Struct

from ledger.application.ledger import Ledger
from ledger.domain.governance import Governance
from ledger.domain.jurisdiction import Act, DocumentsRequired
from ledger.domain.shapes import Artefact, Authority, Payload
from ledger.errors import Refused, UsageError
from ledger.storage.append import Appended
from ledger.storage.envelope import Author


class NamedDocument(Struct, frozen=True):
    """A document of a learner: its digest, the first version that names it, 0 for none, and whether it is kept here."""

    digest: str
    media_type: str
    custodian: str
    version: int
    kept: bool


def keep_document(ledger: Ledger, learner: str, data: bytes, media_type: str) -> Artefact:
    """Keep a document about a learner, under the digest by which an event names it already, else under a new one."""
    if media_type.count("/") != 1 or not media_type.isascii() or " " in media_type:
        raise UsageError(f"{media_type!r} is not a media type such as application/pdf")
    return ledger.documents.keep(learner, data, media_type, set(_named(ledger, learner)))


def documents_of(ledger: Ledger, learner: str) -> tuple[NamedDocument, ...]:
    """Return every document of a learner: those events name, in their order, then those kept that none names."""
    kept, named = set(ledger.documents.kept(learner)), _named(ledger, learner)
    found = [
        NamedDocument(one.digest, one.media_type, one.custodian or "", version, one.digest in kept)
        for version, one in named.values()
    ]
    return (*found, *(NamedDocument(one, "", "", 0, kept=True) for one in sorted(kept - named.keys())))


def require_documents(
    ledger: Ledger, author: Author, acts: Collection[str], authority: Authority, reason: str
) -> Appended:
    """Require a document for these acts here and below from now on, and for no others; none takes it back."""
    if unknown := sorted(set(acts) - set(get_args(Act))):
        raise UsageError(f"no document can be required for {unknown[0]!r}; for {', '.join(get_args(Act))} it can")
    ordered: tuple[Act, ...] = tuple(act for act in get_args(Act) if act in acts)
    payload = DocumentsRequired(jurisdiction=ledger.jurisdiction, acts=ordered, authority=authority, reason=reason)
    return ledger.write(author, f"jurisdiction/{ledger.jurisdiction}", [payload])


def required_by(governance: Governance, act: Act) -> str | None:
    """Name the nearest jurisdiction that requires a document for an act, nothing where none does."""
    required = governance.documents_required
    return next((one for one in governance.chain() if one in required and act in required[one].acts), None)


def require_document(ledger: Ledger, act: Act, document: Artefact | None) -> None:
    """Raise `Refused` where an act needs a document and has none."""
    if document is None and (by := required_by(ledger.governance(), act)) is not None:
        raise Refused(f"{by} requires a document for every {act}: name the file with --document")


def _named(ledger: Ledger, learner: str) -> dict[str, tuple[int, Artefact]]:
    """Return the documents events name, by digest, each with the first version that does."""
    found = dict[str, tuple[int, Artefact]]()
    for event in ledger.log.stream(f"learner/{learner}"):
        for one in artefacts_of(event.data):
            found.setdefault(one.digest, (event.originator_version, one))
    return found


def artefacts_of(payload: Payload) -> Iterator[Artefact]:
    """Yield the documents a payload names."""
    document: Artefact | None = getattr(payload, "document", None)
    if document is not None:
        yield document
    works: Sequence[Artefact] = getattr(getattr(payload, "evidence", None), "artefacts", ())
    yield from works

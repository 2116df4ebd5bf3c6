"""Documents about a learner: kept beside the ledger, encrypted under the learner's key, named in events by digest."""

from dataclasses import dataclass
from typing import Any, get_args

from flask import Response, request

from ledger.access.actions import Action
from ledger.application.documenting import (
    NamedDocument,
    documents_of,
    keep_document,
    require_documents,
    required_by,
)
from ledger.domain.jurisdiction import Act
from ledger.domain.shapes import Artefact
from ledger.projections.pages import Page
from web import access
from web.api import commands, paging, reading
from web.api.fields import Choice, Several
from web.api.noun import SCOPE, Noun
from web.api.records import OF
from web.api.sharing import Ordered, authority_of, says
from web.ledgers import here

NOUN = Noun("documents", "Documents", "Documents about a learner, named in events by their digest alone.")
LARGEST = 20 * 1024 * 1024
BYTES = "application/octet-stream"
TAKEN = f"application/pdf, image/png, image/jpeg, text/plain, {BYTES}"


@NOUN.reads(f"{OF}/documents", Page[NamedDocument], query=paging.Paged)
@access.needs(Action.KEEP_DOCUMENTS, access.learner)
def list_documents(asked: dict[str, Any], learner: str) -> Any:
    """List a learner's documents: those events name, and those kept that none names."""
    return paging.cut(documents_of(here().ledger, learner), lambda one: one.digest, asked)


@NOUN.commands(f"{OF}/documents", Artefact, takes=TAKEN)
@access.needs(Action.KEEP_DOCUMENTS, access.learner)
def keep_one_document(learner: str) -> Any:
    """Keep a document about a learner; a correction or an approval may then name it by its digest."""
    return keep_document(here().ledger, learner, reading.raw(LARGEST), request.mimetype)


@NOUN.reads(f"{OF}/documents/<digest>", None, media=BYTES)
@access.needs(Action.KEEP_DOCUMENTS, access.learner)
def show_document(learner: str, digest: str) -> Any:
    """Return a document that is kept, as it was given."""
    response = Response(here().ledger.documents.open(learner, digest).data, content_type=BYTES)
    response.headers["Content-Disposition"] = f'attachment; filename="{digest[:16]}"'
    return response


@dataclass(frozen=True, slots=True)
class RequiredDocument:
    """An act, and the nearest jurisdiction that requires a document for it, null where none does."""

    act: Act
    by: str | None


@NOUN.reads(f"{SCOPE}/required-documents", Page[RequiredDocument], query=paging.Paged)
@access.needs(Action.READ_POLICIES)
def list_required_documents(asked: dict[str, Any]) -> Any:
    """List the acts for which a document can be required, and by whom it is."""
    governance = here().ledger.governance()
    rows = [RequiredDocument(act, required_by(governance, act)) for act in get_args(Act)]
    return paging.cut(rows, lambda one: one.act, asked)


class Required(Ordered):
    """The acts that need a document from now on, here and below."""

    acts = Several(Choice(get_args(Act)), most=20, **says("These acts and no others; none takes it back."))


@dataclass(frozen=True, slots=True)
class RequiredNow:
    """Where the order stands in the log."""

    position: int


@NOUN.commands(f"{SCOPE}/required-documents", RequiredNow, body=Required)
@access.needs(Action.SET_BOUNDS)
def require_documents_for(given: dict[str, Any]) -> Any:
    """Require a document for some acts, here and below, and for no others."""
    ledger = here().ledger
    done = require_documents(ledger, commands.author(), given["acts"] or (), authority_of(given), given["reason"])
    return RequiredNow(done.last)

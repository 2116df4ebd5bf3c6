"""`mastery document`: documents kept beside the ledger, and the acts that need one."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import get_args

import click

from ledger.application.documenting import documents_of, require_documents, required_by
from ledger.cli.adopting import authority_of
from ledger.cli.document_options import keep
from ledger.cli.options import authority, text
from ledger.cli.printing import prints, show, table
from ledger.cli.session import Session, learner_of, pass_session
from ledger.domain.jurisdiction import Act
from ledger.errors import UsageError


@dataclass(frozen=True, slots=True)
class KeptDocument:
    """A document kept: the digest by which events name it, and whether that is over 16 random bytes too."""

    digest: str
    media_type: str
    salted: bool


@dataclass(frozen=True, slots=True)
class ShownDocument:
    """A document written to a file: `salt` are the bytes, in hex, that its digest begins with, empty for none."""

    digest: str
    file: str
    length: int
    salt: str


@dataclass(frozen=True, slots=True)
class ListedDocument:
    """A document: the version of the first event that names it, 0 for none, who has it, and whether it is kept here."""

    digest: str
    version: int
    media_type: str
    custodian: str
    kept: bool


@dataclass(frozen=True, slots=True)
class ListedDocuments:
    """The documents of a learner."""

    learner: str
    documents: tuple[ListedDocument, ...]


@dataclass(frozen=True, slots=True)
class RequiredDocument:
    """An act, and the nearest jurisdiction that requires a document for it, empty where none does."""

    act: str
    by: str


@dataclass(frozen=True, slots=True)
class RequiredDocuments:
    """Every act for which a document can be required."""

    acts: tuple[RequiredDocument, ...]


@click.group("document")
def documents() -> None:
    """Keep documents beside the ledger, and say which acts need one."""


@documents.command("keep")
@click.argument("learner")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--media-type", type=text, help="Such as application/pdf; by the ending of the name where not given.")
@prints(KeptDocument)
@pass_session
def keep_command(session: Session, learner: str, file: Path, media_type: str | None, as_json: bool) -> None:
    """Keep a copy of FILE, encrypted under the key of LEARNER, and print its digest.

    Where an event names these very bytes already, it is kept as that document.

    Example: mastery document keep S-1001 report.pdf
    """
    with session.open() as ledger:
        named = keep(ledger, file, learner_of(ledger, learner), media_type)
    answer = KeptDocument(named.digest, named.media_type, named.custodian is not None)
    show(answer, as_json, lambda one: [f"Kept as {one.digest} ({one.media_type})."])


@documents.command("show")
@click.argument("learner")
@click.argument("digest")
@click.option("-o", "--output", type=click.Path(path_type=Path), required=True, help="The file to write it to.")
@prints(ShownDocument)
@pass_session
def show_command(session: Session, learner: str, digest: str, output: Path, as_json: bool) -> None:
    """Write a document of LEARNER to a file, after holding it against its DIGEST.

    Example: mastery document show S-1001 0123abcd... -o report.pdf
    """
    if output.exists():
        raise UsageError(f"{output} exists already; name another file")
    with session.open() as ledger:
        found = ledger.documents.open(learner_of(ledger, learner), digest)
    output.write_bytes(found.data)
    answer = ShownDocument(digest, str(output), len(found.data), found.salt.hex())
    show(answer, as_json, _shown_lines)


def _shown_lines(answer: ShownDocument) -> Iterator[str]:
    yield f"Wrote {answer.length:,} bytes to {answer.file}."
    if answer.salt:
        yield f"Its digest is the SHA-256 of these 16 bytes and the file: {answer.salt}"


@documents.command("list")
@click.argument("learner")
@prints(ListedDocuments)
@pass_session
def list_command(session: Session, learner: str, as_json: bool) -> None:
    """List the documents of LEARNER: those events name, and those kept that none names.

    Example: mastery document list S-1001
    """
    with session.open() as ledger:
        identity = learner_of(ledger, learner)
        found = documents_of(ledger, identity)
    rows = tuple(ListedDocument(one.digest, one.version, one.media_type, one.custodian, one.kept) for one in found)
    show(ListedDocuments(identity, rows), as_json, _list_lines)


def _list_lines(answer: ListedDocuments) -> Iterator[str]:
    rows = [
        (one.digest, one.version or "-", one.media_type, one.custodian, "yes" if one.kept else "no")
        for one in answer.documents
    ]
    yield from table(("digest", "version", "type", "custodian", "kept here"), rows)
    if not rows:
        yield "No event names a document, and none is kept."


@documents.command("require")
@click.argument("acts", nargs=-1, type=click.Choice(get_args(Act)))
@authority
@click.option("--reason", type=text, required=True, help="Why; everybody may read it.")
@prints(RequiredDocuments)
@pass_session
def require_command(
    session: Session,
    acts: tuple[str, ...],
    body: str,
    dated: date | None,
    minute: str | None,
    link: str | None,
    reason: str,
    as_json: bool,
) -> None:
    """Require a document for these ACTS here and below, and for no others; without one, for none.

    Example: mastery document require correction ruling --authority "State board" --reason "Audit finding 4"
    """
    with session.open() as ledger:
        require_documents(ledger, session.author(ledger), acts, authority_of(body, dated, minute, link), reason)
        governance = ledger.governance()
        rows = tuple(RequiredDocument(act, required_by(governance, act) or "") for act in get_args(Act))
    show(RequiredDocuments(rows), as_json, _required_lines)


def _required_lines(answer: RequiredDocuments) -> Iterator[str]:
    yield from (f"{one.act}: {f'required by {one.by}' if one.by else 'not required'}" for one in answer.acts)

"""Commands about one learner: evidence in, and the decisions it causes in the same append.

A command repeated with its id is answered as the first time, whatever has happened since.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import count

from msgspec.structs import replace

from ledger.application.checking import require_past, require_sound
from ledger.application.documenting import require_document
from ledger.application.drafting import Draft, Prepared, Written, patiently, said_by, with_record, written_before
from ledger.application.governing import find_competency
from ledger.application.ledger import Ledger
from ledger.deciding import Decider, Touched
from ledger.domain import learner
from ledger.domain.belonging import BelongingRetracted
from ledger.domain.learner import Evidence
from ledger.domain.shapes import Artefact, Payload, Subject
from ledger.errors import LedgerError, Refused, UnknownName, UsageError
from ledger.facts.record import LearnerRecord
from ledger.storage.append import Command
from ledger.storage.envelope import Author
from ledger.values import is_identifier

__all__ = [
    "Written",
    "correct",
    "decide_anew",
    "prepare",
    "record",
    "record_evidence",
    "retract",
    "stream_of",
    "subject_of",
    "withdraw",
]

Payloads = Callable[[LearnerRecord], Sequence[Payload]]
"""What a command writes, given the record it meets; it may refuse."""


def stream_of(identity: str) -> str:
    """Return the stream of a learner; raise `UsageError` for anything but a UUID."""
    if not is_identifier(identity):
        raise UsageError(f"{identity!r} is not a learner's id: a UUID in lower case")
    return f"learner/{identity}"


def record_evidence(
    ledger: Ledger, author: Author, identity: str, evidence: Evidence, note: str | None = None
) -> Written:
    """Record a piece of evidence and decide what it decides; the note goes into the vault.

    Raises `Refused` where its id is known already, `UsageError` for a date in the future.
    """
    payload = learner.EvidenceRecorded(evidence=evidence)
    tries = count()

    def payloads(_: LearnerRecord) -> Sequence[Payload]:
        if next(tries):  # the first append was refused: perhaps because its id is known
            _refuse_known(ledger, identity, evidence)
        if note is None:
            return [payload]
        return [learner.EvidenceRecorded(evidence=replace(evidence, note=ledger.vault.put_text(identity, note)))]

    asked: Sequence[Payload | str] = [payload] if note is None else [payload, note]
    return _carry_out(ledger, author, identity, asked, payloads, keeps_text=note is not None)


def correct(
    ledger: Ledger, author: Author, identity: str, evidence: Evidence, reason: str, document: Artefact | None = None
) -> Written:
    """Replace a piece of evidence whole, under the same id and in the same place of the order.

    The reason goes into the vault. Raises `UnknownName` where the learner has no such evidence,
    `Refused` where it was withdrawn or a document is required.
    """
    asked = learner.EvidenceRecorded(evidence=evidence)

    def payloads(record: LearnerRecord) -> Sequence[Payload]:
        _require_standing(record, evidence.evidence_id)
        require_document(ledger, "correction", document)
        text = ledger.vault.put_text(identity, reason)
        return [learner.EvidenceCorrected(evidence=evidence, reason=text, document=document)]

    return _carry_out(ledger, author, identity, [asked, reason], payloads, keeps_text=True)


def withdraw(
    ledger: Ledger, author: Author, identity: str, evidence_id: str, reason: str, document: Artefact | None = None
) -> Written:
    """Take a piece of evidence out of every fact from here on; the reason goes into the vault."""

    def payloads(record: LearnerRecord) -> Sequence[Payload]:
        _require_standing(record, evidence_id)
        require_document(ledger, "withdrawal", document)
        text = ledger.vault.put_text(identity, reason)
        return [learner.EvidenceWithdrawn(evidence_id=evidence_id, reason=text, document=document)]

    return _carry_out(ledger, author, identity, [evidence_id, reason], payloads, keeps_text=True)


def retract(
    ledger: Ledger, author: Author, identity: str, entry: int, reason: str, document: Artefact | None = None
) -> Written:
    """Take back what says wrongly where a learner belongs, by its version; the reason goes into the vault.

    Raises `UnknownName` where that version is no enrolment, transfer, grade or course, or was retracted.
    """

    def payloads(record: LearnerRecord) -> Sequence[Payload]:
        if not record.belonging.holds(entry):
            raise UnknownName(
                f"version {entry} of learner {record.learner} is no enrolment, transfer, grade or course that stands; "
                f"`mastery learner {record.learner}` lists them with their versions"
            )
        require_document(ledger, "retraction", document)
        text = ledger.vault.put_text(identity, reason)
        return [BelongingRetracted(entry=entry, reason=text, document=document)]

    return _carry_out(ledger, author, identity, [str(entry), reason], payloads, keeps_text=True)


def record(
    ledger: Ledger, author: Author, identity: str, payload: Payload, texts: Mapping[str, str] | None = None
) -> Written:
    """Record anything that is not evidence, such as a preparation or a status, and decide what it decides.

    `texts` are free texts by the field that is to hold them; they go into the vault.
    """
    kept = texts or {}

    def payloads(_: LearnerRecord) -> Sequence[Payload]:
        return [replace(payload, **{name: ledger.vault.put_text(identity, text) for name, text in kept.items()})]

    return _carry_out(ledger, author, identity, [payload, *kept.values()], payloads, keeps_text=bool(kept))


def _carry_out(
    ledger: Ledger,
    author: Author,
    identity: str,
    asked: Sequence[Payload | str],
    payloads: Payloads,
    *,
    keeps_text: bool = False,
) -> Written:
    """Append with the decisions that follow; retried when others come first, answered alike when repeated.

    A repeat is noticed by the append. It is looked for sooner only where `payloads` puts a text into the
    vault, and where an error would else be the answer.
    """
    stream, written = stream_of(identity), [part for part in asked if not isinstance(part, str)]
    for payload in written:
        require_sound(payload)
    command = ledger.command(author, asked)

    def prepared() -> Prepared:
        return _prepared(ledger, author, stream, payloads, command)

    try:
        if keeps_text and (earlier := ledger.log.recorder.earlier(command)):
            return written_before(ledger, identity, earlier)
        for payload in written:
            require_past(payload, ledger.today(), ledger.opened.zone)
        return patiently(ledger, identity, prepared)
    except LedgerError:
        earlier = ledger.log.recorder.earlier(command)
        if earlier is None:
            raise
        return written_before(ledger, identity, earlier)


def prepare(ledger: Ledger, author: Author, identity: str, payloads: Sequence[Payload]) -> Prepared:
    """Fold payloads into the learner's record, decide, and write the append down without storing it."""
    for payload in payloads:
        require_sound(payload)
    command = ledger.command(author, payloads)
    return _prepared(ledger, author, stream_of(identity), lambda _: payloads, command)


def _prepared(ledger: Ledger, author: Author, stream: str, payloads: Payloads, command: Command) -> Prepared:
    def drafted(record: LearnerRecord) -> Prepared:
        draft = Draft(stream, record, author)
        for payload in payloads(record):
            draft.add(payload)
        draft.decide(ledger.decider(), draft.touched)
        return draft.prepared(ledger, command)

    return with_record(ledger, stream, drafted)


def decide_anew(
    ledger: Ledger,
    author: Author,
    stream: str,
    decider: Decider,
    touches: Callable[[Decider, LearnerRecord], Iterable[Touched]],
) -> int:
    """Ask some questions about a learner again though nothing was recorded; return the decisions written."""

    def prepared() -> Prepared:
        def anew(record: LearnerRecord) -> Prepared:
            draft = Draft(stream, record, author)
            draft.decide(decider, touches(decider, record))
            return draft.prepared(ledger, None)

        return with_record(ledger, stream, anew)

    return len(patiently(ledger, stream.removeprefix("learner/"), prepared).decisions)


def _refuse_known(ledger: Ledger, identity: str, evidence: Evidence) -> None:
    entry = ledger.log.recorder.evidence([evidence.evidence_id]).get(evidence.evidence_id)
    if entry is None:
        return
    if entry.content == said_by(identity, evidence):
        raise Refused(f"evidence {evidence.evidence_id} is on record already; nothing is to be done")
    raise Refused(
        f"evidence {evidence.evidence_id} is recorded with other content; use `mastery correct` to replace it"
    )


def _require_standing(record: LearnerRecord, evidence_id: str) -> None:
    located = record.located(evidence_id)
    if located is None:
        raise UnknownName(
            f"learner {record.learner} has no evidence {evidence_id}; `mastery learner {record.learner}` lists it"
        )
    if not located.version:
        raise Refused(f"evidence {evidence_id} was withdrawn; record it anew under another id")


def subject_of(ledger: Ledger, name: str, kind: str = "competency") -> Subject:
    """Return the subject meant by a competency's id or code, or by a course's code."""
    if kind != "competency":
        return Subject(kind=kind, id=name)  # type: ignore[arg-type]
    _, edition, identity = find_competency(ledger, name)
    return Subject(kind="competency", id=identity, framework=edition)

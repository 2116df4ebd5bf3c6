"""Settling what would now differ: a person says of each decision whether it stands or is made anew.

No change of rules takes anything back by itself. What is made anew is decided by the rule in force,
today, in the same append as the ruling; what was decided before stays on record and replays as before.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from msgspec import Struct

from ledger.application.documenting import require_document
from ledger.application.drafting import Draft, Prepared, Written, patiently, with_record, written_before
from ledger.application.learning import stream_of
from ledger.application.ledger import Ledger
from ledger.deciding import Decider, Touched
from ledger.deciding.decider import Decision
from ledger.deciding.differing import Difference, difference
from ledger.deciding.payload import decided_payload
from ledger.domain.learner import Decided
from ledger.domain.settlement import DifferenceSettled, Ruling
from ledger.domain.shapes import Artefact
from ledger.errors import LedgerError, Refused, UnknownName
from ledger.facts.record import LearnerRecord
from ledger.policy.facts import Reads
from ledger.storage.append import Command
from ledger.storage.envelope import Author
from ledger.values import identifier

Progress = Callable[[int, int], None]


class Unsettled(Struct, frozen=True, kw_only=True):
    """A decision to be settled, as somebody saw it: what stood, and the adoption that would say otherwise.

    Where `standing` (a stream version) or `adoption` (a position) is null, whatever is so now is meant.
    """

    learner: str
    question: str
    subject: str
    award: str = "standard"
    standing: int | None = None
    adoption: int | None = None


class Settled(Struct, frozen=True, kw_only=True):
    """What settling came to: what was written, or the sentence that says why nothing was."""

    row: Unsettled
    written: Written | None
    refusal: str = ""


def settle(
    ledger: Ledger, author: Author, row: Unsettled, ruling: Ruling, reason: str, document: Artefact | None = None
) -> Written:
    """Write a person's ruling on one decision that would now be another; `reason` goes into the vault.

    Raises `Refused` where there is nothing to settle, where something else stands or governs than was
    seen, where an award would be taken back, and where a document is required.
    """
    stream = stream_of(row.learner)
    command = ledger.command(author, ["settle", *_asked(row), ruling, reason])
    if earlier := ledger.log.recorder.earlier(command):
        return written_before(ledger, row.learner, earlier)
    settling = _Settling(ledger, author, stream, row, ruling, reason, command, document)
    try:
        return patiently(ledger, row.learner, lambda: with_record(ledger, stream, settling.prepared))
    except LedgerError:
        earlier = ledger.log.recorder.earlier(command)
        if earlier is None:
            raise
        return written_before(ledger, row.learner, earlier)


def settle_all(
    ledger: Ledger,
    author: Author,
    rows: Iterable[Unsettled],
    ruling: Ruling,
    reason: str,
    progress: Progress | None = None,
    document: Callable[[str], Artefact] | None = None,
) -> tuple[Settled, ...]:
    """Rule on several decisions with one reason, each for itself; what is refused is told, and the rest goes on.

    `document` keeps the document the rulings rest on for one learner, given by UUID.
    """
    found, wanted = [], list(rows)
    for number, row in enumerate(wanted, start=1):
        once = replace(author, command=identifier("settle", author.command, *_asked(row)))
        try:
            named = document(row.learner) if document else None
            found.append(Settled(row=row, written=settle(ledger, once, row, ruling, reason, named)))
        except (Refused, UnknownName) as refusal:
            found.append(Settled(row=row, written=None, refusal=str(refusal)))
        if progress is not None:
            progress(number, len(wanted))
    return tuple(found)


def _asked(row: Unsettled) -> tuple[str, ...]:
    seen = ["" if number is None else str(number) for number in (row.standing, row.adoption)]
    return row.learner, row.question, row.subject, row.award, *seen


@dataclass(frozen=True, slots=True)
class _Settling:
    """One ruling on its way into the learner's stream."""

    ledger: Ledger
    author: Author
    stream: str
    row: Unsettled
    ruling: Ruling
    reason: str
    command: Command
    document: Artefact | None

    def prepared(self, record: LearnerRecord) -> Prepared:
        """Write the ruling down, and the decision where it is made anew with what follows from it."""
        require_document(self.ledger, "ruling", self.document)
        decider = self.ledger.decider()
        found = _required(decider, record, self.row)
        if self.ruling == "decided-anew" and found.takes_back:
            raise Refused(
                f"{_what(self.row)} was awarded, and a change of rules takes no award back; "
                "it can only be said to stand, or the evidence it rests on be corrected"
            )
        draft = Draft(self.stream, record, self.author)
        draft.add(self._event(decider, found))
        if self.ruling == "decided-anew":
            draft.write(_anew(decider, draft.record, found))
            draft.decide(decider, [Touched(Reads.DECISION, found.standing.subject)], _leaving_the_rest(decider))
        return draft.prepared(self.ledger, self.command)

    def _event(self, decider: Decider, found: Difference) -> DifferenceSettled:
        standing = found.standing
        return DifferenceSettled(
            question=standing.question,  # type: ignore[arg-type]
            subject=found.answer.subject,
            award=standing.award,
            on=decider.on.isoformat(),
            standing=standing.version,
            adoption=found.adoption,
            offered=found.answer.finding.outcome.value,
            ruling=self.ruling,
            reason=self.ledger.vault.put_text(self.row.learner, self.reason),
            document=self.document,
        )


def _anew(decider: Decider, record: LearnerRecord, found: Difference) -> Decided:
    return decided_payload(
        found.answer,
        on=decider.on,
        read_to=decider.read_to,
        learner_version=record.version,
        standing=found.standing,
    )


def _leaving_the_rest(decider: Decider) -> Decision:
    """Return what follows from a ruling: all but the losses that stand on the list for a person themselves."""

    def decision(record: LearnerRecord, question: str, subject: str, award: str) -> Decided | None:
        made, standing = decider.decision(record, question, subject, award), record.standing(question, subject, award)
        if made is None or standing is None or standing.outcome != "met" or made.outcome == "met":
            return made
        return made if made.adoption == standing.adoption else None

    return decision


def _required(decider: Decider, record: LearnerRecord, row: Unsettled) -> Difference:
    standing = record.standing(row.question, row.subject, row.award)
    if standing is None:
        raise UnknownName(f"{_what(row)} was never decided for the learner {row.learner}")
    if row.standing not in (None, standing.version):
        raise Refused(f"{_what(row)}: another decision stands since, version {standing.version}; look again")
    found = difference(decider, record, standing)
    if found is None:
        raise Refused(f"{_what(row)}: the rule in force says what stands; there is nothing to settle")
    if row.adoption not in (None, found.adoption):
        raise Refused(f"{_what(row)}: another rule governs since, adopted at position {found.adoption}; look again")
    if found.let_stand:
        raise Refused(f"{_what(row)} was said to stand against this rule already; there is nothing to settle")
    return found


def _what(row: Unsettled) -> str:
    award = "" if row.award == "standard" else f" ({row.award})"
    return f"{row.question}{award} of {row.subject}"

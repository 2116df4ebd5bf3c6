"""Evidence about many learners in one command: everything is looked at first, then each learner has an append.

Where anything is wrong nothing is stored. What follows is one append a learner, under a command id that
follows from the one given and the learner: a command that was broken off is sent once more, what was stored
is answered as the first time, and the rest is stored.
"""

from collections.abc import Iterator, Sequence

import msgspec
from msgspec import Struct

from ledger.application.checking import require_past, require_sound
from ledger.application.learning import Written, record_evidence
from ledger.application.ledger import Ledger
from ledger.application.retaking import lock_of
from ledger.domain.learner import Evidence, EvidenceRecorded
from ledger.errors import LedgerError
from ledger.storage.envelope import Author
from ledger.values import identifier


class Line(Struct, frozen=True):
    """What became of one learner's evidence: `written` is null, and `problem` a sentence, where it was not stored."""

    learner: str
    evidence: str
    written: Written | None
    problem: str = ""


class Sheet(Struct, frozen=True):
    """What a command about a class came to; `stored` says whether it got as far as storing anything."""

    lines: tuple[Line, ...]
    stored: bool

    @property
    def problems(self) -> tuple[Line, ...]:
        """Return the lines that were not stored because something is wrong with them."""
        return tuple(line for line in self.lines if line.problem)


def evidence_id_of(command: str, learner: str) -> str:
    """Return the id that a learner's evidence gets when it is recorded by a command about many."""
    return identifier("evidence of a class", command, learner)


def line_author(author: Author, learner: str) -> Author:
    """Return who carries out one learner's part of a command about many: the id follows from both."""
    return Author(author.actor, author.role, identifier("line of a class", author.command, learner), author.behalf)


def record_for_class(ledger: Ledger, author: Author, said: Sequence[tuple[str, Evidence]]) -> Sheet:
    """Record a piece of evidence for each of some learners, and decide what each decides.

    A learner is named by UUID, once; the evidence gets its id here. Nothing is raised for what is wrong
    with a line: where anything is, nothing is stored.
    """
    named = [(learner, _named(author, learner, evidence)) for learner, evidence in said]
    again = _was_begun(ledger, author, named)
    wrong = {} if again else dict(_wrong(ledger, named))
    if wrong:
        return Sheet(tuple(Line(one, each.evidence_id, None, wrong.get(one, "")) for one, each in named), stored=False)
    return Sheet(tuple(_recorded(ledger, author, learner, evidence) for learner, evidence in named), stored=True)


def _named(author: Author, learner: str, evidence: Evidence) -> Evidence:
    return msgspec.structs.replace(evidence, evidence_id=evidence_id_of(author.command, learner))


def _was_begun(ledger: Ledger, author: Author, named: Sequence[tuple[str, Evidence]]) -> bool:
    """Say whether the command stored anything before: then it was found right as a whole, and is gone on with."""
    ids = [evidence.evidence_id for _, evidence in named]
    return bool(ids) and bool(ledger.log.recorder.evidence(ids))


def _wrong(ledger: Ledger, named: Sequence[tuple[str, Evidence]]) -> Iterator[tuple[str, str]]:
    for learner, evidence in named:
        payload = EvidenceRecorded(evidence=evidence)
        try:
            require_sound(payload)
            require_past(payload, ledger.today(), ledger.opened.zone)
            locks = [lock_of(ledger, learner, result.subject, evidence) for result in evidence.results]
        except LedgerError as error:
            yield learner, str(error)
            continue
        said = "; ".join(dict.fromkeys(lock.reason for lock in locks if lock))
        if said:
            yield learner, f"retake locked: {said}"


def _recorded(ledger: Ledger, author: Author, learner: str, evidence: Evidence) -> Line:
    try:
        written = record_evidence(ledger, line_author(author, learner), learner, evidence)
        return Line(learner, evidence.evidence_id, written)
    except LedgerError as error:
        return Line(learner, evidence.evidence_id, None, str(error))

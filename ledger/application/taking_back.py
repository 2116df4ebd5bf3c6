"""Taking back what one has just recorded: a slip of the hand, undone by the same hand within minutes.

Whoever recorded a piece of evidence may take it back within ten minutes of the instant the ledger wrote it down,
without a reason of their own. It stays in the log, withdrawn; whoever is later, or another person, corrects or
withdraws it with a reason.
"""

from datetime import datetime, timedelta

from msgspec import Struct

from ledger.application.learning import Written, stream_of, withdraw
from ledger.application.ledger import Ledger
from ledger.errors import Refused, UnknownName
from ledger.storage.append import EvidenceEntry
from ledger.storage.envelope import Author

WITHIN = timedelta(minutes=10)
"""How long after it was recorded something can be taken back."""

REASON = "taken back"
"""The reason of every withdrawal of this kind, in the vault like any other."""


class TakeBack(Struct, frozen=True):
    """Whether somebody may take a piece of evidence back now: `refusal` says why not, and is empty where so.

    `until` is the instant after which nobody may.
    """

    evidence: str
    until: str
    refusal: str


def take_back(ledger: Ledger, author: Author, learner: str, evidence: str) -> Written:
    """Withdraw a piece of evidence that the same person recorded within the last ten minutes.

    Raises `UnknownName` where the learner has no such evidence, `Refused` with the sentence where it is not to be
    taken back. Repeated with its command id it is answered as the first time.
    """
    command = ledger.command(author, [evidence, REASON])
    if ledger.log.recorder.earlier(command) is None:
        refusal = may_take_back(ledger, author.actor, learner, evidence).refusal
        if refusal:
            raise Refused(refusal)
    return withdraw(ledger, author, learner, evidence, REASON)


def may_take_back(ledger: Ledger, person: str, learner: str, evidence: str) -> TakeBack:
    """Say whether a person, by vault id, may take a piece of evidence back now.

    Raises `UnknownName` where the learner has no such evidence.
    """
    stream = stream_of(learner)
    found = ledger.log.recorder.evidence([evidence]).get(evidence)
    if found is None or found.stream != stream:
        raise UnknownName(f"learner {learner} has no evidence {evidence}")
    recorded = next(ledger.log.versions(stream, [found.entry]))
    until = datetime.fromisoformat(recorded.at) + WITHIN
    late = datetime.fromisoformat(ledger.clock()) > until
    return TakeBack(evidence, until.isoformat(), _refusal(found, mine=recorded.actor == person, late=late))


def _refusal(found: EvidenceEntry, *, mine: bool, late: bool) -> str:
    if not found.version:
        return "it is withdrawn already"
    if not mine:
        return "another person recorded it; it can be corrected or withdrawn, with a reason, by those who may"
    if found.version != found.entry:
        return "it was corrected since; a correction can only be corrected, with a reason"
    if late:
        return "it was recorded more than ten minutes ago; from now on it is corrected or withdrawn with a reason"
    return ""

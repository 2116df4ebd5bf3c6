"""One cell of a class in full: the explanation, the evidence, and what would do."""

from dataclasses import dataclass

from ledger.application.learning import subject_of
from ledger.application.reading_records import items_about, with_record_of
from ledger.facts.record import LearnerRecord
from ledger.inquiry.audience import Audience
from ledger.inquiry.class_cells import CellReader
from ledger.inquiry.class_views import CellView
from ledger.inquiry.lacking import Missing, still_missing
from ledger.inquiry.learners import read_history
from ledger.inquiry.recording_near import Enough, what_would_do
from ledger.inquiry.views import EvidenceView, SubjectView
from ledger.policy.explaining import Explanation
from ledger.vault import pseudonym
from web.ledgers import Opened


@dataclass(frozen=True, slots=True)
class FullCell:
    """A cell with everything behind it; `explanation` is what the rule says now, null where no rule does.

    `policy` is the title of the rule; `enough` the single pieces that would do.
    """

    learner: str
    name: str
    subject: SubjectView
    cell: CellView
    explanation: Explanation | None
    missing: tuple[Missing, ...]
    policy: str
    evidence: tuple[EvidenceView, ...]
    enough: tuple[Enough, ...]


def view_of(opened: Opened, learner: str, competency: str, audience: Audience) -> FullCell:
    """Return a cell in full; raise `UnknownName` where there is no such competency."""
    ledger = opened.ledger
    reader, subject = CellReader(ledger, ledger.today(), audience.entitlements), subject_of(ledger, competency)
    key = subject.key

    def read(record: LearnerRecord) -> tuple[CellView, Explanation | None, str]:
        cell = reader.cell(record, subject.id, items_about(ledger, record, [key])[key])
        answered = reader.answer(record, key)
        if answered is None:
            return cell, None, ""
        return cell, reader.explained(answered), answered.ruling.shelved.policy.title

    cell, explanation, policy = with_record_of(ledger, learner, read)
    history = read_history(ledger, learner)
    shown = [one for one in history.evidence.values() if one.instrument not in reader.hidden]
    about = [one for one in shown if any(each.subject.key == key for each in one.results)]
    return FullCell(
        learner,
        ledger.vault.display_name(learner) if audience.names else pseudonym(learner),
        reader.naming.subject(subject),
        cell,
        explanation,
        still_missing(explanation.missing) if explanation else (),
        policy,
        tuple(sorted(about, key=lambda one: (one.occurred, one.entry), reverse=True)),
        what_would_do(ledger, learner, subject),
    )

"""Where a learner stands, why, and what is missing: now, as of a day, or as known at a position."""

from collections.abc import Sequence
from datetime import date

from ledger.application import Ledger
from ledger.application.learning import stream_of
from ledger.application.records import folded_record
from ledger.deciding.again import Again
from ledger.deciding.differing import differences as differences_of
from ledger.domain.competencies import natural
from ledger.domain.learner import Decided
from ledger.errors import LedgerError, UnknownName
from ledger.facts.record import LearnerRecord
from ledger.inquiry.audience import WHOLE, Audience, Cut, cut_for
from ledger.inquiry.history import History
from ledger.inquiry.naming import Naming
from ledger.inquiry.views import DifferenceView, LearnerView, SubjectView, TargetView
from ledger.policy.explaining import Explanation, explain
from ledger.storage.envelope import Event


def read_history(ledger: Ledger, learner: str, as_of: date | None = None, known_at: int | None = None) -> History:
    """Read a learner's stream; raise `UnknownName` where there is none."""
    governance = ledger.governance()
    history = History(Naming(governance), ledger.shelf())
    events = ledger.log.stream(stream_of(learner))
    if known_at is not None:
        events = (event for event in events if event.position <= known_at)
    history.read(events, as_of)
    if not history.version:
        raise UnknownName(f"nothing is on record about a learner {learner}; `mastery learners` lists those there are")
    return history


def learner_view(
    ledger: Ledger,
    learner: str,
    *,
    as_of: date | None = None,
    known_at: int | None = None,
    audience: Audience = WHOLE,
) -> LearnerView:
    """Return what an audience may see of a learner, as of a day and as the ledger knew it at a position."""
    history = read_history(ledger, learner, as_of, known_at)
    standing = list(history.standing().values())
    shown = audience.entitlements
    explanations = explanations_of(ledger, learner, standing, entitlements=shown)
    now = as_of is None and known_at is None
    view = LearnerView(
        learner=learner,
        name=ledger.vault.display_name(learner),
        as_of=as_of.isoformat() if as_of else None,
        known_at=known_at,
        position=history.position,
        version=history.version,
        targets=tuple(_targets(history, standing, explanations)),
        evidence=tuple(history.evidence.values()),
        entries=tuple(history.entries),
        differences=tuple(differences(ledger, history, standing, entitlements=shown)) if now else (),
    )
    return cut_for(view, audience, Cut(ledger.governance(), ledger.shelf()))


def explanations_of(
    ledger: Ledger, learner: str, decisions: Sequence[Event[Decided]], *, entitlements: bool = True
) -> dict[int, Explanation | None]:
    """Explain decisions by making each again as it was made; null for one that cannot be."""
    governance = ledger.governance()
    naming, again = Naming(governance), Again(governance, ledger.shelf())
    wanted = {event.originator_version: event.data for event in decisions}
    found: dict[int, Explanation | None] = {}
    record = LearnerRecord(learner)
    for event in ledger.log.stream(stream_of(learner), upto=max(wanted, default=0)):
        if event.originator_version in wanted:
            made = wanted[event.originator_version]
            found[event.originator_version] = _explained(naming, again, made, record, entitlements=entitlements)
        record.apply(event.originator_version, event.data)
    return found


def _explained(
    naming: Naming, again: Again, made: Decided, record: LearnerRecord, *, entitlements: bool
) -> Explanation | None:
    try:
        answer = again.answer(made, record)
    except LedgerError:
        return None
    return naming.named(
        explain(
            answer.ruling.shelved.policy,
            answer.finding,
            date.fromisoformat(made.on),
            overrides=answer.ruling.overrides,
            entitlements=entitlements,
        )
    )


def _targets(
    history: History, standing: Sequence[Event[Decided]], explanations: dict[int, Explanation | None]
) -> list[TargetView]:
    subjects = {result.subject.key: result.subject for one in history.evidence.values() for result in one.results}
    subjects |= {event.data.subject.key: history.naming.subject(event.data.subject) for event in standing}
    targets = []
    for key, subject in sorted(subjects.items(), key=_place):
        about = [event for event in standing if event.data.subject.key == key]
        targets.append(
            TargetView(
                subject=subject,
                decisions=tuple(history.summary(event) for event in about),
                explanations=tuple(explanations.get(event.originator_version) for event in about),
                evidence=tuple(
                    one for one in history.evidence.values() if any(r.subject.key == key for r in one.results)
                ),
            )
        )
    return targets


def _place(each: tuple[str, SubjectView]) -> tuple[object, ...]:
    """Order courses before competencies, and codes as people count: M3.2 before M3.10."""
    key, subject = each
    return subject.kind != "course", natural(subject.code or subject.id), key


def differences(
    ledger: Ledger, history: History, standing: Sequence[Event[Decided]], *, entitlements: bool = True
) -> list[DifferenceView]:
    """Name the decisions that would now be others by the rule in force, those left out that a person let stand."""
    if not standing:
        return []
    learner = standing[0].originator_id.removeprefix("learner/")
    record = folded_record(ledger, stream_of(learner))
    decider = ledger.decider()
    unsettled = {one.standing.version: one for one in differences_of(decider, record) if not one.let_stand}
    found = []
    for event in standing:
        if (one := unsettled.get(event.originator_version)) is not None:
            answer, summary = one.answer, history.summary(event)
            policy = answer.ruling.shelved.policy
            overrides = answer.ruling.overrides
            words = explain(policy, answer.finding, decider.on, overrides=overrides, entitlements=entitlements)
            found.append(
                DifferenceView(
                    summary, answer.finding.outcome.value, words.word, words.answer, one.adoption, one.awarded
                )
            )
    return found

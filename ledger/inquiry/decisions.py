"""One decision with everything behind it."""

from ledger.application import Ledger
from ledger.application.closing_books import books_closed_before
from ledger.application.learning import stream_of
from ledger.domain.learner import Decided
from ledger.errors import LedgerError, UnknownName
from ledger.inquiry.audience import WHOLE, Audience, Cut, cut_for
from ledger.inquiry.learners import explanations_of, read_history
from ledger.inquiry.replayed import made_again
from ledger.inquiry.views import AdoptionView, DecisionView, FactView
from ledger.policy.canonical import value_from_text
from ledger.policy.sheet import value_words
from ledger.storage.tombstone import state_digest


def decision_at(ledger: Ledger, position: int) -> tuple[str, int]:
    """Return learner and version of the decision at a position; raise `UnknownName` for anything else."""
    row = ledger.log.recorder.at(position)
    if row is None or row[3] != "learner.decided.1":
        raise UnknownName(f"there is no decision at position {position}; `mastery decisions` lists them")
    return row[1].removeprefix("learner/"), row[2]


def decision_view(ledger: Ledger, learner: str, version: int, *, audience: Audience = WHOLE) -> DecisionView:
    """Return what an audience may see of a decision: its explanation, verdict, facts, evidence and history."""
    history = read_history(ledger, learner)
    event = next((one for one in history.decisions if one.originator_version == version), None)
    if event is None:
        raise UnknownName(f"version {version} of learner {learner} is not a decision; `mastery decisions` lists them")
    made = event.data
    same = [one for one in history.decisions if _same(one.data, made)]
    later = [one.originator_version for one in same if one.originator_version > version]
    again = made_again(ledger, learner, version)
    facts = _facts(ledger, made)
    behind = {number for fact in facts for number in fact.versions}
    evidence = tuple(one for one in history.evidence.values() if {one.version, one.entry} & behind)
    shown = explanations_of(ledger, learner, [event], entitlements=audience.entitlements)
    view = DecisionView(
        summary=history.summary(event),
        name=ledger.vault.display_name(learner),
        explanation=shown.get(version),
        again=again.replayed.verdict.value,
        detail=again.replayed.detail,
        facts=facts,
        evidence=evidence,
        adoption=_adoption(ledger, made),
        digests=tuple((name, getattr(made.digests, name)) for name in made.digests.__struct_fields__),
        read_to=made.read_to,
        learner_version=made.learner_version,
        actor=event.actor,
        history=tuple(history.summary(one) for one in same),
        superseded_by=later[0] if later else None,
        after_closing=tuple(one.said.book for one in books_closed_before(ledger, learner, version)),
        partings=again.partings,
        stored=_stored(ledger, learner, {version, *(one.version for one in evidence)}),
    )
    return cut_for(view, audience, Cut(ledger.governance(), ledger.shelf()))


def _same(one: Decided, other: Decided) -> bool:
    return (one.question, one.subject.key, one.award) == (other.question, other.subject.key, other.award)


def _stored(ledger: Ledger, learner: str, versions: set[int]) -> tuple[tuple[int, str], ...]:
    rows = ledger.log.recorder.versions(stream_of(learner), sorted(versions))
    return tuple((row[2], state_digest(row[4])) for row in rows if isinstance(row[4], bytes))


def _facts(ledger: Ledger, made: Decided) -> tuple[FactView, ...]:
    says = _says(ledger, made)
    return tuple(
        FactView(
            fact.name,
            says.get(fact.name, fact.name),
            value_words(value_from_text(fact.value)),
            fact.versions,
            fact.count,
        )
        for fact in made.facts
    )


def _says(ledger: Ledger, made: Decided) -> dict[str, str]:
    try:
        policy = ledger.shelf().find(made.digests.rule).policy
    except LedgerError:
        return {}
    return {definition.name: definition.says for definition in policy.sheet}


def _adoption(ledger: Ledger, made: Decided) -> AdoptionView | None:
    placed = next((one for one in ledger.governance().adoptions if one.position == made.adoption), None)
    if placed is None:
        return None
    adoption = placed.payload
    return AdoptionView(
        placed.position,
        adoption.jurisdiction,
        adoption.first_day,
        adoption.authority.body,
        adoption.reason,
        tuple((one.name, value_words(value_from_text(one.value))) for one in adoption.overrides),
        placed.upstream or "",
    )

"""One decision with everything behind it."""

from ledger.application import Ledger
from ledger.application.closing_books import books_closed_before
from ledger.audit.replay import Replay
from ledger.domain.learner import Decided
from ledger.errors import LedgerError, UnknownName
from ledger.inquiry.learners import explanations_of, read_history
from ledger.inquiry.views import AdoptionView, DecisionView, FactView
from ledger.policy.canonical import value_from_text
from ledger.policy.sheet import value_words


def decision_at(ledger: Ledger, position: int) -> tuple[str, int]:
    """Return learner and version of the decision at a position; raise `UnknownName` for anything else."""
    row = ledger.log.recorder.at(position)
    if row is None or row[3] != "learner.decided.1":
        raise UnknownName(f"there is no decision at position {position}; `mastery decisions` lists them")
    return row[1].removeprefix("learner/"), row[2]


def decision_view(ledger: Ledger, learner: str, version: int) -> DecisionView:
    """Return a decision with its explanation, the replay's verdict, its facts, evidence and history."""
    history = read_history(ledger, learner)
    event = next((one for one in history.decisions if one.originator_version == version), None)
    if event is None:
        raise UnknownName(f"version {version} of learner {learner} is not a decision; `mastery decisions` lists them")
    made = event.data
    same = [one for one in history.decisions if _same(one.data, made)]
    later = [one.originator_version for one in same if one.originator_version > version]
    verdict = next(one for one in Replay(ledger.log).replay([learner]) if one.version == version)
    facts = _facts(ledger, made)
    behind = {number for fact in facts for number in fact.versions}
    return DecisionView(
        summary=history.summary(event),
        name=ledger.vault.display_name(learner),
        explanation=explanations_of(ledger, learner, [event]).get(version),
        again=verdict.verdict.value,
        detail=verdict.detail,
        facts=facts,
        evidence=tuple(one for one in history.evidence.values() if {one.version, one.entry} & behind),
        adoption=_adoption(ledger, made),
        digests=tuple((name, getattr(made.digests, name)) for name in made.digests.__struct_fields__),
        read_to=made.read_to,
        learner_version=made.learner_version,
        actor=event.actor,
        history=tuple(history.summary(one) for one in same),
        superseded_by=later[0] if later else None,
        after_closing=tuple(one.said.book for one in books_closed_before(ledger, learner, version)),
    )


def _same(one: Decided, other: Decided) -> bool:
    return (one.question, one.subject.key, one.award) == (other.question, other.subject.key, other.award)


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

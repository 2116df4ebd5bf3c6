"""Learners: who is on record, where each stands and why, what entered the record, and what was awarded."""

from typing import Any

from ledger.access.actions import Action
from ledger.inquiry.learners import learner_view
from ledger.inquiry.standing import progress_of, transcript_of
from ledger.inquiry.views import EntryView, EvidenceView, LearnerView
from ledger.policy.model import Outcome, Question
from ledger.projections.answers import Award, Progress
from ledger.projections.filters import Filter
from ledger.projections.pages import Page
from web import access
from web.api import paging
from web.api.fields import Choice, Said
from web.api.noun import SCOPE, Noun
from web.api.sharing import Looked, code, says
from web.ledgers import here
from web.listing import LearnerRow, Shown, learner_list

NOUN = Noun("learners", "Learners", "Where each learner stands, why, and what entered the record.")


class Learners(paging.Paged):
    """Which learners are listed: those sought, or with such a standing decision."""

    q = Said(**says("A name or a part of one, a pseudonym, a UUID, or the id in the system a learner came from."))
    question = Choice([one.value for one in Question], **says("With a standing decision of this question."))
    subject = code("With a standing decision about this subject, such as `course/ALG1`.")
    outcome = Choice([one.value for one in Outcome], **says("With this outcome."))


def narrowed(asked: dict[str, Any], action: Action, *names: str) -> Filter:
    """Return what narrows a list down, and to whom it is cut."""
    return Filter(**{name: asked[name] for name in names}, within=access.within(action))


@NOUN.reads(f"{SCOPE}/learners", Page[LearnerRow], query=Learners)
@access.needs(Action.LIST_LEARNERS, access.anywhere)
def list_learners(asked: dict[str, Any]) -> Any:
    """List learners within reach, by name where names may be seen."""
    wanted = narrowed(asked, Action.LIST_LEARNERS, "question", "subject", "outcome")
    shown, after = Shown(here(), access.named()), paging.opened(asked["after"])
    return paging.sealed(learner_list(shown, wanted, asked["q"], asked["limit"], after))


@NOUN.reads(f"{SCOPE}/learners/<identifier:learner>", LearnerView, query=Looked)
@access.needs(Action.READ_RECORD, access.learner)
def show_learner(asked: dict[str, Any], learner: str) -> Any:
    """Show where a learner stands and why, as of a day and as known at a position."""
    return _view(learner, asked)


def _view(learner: str, asked: dict[str, Any]) -> LearnerView:
    audience = access.audience(access.target())
    as_of, known_at = asked.get("as_of"), asked.get("known_at")
    return learner_view(here().ledger, learner, as_of=as_of, known_at=known_at, audience=audience)


@NOUN.reads(f"{SCOPE}/learners/<identifier:learner>/entries", Page[EntryView], query=paging.Paged)
@access.needs(Action.READ_RECORD, access.learner)
def list_entries(asked: dict[str, Any], learner: str) -> Any:
    """List what entered a record beside evidence: preparations, statuses, enrolments, approvals."""
    return paging.cut(_view(learner, {}).entries, lambda one: one.version, asked)


@NOUN.reads(f"{SCOPE}/learners/<identifier:learner>/evidence", Page[EvidenceView], query=paging.Paged)
@access.needs(Action.READ_RECORD, access.learner)
def list_evidence(asked: dict[str, Any], learner: str) -> Any:
    """List a learner's evidence in the order in which it was recorded, withdrawn pieces marked."""
    return paging.cut(_view(learner, {}).evidence, lambda one: one.evidence_id, asked)


@NOUN.reads(f"{SCOPE}/learners/<identifier:learner>/progress", Page[Progress], query=paging.Paged)
@access.needs(Action.READ_RECORD, access.learner)
def list_progress(asked: dict[str, Any], learner: str) -> Any:
    """List where a learner stands with every subject that was ever decided."""
    rows = progress_of(here().ledger, here().models, learner, access.audience(access.target()))
    return paging.cut(rows, lambda one: f"{one.question} {one.subject} {one.award}", asked)


@NOUN.reads(f"{SCOPE}/learners/<identifier:learner>/transcript", Page[Award], query=paging.Paged)
@access.needs(Action.READ_RECORD, access.learner)
def list_transcript(asked: dict[str, Any], learner: str) -> Any:
    """List the credits and other awards a learner holds."""
    rows = transcript_of(here().ledger, here().models, learner, access.audience(access.target()))
    return paging.cut(rows, lambda one: f"{one.question} {one.subject} {one.award}", asked)

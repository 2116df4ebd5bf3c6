"""The page of one piece of evidence: what it says, who recorded it, and how it is undone or corrected."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

import msgspec
from flask import Response, redirect, render_template, request, url_for
from marshmallow import ValidationError
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response as AnyResponse

from ledger.access.actions import Action
from ledger.application.learning import correct, withdraw
from ledger.application.taking_back import TakeBack, may_take_back, take_back
from ledger.domain.framework import ScaleDefined
from ledger.domain.learner import Evidence
from ledger.domain.shapes import Result
from ledger.errors import Refused, UsageError
from ledger.inquiry.evidence import present_evidence
from ledger.inquiry.learners import read_history
from ledger.inquiry.views import EvidenceView
from ledger.interchange.remembered import Wrong
from ledger.interchange.typed_results import read_result
from ledger.storage.envelope import Author
from web import access
from web.answering import answer, form_of
from web.errors import words_of
from web.fields import Text, typed
from web.guard import COMMAND
from web.ledgers import here
from web.pages import JSON, scoped

NO_REASON = "Say why; the reason is kept in the vault."


@dataclass(frozen=True, slots=True)
class OneEvidence:
    """A piece of evidence as it stands, what the learner and whoever recorded it are called, and who may undo it.

    `scales` gives for each result the scale its level is of, null where it is a score.
    """

    learner: str
    name: str
    evidence: EvidenceView
    recorder: str
    back: TakeBack
    scales: tuple[ScaleDefined | None, ...]


def _view(learner: str, evidence: str) -> OneEvidence:
    ledger, target = here().ledger, access.target()
    shown = access.audience(target)
    found = read_history(ledger, learner).evidence.get(evidence)
    if found is None:
        raise NotFound
    results = _results(learner, evidence)
    named = access.names([learner])
    return OneEvidence(
        learner,
        named[learner],
        found if shown.entitlements else replace(found, instrument=""),
        ledger.vault.display_name(found.actor),
        may_take_back(ledger, access.person().person, learner, evidence),
        tuple(ledger.governance().scale(one.scale) if one.scale else None for one in results),
    )


def _results(learner: str, evidence: str) -> tuple[Result, ...]:
    try:
        return present_evidence(here().ledger, learner, evidence).results
    except Refused:
        return ()


@scoped.get("/learners/<learner>/evidence/<evidence>")
@scoped.get("/learners/<learner>/evidence/<evidence>" + JSON)
@access.needs(Action.READ_RECORD, access.learner)
def evidence_page(learner: str, evidence: str, form: str = "html") -> Response:
    """Show one piece of evidence, and what may be done about it."""
    view = _view(learner, evidence)
    if form_of(form) == "json":
        return answer("json", "", view)
    return _page(view)


def _page(
    view: OneEvidence, problems: Mapping[str, str] | None = None, refused: str = "", status: int = 200
) -> Response:
    shown = {"typed": request.form, "problems": problems or {}, "refused": refused}
    return Response(render_template("evidence.html", view=view, **shown), status)


@scoped.post("/learners/<learner>/evidence/<evidence>/back")
@access.needs(Action.TAKE_BACK, access.learner)
def take_evidence_back(learner: str, evidence: str) -> AnyResponse:
    """Take back what one recorded oneself within the last ten minutes."""
    author = _author(Action.TAKE_BACK)
    try:
        take_back(here().ledger, author, learner, evidence)
    except Refused as error:
        return _page(_view(learner, evidence), refused=words_of(error), status=409)
    return _to(learner, evidence)


@scoped.post("/learners/<learner>/evidence/<evidence>/withdraw")
@access.needs(Action.CORRECT_EVIDENCE, access.learner)
def withdraw_evidence(learner: str, evidence: str) -> AnyResponse:
    """Withdraw a piece of evidence, with a reason."""
    view, given = _view(learner, evidence), typed(request.form)
    problems = _reason_problems("withdraw", given)
    if problems:
        return _page(view, problems, status=422)
    try:
        withdraw(here().ledger, _author(Action.CORRECT_EVIDENCE), learner, evidence, given["reason"])
    except (Refused, UsageError) as error:
        return _page(view, refused=words_of(error), status=409)
    return _to(learner, evidence)


@scoped.post("/learners/<learner>/evidence/<evidence>/correct")
@access.needs(Action.CORRECT_EVIDENCE, access.learner)
def correct_evidence(learner: str, evidence: str) -> AnyResponse:
    """Replace what a piece of evidence says, with a reason."""
    view, given = _view(learner, evidence), typed(request.form)
    problems = _reason_problems("correct", given)
    corrected = _corrected(view, given, problems)
    if problems:
        return _page(view, problems, status=422)
    try:
        correct(here().ledger, _author(Action.CORRECT_EVIDENCE), learner, corrected, given["reason"])
    except (Refused, UsageError) as error:
        return _page(view, refused=words_of(error), status=409)
    return _to(learner, evidence)


def _reason_problems(step: str, given: Mapping[str, str]) -> dict[str, str]:
    if "reason" not in given:
        return {f"{step}.reason": NO_REASON}
    try:
        Text().deserialize(given["reason"])
    except ValidationError as error:
        return {f"{step}.reason": str(error.messages[0])}
    return {}


def _corrected(view: OneEvidence, given: Mapping[str, str], problems: dict[str, str]) -> Evidence:
    held = present_evidence(here().ledger, view.learner, view.evidence.evidence_id)
    results = []
    for place, (one, scale) in enumerate(zip(held.results, view.scales, strict=True)):
        name, maximum = f"result.{place}", one.score.maximum if one.score else None
        read = read_result(given.get(name, ""), one.subject, scale, maximum)
        if isinstance(read, Wrong):
            problems[f"correct.{name}"] = read.why
        results.append(read if isinstance(read, Result) else one)
    day = given.get("occurred", held.occurred)
    return msgspec.structs.replace(held, results=tuple(results), occurred=day, task=given.get("task", held.task))


def _author(action: Action) -> Author:
    return access.author(action, request.form.get(COMMAND, ""), access.target())


def _to(learner: str, evidence: str) -> AnyResponse:
    return redirect(url_for("scoped.evidence_page", learner=learner, evidence=evidence), 303)

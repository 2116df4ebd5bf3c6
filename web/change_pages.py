"""The pages of changes: listed, proposed, previewed, approved by another person, activated, rolled back."""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from flask import Flask, Response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from ledger.application.change_state import change_named
from ledger.domain.change_fold import Change
from ledger.errors import Refused, UsageError
from ledger.inquiry.changes import ChangeRow, ChangeView, change_row, change_rows, change_view
from ledger.inquiry.outcome import what_came_of
from ledger.inquiry.predicting import Fate
from ledger.projections.pages import Page
from web import acting, asking, change_steps, proposing, rules
from web.answering import answer, as_csv, form_of
from web.change_form import CLOCKS, LABELS, Filled, read_change, read_ending
from web.change_lists import (
    FATES,
    KINDS,
    CameRow,
    ImpactRow,
    came_rows,
    differing_answers,
    impact_rows,
    in_order,
    paged,
    preview_of,
)
from web.change_steps import STATUSES, STEPS
from web.errors import words_of
from web.guard import COMMAND
from web.ledgers import here, ledgers
from web.pages import JSON, POSITION, TABLE, scoped
from web.why_page import why_of
from web.wording import plainly


def register(app: Flask) -> None:
    """Teach an application's templates what these pages say."""
    app.jinja_env.globals.update(KINDS=KINDS, FATES=FATES, CLOCKS=CLOCKS, LABELS=LABELS, STEPS=STEPS, STATUSES=STATUSES)
    app.jinja_env.globals["QUOTED"] = ("proposed", "declined", "withdrawn")


@scoped.get("/changes")
@scoped.get("/changes" + TABLE)
def changes(form: str = "html") -> Response:
    """List the changes, those under way first."""
    rows = change_rows(here().ledger)
    if form_of(form) == "csv":
        return as_csv(rows, ChangeRow, "changes")
    return answer(form, "changes.html", rows)


@scoped.get("/changes/new")
def choose() -> Response:
    """Offer what governs now, to be changed or ended, and what could be adopted."""
    groups = list(proposing.choices(here(), ledgers().catalogue))
    return Response(render_template("choose.html", governs=proposing.governs(here()), groups=groups))


@scoped.get("/changes/new/policy/<path:edition>")
def new(edition: str) -> Response:
    """Show the form that proposes to adopt a policy."""
    policy = proposing.policy_of(here(), ledgers().catalogue, edition)
    return _form(edition, proposing.prefilled(here(), policy, _like()), 200)


@scoped.post("/changes/new/policy/<path:edition>")
def send_new(edition: str) -> AnyResponse:
    """Propose to adopt a policy; show the form again where something is wrong."""
    policy = proposing.policy_of(here(), ledgers().catalogue, edition)
    filled = read_change(request.form, policy, here().ledger.today())
    sent = proposing.send(here(), _author(), policy, filled) if filled.fits else filled
    return _form(edition, sent, 422) if isinstance(sent, Filled) else _to(sent, "proposed")


def _form(edition: str, filled: Filled, status: int) -> Response:
    policy = proposing.policy_of(here(), ledgers().catalogue, edition)
    page = proposing.form_page(here(), policy, filled, _like())
    errors = list(page.errors(filled))
    return Response(render_template("propose.html", page=page, filled=filled, errors=errors), status)


def _like() -> Any:
    position = asking.number("like", 1, 10**15)
    return None if position is None else proposing.adoption_at(here(), position)


@scoped.get("/changes/new/end/" + POSITION)
def new_end(position: int) -> Response:
    """Show the form that proposes to end an adoption."""
    return _end_form(position, Filled({"first_day": here().ledger.today().isoformat()}), 200)


@scoped.post("/changes/new/end/" + POSITION)
def send_end(position: int) -> AnyResponse:
    """Propose to end an adoption; show the form again where something is wrong."""
    proposing.own_adoption_at(here(), position)
    filled = read_ending(request.form)
    sent = proposing.send_ending(here(), _author(), position, filled) if filled.fits else filled
    return _end_form(position, sent, 422) if isinstance(sent, Filled) else _to(sent, "proposed")


def _end_form(position: int, filled: Filled, status: int) -> Response:
    placed = proposing.own_adoption_at(here(), position)
    row = next(one for one in rules.adopted(here()) if one.position == position)
    errors = [(name, LABELS[name], filled.problems[name]) for name in LABELS if name in filled.problems]
    return Response(render_template("end.html", row=row, adoption=placed.payload, filled=filled, errors=errors), status)


@scoped.get("/changes/<change>")
@scoped.get("/changes/<change>" + JSON)
def change(change: str, form: str = "html") -> Response:
    """Show everything about a change, and what may be done with it now."""
    return _change(change, form)


def _change(
    name: str, form: str = "html", refused: str = "", problems: Mapping[str, str] | None = None, tried: str = ""
) -> Response:
    ledger = here().ledger
    view = change_view(ledger, name, acting.onlooker(ledger))
    if form_of(form) == "json":
        return answer("json", "", asdict(view) | {"preview": view.preview, "authority": view.authority})
    page = change_steps.page_of(view)
    shown = {"view": view, "page": page, "refused": refused, "problems": problems or {}, "done": _just_done(view)}
    return Response(render_template("change.html", typed=request.form, tried=tried, today=ledger.today(), **shown))


def _just_done(view: ChangeView) -> str:
    """Return what to say of the step an address names, nothing where it is not one of the last two: no link can lie."""
    step = asking.text("done") or ""
    return STEPS_DONE[step] if step in STEPS_DONE and CALLED[step] in [one.what for one in view.steps[-2:]] else ""


STEPS_DONE = {
    "proposed": "The change is proposed. Preview it next: nothing is decided by that.",
    "preview": "The preview is written down. Nothing was decided by it.",
    "submit": "Approval is asked for. Another person has to give it.",
    "approve": "The change is approved.",
    "decline": "Approval is declined.",
    "schedule": "The change has its day.",
    "activate": "The change governs from its first day on. What was decided before stands.",
    "withdraw": "The change is withdrawn.",
    "confirm": "The emergency is confirmed.",
    "roll-back": "The change that undoes the other is proposed. It goes the same way: preview it next.",
}
"""What is said after a step was taken."""

CALLED = {
    "proposed": "proposed",
    "preview": "previewed",
    "submit": "asked for approval",
    "approve": "approved",
    "decline": "declined",
    "schedule": "scheduled",
    "activate": "activated",
    "withdraw": "withdrawn",
    "confirm": "confirmed",
    "roll-back": "proposed",
}
"""What the history of a change calls a step."""


ANY_STEP = ", ".join(f"'{step}'" for step in STEPS)


@scoped.post(f"/changes/<change>/<any({ANY_STEP}):step>")
def take_step(change: str, step: str) -> AnyResponse:
    """Take a step of a change; say on its page why it may not be taken."""
    typed, problems = change_steps.read(step, request.form)
    if problems:
        beside = {f"{step}.{name}": said for name, said in problems.items()}
        return _with_status(_change(change, problems=beside, tried=step), 422)
    author = _author()
    try:
        done = change_steps.take(here().ledger, author, change, step, typed)
    except (Refused, UsageError) as error:
        return _with_status(_change(change, refused=plainly(words_of(error)), tried=step), 409)
    return _to(done, step)


@scoped.get(f"/changes/<change>/<any({ANY_STEP}):step>")
def after_step(change: str, step: str) -> AnyResponse:
    """Lead to the page of a change whoever opens the address that its forms are sent to."""
    return redirect(url_for("scoped.change", change=change))


def _with_status(response: Response, status: int) -> Response:
    response.status_code = status
    return response


@scoped.get("/changes/<change>/preview")
@scoped.get("/changes/<change>/preview" + TABLE)
def impact(change: str, form: str = "html") -> Response:
    """List the learners whose answers a change would alter, as its preview says."""
    opened = here()
    found = change_named(opened.ledger.governance(), change)
    kind = asking.one_of("kind", tuple(KINDS))
    rows = differing_answers(opened, found, kind, awarded=asking.text("awarded") is not None)
    if form_of(form) == "csv":
        return as_csv(impact_rows(opened, found, rows), ImpactRow, f"change-{found.proposed.number}")
    page = paged(rows, found.preview.position if found.preview else opened.position)
    shown = Page(tuple(impact_rows(opened, found, page.rows)), page.next, page.position)
    row = change_row(opened.ledger, found)
    learners = len({one.learner for one in rows})
    return answer(form, "impact.html", shown, change=row, kind=kind, count=len(rows), learners=learners)


@scoped.get("/changes/<change>/preview/<learner>")
@scoped.get("/changes/<change>/preview/<learner>" + JSON)
def why(change: str, learner: str, form: str = "html") -> Response:
    """Explain one answer that a change would alter, without it and with it."""
    found = change_named(here().ledger.governance(), change)
    view = why_of(here(), found, learner)
    return answer(form, "why.html", view, change=change_row(here().ledger, found), on=preview_of(found).on)


@scoped.get("/changes/<change>/outcome")
@scoped.get("/changes/<change>/outcome" + TABLE)
def outcome(change: str, form: str = "html") -> Response:
    """Show what came of each answer that the preview of a change predicted."""
    ledger = here().ledger
    found = what_came_of(ledger, change)
    fate = asking.one_of("fate", tuple(Fate))
    meant = [one for one in found.rows if fate in (None, one.fate)]
    rows = in_order(here(), meant, lambda one: (one.row.learner, one.row.subject))
    made = change_named(ledger.governance(), change)
    row = change_row(ledger, made)
    if form_of(form) == "csv":
        return as_csv(came_rows(here(), made, rows), CameRow, f"change-{row.number}-outcome")
    page = paged(rows, here().position)
    shown = Page(came_rows(here(), made, page.rows), page.next, page.position)
    return answer(form, "outcome.html", shown, change=row, counts=found.counts(), fate=fate)


def _author() -> Any:
    return acting.author(here().ledger, request.form.get(COMMAND, ""))


def _to(done: Change, step: str) -> AnyResponse:
    return redirect(url_for("scoped.change", change=done.proposed.number, done=step), 303)

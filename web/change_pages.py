"""The pages of a change: listed, opened part by part, discussed, and each step of it taken by whoever may."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass

from flask import Flask, Response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from ledger.access.actions import Action
from ledger.access.changing import FRESH, NEEDS
from ledger.application.change_state import change_named
from ledger.application.changing import preview_change
from ledger.application.discussing import comment
from ledger.domain.change_fold import Change
from ledger.domain.change_rules import Step
from ledger.errors import Refused, UsageError
from ledger.inquiry.changes import ChangeRow, ChangeView, change_rows
from ledger.inquiry.discussion import comments
from ledger.storage.envelope import Author
from web import access, asking, change_seen, change_steps, jobs
from web.answering import answer, as_csv, form_of
from web.change_head import Head, difference, head_of
from web.change_steps import STATUSES, STEPS
from web.errors import words_of
from web.fields import typed
from web.guard import COMMAND
from web.ledgers import here
from web.pages import JSON, TABLE, scoped
from web.wording import plainly


def register(app: Flask) -> None:
    """Teach an application's templates what these pages say."""
    app.jinja_env.globals.update(STEPS=STEPS, STATUSES=STATUSES, CHECKS=CHECKS)
    app.jinja_env.globals["QUOTED"] = ("proposed", "declined", "withdrawn")


CHECKS = {
    "passed": ("good", "✓", "passed"),
    "waiting": ("ask", "◐", "waits"),
    "failed": ("bad", "✗", "stands in the way"),
    "noted": ("open", "!", "to be noted"),
}
"""For each state of a check: the tone, the mark and the word."""


@scoped.get("/changes")
@scoped.get("/changes" + TABLE)
@access.needs(Action.READ_CHANGES)
def changes(form: str = "html") -> Response:
    """List the changes, those under way first."""
    rows = change_rows(here().ledger)
    if form_of(form) == "csv":
        return as_csv(rows, ChangeRow, "changes")
    if form_of(form) == "json":
        return answer("json", "", rows)
    news = {one.proposed.number: len(change_seen.news(one)) for one in here().ledger.governance().changes}
    return answer("html", "changes.html", rows, news=news)


@scoped.get("/changes/<change>")
@scoped.get("/changes/<change>" + JSON)
@access.needs(Action.READ_CHANGES)
def change(change: str, form: str = "html") -> Response:
    """Show what a change does, and what may be done with it now."""
    return _change(change, form)


@dataclass(frozen=True, slots=True)
class Tried:
    """What came of a step that could not be taken: which, why it is refused, or what is wrong with its form."""

    step: str = ""
    refused: str = ""
    problems: Mapping[str, str] | None = None


def _change(name: str, form: str = "html", tried: Tried = Tried()) -> Response:
    head = head_of(here(), name)
    view = head.view
    if form_of(form) == "json":
        return answer("json", "", asdict(view) | {"preview": view.preview, "authority": view.authority})
    page = render_template(
        "change.html",
        head=head,
        difference=difference(here(), head.change),
        typed=request.form,
        tried=tried,
        done=_just_done(view),
        today=here().ledger.today(),
    )
    return _seen(Response(page), head)


def _seen(response: Response, head: Head) -> Response:
    """Remember that this person has seen a change as it is now."""
    change_seen.remember(response, head.change)
    return response


@scoped.get("/changes/<change>/discussion")
@scoped.get("/changes/<change>/discussion" + JSON)
@access.needs(Action.READ_CHANGES)
def discussion(change: str, form: str = "html") -> Response:
    """Show what people said about a change."""
    return _discussion(change, form)


def _discussion(name: str, form: str = "html", problem: str = "") -> Response:
    head = head_of(here(), name)
    said = comments(here().ledger, head.change)
    if form_of(form) == "json":
        return answer("json", "", said)
    page = render_template("change_discussion.html", head=head, said=said, problem=problem, typed=request.form)
    return _seen(Response(page), head)


@scoped.post("/changes/<change>/discussion")
@access.needs(Action.DISCUSS_CHANGE)
def say(change: str) -> AnyResponse:
    """Say something about a change."""
    given = typed(request.form)
    author = access.author(Action.DISCUSS_CHANGE, given.get(COMMAND, ""))
    try:
        comment(here().ledger, author, change, given.get("text", ""))
    except UsageError as error:
        return _with_status(_discussion(change, problem=str(error)), 422)
    found = change_named(here().ledger.governance(), change)
    return redirect(url_for("scoped.discussion", change=found.proposed.number, _anchor=f"said-{found.version}"), 303)


@scoped.get("/changes/<change>/history")
@scoped.get("/changes/<change>/history" + JSON)
@access.needs(Action.READ_CHANGES)
def change_history(change: str, form: str = "html") -> Response:
    """Show every step of a change, by whom and when."""
    head = head_of(here(), change)
    if form_of(form) == "json":
        return answer("json", "", head.view.steps)
    return _seen(Response(render_template("change_history.html", head=head)), head)


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
@access.needs(Action.READ_CHANGES)
def take_step(change: str, step: str) -> AnyResponse:
    """Take a step of a change; say on its page why it may not be taken."""
    author = access.author(NEEDS[Step(step)], request.form.get(COMMAND, ""))
    if Step(step) in FRESH and not access.stepped_up():
        return access.sign_in_again(url_for("scoped.change", change=change))
    given, problems = change_steps.read(step, request.form)
    if problems:
        beside = {f"{step}.{name}": said for name, said in problems.items()}
        return _with_status(_change(change, tried=Tried(step, problems=beside)), 422)
    try:
        if step == "preview":
            return _previewed(author, change)
        return _to(change_steps.take(here().ledger, author, change, step, given), step)
    except (Refused, UsageError) as error:
        return _with_status(_change(change, tried=Tried(step, plainly(words_of(error)))), 409)


def _previewed(author: Author, name: str) -> AnyResponse:
    """Work a preview out, followed on a page of its own where it is not there in a moment."""
    ledger, number = here().ledger, change_named(here().ledger.governance(), name).proposed.number
    back = url_for("scoped.change", change=number)

    def work(progress: jobs.Progress) -> jobs.Outcome:
        preview_change(ledger, author, name, progress)
        return jobs.Outcome(f"{back}?done=preview")

    return jobs.followed(jobs.start("preview", f"Previewing change {number}", work, back=back))


@scoped.get(f"/changes/<change>/<any({ANY_STEP}):step>")
@access.needs(Action.READ_CHANGES)
def after_step(change: str, step: str) -> AnyResponse:
    """Lead to the page of a change whoever opens the address that its forms are sent to."""
    return redirect(url_for("scoped.change", change=change))


def _with_status(response: Response, status: int) -> Response:
    response.status_code = status
    return response


def _to(done: Change, step: str) -> AnyResponse:
    return redirect(url_for("scoped.change", change=done.proposed.number, done=step), 303)

"""The pages of long work: what was started, and one piece of it, followed until it has ended."""

from dataclasses import dataclass
from datetime import datetime

from flask import Flask, Response, redirect, send_file, url_for
from werkzeug.wrappers import Response as AnyResponse

from ledger.access.actions import Action
from ledger.errors import UnknownName
from ledger.storage.job_store import UNFINISHED, JobRow
from web import access, asking
from web.answering import answer, as_csv, form_of
from web.jobs import jobs
from web.ledgers import here, ledgers
from web.pages import JSON, TABLE, scoped

STATES = {
    "waiting": ("none", "◌", "waits for its turn"),
    "running": ("ask", "◐", "under way"),
    "done": ("good", "✓", "done"),
    "failed": ("bad", "✗", "failed"),
    "cancelled": ("none", "–", "ended on request"),
    "interrupted": ("open", "!", "broken off"),
}
"""For each state: the tone, the mark and the word."""


@dataclass(frozen=True, slots=True)
class JobView:
    """A piece of long work as its page shows it; `seconds` is how long it takes or took, `percent` null if unknown."""

    job: str
    kind: str
    words: str
    state: str
    made: str
    seconds: int
    done: int
    total: int
    percent: int | None
    said: str
    problem: str
    address: str
    file: str
    back: str
    mine: bool
    unfinished: bool
    to_end: bool


def register(app: Flask) -> None:
    """Teach an application's templates what the states of long work are called."""
    app.jinja_env.globals["JOB_STATES"] = STATES
    app.add_template_filter(lasted)


def view_of(row: JobRow) -> JobView:
    """Return a piece of work as its page shows it."""
    percent = min(100, row.done * 100 // row.total) if row.total else None
    return JobView(
        job=row.job,
        kind=row.kind,
        words=row.words,
        state=row.state,
        made=row.made,
        seconds=_seconds(row),
        done=row.done,
        total=row.total,
        percent=100 if row.state == "done" else percent,
        said=row.said,
        problem=row.problem,
        address=row.address,
        file=row.file,
        back=row.back,
        mine=row.person == access.person().person,
        unfinished=row.state in UNFINISHED,
        to_end=bool(row.to_end),
    )


def _seconds(row: JobRow) -> int:
    """Return how many whole seconds a piece of work has taken, 0 where it has not begun."""
    if not row.begun:
        return 0
    ended = datetime.fromisoformat(row.ended or ledgers().clock())
    return max(0, int((ended - datetime.fromisoformat(row.begun)).total_seconds()))


def lasted(seconds: int) -> str:
    """Write how long something took: 42 s, 3 min 5 s."""
    minutes, rest = divmod(seconds, 60)
    return f"{minutes} min {rest} s" if minutes else f"{rest} s"


@scoped.get("/jobs")
@scoped.get("/jobs" + TABLE)
@access.needs(Action.RUN_JOBS)
def job_list(form: str = "html") -> Response:
    """List the long work somebody started, or everybody's for whoever follows it all."""
    everybody = access.may(Action.FOLLOW_ALL_JOBS)
    rows = jobs().listed(here().ledger.jurisdiction, None if everybody else access.person().person)
    found = tuple(map(view_of, rows))
    if form_of(form) == "csv":
        return as_csv(found, JobView, "jobs")
    return answer(form, "jobs.html", found, everybody=everybody)


@scoped.get("/jobs/<job>")
@scoped.get("/jobs/<job>" + JSON)
@access.needs(Action.RUN_JOBS)
def job(job: str, form: str = "html") -> AnyResponse:
    """Follow one piece of work; with `?lead=1` its page leads on to the result once that is there."""
    view = view_of(_found(job))
    if asking.text("lead") and view.state == "done" and view.address and form_of(form) == "html":
        return redirect(view.address)
    return answer(form, "job.html", view)


@scoped.post("/jobs/<job>")
@access.needs(Action.RUN_JOBS)
def end_job(job: str) -> AnyResponse:
    """End a piece of work that somebody no longer wants."""
    jobs().cancel(_found(job))
    return redirect(url_for("scoped.job", job=job), 303)


@scoped.get("/jobs/<job>/file")
@access.needs(Action.RUN_JOBS)
def job_file(job: str) -> AnyResponse:
    """Give the file that a piece of work left, to whoever started it and nobody else."""
    row = _found(job)
    path = jobs().folder(row.job) / row.file
    if row.person != access.person().person or not row.file or not path.is_file():
        raise UnknownName("this piece of work left no file for you to take away")
    return send_file(path.resolve(), as_attachment=True, download_name=row.file)


def _found(job: str) -> JobRow:
    """Return a piece of work in the ledger at hand; what somebody else started is there for a few alone."""
    row = jobs().find(job)
    theirs = row is not None and (row.person == access.person().person or access.may(Action.FOLLOW_ALL_JOBS))
    if row is None or row.ledger != here().ledger.jurisdiction or not theirs:
        raise UnknownName("there is no such piece of long work here, or it is so old that it was forgotten")
    return row

"""Long work: started by a command, followed here, its result read once it is done."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import msgspec
from flask import Response, g

from ledger.access.actions import Action
from ledger.projections.pages import Page
from ledger.storage.job_store import JobRow
from ledger.values import identifier
from web import access
from web.api import paging
from web.api.noun import SCOPE, Noun
from web.api.problems import Refusal
from web.job_pages import JobView, view_of
from web.jobs import Outcome, Progress, jobs
from web.ledgers import here, ledgers

NOUN = Noun("jobs", "Jobs", "Long work, which goes on while nobody waits: follow it, read its result, or end it.")
ONE = f"{SCOPE}/jobs/<identifier:job>"
RESULT = "result.json"

Told = Callable[[int, int], None]


def started(kind: str, words: str, work: Callable[[Told], Any]) -> JobView:
    """Start work whose result is kept as JSON; the same command sent again starts nothing."""

    def whole(progress: Progress) -> Outcome:
        progress.file(RESULT).write_bytes(msgspec.json.encode(work(progress)))
        return Outcome(file=RESULT)

    return started_with_file(kind, words, whole)


def started_with_file(kind: str, words: str, work: Callable[[Progress], Outcome]) -> JobView:
    """Start work that leaves a file of its own; the same command sent again starts nothing."""
    person = access.person().person
    number = identifier("job", person, "api", g.api_command)
    known = jobs().find(number)
    g.api_job_known = known is not None
    if known is not None and (known.kind, known.words) != (kind, words):
        raise Refusal("key-reused", "this key started other work before")
    row = JobRow(
        job=number,
        ledger=here().ledger.jurisdiction,
        person=person,
        kind=kind,
        words=words,
        back=f"/{here().scope}/",
        server=jobs().server,
        made=ledgers().clock(),
        alive=datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ"),
    )
    return view_of(jobs().start(row, work))


@NOUN.reads(f"{SCOPE}/jobs", Page[JobView], query=paging.Paged)
@access.needs(Action.RUN_JOBS)
def list_jobs(asked: dict[str, Any]) -> Any:
    """List one's own work in a ledger, the latest first."""
    found = jobs().listed(here().ledger.jurisdiction, access.person().person)
    return paging.cut(tuple(map(view_of, found)), lambda one: one.job, asked)


def _own(job: str) -> JobRow:
    row = jobs().find(job)
    if row is None or (row.person, row.ledger) != (access.person().person, here().ledger.jurisdiction):
        raise Refusal("not-found", "there is no such work of yours here")
    return row


@NOUN.reads(ONE, JobView)
@access.needs(Action.RUN_JOBS)
def show_job(job: str) -> Any:
    """Show how far a piece of work is."""
    return view_of(_own(job))


@NOUN.commands(f"{ONE}/cancel", JobView)
@access.needs(Action.RUN_JOBS)
def cancel_job(job: str) -> Any:
    """End a piece of work: at once where it still waits, else at its next step."""
    jobs().cancel(_own(job))
    return view_of(_own(job))


@NOUN.reads(f"{ONE}/result", None, media="application/octet-stream")
@access.needs(Action.RUN_JOBS)
def read_result(job: str) -> Any:
    """Return what a piece of work left: JSON in the shape that its kind names, or a bundle."""
    row = _own(job)
    path = jobs().folder(row.job) / row.file
    if not row.file or not path.is_file():
        raise Refusal("refused", f"this work left nothing to be read: it is {row.state}")
    response = Response(path.read_bytes(), content_type="application/octet-stream")
    response.headers["Content-Disposition"] = f'attachment; filename="{row.file}"'
    return response

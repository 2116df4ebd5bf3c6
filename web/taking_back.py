"""What one command recorded and decided, learner by learner; taken back with one press while that is possible."""

from collections.abc import Iterable, Sequence

from flask import Flask, Response, redirect, render_template, request
from werkzeug.wrappers import Response as AnyResponse

from ledger.access.actions import Action
from ledger.application.recording_class import line_author
from ledger.application.taking_back import take_back
from ledger.errors import Refused, UnknownName
from ledger.inquiry.recording_results import Caused, ResultRow, results_of
from ledger.storage.envelope import Author
from ledger.values import is_identifier
from web import access
from web.answering import as_json, form_of
from web.errors import words_of
from web.ledgers import here
from web.recording_pages import add, author_of
from web.recording_roster import Roster, roster


def said_alike(caused: Sequence[Caused]) -> list[tuple[tuple[str, str, str], list[Caused]]]:
    """Put together decisions that say the same of several subjects: the question, the outcome and its word."""
    found: dict[tuple[str, str, str], list[Caused]] = {}
    for one in caused:
        found.setdefault((one.question, one.outcome, one.word), []).append(one)
    return list(found.items())


def register(app: Flask) -> None:
    """Teach an application's templates to put decisions together."""
    app.add_template_filter(said_alike, "groupby_said")


def _batch() -> str:
    """Return the command an address names; raise `UnknownName` where it is none."""
    found = str((request.view_args or {})["batch"])
    if not is_identifier(found):
        raise UnknownName(f"nothing was recorded under {found[:60]!r}")
    return found


def recorded() -> AnyResponse:
    """Show what one command recorded, and what it decided."""
    return _page(roster(), "")


def _page(who: Roster, refused: str, status: int = 200) -> AnyResponse:
    entitled = access.entitlements(who.target)
    rows = results_of(here().ledger, _batch(), who.learners, access.person().person, entitlements=entitled)
    if not rows:
        raise UnknownName("nothing that was recorded under this address is about these learners")
    if form_of("html") == "json":
        return as_json(rows)
    return Response(render_template("recorded.html", who=who, rows=rows, batch=_batch(), refused=refused), status)


def back() -> AnyResponse:
    """Take back the evidence of one learner that one command recorded, or that of everybody."""
    who, batch = roster(), _batch()
    author, wanted = author_of(Action.TAKE_BACK, who), request.form.get("learner", "")
    if wanted and wanted not in who.learners:
        raise UnknownName("this learner is not among those the work was recorded for")
    rows = results_of(here().ledger, batch, [wanted] if wanted else who.learners, author.actor)
    return _taken(who, [row for row in rows if wanted or not row.back.refusal], author)


def _taken(who: Roster, rows: Iterable[ResultRow], author: Author) -> AnyResponse:
    try:
        for row in rows:
            take_back(here().ledger, line_author(author, row.learner), row.learner, row.evidence_id)
    except Refused as error:
        return _page(who, words_of(error), 409)
    return redirect(who.address("recorded", batch=_batch()), 303)


add("/recorded/<batch>", "recorded", recorded, "GET", Action.RECORD_EVIDENCE)
add("/recorded/<batch>/back", "back", back, "POST", Action.TAKE_BACK)

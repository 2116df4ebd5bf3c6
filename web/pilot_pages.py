"""The pages of pilots: listed, opened, lasting longer or shorter, their figures handed on, and pilots side by side."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from flask import Flask, Response, redirect, render_template, request, url_for
from marshmallow import Schema
from werkzeug.wrappers import Response as AnyResponse

from ledger.access.actions import Action
from ledger.application import pilot_figures, pilot_handing, piloting
from ledger.application.pilot_comparing import compare_pilot
from ledger.errors import Refused, UsageError
from ledger.inquiry.pilots import PilotView, pilot_view, pilot_views
from ledger.pilots.comparing import MeasureRow, PilotComparison, matrix_rows
from ledger.storage.envelope import Author
from web import access, asking, pilot_plots
from web.answering import answer, as_csv, form_of
from web.change_form import LABELS as OTHER_LABELS
from web.change_form import Filled
from web.guard import COMMAND
from web.ledgers import Opened, here, jurisdiction_of, ledgers
from web.pages import JSON, TABLE, scoped
from web.pilot_form import (
    EXITS,
    LABELS,
    CertifyingSchema,
    LastingSchema,
    OpeningSchema,
    opening_of,
    read_with,
)
from web.remembering import remembered

DONE = {
    "opened": "The pilot is opened.",
    "extend": "The pilot lasts longer.",
    "end": "The pilot ends sooner. What was decided under it stands.",
    "submit": "The figures are submitted. Another person certifies them.",
    "certify": "The figures are certified. The ledger of the pilot can receive them now.",
    "receive": "The figures are received.",
    "held": "These figures are held already; nothing was changed.",
}
"""What was done, by the word in the address."""


@dataclass(frozen=True, slots=True)
class PilotRow:
    """A pilot in a line; `told` of `asked` organisations are known to this ledger to have submitted figures."""

    pilot: str
    title: str
    question: str
    award: str
    first_day: str
    last_day: str
    status: str
    jurisdiction: str
    organisations: str
    told: int
    asked: int


def register(app: Flask) -> None:
    """Teach an application's templates what these pages say."""
    app.jinja_env.globals.update(PILOT_LABELS={**OTHER_LABELS, **LABELS}, PILOT_EXITS=EXITS, PILOT_DONE=DONE)


@scoped.get("/pilots")
@scoped.get("/pilots" + TABLE)
@access.needs(Action.READ_PILOTS)
def pilots(form: str = "html") -> Response:
    """List the pilots this ledger knows."""
    rows = [_row(one) for one in pilot_views(here().ledger)]
    return as_csv(rows, PilotRow, "pilots") if form_of(form) == "csv" else answer(form, "pilots.html", rows)


def _row(one: PilotView) -> PilotRow:
    told = sum(figures.standing in ("certified", "received") for figures in one.figures)
    names = [each.organisation for each in one.participants]
    opened = one.opened
    return PilotRow(
        one.pilot,
        one.title,
        opened.question,
        opened.award,
        one.first_day,
        one.last_day,
        one.status,
        opened.jurisdiction,
        ", ".join(names),
        told,
        len(names),
    )


@scoped.get("/pilots/new")
@access.needs(Action.RUN_PILOT)
def new_pilot() -> Response:
    """Show the form that opens a pilot."""
    return _opening(Filled({"first_day": here().ledger.today().isoformat(), "award": "standard"}), 200)


@scoped.post("/pilots/new")
@access.needs(Action.RUN_PILOT)
def open_pilot() -> AnyResponse:
    """Open a pilot; show the form again where something is wrong."""
    filled = read_with(OpeningSchema(), request.form)
    if not filled.fits:
        return _opening(filled, 422)
    try:
        piloting.open_pilot(here().ledger, _author(Action.RUN_PILOT), opening_of(filled))
    except (Refused, UsageError) as error:
        return _opening(_with(filled, error), 422)
    return _to(str(filled["title"]), "opened")


def _opening(filled: Filled, status: int) -> Response:
    page = render_template("pilot_new.html", filled=filled, errors=_errors(filled, OpeningSchema()))
    return Response(page, status)


@scoped.get("/pilots/<pilot>")
@scoped.get("/pilots/<pilot>" + JSON)
@access.needs(Action.READ_PILOTS)
def pilot(pilot: str, form: str = "html") -> Response:
    """Show a pilot: by what authority, for whom, from when, how it ends, and what came of it."""
    return answer(form, "pilot.html", pilot_view(here().ledger, pilot), **_around(Filled()))


def _around(filled: Filled, asked: str = "") -> dict[str, object]:
    opened = here().ledger
    below = [name for name in ledgers().jurisdictions() if name.startswith(f"{opened.jurisdiction}/")]
    schemas: Mapping[str, Schema] = {"extend": LastingSchema(), "end": LastingSchema(), "certify": CertifyingSchema()}
    errors = _errors(filled, schemas[asked]) if asked in schemas else []
    return {"filled": filled, "asked": asked, "errors": errors, "below": below, "done": asking.text("done")}


@scoped.post("/pilots/<pilot>/<any(extend, end):step>")
@access.needs(Action.RUN_PILOT)
def last_otherwise(pilot: str, step: str) -> AnyResponse:
    """Let a pilot last longer, or end sooner."""
    filled = read_with(LastingSchema(), request.form)

    def do(author: Author) -> None:
        ledger, last_day, reason = here().ledger, filled["last_day"], filled["reason"]
        if step == "end":
            piloting.end_pilot(ledger, author, pilot, last_day, authority=filled.authority, reason=reason)
        else:
            exit_by = filled["exit_by"]
            piloting.extend_pilot(
                ledger, author, pilot, last_day, exit_by=exit_by, authority=filled.authority, reason=reason
            )

    return _step(pilot, step, Action.RUN_PILOT, filled, do)


@scoped.post("/pilots/<pilot>/certify")
@access.needs(Action.SUBMIT_FIGURES)
def certify(pilot: str) -> AnyResponse:
    """Certify figures, as another person than the one who submitted them."""
    filled = read_with(CertifyingSchema(), request.form)

    def do(author: Author) -> None:
        pilot_figures.certify_figures(here().ledger, author, pilot, filled["capacity"], filled["statement"])

    return _step(pilot, "certify", Action.SUBMIT_FIGURES, filled, do)


@scoped.post("/pilots/<pilot>/submit")
@access.needs(Action.SUBMIT_FIGURES)
def submit(pilot: str) -> AnyResponse:
    """Work out this ledger's figures and submit them."""

    def do(author: Author) -> None:
        pilot_figures.submit_figures(here().ledger, author, pilot)

    return _step(pilot, "submit", Action.SUBMIT_FIGURES, Filled(), do)


@scoped.post("/pilots/<pilot>/receive")
@access.needs(Action.RUN_PILOT)
def receive(pilot: str) -> AnyResponse:
    """Receive certified figures from a ledger below in this home."""
    view, below = pilot_view(here().ledger, pilot), jurisdiction_of(request.form.get("origin", ""))
    if not below.startswith(f"{here().ledger.jurisdiction}/"):
        raise UsageError("name a ledger below this one")
    author = _author(Action.RUN_PILOT)
    try:
        data = pilot_handing.figures_document(ledgers().open(below).ledger, view.pilot)
        done = pilot_handing.receive_figures(here().ledger, author, data)
    except (Refused, UsageError) as error:
        return _again(pilot, "receive", _with(Filled(), error))
    return _to(view.title, "receive" if done else "held")


def _step(pilot: str, step: str, action: Action, filled: Filled, do: Callable[[Author], None]) -> AnyResponse:
    title = pilot_view(here().ledger, pilot).title
    if not filled.fits:
        return _again(pilot, step, filled)
    try:
        do(_author(action))
    except (Refused, UsageError) as error:
        return _again(pilot, step, _with(filled, error))
    return _to(title, step)


def _again(pilot: str, step: str, filled: Filled) -> Response:
    page = render_template("pilot.html", view=pilot_view(here().ledger, pilot), **_around(filled, step))
    return Response(page, 422)


def _with(filled: Filled, error: Exception) -> Filled:
    return Filled(filled.typed, filled.loaded, general=tuple(str(error).splitlines()))


def _errors(filled: Filled, schema: Schema) -> list[tuple[str, str, str]]:
    labels = {**OTHER_LABELS, **LABELS}
    return [(name, labels.get(name, name), filled.problems[name]) for name in schema.fields if name in filled.problems]


def _author(action: Action) -> Author:
    return access.author(action, request.form.get(COMMAND, ""))


def _to(pilot: str, done: str) -> AnyResponse:
    return redirect(url_for("scoped.pilot", pilot=pilot_view(here().ledger, pilot).pilot, done=done), 303)


@scoped.get("/pilots/<pilot>/compare")
@scoped.get("/pilots/<pilot>/compare" + TABLE)
@access.needs(Action.READ_PILOTS)
def compare(pilot: str, form: str = "html") -> Response:
    """Put the organisations of a pilot side by side: every measure, and each rule tried on the learners of all."""
    beside = tuple(filter(None, (one.strip() for one in (asking.text("with") or "").split(","))))
    found = compared(here(), pilot_view(here().ledger, pilot).pilot, beside, matrix=bool(asking.text("matrix")))
    if form_of(form) == "csv":
        return as_csv((*found.rows, *matrix_rows(found.arms, found.matrix)), MeasureRow, "pilot")
    others = [name for name in ledgers().jurisdictions() if name.startswith(f"{here().ledger.jurisdiction}/")]
    names = {one.organisation for one in found.arms}
    return answer(
        form,
        "pilot_compare.html",
        found,
        plots=list(pilot_plots.plots(found)),
        matrix=list(pilot_plots.matrix(found)),
        counts=pilot_plots.COUNTS,
        others=[name for name in others if name not in names],
        beside=beside,
    )


def compared(opened: Opened, pilot: str, beside: tuple[str, ...], *, matrix: bool) -> PilotComparison:
    """Return pilots side by side; what was worked out for the same positions on the same day is remembered."""
    places = ledgers().jurisdictions() if matrix else (opened.ledger.jurisdiction,)
    positions = [(name, ledgers().open(name).position) for name in places]
    asked = (opened.ledger.jurisdiction, pilot, beside, matrix, *positions, opened.ledger.today())
    return remembered(asked, lambda: compare_pilot(opened.ledger, pilot, beside=beside, matrix=matrix))

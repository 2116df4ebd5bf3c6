"""An auditor's cases: opened, sampled, added to, made again, noted, concluded, and taken away."""

from collections.abc import Callable
from dataclasses import dataclass

from flask import Response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from ledger.access.actions import Action
from ledger.application.auditing_cases import add_decisions, draw_sample, note, open_case
from ledger.application.auditing_cases import conclude as conclude_case
from ledger.domain.cases import NoteKind
from ledger.errors import Refused, UnknownName, UsageError
from ledger.inquiry.cases import CaseRow, CaseView, case_list, case_view
from ledger.storage.envelope import Author
from web import access, asking, case_form
from web.answering import answer, as_csv, form_of
from web.case_form import CaseFilled
from web.guard import COMMAND
from web.ledgers import here
from web.pages import TABLE, scoped

SAID = (Refused, UnknownName, UsageError)
"""What a form tells in its own words."""


@dataclass(frozen=True, slots=True)
class CaseLine:
    """A decision of a case as a spreadsheet has it."""

    position: int
    how: str
    times_drawn: int
    learner: str
    version: int
    decided_for: str
    question: str
    subject: str
    outcome: str
    policy: str
    verdict: str
    notes: str


@scoped.get("/cases")
@access.needs(Action.KEEP_CASE)
def cases() -> Response:
    """List the cases of whoever is signed in, and open one."""
    return _list(CaseFilled())


def _list(filled: CaseFilled, status: int = 200) -> Response:
    found = case_list(here().ledger, access.person().person)
    position = asking.number("position", 1, here().position)
    page = render_template("cases.html", view=found, filled=filled, errors=filled.errors, position=position)
    return Response(page, status)


@scoped.post("/cases")
@access.needs(Action.KEEP_CASE)
def new_case() -> AnyResponse:
    """Open a case."""
    filled = case_form.opening(request.form)
    if not filled.problems:
        try:
            case = open_case(here().ledger, _author(), filled.typed["title"], filled.typed["basis"])
            return redirect(url_for("scoped.case", case=case), 303)
        except SAID as error:
            filled = filled.refused(error)
    return _list(filled, 422)


def _author(action: Action = Action.KEEP_CASE) -> Author:
    return access.author(action, request.form.get(COMMAND, ""))


def view_of(case: str) -> CaseView:
    """Return a case of whoever is signed in; raise `UnknownName` where it is none."""
    return case_view(here().ledger, access.person().person, case)


@scoped.get("/cases/<case>")
@scoped.get("/cases/<case>" + TABLE)
@access.needs(Action.KEEP_CASE)
def case(case: str, form: str = "html") -> Response:
    """Show a case."""
    view = view_of(case)
    if form_of(form) == "csv":
        names = access.names(row.learner for row in view.rows if row.learner)
        lines = [_line(row, names.get(row.learner, "")) for row in view.rows]
        return as_csv(lines, CaseLine, f"case-{view.summary.number}")
    return _page(view, CaseFilled(), form)


def _line(row: CaseRow, name: str) -> CaseLine:
    return CaseLine(
        position=row.position,
        how=row.how,
        times_drawn=row.times,
        learner=name,
        version=row.version,
        decided_for=row.on,
        question=row.question,
        subject=(row.subject.code or row.subject.label) if row.subject else "",
        outcome=row.outcome,
        policy=row.edition,
        verdict=row.verdict,
        notes=" | ".join(f"{one.kind}: {one.text}" for one in row.notes),
    )


def _page(view: CaseView, filled: CaseFilled, form: str = "html") -> Response:
    names = access.names(row.learner for row in view.rows if row.learner)
    only = asking.text("only")
    response = answer(form, "case.html", view, filled=filled, errors=filled.errors, names=names, only=only)
    response.status_code = 422 if filled.errors or filled.general else 200
    return response


@scoped.post("/cases/<case>/sample")
@access.needs(Action.KEEP_CASE)
def sample_case(case: str) -> AnyResponse:
    """Draw a sample by a seed."""
    filled = case_form.drawing(request.form)
    return _done(
        case,
        filled,
        lambda: draw_sample(
            here().ledger,
            _author(),
            case,
            int(filled.typed["wanted"]),
            filled.typed["seed"],
            int(filled.typed["after"] or 0),
        ),
        "#decisions",
    )


@scoped.post("/cases/<case>/decisions")
@access.needs(Action.KEEP_CASE)
def add_to_case(case: str) -> AnyResponse:
    """Put decisions to a case by hand."""
    filled = case_form.adding(request.form)
    positions = case_form.positions_in(filled.typed["positions"])
    return _done(case, filled, lambda: add_decisions(here().ledger, _author(), case, positions), "#decisions")


@scoped.post("/cases/<case>/notes")
@access.needs(Action.KEEP_CASE)
def note_in_case(case: str) -> AnyResponse:
    """Write a note or a finding down."""
    filled = case_form.noting(request.form)
    about = int(filled.typed["position"]) if filled.typed["position"] else None
    kind: NoteKind = "finding" if filled.typed["finding"] else "note"
    return _done(
        case,
        filled,
        lambda: note(here().ledger, _author(), case, filled.typed["text"], about, kind),
        f"#row-{about}" if about else "#notes",
    )


@scoped.post("/cases/<case>/conclude")
@access.needs(Action.KEEP_CASE)
def conclude(case: str) -> AnyResponse:
    """Conclude a case."""
    filled = case_form.concluding(request.form)
    return _done(case, filled, lambda: conclude_case(here().ledger, _author(), case, filled.typed["text"]), "")


def _done(case: str, filled: CaseFilled, command: Callable[[], object], place: str) -> AnyResponse:
    """Carry a command out and lead back to the case, or show it again with what is wrong."""
    view = view_of(case)
    if not filled.problems:
        try:
            command()
            return redirect(url_for("scoped.case", case=case) + place, 303)
        except SAID as error:
            filled = filled.refused(error)
    return _page(view, filled)

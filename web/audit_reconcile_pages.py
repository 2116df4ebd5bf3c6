"""A transcript or a roster of another system held against the ledger: sent as a file, told row by row, not kept."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from flask import Response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from ledger.access.actions import Action
from ledger.application import Ledger
from ledger.audit.reconciling.discrepancy import Discrepancy
from ledger.errors import InputFaults, UnknownName
from ledger.inquiry.kept import keep, kept
from ledger.inquiry.reconciled import Reconciled, roster_reconciled, transcript_reconciled
from ledger.values import is_identifier, random_identifier
from web import access
from web.answering import answer, as_csv, form_of
from web.audit_bundle_pages import Filled
from web.guard import uploads
from web.ledgers import here
from web.pages import TABLE, scoped

LONGEST = 5 * 1024 * 1024
"""Bytes in a file with its form."""

MOST_ROWS = 100_000
MOST_TOLD = 20
"""Faults told on a page; the command line tells more."""

KINDS: Mapping[str, tuple[str, Callable[..., Reconciled]]] = {
    "transcript": ("A transcript: learner and course, perhaps award, credit and earned", transcript_reconciled),
    "roster": ("A roster: learner, organisation, grade, course, section, from, until", roster_reconciled),
}
LABELS = {"kind": "What the file is", "file": "The file"}


@dataclass(frozen=True, slots=True)
class KeptReconciled:
    """What was told of a file: when, by whom it was sent, who alone reads it, and what kind of file it was."""

    at: str
    by: str
    kind: str
    found: Reconciled


@scoped.get("/audit/reconcile")
@access.needs(Action.AUDIT)
def reconcile() -> Response:
    """Show the form that takes a file."""
    return _form(Filled())


def _form(filled: Filled, status: int = 200) -> Response:
    kinds = [(name, words) for name, (words, _) in KINDS.items()]
    page = render_template("audit_reconcile.html", filled=filled, errors=filled.errors(LABELS), kinds=kinds)
    return Response(page, status)


@scoped.post("/audit/reconcile")
@access.needs(Action.AUDIT)
@uploads(LONGEST)
def reconcile_file() -> AnyResponse:
    """Hold a file against the ledger, and lead to what was found."""
    ledger = here().ledger
    typed = {"kind": request.form.get("kind", ""), "named_only": request.form.get("named_only", "")}
    sent = request.files.get("file")
    data = sent.read() if sent else b""
    problems = _problems(typed, data)
    if problems:
        return _form(Filled(typed, problems), 422)
    try:
        found = _reconciled(ledger, typed, data)
    except InputFaults as error:
        told = [str(one) for one in error.faults[:MOST_TOLD]]
        more = len(error.faults) + error.more - len(told)
        return _form(Filled(typed, {}, (*told, *([f"and {more:,} more faults"] if more else []))), 422)
    number = random_identifier()
    keep(ledger, f"reconciled-{number}", KeptReconciled(ledger.clock(), access.person().person, typed["kind"], found))
    return redirect(url_for("scoped.reconciled", number=number), 303)


def _problems(typed: Mapping[str, str], data: bytes) -> dict[str, str]:
    problems = {} if typed["kind"] in KINDS else {"kind": "say whether it is a transcript or a roster"}
    if not data:
        problems["file"] = "choose a CSV file that is not empty"
    elif data.count(b"\n") > MOST_ROWS:
        problems["file"] = f"it has more than {MOST_ROWS:,} rows; `mastery reconcile` takes longer files"
    return problems


def _reconciled(ledger: Ledger, typed: Mapping[str, str], data: bytes) -> Reconciled:
    reconciled = KINDS[typed["kind"]][1]
    return reconciled(ledger, f"{typed['kind']}.csv", data, named_only=bool(typed["named_only"]))


@scoped.get("/audit/reconcile/<number>")
@scoped.get("/audit/reconcile/<number>" + TABLE)
@access.needs(Action.AUDIT)
def reconciled(number: str, form: str = "html") -> Response:
    """Show on what a file and the ledger differ, to whoever sent it."""
    found = kept(here().ledger, f"reconciled-{number}", KeptReconciled) if is_identifier(number) else None
    if found is None or found.by != access.person().person:
        raise UnknownName("nothing is kept of such a file here; send it again")
    if form_of(form) == "csv":
        return as_csv(found.found.discrepancies, Discrepancy, found.kind)
    learners = access.names(one.learner for one in found.found.discrepancies if one.learner)
    return answer(form, "audit_reconciled.html", found, learners=learners)

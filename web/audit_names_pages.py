"""Asking who learners are: on a legal basis, by somebody who just signed in, on record with every learner."""

from collections.abc import Mapping

from flask import Flask, Response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from ledger.access.actions import Action
from ledger.application.disclosing_names import HOURS, Named, disclose_names
from ledger.errors import Refused, UnknownName, UsageError
from ledger.values import is_identifier
from web import access, asking, disclosed
from web.audit_bundle_pages import Filled
from web.case_pages import view_of
from web.guard import COMMAND
from web.ledgers import here
from web.pages import scoped

LABELS = {
    "learner": "Whose name",
    "basis": "The law, rule or order that entitles you",
    "purpose": "What you need to know it for",
}


def register(app: Flask) -> None:
    """Let an application remember which session was told which names."""
    disclosed.register(app)


@scoped.get("/names")
@access.needs(Action.DISCLOSE_NAMES)
@access.needs_fresh
def disclosed_names() -> Response:
    """Show whose names this session was told, and ask for more."""
    given = {"learner": asking.text("learner") or "", "case": asking.text("case") or ""}
    return _page(Filled(given))


def _page(filled: Filled, status: int = 200) -> Response:
    case = view_of(filled.typed["case"]) if filled.typed.get("case") else None
    page = render_template(
        "audit_names.html",
        case=case,
        shown=disclosed.shown(),
        names=access.names(disclosed.learners()),
        filled=filled,
        errors=filled.errors(LABELS),
        hours=HOURS,
    )
    return Response(page, status)


@scoped.post("/names")
@access.needs(Action.DISCLOSE_NAMES)
@access.needs_fresh
def ask_names() -> AnyResponse:
    """Write down with every learner that somebody is told who they are, and show it to this session."""
    filled = _read(request.form)
    if filled.problems:
        return _page(filled, 422)
    author = access.author(Action.DISCLOSE_NAMES, request.form.get(COMMAND, ""))
    typed = filled.typed
    try:
        meant = _meant(typed)
        named = Named(tuple(sorted(meant)), typed["basis"], typed["purpose"], typed["case"] or None)
        until = disclose_names(here().ledger, author, named)
    except (UsageError, UnknownName, Refused) as error:
        return _page(Filled(typed, {}, (str(error),)), 422)
    disclosed.show(meant, until, typed["basis"])
    place = url_for("scoped.case", case=typed["case"]) if typed["case"] else url_for("scoped.disclosed_names")
    return redirect(place, 303)


def _read(form: Mapping[str, str]) -> Filled:
    typed = {name: form.get(name, "").strip() for name in ("learner", "case", "basis", "purpose")}
    problems = {
        "basis": "name it: it goes into the record of every learner concerned",
        "purpose": "say it in a few words; the family can read them",
    }
    found = {name: said for name, said in problems.items() if not typed[name]}
    if not typed["case"] and not is_identifier(typed["learner"]):
        found["learner"] = "give the UUID at the end of the address of the learner's page"
    return Filled(typed, found)


def _meant(typed: Mapping[str, str]) -> frozenset[str]:
    if typed["case"]:
        return frozenset(row.learner for row in view_of(typed["case"]).rows if row.learner)
    return frozenset({typed["learner"]})


@scoped.post("/names/hide")
@access.needs(Action.DISCLOSE_NAMES)
def hide_names() -> AnyResponse:
    """Show no disclosed names in this session any more."""
    disclosed.hide()
    return redirect(url_for("scoped.overview"), 303)

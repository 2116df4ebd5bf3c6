"""The pages on which a change is proposed: what could be changed, the form of a policy, the end of an adoption."""

from typing import Any

from flask import Flask, Response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from ledger.access.actions import Action
from ledger.domain.change_fold import Change
from ledger.policy.model import Policy
from web import access, asking, proposing, rules
from web.change_form import CLOCKS, LABELS, Filled, read_change, read_ending
from web.clone_pages import draft_of
from web.guard import COMMAND
from web.ledgers import here, ledgers
from web.pages import POSITION, scoped


def register(app: Flask) -> None:
    """Teach an application's templates what the fields are called."""
    app.jinja_env.globals.update(CLOCKS=CLOCKS, LABELS=LABELS)


@scoped.get("/changes/new")
@access.needs(Action.PROPOSE_CHANGE)
def choose() -> Response:
    """Offer what governs now, to be changed or ended, and what could be adopted."""
    groups = list(proposing.choices(here(), ledgers().catalogue))
    return Response(render_template("choose.html", governs=proposing.governs(here()), groups=groups))


@scoped.get("/changes/new/policy/<path:edition>")
@access.needs(Action.PROPOSE_CHANGE)
def new(edition: str) -> Response:
    """Show the form that proposes to adopt a policy."""
    policy = _policy(edition)
    return _form(edition, proposing.prefilled(here(), policy, _like(), request.args), 200)


@scoped.post("/changes/new/policy/<path:edition>")
@access.needs(Action.PROPOSE_CHANGE)
def send_new(edition: str) -> AnyResponse:
    """Propose to adopt a policy; show the form again where something is wrong."""
    policy = _policy(edition)
    filled = read_change(request.form, policy, here().ledger.today())
    sent = proposing.send(here(), _author(), policy, filled) if filled.fits else filled
    return _form(edition, sent, 422) if isinstance(sent, Filled) else _to(sent, "proposed")


def _form(edition: str, filled: Filled, status: int) -> Response:
    policy = _policy(edition)
    page = proposing.form_page(here(), policy, filled, _like())
    errors = list(page.errors(filled))
    draft = asking.text("draft")
    return Response(render_template("propose.html", page=page, filled=filled, errors=errors, draft=draft), status)


def _policy(edition: str) -> Policy:
    """Return the policy an address names: one that is installed or archived, or one written here that it names too."""
    name = asking.text("draft")
    written = draft_of(here(), edition, name) if name else None
    return written or proposing.policy_of(here(), ledgers().catalogue, edition)


def _like() -> Any:
    position = asking.number("like", 1, 10**15)
    return None if position is None else proposing.adoption_at(here(), position)


@scoped.get("/changes/new/end/" + POSITION)
@access.needs(Action.PROPOSE_CHANGE)
def new_end(position: int) -> Response:
    """Show the form that proposes to end an adoption."""
    return _end_form(position, Filled({"first_day": here().ledger.today().isoformat()}), 200)


@scoped.post("/changes/new/end/" + POSITION)
@access.needs(Action.PROPOSE_CHANGE)
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


def _author() -> Any:
    return access.author(Action.PROPOSE_CHANGE, request.form.get(COMMAND, ""))


def _to(done: Change, step: str) -> AnyResponse:
    return redirect(url_for("scoped.change", change=done.proposed.number, done=step), 303)

"""The addresses: each reads what is asked, asks the ledger, and lays the answer out."""

from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from typing import Any
from urllib.parse import urlencode

from flask import Blueprint, Response, g, redirect, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from ledger.access.actions import Action
from ledger.application.learning import stream_of
from ledger.errors import UnknownName
from ledger.inquiry.decisions import decision_at, decision_view
from ledger.projections.filters import Filter
from web import access, asking, decision_page, front_page, learner_page, navigation
from web.answering import answer, as_csv, form_of
from web.ledgers import here, ledgers, scope_of
from web.listing import LearnerRow, Shown, every, learner_list

front = Blueprint("front", __name__)
scoped = Blueprint("scoped", __name__, url_prefix="/<scope>")

JSON = ".<any(json):form>"
TABLE = ".<any(json, csv):form>"
POSITION = "<int(max=999999999999999):position>"
VERSION = "<int(max=999999999999999):version>"


@front.get("/")
@access.public
def home() -> AnyResponse:
    """Show the ledgers of this home within reach, or the only one."""
    names = ledgers().jurisdictions()
    if len(names) > 1:
        access.person()
        names = tuple(filter(access.within_reach, names))
    if len(names) == 1:
        return redirect(_first_page(names[0]))
    return answer("html", "ledgers.html", [_card(name) for name in names])


def _first_page(name: str) -> str:
    """Return the first page of a ledger that somebody may open; the one that says why not where there is none."""
    if access.visitor() is not None:
        with access.at(name):
            if ways := navigation.sections(""):
                return ways[0].address
    return url_for("scoped.overview", scope=scope_of(name))


def _card(name: str) -> front_page.Card:
    with access.at(name) as opened:
        return front_page.card(opened, access.within(_counted()))


def _counted() -> Action:
    """Return the action that says of whom somebody may know how many there are."""
    return Action.LIST_DECISIONS if access.may(Action.LIST_DECISIONS, access.ANYWHERE) else Action.SEE_GROUPS


@front.get("/favicon.ico")
@access.public
def icon() -> AnyResponse:
    """Send browsers that ask without being told to the icon."""
    return redirect(url_for("static", filename="icon.svg"))


@scoped.url_value_preprocessor
def take_scope(_: str | None, values: dict[str, Any] | None) -> None:
    """Take the ledger's name out of an address."""
    g.scope = (values or {}).pop("scope", "")


@scoped.url_defaults
def keep_scope(_: str, values: dict[str, Any]) -> None:
    """Keep to the ledger at hand in every address that names no other."""
    if "opened" in g:
        values.setdefault("scope", here().scope)


@scoped.get("/")
@scoped.get("/overview" + JSON)
@access.needs(Action.SEE_OVERVIEW)
def overview(form: str = "html") -> Response:
    """Show a ledger at a glance."""
    return answer(form, "overview.html", _front(), chart=front_page.chart)


def _front() -> front_page.Front:
    """Return the ledger at a glance: what is counted there, and whom it shows, is what one reaches."""
    recent = access.may(Action.LIST_DECISIONS, access.ANYWHERE)
    return front_page.front(Shown(here(), access.named()), access.within(_counted()), recent=recent)


@scoped.get("/learners")
@scoped.get("/learners" + TABLE)
@access.needs(Action.LIST_LEARNERS, access.anywhere)
def learners(form: str = "html") -> Response:
    """List learners, searched and narrowed."""
    wanted, sought = _within(Action.LIST_LEARNERS), asking.text("q")
    shown = Shown(here(), access.named())
    if form_of(form) == "csv":
        pages = partial(learner_list, shown, wanted, sought, 100)
        return as_csv(every(pages), LearnerRow, "learners")
    page = learner_list(shown, wanted, sought, asking.rows(), asking.text("after"))
    return answer(form, "learners.html", page, wanted=wanted, sought=sought, strip=front_page.strip)


def _within(action: Action) -> Filter:
    """Return the filter asked for, narrowed to those whom whoever is signed in reaches."""
    return replace(asking.narrowed(), within=access.within(action))


@scoped.get("/learners/<learner>")
@scoped.get("/learners/<learner>" + JSON)
@access.needs(Action.READ_RECORD, access.learner)
def learner(learner: str, form: str = "html") -> Response:
    """Show where a learner stands, and why."""
    asked = asking.moment(here().position)
    view = learner_page.view_of(here(), learner, asked, access.audience(access.target()))
    return answer(form, "learner.html", view, page=learner_page, asked=asked)


@scoped.get("/decisions/" + POSITION)
@scoped.get("/decisions/" + POSITION + JSON)
@access.needs(Action.READ_RECORD, access.decision)
def decision(position: int, form: str = "html") -> Response:
    """Show one decision with everything behind it, made again just now."""
    ledger = here().ledger
    view = decision_view(ledger, *decision_at(ledger, position), audience=access.audience(access.target()))
    return answer(form, "decision.html", view, page=decision_page.around(here(), view))


@scoped.get("/learners/<learner>/decisions/" + VERSION)
@access.needs(Action.READ_RECORD, access.learner)
def decision_of(learner: str, version: int) -> AnyResponse:
    """Lead from a learner and a version, as the events name a decision, to its page."""
    event = next(here().ledger.log.versions(stream_of(learner), [version]), None)
    if event is None:
        raise UnknownName(f"learner {learner} has no version {version}")
    return redirect(url_for("scoped.decision", position=event.position))


@scoped.app_context_processor
def always() -> dict[str, Any]:
    """Give every page what its bar and its foot need."""
    names = filter(access.within_reach, ledgers().jurisdictions()) if "opened" in g else ()
    return {
        "opened": g.get("opened"),
        "others": [(name, scope_of(name)) for name in names],
        "form_address": partial(_form_address, request.args.to_dict()),
    }


TOLD = ("done", "settled")
"""What an address says once, right after something was done; no link to a view repeats it."""


def _form_address(asked: Mapping[str, str], form: str, **changes: str) -> str:
    """Return the address of the same view in another form; what was asked is kept, as text and as nothing else."""
    values: dict[str, Any] = {**(request.view_args or {}), "form": form}
    if form == "html":
        del values["form"]
    path = url_for(str(request.endpoint), **values)
    kept = {name: value for name, value in asked.items() if name not in ("format", *TOLD)}
    query = urlencode({name: value for name, value in {**kept, **changes}.items() if value})
    return f"{path}?{query}" if query else path

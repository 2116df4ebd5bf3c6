"""The addresses: each reads what is asked, asks the ledger, and lays the answer out."""

from collections.abc import Mapping
from functools import partial
from typing import Any
from urllib.parse import urlencode

from flask import Blueprint, Response, g, redirect, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from ledger.application.learning import stream_of
from ledger.errors import UnknownName
from ledger.inquiry.decisions import decision_at, decision_view
from ledger.values import is_identifier
from web import asking, decision_page, front_page, learner_page, rules
from web.answering import answer, as_csv, form_of
from web.ledgers import here, jurisdiction_of, ledgers, scope_of
from web.listing import DecisionRow, LearnerRow, decision_list, every, learner_list

front = Blueprint("front", __name__)
scoped = Blueprint("scoped", __name__, url_prefix="/<scope>")

JSON = ".<any(json):form>"
TABLE = ".<any(json, csv):form>"
POSITION = "<int(max=999999999999999):position>"
VERSION = "<int(max=999999999999999):version>"


@front.get("/")
def home() -> AnyResponse:
    """Show the ledgers of this home, or the only one."""
    names = ledgers().jurisdictions()
    if len(names) == 1:
        return redirect(url_for("scoped.overview", scope=scope_of(names[0])))
    cards = [front_page.card(ledgers().open(name)) for name in names]
    return answer("html", "ledgers.html", cards)


@front.get("/favicon.ico")
def icon() -> AnyResponse:
    """Send browsers that ask without being told to the icon."""
    return redirect(url_for("static", filename="icon.svg"))


@scoped.url_value_preprocessor
def take_scope(_: str | None, values: dict[str, Any] | None) -> None:
    """Take the ledger's name out of an address."""
    g.scope = (values or {}).pop("scope", "")


@scoped.before_request
def open_scope() -> None:
    """Open the ledger an address names; every page under it is about that one."""
    g.opened = ledgers().open(jurisdiction_of(g.scope))


@scoped.url_defaults
def keep_scope(_: str, values: dict[str, Any]) -> None:
    """Keep to the ledger at hand in every address that names no other."""
    if "opened" in g:
        values.setdefault("scope", here().scope)


@scoped.get("/")
@scoped.get("/overview" + JSON)
def overview(form: str = "html") -> Response:
    """Show a ledger at a glance."""
    return answer(form, "overview.html", front_page.front(here()), chart=front_page.chart)


@scoped.get("/learners")
@scoped.get("/learners" + TABLE)
def learners(form: str = "html") -> Response:
    """List learners, searched and narrowed."""
    wanted, sought = asking.narrowed(), asking.text("q")
    if form_of(form) == "csv":
        pages = partial(learner_list, here(), wanted, sought, 100)
        return as_csv(every(pages), LearnerRow, "learners")
    page = learner_list(here(), wanted, sought, asking.rows(), asking.text("after"))
    return answer(form, "learners.html", page, wanted=wanted, sought=sought, strip=front_page.strip)


@scoped.get("/learners/<learner>")
@scoped.get("/learners/<learner>" + JSON)
def learner(learner: str, form: str = "html") -> Response:
    """Show where a learner stands, and why."""
    if not is_identifier(learner):
        raise UnknownName(f"there is no learner {learner[:60]!r} here: a learner's address ends in a UUID")
    asked = asking.moment(here().position)
    view = learner_page.view_of(here(), learner, asked)
    return answer(form, "learner.html", view, page=learner_page, asked=asked)


@scoped.get("/decisions")
@scoped.get("/decisions" + TABLE)
def decisions(form: str = "html") -> Response:
    """List decisions, the newest first, narrowed."""
    wanted, opened = asking.narrowed(), here()
    standing_at = opened.position if asking.text("standing") else None
    if form_of(form) == "csv":
        pages = partial(decision_list, opened, wanted, standing_at, 100)
        return as_csv(every(pages), DecisionRow, "decisions")
    page = decision_list(opened, wanted, standing_at, asking.rows(), asking.text("after"))
    return answer(form, "decisions.html", page, wanted=wanted, policies=rules.choices(opened))


@scoped.get("/decisions/" + POSITION)
@scoped.get("/decisions/" + POSITION + JSON)
def decision(position: int, form: str = "html") -> Response:
    """Show one decision with everything behind it, made again just now."""
    ledger = here().ledger
    view = decision_view(ledger, *decision_at(ledger, position))
    return answer(form, "decision.html", view, page=decision_page.around(here(), view))


@scoped.get("/learners/<learner>/decisions/" + VERSION)
def decision_of(learner: str, version: int) -> AnyResponse:
    """Lead from a learner and a version, as the events name a decision, to its page."""
    event = next(here().ledger.log.versions(stream_of(learner), [version]), None)
    if event is None:
        raise UnknownName(f"learner {learner} has no version {version}")
    return redirect(url_for("scoped.decision", position=event.position))


@scoped.get("/policies")
@scoped.get("/policies" + TABLE)
def policies(form: str = "html") -> Response:
    """List the rules in force, those adopted for other days, and those that could be adopted."""
    rows = (*rules.adopted(here()), *rules.available(here(), ledgers().catalogue))
    if form_of(form) == "csv":
        return as_csv(rows, rules.RuleRow, "policies")
    return answer(form, "policies.html", rows)


@scoped.get("/policies/archived/<digest>")
@scoped.get("/policies/archived/<digest>" + JSON)
def archived(digest: str, form: str = "html") -> Response:
    """Show a policy of this ledger in plain words."""
    on = asking.day("on") or here().ledger.today()
    return answer(form, "policy.html", rules.archived_page(here(), ledgers().catalogue, digest, on))


@scoped.get("/policies/available/<path:edition>")
@scoped.get("/policies/available/<path:edition>" + JSON)
def available(edition: str, form: str = "html") -> Response:
    """Show an installed policy in plain words."""
    on = asking.day("on") or here().ledger.today()
    return answer(form, "policy.html", rules.available_page(ledgers().catalogue, edition, on))


@scoped.app_context_processor
def always() -> dict[str, Any]:
    """Give every page what its bar and its foot need."""
    names = ledgers().jurisdictions()
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

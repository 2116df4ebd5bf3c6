"""The pages of learners and guardians: every target, where one is with it, what counts, what is left, and why."""

from collections.abc import Mapping
from dataclasses import dataclass

from flask import Flask, Response, redirect, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from ledger.access.actions import Action
from ledger.inquiry.own_data import own_data
from ledger.inquiry.target_views import TargetRow, TargetsView
from ledger.inquiry.targets import target_of_learner, targets_of
from web import access, my_rows, my_words, translating
from web.answering import answer, as_csv, as_json, form_of
from web.ledgers import here, ledgers
from web.pages import JSON, TABLE, front, scoped
from web.signing_in import own_path
from web.translating import translated

MOST_NEXT = 3
"""Targets named first, as those to turn to next."""

NO_LEARNER = "learner"
"""What a learner is in the role table; the others who read this are guardians."""


@dataclass(frozen=True, slots=True)
class Child:
    """A learner whose targets somebody may read."""

    learner: str
    name: str


@dataclass(frozen=True, slots=True)
class Sorted:
    """Targets in the order of a page: what is large, what is next, and the competencies of each course."""

    large: tuple[TargetRow, ...]
    next: tuple[TargetRow, ...]
    courses: tuple[tuple[str, tuple[TargetRow, ...]], ...]
    met: int
    all: int


def register(app: Flask) -> None:
    """Teach an application these pages' words, in every language there is."""
    translating.register(app)
    my_words.register(app)


@front.post("/language")
@access.public
def choose_language() -> AnyResponse:
    """Remember which language somebody chose, and lead back."""
    response = redirect(own_path(request.form.get("back", "")), 303)
    return translating.keep(response, request.form.get("language", ""))


@scoped.get("/my")
@access.needs(Action.READ_OWN, access.anywhere)
@translated
def my_targets() -> AnyResponse:
    """Lead to one's own targets, or let a guardian of several learners choose."""
    found = sorted(access.reach(Action.READ_OWN) or ())
    if len(found) == 1:
        return redirect(url_for("scoped.my_learner", learner=found[0]))
    names = access.names(found)
    return answer("html", "my_children.html", sorted((Child(one, names[one]) for one in found), key=_called))


def _called(child: Child) -> str:
    return child.name.casefold()


@scoped.get("/my/<learner>")
@scoped.get("/my/<learner>" + TABLE)
@access.needs(Action.READ_OWN, access.learner)
@translated
def my_learner(learner: str, form: str = "html") -> Response:
    """Show every target of a learner, and where the learner is with it."""
    view = targets_of(here().ledger, learner, access.audience(access.target()))
    if form_of(form) == "csv":
        return as_csv(map(my_rows.line, view.targets), my_rows.TargetLine, "my-targets")
    return answer(form, "my_learner.html", view, found=_sorted(view), **_reader())


@scoped.get("/my/<learner>/target")
@scoped.get("/my/<learner>/target" + JSON)
@access.needs(Action.READ_OWN, access.learner)
@translated
def my_target(learner: str, form: str = "html") -> Response:
    """Show one target: where the learner is, what counts and what does not, what is left, when to try again, why."""
    audience, about = access.audience(access.target()), request.args.get("about", "")
    chain = [ledgers().open(name).ledger for name in _chain()]
    view = target_of_learner(here().ledger, access.target(), about, audience, chain)
    return answer(form, "my_target.html", view, **_reader())


@scoped.get("/my/<learner>/everything.json")
@access.needs(Action.READ_OWN, access.learner)
def my_data(learner: str) -> Response:
    """Give everything that is on record about a learner, to be taken away."""
    response = as_json(own_data(here().ledger, learner))
    response.headers["Content-Disposition"] = 'attachment; filename="my-record.json"'
    return response


def _chain() -> list[str]:
    """Name the ledger at hand and those above it that are held here."""
    parts = here().ledger.jurisdiction.split("/")
    above = ["/".join(parts[:count]) for count in range(len(parts), 0, -1)]
    held = ledgers().jurisdictions()
    return [one for one in above if one in held]


def _reader() -> Mapping[str, bool]:
    """Say whether the page speaks to the learner, or to somebody about the learner."""
    grant = access.granted(Action.READ_OWN, access.target())
    return {"own": grant is not None and grant.role == NO_LEARNER}


def _sorted(view: TargetsView) -> Sorted:
    competencies = [one for one in view.targets if one.subject.kind == "competency"]
    names = dict.fromkeys(one for row in competencies for one in (row.courses or ("",)))
    by_course = tuple((name, tuple(row for row in competencies if name in (row.courses or ("",)))) for name in names)
    open_ones = sorted((one for one in view.targets if one.state == "begun" and _left(one)), key=_left)
    return Sorted(
        large=tuple(one for one in view.targets if one.subject.kind != "competency"),
        next=tuple(open_ones[:MOST_NEXT]),
        courses=tuple(sorted(by_course, key=lambda one: (not one[0], one[0]))),
        met=sum(one.state == "met" for one in view.targets),
        all=len(view.targets),
    )


def _left(row: TargetRow) -> int:
    """Count the sentences of the rule that are still open."""
    return len(row.main.missing) + sum(len(one.members) for one in row.main.missing)

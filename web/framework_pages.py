"""The pages about frameworks: those there are, how one is covered, and the priority standards of courses."""

from types import MappingProxyType

from flask import Flask, Response

from ledger.access.actions import Action
from ledger.application.frameworks import framework_named
from ledger.inquiry.coverage import coverage as coverage_of
from ledger.inquiry.coverage_rows import rows_of
from ledger.inquiry.coverage_views import CoverageRow, DesignationView, FrameworkView
from ledger.inquiry.designations import designations as designations_of
from ledger.inquiry.frameworks import alignment_list
from ledger.inquiry.frameworks import frameworks as frameworks_of
from web import access, asking
from web.answering import answer, as_csv, form_of
from web.ledgers import here
from web.pages import TABLE, scoped

STATES = MappingProxyType(
    {
        "not aligned": ("open", "○", "No local competency is aligned to it"),
        "never evidenced": ("open", "○", "Aligned, and never evidenced"),
        "in part": ("ask", "◐", "In part only"),
        "covered": ("good", "✓", "Covered"),
    }
)
"""How a standard may stand: its tone, its mark and its heading, the gaps first."""


def register(app: Flask) -> None:
    """Teach an application's templates the words for how a standard stands."""
    app.jinja_env.globals.update(COVERAGE_STATES=STATES)


@scoped.get("/frameworks")
@scoped.get("/frameworks" + TABLE)
@access.needs(Action.READ_FRAMEWORKS, access.anywhere)
def frameworks(form: str = "html") -> Response:
    """List the frameworks this ledger holds, and what aligns them."""
    rows = frameworks_of(here().ledger)
    if form_of(form) == "csv":
        return as_csv(rows, FrameworkView, "frameworks")
    return answer(form, "frameworks.html", rows, alignments=alignment_list(here().ledger))


@scoped.get("/frameworks/designations")
@scoped.get("/frameworks/designations" + TABLE)
@access.needs(Action.READ_FRAMEWORKS, access.anywhere)
def designations(form: str = "html") -> Response:
    """List the priority standards of courses."""
    ledger, course, everything = here().ledger, asking.text("course"), bool(asking.text("all"))
    on = asking.day("on") or ledger.today()
    rows = designations_of(ledger, course, on=on, known_at=_known_at(), everything=everything)
    if form_of(form) == "csv":
        return as_csv(rows, DesignationView, "designations")
    courses = [(one, one) for one in ledger.governance().courses(here().position)]
    return answer(form, "frameworks_designations.html", rows, courses=courses, on=on, course=course)


@scoped.get("/frameworks/<framework>/coverage")
@scoped.get("/frameworks/<framework>/coverage" + TABLE)
@access.needs(Action.READ_FRAMEWORKS, access.anywhere)
def coverage(framework: str, form: str = "html") -> Response:
    """Show a framework beside the local ones, the gaps first."""
    opened, known_at = here(), _known_at()
    identity = framework_named(opened.ledger.governance(), framework, known_at)
    view = coverage_of(opened.ledger, opened.models, identity, on=asking.day("on"), known_at=known_at)
    if form_of(form) == "csv":
        return as_csv(rows_of(view), CoverageRow, "coverage")
    return answer(form, "frameworks_coverage.html", view, known_at=known_at)


def _known_at() -> int | None:
    return asking.number("known_at", 1, here().position)

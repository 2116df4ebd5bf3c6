"""The pages of classes: those a person has, one as a grid, and one of its cells in full."""

from collections.abc import Mapping
from dataclasses import asdict

from flask import Flask, Response
from werkzeug.exceptions import NotFound

from ledger.access.actions import Action
from ledger.access.grants import Target
from ledger.inquiry.class_grid import ONLY, ORDERS, Wanted, arranged, class_grid, groups_of
from ledger.inquiry.class_views import STALLED_AFTER, ClassGrid
from ledger.inquiry.classes import ClassRow, class_row, class_rows, members_of
from web import access, asking, class_cell
from web.answering import answer, as_csv, form_of
from web.class_rows import CellRow, ClassListRow, cell_rows, column_bar, list_rows, said_outcomes, school_of
from web.ledgers import here, jurisdiction_of, scope_of
from web.pages import JSON, TABLE, scoped

ONE = "/classes/<organisation>/<section>"


def register(app: Flask) -> None:
    """Teach an application's templates what these pages say."""
    app.add_template_filter(scope_of)
    app.add_template_global(class_target, "class_target")
    app.add_template_filter(school_of)
    app.add_template_filter(said_outcomes)
    app.jinja_env.globals.update(GRID_ORDERS=ORDERS, GRID_ONLY=ONLY, STALLED_AFTER=STALLED_AFTER, column_bar=column_bar)


@scoped.get("/classes")
@scoped.get("/classes" + TABLE)
@access.needs(Action.SEE_CLASS, access.anywhere)
def classes(form: str = "html") -> Response:
    """List the classes of whoever asks: those taught, or all within reach."""
    opened = here()
    rows = [
        one
        for one in class_rows(opened.models, opened.ledger.today())
        if access.may(Action.SEE_CLASS, class_target(one))
    ]
    listed = list_rows(rows)
    if form_of(form) == "csv":
        return as_csv(listed, ClassListRow, "classes")
    return answer(form, "classes.html", listed, rows=rows)


def class_target(one: ClassRow) -> Target:
    """Return a class as the target of an action."""
    return Target(
        here().ledger.jurisdiction, None, frozenset({one.organisation}), frozenset({(one.organisation, one.section)})
    )


def found_class(organisation: str, section: str) -> ClassRow:
    """Return the class an address names; its organisation has tildes for slashes."""
    opened = here()
    return class_row(opened.models, jurisdiction_of(organisation), section, opened.ledger.today())


def course_of(found: ClassRow) -> str:
    """Return the course asked for, else the first of the class."""
    return asking.one_of("course", found.courses) or next(iter(found.courses), "")


def named() -> bool:
    """Say whether names of this class may be shown."""
    return access.may(Action.SEE_NAMES, access.target())


@scoped.get(ONE)
@scoped.get(ONE + TABLE)
@access.needs(Action.SEE_CLASS, access.section)
def class_page(organisation: str, section: str, form: str = "html") -> Response:
    """Show a class as a grid of learners and competencies."""
    found = found_class(organisation, section)
    grid = _grid(found)
    order, only = asking.one_of("sort", tuple(ORDERS)) or "name", asking.one_of("only", tuple(ONLY))
    shown, groups = arranged(grid, order, only), groups_of(grid)
    if form_of(form) == "csv":
        return as_csv(cell_rows(shown), CellRow, f"class-{section}")
    if form_of(form) == "json":
        return answer("json", "", {**asdict(shown), "groups": groups})
    return answer("html", "class.html", shown, groups=groups, counts=_counts(grid), order=order, only=only)


def _grid(found: ClassRow) -> ClassGrid:
    opened, target = here(), access.target()
    wanted = Wanted(
        course_of(found),
        everything=asking.text("all") is not None,
        entitlements=access.entitlements(target),
        named=named(),
    )
    grid = class_grid(opened.ledger, opened.models, found, wanted)
    access.named().read.update(row.learner for row in grid.rows)
    return grid


def _counts(grid: ClassGrid) -> Mapping[str, int]:
    return {name: sum(test(row) for row in grid.rows) for name, (_, test) in ONLY.items()}


@scoped.get(ONE + "/learner/<learner>/<competency>")
@scoped.get(ONE + "/learner/<learner>/<competency>" + JSON)
@access.needs(Action.SEE_CLASS, access.section)
def class_cell_page(organisation: str, section: str, learner: str, competency: str, form: str = "html") -> Response:
    """Show one cell of a class: why it stands so, the work behind it, and what would do."""
    found = found_class(organisation, section)
    if learner not in members_of(here().models, found):
        raise NotFound
    access.named().read.add(learner)
    view = class_cell.view_of(here(), learner, competency, access.audience(access.target()))
    return answer(form, "class_cell.html", view, found=found, course=course_of(found))

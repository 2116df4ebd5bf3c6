"""The page that turns a block of cells from a spreadsheet into the filled form; nothing is stored by it."""

from collections.abc import Sequence

from flask import Response, render_template, request
from werkzeug.wrappers import Response as AnyResponse

from ledger.access.actions import Action
from ledger.domain.shapes import Result
from ledger.errors import Fault
from ledger.importing.pasting import Matched, match_pasted
from ledger.interchange.pasted import PASTED
from ledger.interchange.remembered import Wrong
from ledger.interchange.typed_results import decimal_of, read_result
from web import access
from web.fields import typed
from web.ledgers import here
from web.pages import scoped
from web.recording_form import MOST_AT_ONCE, About, abouts, read_form
from web.recording_pages import foresee, form_page
from web.recording_roster import Roster, choices, require_learners, roster

PASTE = "/classes/<organisation>/<section>/paste"


@scoped.get(PASTE)
@access.needs(Action.RECORD_EVIDENCE, access.section)
def class_paste(organisation: str, section: str) -> Response:
    """Show the box to paste into."""
    who = roster()
    require_learners(who)
    given = {
        "about": request.args.get("about", ""),
        "occurred": here().ledger.today().isoformat(),
        "purpose": "summative",
    }
    return _box(who, given, ())


def _box(who: Roster, given: dict[str, str], faults: Sequence[Fault], status: int = 200) -> Response:
    page = render_template("record_paste.html", who=who, typed=given, problems={}, faults=faults, groups=choices(who))
    return Response(page, status)


@scoped.post(PASTE)
@access.needs(Action.RECORD_EVIDENCE, access.section)
def class_pasted(organisation: str, section: str) -> AnyResponse:
    """Show the form filled with what was pasted, and what it will decide; or the box again with all that is wrong."""
    who, given = roster(), typed(request.form)
    chosen = abouts([given.get("about", "")])
    known = [view.code for _, views in choices(who) for view in views if view.code]
    text = request.form.get("cells", "")
    matched = match_pasted(
        here().ledger, text, who.learners, known, [one.view.code or one.subject.id for one in chosen]
    )
    about, faults = _columns(matched), list(matched.faults)
    maximum = decimal_of(given.get("maximum", "")) if given.get("by") == "score" else None
    faults += _wrong_cells(matched, about, maximum)
    if faults or not matched.cells:
        return _box(who, {**given, "cells": text}, sorted(faults, key=lambda one: one.line), 422)
    role = access.require(Action.RECORD_EVIDENCE, who.target).role
    filled = read_form(_filled(given, matched, about, maximum), who, access.person().person, role)
    return form_page(who, filled, foresee(who, filled), asked=True, pasted=len(matched.cells))


def _columns(matched: Matched) -> tuple[About, ...]:
    return abouts(matched.columns) if len(matched.columns) <= MOST_AT_ONCE else ()


def _wrong_cells(matched: Matched, about: Sequence[About], maximum: str | None) -> list[Fault]:
    """Return what is wrong with the cells beside the names, each at its line and column."""
    if len(matched.columns) > MOST_AT_ONCE:
        return [Fault(PASTED, 1, "", "", f"{len(matched.columns)} competencies are named; {MOST_AT_ONCE} fit at once")]
    found = []
    for learner, cells in matched.cells.items():
        for one, cell in zip(about, cells, strict=False):
            read = read_result(cell, one.subject, one.scale, maximum)
            if isinstance(read, Wrong):
                found.append(Fault(PASTED, matched.lines[learner], "", one.view.code or one.view.label, read.why))
    return found


def _filled(given: dict[str, str], matched: Matched, about: Sequence[About], maximum: str | None) -> dict[str, str]:
    """Return the fields of the form as somebody would have filled them in."""
    fields = {}
    for learner, cells in matched.cells.items():
        for one, cell in zip(about, cells, strict=False):
            read = read_result(cell, one.subject, one.scale, maximum)
            fields[one.field(learner)] = _written(read) if isinstance(read, Result) else ""
    kept = {name: text for name, text in given.items() if name not in ("cells", "about", "token", "command")}
    return {**kept, **fields, "about": ",".join(one.subject.id for one in about)}


def _written(result: Result) -> str:
    return result.level or result.absent_reason or (result.score.value if result.score else "")

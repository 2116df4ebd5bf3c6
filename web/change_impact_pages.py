"""The pages on what a change would do, and has done: counts, groups, learners, and each answer opened."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from flask import Flask, Response
from werkzeug.exceptions import Forbidden

from ledger.access.actions import Action
from ledger.application.change_state import change_named
from ledger.application.preview_rows import PreviewRow
from ledger.inquiry.changes import change_row
from ledger.inquiry.enrolments import schools
from ledger.inquiry.impact_groups import Impact, impact_by_group
from ledger.inquiry.outcome import what_came_of
from ledger.inquiry.predicting import Fate
from ledger.projections.pages import Page
from web import access, asking
from web.answering import answer, as_csv, form_of
from web.change_head import Head, head_of
from web.change_lists import (
    FATES,
    KINDS,
    CameRow,
    ImpactRow,
    came_rows,
    differing_answers,
    impact_rows,
    in_order,
    paged,
    preview_of,
    worked_out,
)
from web.charts import share
from web.group_chart import group_bars
from web.ledgers import Opened, here
from web.pages import JSON, TABLE, scoped
from web.why_page import why_of

UNNAMED = "You may not see what a change does to single learners: none of your roles allows it. The counts are open."


def register(app: Flask) -> None:
    """Teach an application's templates the kinds of difference, and how to write shares."""
    app.jinja_env.globals.update(KINDS=KINDS, FATES=FATES, share=share)
    app.add_template_filter(lambda text: (text, text), "twice")


@dataclass(frozen=True, slots=True)
class Narrowed:
    """Which of the answers that differ are meant; what is empty narrows nothing down.

    `pair` is an outcome without the change and one with it, with a hyphen between; `school` an organisation.
    """

    kind: str | None
    pair: str | None
    school: str | None
    awarded: bool

    @property
    def nothing(self) -> bool:
        """Say whether every answer is meant."""
        return not (self.kind or self.pair or self.school or self.awarded)


def narrowed() -> Narrowed:
    """Return what the address asks for."""
    kind = asking.one_of("kind", tuple(KINDS))
    return Narrowed(kind, asking.text("pair"), asking.text("school"), asking.text("awarded") is not None)


def pair_of(row: PreviewRow) -> str:
    """Write both outcomes of an answer as an address does."""
    return f"{row.without.outcome or 'none'}-{row.supposed.outcome or 'none'}"


@scoped.get("/changes/<change>/preview")
@scoped.get("/changes/<change>/preview" + TABLE)
@access.needs(Action.READ_CHANGES)
def impact(change: str, form: str = "html") -> Response:
    """Show what a change would do: counts, then groups, then the learners whose answers it would alter."""
    opened, head = here(), head_of(here(), change)
    if form_of(form) == "html" and (head.view.preview is None or not access.may(Action.LIST_LEARNERS)):
        return answer("html", "impact.html", None, head=head, change=head.view.row, by_group=_by_group(head))
    if not access.may(Action.LIST_LEARNERS):
        raise Forbidden(UNNAMED)
    preview_of(head.change)
    wanted, attends = narrowed(), _schools(opened, opened.position)
    every = differing_answers(opened, head.change, wanted.kind, awarded=wanted.awarded)
    rows = [one for one in every if _is_meant(one, wanted, attends)]
    if form_of(form) == "csv":
        return as_csv(impact_rows(opened, head.change, rows), ImpactRow, f"change-{head.view.row.number}")
    page = paged(rows, head.view.preview.position if head.view.preview else opened.position)
    shown = Page(tuple(impact_rows(opened, head.change, page.rows)), page.next, page.position)
    return answer(
        form,
        "impact.html",
        shown,
        head=head,
        change=head.view.row,
        wanted=wanted,
        pairs=_pairs(opened, head),
        schools=sorted(
            {attends[one.learner] for one in worked_out(opened, head.change).rows if one.learner in attends}
        ),
        count=len(rows),
        learners=len({one.learner for one in rows}),
        by_group=_by_group(head),
    )


def _is_meant(row: PreviewRow, wanted: Narrowed, attends: dict[str, str]) -> bool:
    in_school = wanted.school is None or attends.get(row.learner) == wanted.school
    return in_school and wanted.pair in (None, pair_of(row))


def _pairs(opened: Opened, head: Head) -> list[tuple[str, str, str]]:
    """Return the pairs of outcomes there are among the answers that differ."""
    rows: Sequence[PreviewRow] = worked_out(opened, head.change).rows
    found = sorted({(pair_of(one), one.without.outcome or "", one.supposed.outcome or "") for one in rows})
    return [(pair, without, with_it) for pair, without, with_it in found]


def _named_schools(opened: Opened, head: Head, attends: dict[str, str]) -> list[str]:
    """Return the schools of the learners whose answers differ."""
    return sorted({attends[one.learner] for one in worked_out(opened, head.change).rows if one.learner in attends})


@lru_cache(maxsize=4)
def _schools(opened: Opened, _: int) -> dict[str, str]:
    """Return where each learner attends today; the same as long as nothing is written."""
    return schools(opened.ledger, opened.ledger.today().isoformat())


def _by_group(head: Head) -> tuple[Impact, str] | None:
    """Return the impact by group and its chart, nothing without a preview or for those who may not see groups."""
    if head.view.preview is None or not access.may(Action.SEE_GROUPS):
        return None
    found = impact_of(here(), head.change.id, head.view.preview_version or 0)
    return found, group_bars(found)


@lru_cache(maxsize=16)
def impact_of(opened: Opened, change: str, version: int) -> Impact:
    """Return what the preview of a version would do by group; the same for ever."""
    found = change_named(opened.ledger.governance(), change)
    return impact_by_group(opened.ledger, worked_out(opened, found, version))


@scoped.get("/changes/<change>/preview/<learner>")
@scoped.get("/changes/<change>/preview/<learner>" + JSON)
@access.needs(Action.READ_RECORD, access.learner)
def why(change: str, learner: str, form: str = "html") -> Response:
    """Explain one answer that a change would alter, without it and with it."""
    found = change_named(here().ledger.governance(), change)
    view = why_of(here(), found, learner)
    return answer(form, "why.html", view, change=change_row(here().ledger, found), on=preview_of(found).on)


@scoped.get("/changes/<change>/outcome")
@scoped.get("/changes/<change>/outcome" + TABLE)
@access.needs(Action.READ_CHANGES)
def outcome(change: str, form: str = "html") -> Response:
    """Show what came of each answer that the preview of a change predicted."""
    access.require(Action.LIST_LEARNERS)
    ledger, head = here().ledger, head_of(here(), change)
    found = what_came_of(ledger, change)
    fate = asking.one_of("fate", tuple(Fate))
    meant = [one for one in found.rows if fate in (None, one.fate)]
    rows = in_order(here(), meant, lambda one: (one.row.learner, one.row.subject))
    if form_of(form) == "csv":
        return as_csv(came_rows(here(), head.change, rows), CameRow, f"change-{head.view.row.number}-outcome")
    page = paged(rows, here().position)
    shown = Page(came_rows(here(), head.change, page.rows), page.next, page.position)
    return answer(form, "outcome.html", shown, head=head, change=head.view.row, counts=found.counts(), fate=fate)

"""The worklist of decisions that the rules in force would now make otherwise, and how a person settles them."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from flask import Flask, Response, redirect, render_template, request, url_for
from marshmallow import EXCLUDE, Schema
from marshmallow.validate import OneOf
from werkzeug.wrappers import Response as AnyResponse

from ledger.access.actions import Action
from ledger.application.settling import Settled, Unsettled, settle_all
from ledger.errors import UsageError
from ledger.inquiry.enrolments import schools
from ledger.projections.pages import Page, read_cursor, write_cursor
from web import access, asking, rules
from web.answering import answer, as_csv, form_of
from web.change_lists import KINDS, WorkRow, in_order, now_differing, paged, work_rows
from web.fields import Line, Text, typed
from web.guard import COMMAND
from web.ledgers import here
from web.pages import TABLE, scoped
from web.wording import plainly

ROW, PICK = "row.", "pick."
"""What the names of the inputs begin with that say which rows were shown, and which of them are meant."""

NARROWING = ("question", "policy", "kind", "school", "rows")
"""What of the address narrows the list down, and stays once something was settled."""

_KINDS = (str, str, str, str, int, int)


class Ruling(Schema):
    """What a person says of the decisions that are ticked."""

    class Meta:
        """The rows are read apart."""

        unknown = EXCLUDE

    ruling = Line(
        required=True,
        validate=OneOf(("stands", "decided-anew"), error="Choose one of the two."),
        error_messages={"required": "Choose one of the two."},
    )
    reason = Text(required=True, error_messages={"required": "It is missing."})


def register(app: Flask) -> None:
    """Let a template write down which decision was seen."""
    app.add_template_global(seen, "seen")


def seen(row: WorkRow) -> str:
    """Write down what a person saw of a decision, so that nothing else is settled."""
    return write_cursor((row.learner, row.question, row.subject, row.award, row.version, row.adoption))


@scoped.get("/differing")
@scoped.get("/differing" + TABLE)
@access.needs(Action.SETTLE)
def to_settle(form: str = "html") -> Response:
    """List what would now differ."""
    return _listed(form, 200)


def _listed(form: str, status: int, **more: Any) -> Response:
    question, policy = asking.text("question"), asking.text("policy")
    found = now_differing(here(), question, policy)
    on = date.fromisoformat(found.on)
    kind, school = asking.one_of("kind", tuple(KINDS)), asking.text("school")
    attends = schools(here().ledger, here().ledger.today().isoformat())
    meant = [
        one for one in found.rows if kind in (None, one.kind) and (school is None or attends.get(one.learner) == school)
    ]
    rows = in_order(here(), meant, lambda one: (one.learner, one.subject))
    if form_of(form) == "csv":
        return as_csv(work_rows(here(), rows, on), WorkRow, "differing")
    page = paged(rows, found.position)
    shown = Page(work_rows(here(), page.rows, on), page.next, page.position)
    if form_of(form) == "json":
        return answer("json", "", shown)
    told = {"refused": (), "problems": {}, "typed": {}, "settled": asking.number("settled", 0, 10**9)} | more
    return Response(
        render_template(
            "differing.html",
            view=shown,
            awards=work_rows(here(), found.awards, on),
            count=len(rows),
            every=len(found.rows),
            asked={"question": question, "policy": policy and policy.partition("@")[0], "kind": kind, "school": school},
            policies=rules.choices(here()),
            schools=[
                (one, one) for one in sorted({attends[row.learner] for row in found.rows if row.learner in attends})
            ],
            **told,
        ),
        status,
    )


@scoped.post("/differing")
@access.needs(Action.SETTLE)
def settle_some() -> AnyResponse:
    """Settle the decisions that are ticked, each for itself."""
    given = typed(request.form)
    rows = _picked(given)
    problems = {name: said[0] for name, said in Ruling().validate(given).items()}
    if not rows:
        problems = {f"{PICK}1": "Tick at least one.", **problems}
    if problems:
        return _listed("html", 422, problems=problems, typed=given)
    author = access.author(Action.SETTLE, given.get(COMMAND, ""))
    ruling = Ruling().load(given)
    done = settle_all(here().ledger, author, rows, ruling["ruling"], ruling["reason"])
    refused = _refusals([one for one in done if one.written is None])
    if refused:
        return _listed("html", 409, refused=refused, settled=len(done) - len(refused))
    kept: dict[str, Any] = {name: asking.text(name) for name in NARROWING}
    return redirect(url_for("scoped.to_settle", settled=len(done), **kept), 303)


def _refusals(refused: Sequence[Settled]) -> list[tuple[str, str]]:
    """Return for each decision that was not settled whose it is, in words, and the sentence that says why."""
    names = access.names({one.row.learner for one in refused})
    return [(names[one.row.learner], plainly(one.refusal)) for one in refused]


def _picked(given: Mapping[str, str]) -> list[Unsettled]:
    shown = {name.removeprefix(ROW): text for name, text in given.items() if name.startswith(ROW)}
    return [_unsettled(text) for number, text in shown.items() if given.get("all") or given.get(PICK + number)]


def _unsettled(text: str) -> Unsettled:
    learner, question, subject, award, standing, adoption = read_cursor(text, *_KINDS)
    if not isinstance(standing, int) or not isinstance(adoption, int):  # pragma: no cover - read_cursor says so
        raise UsageError("the row is not one of this page")
    return Unsettled(
        learner=str(learner),
        question=str(question),
        subject=str(subject),
        award=str(award),
        standing=standing,
        adoption=adoption,
    )

"""The page on which two rules are tried on the learners on record; it decides nothing and writes nothing."""

from collections.abc import Iterator
from dataclasses import dataclass

from flask import Response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from ledger.access.actions import Action
from ledger.inquiry.trying import Simulated
from ledger.simulation import ChangedAnswer, HeldBack
from ledger.vault import pseudonym
from web import access, proposing, what_if
from web.answering import as_csv, as_json, form_of
from web.ledgers import here, ledgers
from web.pages import TABLE, scoped

SHOWN = 25
"""Rows of a list on the page; the whole list is in the CSV and the JSON."""


@dataclass(frozen=True, slots=True)
class ChangedRow:
    """An answer that would change, in a row; the learner is told by pseudonym, `what` marks every row as a what-if."""

    what: str
    ledger: str
    learner: str
    pseudonym: str
    subject: str
    baseline: str
    candidate: str
    baseline_rests_on: str
    candidate_rests_on: str


@dataclass(frozen=True, slots=True)
class Wanting:
    """What was never offered in one place, and how many answers are held back by that alone."""

    rule: str
    place: str
    clause: str
    wanted: str
    offered: str
    answers: int


@scoped.get("/what-if")
@scoped.get("/what-if" + TABLE)
@access.needs(Action.SIMULATE)
def what_if_page(form: str = "html") -> AnyResponse:
    """Choose two rules; show what came of it once it was worked out."""
    question, districts, today = _asked(request.args.to_dict()), reached(), here().ledger.today()
    if form_of(form) != "html" and question.fits:
        found = what_if.worked_out(here(), question, districts, today)
        rows = list(changed_rows(found))
        return as_csv(rows, ChangedRow, "what-if") if form_of(form) == "csv" else as_json(found)
    if not question.fits or not what_if.known(question, districts, today):
        return _page(question, 200)
    return _page(question, 200, what_if.worked_out(here(), question, districts, today))


@scoped.post("/what-if")
@access.needs(Action.SIMULATE)
def try_it() -> AnyResponse:
    """Work a what-if out, and lead to what came of it."""
    question = _asked(request.form.to_dict())
    if not question.fits:
        return _page(question, 422)
    what_if.worked_out(here(), question, reached(), here().ledger.today())
    return redirect(url_for("scoped.what_if_page", **question.address), 303)


def _asked(given: dict[str, str]) -> what_if.Question:
    return what_if.read_question(here(), given, here().ledger.today(), may_group=access.may(Action.SEE_GROUPS))


def reached() -> tuple[str, ...]:
    """Name the ledgers of this home whose learners a what-if asked here is about: this one, and those below it."""
    own = here().ledger.jurisdiction
    return tuple(name for name in ledgers().jurisdictions() if name == own or name.startswith(f"{own}/"))


def _page(question: what_if.Question, status: int, found: Simulated | None = None) -> Response:
    groups = list(proposing.choices(here(), ledgers().catalogue))
    labels = [(name, name, said) for name, said in question.problems.items()]
    rows = list(changed_rows(found)) if found else []
    wanted = wanting(found.found.held_back) if found else []
    page = render_template(
        "what_if.html",
        question=question,
        groups=groups,
        errors=labels,
        view=found,
        rows=rows[:SHOWN],
        more=max(0, len(rows) - SHOWN),
        wanting=wanted[:SHOWN],
        held_back=sum(one.answers for one in wanted),
        wanting_places=len({one.place for one in wanted}),
        places=reached(),
    )
    return Response(page, status)


def changed_rows(found: Simulated) -> Iterator[ChangedRow]:
    """Yield every answer that would change."""
    for one in found.found.changed:
        yield _row(one)


def _row(one: ChangedAnswer) -> ChangedRow:
    rests = (", ".join(one.baseline_rests_on), ", ".join(one.candidate_rests_on))
    sides = (one.baseline.value, one.candidate.value)
    return ChangedRow("what-if", one.ledger, one.learner, pseudonym(one.learner), one.subject, *sides, *rests)


def wanting(held_back: tuple[HeldBack, ...]) -> list[Wanting]:
    """Put together what was never offered, place by place, the most answers first."""
    counts: dict[tuple[str, str, str, str, str], set[tuple[str, str]]] = {}
    for one in held_back:
        wanted = f"{one.wanted} of {one.category or one.field}"
        key = (one.side, one.place, one.clause, wanted, ", ".join(one.offered) or "nothing")
        counts.setdefault(key, set()).add((one.learner, one.subject))
    rows = [Wanting(*key, answers=len(answers)) for key, answers in counts.items()]
    return sorted(rows, key=lambda row: (-row.answers, row.place, row.rule))

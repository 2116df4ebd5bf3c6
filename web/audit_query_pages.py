"""The audit queries as pages: what each looks for and leaves alone, where its lines are drawn, and what it found."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from flask import Response, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from ledger.access.actions import Action
from ledger.audit.queries.finding import AuditFinding, Query
from ledger.audit.queries.registry import QUERIES
from ledger.errors import UnknownName
from ledger.inquiry.auditing import KeptAnswers, ask_now, asked_name
from ledger.inquiry.kept import kept
from web import access
from web.answering import answer, as_csv, form_of
from web.audit_bundle_pages import Filled
from web.audit_jobs import started
from web.ledgers import here
from web.pages import TABLE, scoped

SINCE, ALL = "since", "all"
PREFIX = "answers-"
LONGEST = 20
"""Characters in a number or a day."""


@dataclass(frozen=True, slots=True)
class FindingRow:
    """A finding in a line, with what people call the learner and whoever acted."""

    query: str
    position: int
    positions: str
    learner: str
    who: str
    at: str
    sentence: str


@scoped.get("/audit/queries")
@access.needs(Action.AUDIT)
def queries() -> Response:
    """List the twelve queries, each with what it looks for."""
    return Response(render_template("audit_queries.html", queries=QUERIES, filled=Filled(), errors=[]))


@scoped.get("/audit/queries/<name>")
@access.needs(Action.AUDIT)
def query(name: str) -> Response:
    """Show one query, and the form that asks it."""
    return _form(_named(name), Filled())


def _named(name: str) -> Query:
    if name not in QUERIES:
        raise UnknownName(f"there is no query {name[:40]!r}; there are {', '.join(QUERIES)}")
    return QUERIES[name]


def _form(asked: Query, filled: Filled, status: int = 200) -> Response:
    labels = {SINCE: "Recorded since", **{one.name: one.says for one in asked.thresholds}}
    page = render_template("audit_query.html", query=asked, filled=filled, errors=filled.errors(labels))
    return Response(page, status)


@scoped.post("/audit/queries")
@access.needs(Action.AUDIT)
def ask_every_query() -> AnyResponse:
    """Ask every query, each with its own lines, in one reading of the ledger."""
    filled = _read(None, request.form)
    if filled.problems:
        errors = filled.errors({SINCE: "Recorded since"})
        return Response(render_template("audit_queries.html", queries=QUERIES, filled=filled, errors=errors), 422)
    asked = {one: one.defaults() for one in QUERIES.values()}
    return _started(ALL, "Asking all audit queries", asked, filled.typed.get(SINCE, ""))


@scoped.post("/audit/queries/<name>")
@access.needs(Action.AUDIT)
def ask_query(name: str) -> AnyResponse:
    """Ask one query, with the lines that were typed."""
    asked = _named(name)
    filled = _read(asked, request.form)
    if filled.problems:
        return _form(asked, filled, 422)
    values = {one.name: int(filled.typed.get(one.name) or one.default) for one in asked.thresholds}
    return _started(name, f"Asking: {asked.asks}", {asked: values}, filled.typed.get(SINCE, ""))


def _read(asked: Query | None, form: Mapping[str, str]) -> Filled:
    thresholds = asked.thresholds if asked else ()
    typed = {name: form.get(name, "").strip() for name in (SINCE, *(one.name for one in thresholds))}
    problems = {}
    if typed[SINCE] and _since(typed[SINCE]) is None:
        problems[SINCE] = "give a day such as 2026-05-30, or a position of the log; left blank, everything is looked at"
    for one in thresholds:
        if typed[one.name] and not _is_within(typed[one.name], one.least, one.most):
            problems[one.name] = f"give a whole number from {one.least:,} to {one.most:,}"
    return Filled(typed, problems)


def _is_within(text: str, least: int, most: int) -> bool:
    return text.isascii() and text.isdecimal() and len(text) <= LONGEST and least <= int(text) <= most


def _since(text: str) -> int | date | None:
    if text.isascii() and text.isdecimal():
        return int(text) if len(text) <= LONGEST else None
    try:
        return date.fromisoformat(text) if len(text) == len("2026-05-30") else None
    except ValueError:
        return None


def _started(name: str, words: str, asked: Mapping[Query, Mapping[str, int]], since: str) -> AnyResponse:
    ledger, by = here().ledger, access.person().person
    when = _since(since) if since else None
    file = asked_name({one.name: values for one, values in asked.items()}, when, here().position)
    address = url_for("scoped.query_answer", name=name, number=file.removeprefix(PREFIX))
    return started("audit", words, lambda told: ask_now(ledger, by, asked, when, told, file), address)


@scoped.get("/audit/queries/<name>/<number>")
@scoped.get("/audit/queries/<name>/<number>" + TABLE)
@access.needs(Action.AUDIT)
def query_answer(name: str, number: str, form: str = "html") -> Response:
    """Show what queries answered, as of the position they were asked at."""
    found = kept(here().ledger, PREFIX + number, KeptAnswers)
    if found is None:
        raise UnknownName("nothing is kept of this answer any more; ask the query again")
    if form_of(form) == "csv":
        return as_csv(_rows(found), FindingRow, f"audit-{name}")
    return answer(form, "audit_answer.html", found, queries=QUERIES, name=name, called=spoken_of(found))


@dataclass(frozen=True, slots=True)
class Spoken:
    """What findings speak of is called: learners as one may see them, and who acted, by id."""

    learners: Mapping[str, str]
    people: Mapping[str, str]


def spoken_of(found: KeptAnswers) -> Spoken:
    """Return what to call everybody whom findings speak of."""
    findings = [one for each in found.found.answers for one in each.findings]
    learners = access.names(one.learner for one in findings if one.learner)
    return Spoken(learners, here().ledger.vault.names({found.by, *(one.who for one in findings if one.who)}))


def _rows(found: KeptAnswers) -> list[FindingRow]:
    called = spoken_of(found)
    return [_row(one, called) for each in found.found.answers for one in each.findings]


def _row(one: AuditFinding, called: Spoken) -> FindingRow:
    return FindingRow(
        query=one.query,
        position=one.position,
        positions=" ".join(map(str, one.positions)),
        learner=called.learners.get(one.learner or "", ""),
        who=called.people.get(one.who or "", ""),
        at=one.at,
        sentence=one.sentence,
    )

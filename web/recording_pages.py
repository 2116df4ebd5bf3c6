"""The pages that record evidence: for a whole class or one learner, with what it will decide before it is recorded."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask import Flask, Response, redirect, render_template, request
from werkzeug.wrappers import Response as AnyResponse

from ledger.access.actions import Action
from ledger.access.grants import Target
from ledger.application.recording_class import record_for_class
from ledger.application.retaking import Lock, lock_of
from ledger.inquiry.class_cells import CellReader
from ledger.inquiry.class_views import CellView
from ledger.inquiry.recording import Further, Verdict, earlier_tasks, foretell, verdicts
from ledger.inquiry.recording_rows import cells_of
from ledger.interchange.evidence_fields import ABSENT_REASONS
from ledger.storage.envelope import Author
from web import access
from web.guard import COMMAND
from web.ledgers import here
from web.pages import scoped
from web.recording_form import KINDS, LABELS, PURPOSES, About, Filled, abouts, read_form
from web.recording_roster import Roster, choices, require_learners, roster

PLACES: tuple[tuple[str, str, Callable[[], Target]], ...] = (
    ("class", "/classes/<organisation>/<section>", access.section),
    ("learner", "/learners/<learner>", access.learner),
)
"""Whom evidence is recorded for: what the endpoint begins with, where, and how the target is found."""


def add(path: str, page: str, view: Callable[[], AnyResponse], method: str, action: Action) -> None:
    """Serve a page below every class and below every learner; it asks for an action on that class or learner."""
    for kind, place, target in PLACES:

        def shown(_view: Callable[[], AnyResponse] = view, **_: Any) -> AnyResponse:
            return _view()

        declared = access.needs(action, target)(shown)
        scoped.add_url_rule(place + path, f"{kind}_{page}", declared, methods=[method])


def register(app: Flask) -> None:
    """Teach an application's templates what these pages say."""
    app.add_template_filter(lambda text: (text, text), "twice")
    app.add_template_global(access.target, "target_at_hand")
    app.jinja_env.globals.update(
        EVIDENCE_KINDS=KINDS, PURPOSES=PURPOSES, ABSENT_REASONS=ABSENT_REASONS, RECORD_LABELS=LABELS
    )


@dataclass(frozen=True, slots=True)
class Locked:
    """Retakes that are locked for one reason: what the learners are called, and where a preparation is recorded."""

    reason: str
    learners: tuple[str, ...]
    names: tuple[str, ...]
    address: str


@dataclass(frozen=True, slots=True)
class Foreseen:
    """What a filled form will come to: verdicts for each competency, what else follows, and what is locked."""

    about: tuple[tuple[About, tuple[Verdict, ...]], ...]
    further: tuple[tuple[Further, int], ...]
    locked: tuple[Locked, ...]
    absent: int


def record() -> Response:
    """Show the form, or first the choice of what the work is evidence of."""
    who = roster().narrowed(request.args.getlist("learner"))
    require_learners(who)
    about = abouts(request.args.getlist("about"))
    if not about:
        return Response(render_template("record_choose.html", who=who, groups=choices(who)))
    today = here().ledger.today().isoformat()
    given = {"purpose": "summative", "occurred": today, "by": request.args.get("by", "level")}
    return form_page(who, Filled(about, {**given, "retake": request.args.get("retake", "")}))


def preview() -> Response:
    """Show the form again with what it will decide; nothing is recorded."""
    who, filled = sent()
    return form_page(who, filled, foresee(who, filled), asked=True)


def live() -> Response:
    """Answer with what a form will decide, to be put into the page it is being filled in on."""
    who, filled = sent()
    return Response(
        render_template("record_foretold.html", who=who, filled=filled, foreseen=foresee(who, filled), live=True)
    )


def send() -> AnyResponse:
    """Record what was filled in, for every learner or for none; show the form again where something is wrong."""
    who, filled = sent()
    if filled.problems:
        return form_page(who, filled, status=422)
    author = access.author(Action.RECORD_EVIDENCE, request.form.get(COMMAND, ""), who.target)
    sheet = record_for_class(here().ledger, author, filled.said)
    if sheet.stored:
        return redirect(who.address("recorded", batch=author.command), 303)
    wrong = {filled.about[0].field(line.learner): line.problem for line in sheet.problems}
    refused = Filled(filled.about, filled.typed, wrong, filled.said)
    return form_page(who, refused, foresee(who, refused), status=422)


def sent() -> tuple[Roster, Filled]:
    """Return whom a form was sent for, and what it says."""
    who = roster().narrowed(request.form.get("only", "").split(","))
    role = access.require(Action.RECORD_EVIDENCE, who.target).role
    return who, read_form(request.form, who, access.person().person, role)


def form_page(
    who: Roster,
    filled: Filled,
    foreseen: Foreseen | None = None,
    *,
    status: int = 200,
    asked: bool = False,
    pasted: int = 0,
) -> Response:
    """Lay out the form with what was typed; `asked` tells that a preview was wanted, `pasted` how many rows came."""
    ledger = here().ledger
    reader = CellReader(ledger, ledger.today(), access.entitlements(who.target))
    cells: Mapping[str, Sequence[CellView]] = cells_of(reader, who.learners, [one.subject.id for one in filled.about])
    tasks = earlier_tasks(ledger, who.learners, [one.subject.key for one in filled.about])
    locked = {learner: one.reason for one in foreseen.locked for learner in one.learners} if foreseen else {}
    page = render_template(
        "record.html",
        who=who,
        filled=filled,
        typed=filled.typed,
        problems=filled.problems,
        cells=cells,
        tasks=tasks[:40],
        locked=locked,
        foreseen=foreseen,
        errors=list(_errors(who, filled)),
        asked=asked,
        pasted=pasted,
    )
    return Response(page, status)


def _errors(who: Roster, filled: Filled) -> Sequence[tuple[str, str, str]]:
    found = [(name, LABELS[name], filled.problems[name]) for name in LABELS if name in filled.problems]
    for learner in who.learners:
        for one in filled.about:
            if (name := one.field(learner)) in filled.problems:
                found.append((name, who.name(learner), filled.problems[name]))  # noqa: PERF401 - reads as it is done
    return found


def foresee(who: Roster, filled: Filled) -> Foreseen | None:
    """Return what a form will come to; nothing while it cannot be read."""
    if not filled.said:
        return None
    ledger, locked = here().ledger, locks(who, filled)
    held = {learner for one in locked for learner in one.learners}
    free = [(learner, evidence) for learner, evidence in filled.said if learner not in held]
    told = foretell(ledger, free, entitlements=access.entitlements(who.target))
    by_key = {one.subject.key: [each for each in told if each.subject.key == one.subject.key] for one in filled.about}
    others = {each.learner: each.further for each in told}
    further: dict[Further, int] = Counter(other for some in others.values() for other in some)
    return Foreseen(
        tuple((one, verdicts([each for each in by_key[one.subject.key] if each.result])) for one in filled.about),
        tuple(further.items()),
        locked,
        len({each.learner for each in told if not each.result}),
    )


def locks(who: Roster, filled: Filled) -> tuple[Locked, ...]:
    """Return the retakes of a form that are locked until a preparation is on record, together by reason."""
    found: dict[tuple[str, str], list[Lock]] = {}
    for learner, evidence in filled.said:
        for result in evidence.results if evidence.attempt_of else ():
            lock = lock_of(here().ledger, learner, result.subject, evidence)
            if lock is not None:
                found.setdefault((lock.reason, result.subject.id), []).append(lock)
    return tuple(_locked(who, subject, reason, some) for (reason, subject), some in found.items())


def _locked(who: Roster, subject: str, reason: str, some: Sequence[Lock]) -> Locked:
    learners = tuple(one.learner for one in some)
    address = who.address("prepare", about=subject, learner=learners, retake=some[0].task)
    return Locked(reason, learners, tuple(map(who.name, learners)), address)


def author_of(action: Action, who: Roster) -> Author:
    """Return who carries a command about these learners out."""
    return access.author(action, request.form.get(COMMAND, ""), who.target)


add("/record", "record", record, "GET", Action.RECORD_EVIDENCE)
add("/record", "send", send, "POST", Action.RECORD_EVIDENCE)
add("/record/preview", "preview", preview, "POST", Action.RECORD_EVIDENCE)
add("/record/live", "live", live, "POST", Action.RECORD_EVIDENCE)

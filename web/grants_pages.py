"""The pages about access: who holds which role where, giving and ending roles, and what one's own roles allow."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from flask import Response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from ledger.access.actions import Action
from ledger.access.giving import Asked, roles_given
from ledger.access.grants import Granted, covers, lies_in
from ledger.access.table import MAY, ROLES
from ledger.application.appointing import appoint, dismiss
from ledger.application.granting import all_grants, grants_of
from ledger.domain.access import Place
from ledger.errors import Refused, UnknownName, UsageError
from ledger.inquiry.granted import GrantRow, grant_row, known_as
from ledger.inquiry.places import target_of
from web import access, asking
from web.answering import answer, as_csv, form_of
from web.errors import words_of
from web.fields import typed
from web.grants_form import LABELS, Ending, Given, read_giving
from web.guard import COMMAND
from web.ledgers import here
from web.pages import JSON, TABLE, scoped
from web.wording import plainly

STATES = ("holds", "to come", "over")


@dataclass(frozen=True, slots=True)
class OwnRole:
    """A role one holds oneself, and what it allows, in words."""

    grant: GrantRow
    allows: tuple[str, ...]


@scoped.get("/access")
@scoped.get("/access" + TABLE)
@access.needs(Action.READ_GRANTS, access.anywhere)
def grants(form: str = "html") -> Response:
    """List who holds which role where."""
    rows = _narrowed()
    if form_of(form) == "csv":
        return as_csv(rows, GrantRow, "access")
    if form_of(form) == "json":
        return answer("json", "", rows)
    return _page(Given({"first_day": here().ledger.today().isoformat()}), 200, rows)


def _narrowed() -> tuple[GrantRow, ...]:
    """Return the grants asked for, those that hold unless others are asked for."""
    person, role = asking.text("who"), asking.one_of("held", ROLES)
    state = asking.one_of("state", (*STATES, "any")) or "holds"
    found = (row for row in rows_within_reach() if state in ("any", row.state) and role in (None, row.role))
    return tuple(
        sorted((row for row in found if person is None or person.casefold() in row.person.casefold()), key=_order)
    )


def _order(row: GrantRow) -> tuple[str, int, str]:
    return row.person, ROLES.index(row.role), row.where


def rows_within_reach() -> Iterator[GrantRow]:
    """Yield the grants within reach: those of this ledger, and of those above it what reaches anything here."""
    ledger, readable = here().ledger, _readable()
    for opened in access.chain():
        own = opened.ledger.jurisdiction == ledger.jurisdiction
        for one in all_grants(opened.ledger):
            place = one.place
            if readable(place) and (own or covers(place, ledger.jurisdiction) or lies_in(place, ledger.jurisdiction)):
                yield grant_row(opened.ledger, one, ledger.today(), access.names)


def _readable() -> Callable[[Place], bool]:
    """Return what says of a place whether whoever is signed in may know who holds a role there."""
    within, learners = access.within(Action.READ_GRANTS), access.reach(Action.READ_GRANTS)

    def readable(place: Place) -> bool:
        if within is None:
            return True
        if place.learner is not None:
            return place.learner in (learners or ())
        return any(lies_in(place, one) for one in within.organisations)

    return readable


def _page(given: Given, status: int, rows: tuple[GrantRow, ...] | None = None) -> Response:
    """Show the list with the form that gives a role."""
    known = access.person()
    shown = {
        "view": _narrowed() if rows is None else rows,
        "given": given,
        "labels": LABELS,
        "roles": roles_given(known.grants, here().ledger.today()),
        "role_choices": [(role, role) for role in ROLES],
        "own": here().ledger.jurisdiction,
        "done": asking.one_of("done", ("given", "ended")),
    }
    return Response(render_template("access.html", **shown), status)


@scoped.post("/access")
@access.needs(Action.GRANT_ROLES, access.anywhere)
def give() -> AnyResponse:
    """Give a role; show the form again where something is wrong."""
    given = read_giving(here(), request.form)
    if given.asked is None or given.term is None:
        return _page(given, 422)
    author = access.author(Action.GRANT_ROLES, request.form.get(COMMAND, ""), access.ANYWHERE)
    try:
        appoint(here().ledger, author, access.person().grants, given.asked, given.term)
    except (Refused, UsageError) as error:
        return _page(replace(given, refused=plainly(words_of(error))), 409)
    return redirect(url_for("scoped.grants", done="given"), 303)


@scoped.get("/access/end/<grant>")
@access.needs(Action.GRANT_ROLES, access.anywhere)
def ending(grant: str) -> Response:
    """Ask from when on a role shall not be held any more."""
    yesterday = here().ledger.today() - timedelta(1)
    return _ending(grant, Given({"last_day": yesterday.isoformat()}), 200)


def _ending(grant: str, given: Given, status: int) -> Response:
    found = _found(grant)
    row = grant_row(here().ledger, found, here().ledger.today(), access.names)
    own = found.person == access.person().person
    return Response(render_template("access_end.html", row=row, given=given, labels=LABELS, own=own), status)


def _found(grant: str) -> Granted:
    """Return a grant of this ledger; raise `UnknownName` where there is none."""
    found = next((one for one in all_grants(here().ledger) if one.grant == grant), None)
    if found is None:
        raise UnknownName("there is no such grant in this ledger")
    return found


@scoped.post("/access/end/<grant>")
@access.needs(Action.GRANT_ROLES, access.anywhere)
def end(grant: str) -> AnyResponse:
    """End a role; show the form again where something is wrong."""
    found, sent = _found(grant), typed(request.form)
    problems = {name: said[0] for name, said in Ending().validate(sent).items()}
    if problems:
        return _ending(grant, Given(sent, problems), 422)
    read = Ending().load(sent)
    try:
        _dismiss(found, read["last_day"], read.get("reason", ""), leaves_nobody=read.get("leaves_nobody", False))
    except (Refused, UsageError) as error:
        return _ending(grant, Given(sent, refused=plainly(words_of(error))), 409)
    return redirect(url_for("scoped.grants", done="ended"), 303)


def _dismiss(found: Granted, last_day: date, reason: str, *, leaves_nobody: bool) -> None:
    ledger = here().ledger
    place = found.place
    target = target_of(ledger, place.learner) if place.learner else None
    dismiss(
        ledger,
        access.author(Action.GRANT_ROLES, request.form.get(COMMAND, ""), access.ANYWHERE),
        access.person().grants,
        [one for opened in access.chain() for one in all_grants(opened.ledger)],
        Asked(found.person, found.role, place, target),
        found.grant,
        last_day,
        reason,
        leaves_nobody=leaves_nobody,
    )


@scoped.get("/access/me")
@scoped.get("/access/me" + JSON)
@access.signed_in
def own_roles(form: str = "html") -> Response:
    """Show which roles one holds here oneself, and what each allows."""
    known, today = access.person(), here().ledger.today()
    rows = tuple(
        OwnRole(
            grant_row(opened.ledger, one, today, access.names),
            tuple(action.value for action in Action if action in MAY[one.role]),
        )
        for opened in access.chain()
        for one in grants_of(opened.ledger, known.person)
    )
    return answer(form, "access_me.html", rows, called=known_as(here().ledger.vault, known.person))

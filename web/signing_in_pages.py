"""The pages on which people sign in and out, and see where they are signed in."""

from dataclasses import dataclass

from flask import Response, redirect, render_template, request, url_for
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response as AnyResponse

from ledger.accounts.local import Tried
from ledger.demonstration.personas import Persona
from web import access, sessions, signing_in
from web.ledgers import ledgers
from web.pages import front

WRONG = "this id and this password do not belong together; check both, and try again"

HOW = {"password": "with a password", "persona": "as somebody of the demonstration"}
"""How somebody signed in; any other way is the name of an identity provider."""


@dataclass(frozen=True, slots=True)
class Offered:
    """A person of the demonstration, under the name they have there."""

    persona: Persona
    called: str


@front.get("/sign-in")
@access.public
def sign_in() -> AnyResponse:
    """Ask who somebody is."""
    if not ledgers().jurisdictions():
        return redirect(url_for("front.home"))
    return page()


def page(problem: str = "", status: int = 200) -> Response:
    """Show the ways to sign in, and what went wrong with the one that was tried."""
    known = access.visitor()
    again = request.values.get("again") == "yes" and known is not None
    shown = {
        "problem": problem,
        "back": signing_in.own_path(request.values.get("back", "")),
        "again": again,
        "known": known,
        "typed": request.form.get("id", "") or (known.name if known and again else ""),
        "providers": signing_in.providers(),
        "people": _offered(),
        "left": request.args.get("left") == "yes",
    }
    return Response(render_template("sign_in.html", **shown), status)


def _offered() -> list[Offered]:
    vault = ledgers().vault
    known = {one: vault.person_id(one.name) for one in signing_in.personas()}
    names = vault.names(known.values())
    return [Offered(one, names[person]) for one, person in known.items()]


@front.post("/sign-in")
@access.public
def take_password() -> AnyResponse:
    """Let somebody in who knows their password."""
    given = request.form
    tried = signing_in.accounts().sign_in(
        given.get("id", "").strip(), given.get("password", ""), request.remote_addr or ""
    )
    if tried.person is None:
        return _refused(tried)
    return _let_in(tried.person, "password")


def _refused(tried: Tried) -> Response:
    if not tried.wait:
        return page(WRONG, 422)
    response = page(f"too many tries failed; wait {_time(tried.wait)}, then try again", 429)
    response.headers["Retry-After"] = str(tried.wait)
    return response


def _time(seconds: int) -> str:
    if seconds == 1:
        return "1 second"
    return f"{seconds} seconds" if seconds < 120 else f"{-(-seconds // 60)} minutes"


def _let_in(person: str, how: str) -> AnyResponse:
    response = redirect(signing_in.own_path(request.values.get("back", "")), 303)
    sessions.begin(response, person, how)
    return response


@front.post("/sign-in/as")
@access.public
def be_somebody() -> AnyResponse:
    """Let somebody be one of the people of a demonstration."""
    wanted = request.form.get("persona", "")
    found = next((one for one in signing_in.personas() if one.name == wanted), None)
    if found is None:
        raise NotFound
    return _let_in(ledgers().vault.person_id(found.name), "persona")


@front.post("/sign-out")
@access.public
def sign_out() -> AnyResponse:
    """Let nobody be signed in here any more."""
    response = redirect(url_for("front.sign_in", left="yes"), 303)
    sessions.leave(response)
    return response


@front.get("/sign-in/sessions")
@access.signed_in
def own_sessions() -> Response:
    """Show where somebody is signed in."""
    return Response(
        render_template(
            "sessions.html",
            view=sessions.sessions().of(access.person().person),
            current=sessions.current(),
            how=HOW,
            ended=request.args.get("ended") == "yes",
        )
    )


@front.post("/sign-in/sessions")
@access.signed_in
def end_sessions() -> AnyResponse:
    """End a session of one's own, or all but the one at hand."""
    known, person, current = sessions.sessions(), access.person().person, sessions.current()
    wanted = request.form.get("session", "")
    if wanted == "others":
        for one in known.of(person):
            if current is None or one.session != current.session:
                known.end_one(person, one.session)
    elif not known.end_one(person, wanted):
        raise NotFound
    return redirect(url_for("front.own_sessions", ended="yes"), 303)

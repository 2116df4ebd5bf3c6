"""Signing in at an identity provider: the way there, and the way back.

Each try has a state and a nonce of its own; the state also stands in a cookie, so that nobody is let in by
a try that was begun in another browser.
"""

import hmac
import secrets
from datetime import UTC, datetime, timedelta

from flask import current_app, redirect, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from ledger.accounts.instants import after, read, since, written
from ledger.accounts.providers import Provider, provider_named
from ledger.accounts.sessions import digest_of
from ledger.errors import InputFaults, KeyUnusable, LedgerError, Refused, Unavailable, UsageError
from ledger.storage.access_store import AttemptRow
from web import access, sessions, signing_in
from web.ledgers import ledgers
from web.openid import Claimed, OpenId
from web.pages import front
from web.signing_in_pages import page

PLAIN, LOCKED = "mastery-try", "__Host-mastery-try"
PATIENCE = timedelta(minutes=10)
"""For which a try may last."""

STRANGE = "this sign-in was not begun in this browser, or took longer than 10 minutes; begin again"
UNKNOWN = (
    "nobody here is linked to your account at {}; ask the registrar, who can link it, and tell them which account it is"
)


@front.get("/sign-in/with/<provider>")
@access.public
def leave_for(provider: str) -> AnyResponse:
    """Lead somebody to their identity provider."""
    known, again = _named(provider), request.args.get("again") == "yes"
    state, nonce, verifier = (secrets.token_urlsafe(48) for _ in range(3))
    try:
        address = _openid(known).address(redirect=_here(), state=state, nonce=nonce, verifier=verifier, again=again)
    except LedgerError as error:
        return _told(error)
    _remember(known, state, nonce, verifier, again=again)
    response = redirect(address, 303)
    response.set_cookie(_cookie(), state, httponly=True, samesite="Lax", secure=request.is_secure)
    return response


def _remember(provider: Provider, state: str, nonce: str, verifier: str, *, again: bool) -> None:
    store, now = ledgers().access, ledgers().clock()
    store.remove_before(AttemptRow, "begun", after(now, -PATIENCE))
    back = signing_in.own_path(request.args.get("back", ""))
    store.put(
        AttemptRow(
            digest=digest_of(state),
            provider=provider.name,
            nonce=nonce,
            verifier=verifier,
            back=back,
            again=int(again),
            begun=now,
        )
    )


@front.get("/sign-in/back")
@access.public
def come_back() -> AnyResponse:
    """Let somebody in of whom the provider said who they are."""
    try:
        attempt = _attempt(request.args.get("state", ""))
        provider = _named(attempt.provider)
        claimed = _claimed(provider, attempt)
        person = _person(provider, claimed)
    except LedgerError as error:
        return _told(error)
    response = redirect(signing_in.own_path(attempt.back), 303)
    response.delete_cookie(_cookie(), httponly=True, samesite="Lax", secure=request.is_secure)
    sessions.begin(response, person, provider.title, _proved(attempt, claimed))
    return response


def _proved(attempt: AttemptRow, claimed: Claimed) -> str:
    """Return when somebody showed the provider who they are: never, where it says nothing and was not told to ask."""
    if claimed.proved is not None:
        return written(datetime.fromtimestamp(claimed.proved, UTC))
    return ledgers().clock() if attempt.again else written(datetime.fromtimestamp(0, UTC))


def _attempt(state: str) -> AttemptRow:
    """Return the try a state belongs to, which is over with that; raise `Refused` where this browser began none."""
    store, known = ledgers().access, request.cookies.get(_cookie(), "")
    digest = digest_of(state)
    found = store.one(AttemptRow, digest=digest) if hmac.compare_digest(state.encode(), known.encode()) else None
    if found is None or not store.remove(AttemptRow, digest=digest) or since(found.begun, ledgers().clock()) > PATIENCE:
        raise Refused(STRANGE)
    return found


def _claimed(provider: Provider, attempt: AttemptRow) -> Claimed:
    if "code" not in request.args or request.args.get("iss", provider.issuer) != provider.issuer:
        raise Refused(f"{provider.title} did not sign you in; begin again, or choose another way")
    return _openid(provider).claimed(
        code=request.args["code"],
        redirect=_here(),
        verifier=attempt.verifier,
        nonce=attempt.nonce,
        now=read(ledgers().clock()),
    )


def _person(provider: Provider, claimed: Claimed) -> str:
    """Return the person a provider speaks of; a verified address is linked for good the first time it is shown."""
    known = signing_in.identities()
    found = known.find(provider.issuer, claimed.subject)
    if found is None and claimed.email is not None:
        found = known.find_email(claimed.email)
        if found is not None:
            known.link(found, provider.issuer, claimed.subject, provider.name)
    if found is None:
        raise Refused(UNKNOWN.format(provider.title))
    return found


def _named(name: str) -> Provider:
    return provider_named(ledgers().home, ledgers().environment, name)


def _openid(provider: Provider) -> OpenId:
    return OpenId(provider, current_app.extensions["fetch"])


def _here() -> str:
    return url_for("front.come_back", _external=True)


def _cookie() -> str:
    return LOCKED if request.is_secure else PLAIN


def _told(error: LedgerError) -> AnyResponse:
    """Show the ways to sign in again, with what went wrong."""
    if isinstance(error, Unavailable):
        return page(str(error), 503)
    if isinstance(error, Refused | UsageError) and not isinstance(error, KeyUnusable | InputFaults):
        return page(str(error), 403)
    raise error

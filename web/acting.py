"""Who acts on the pages that change something: the id a person gives, kept until another is given.

There is no sign-in yet and these pages answer on this computer only, so the id is believed; the seal on
the cookie keeps what else runs on this computer from choosing it.
"""

import unicodedata

from flask import request
from werkzeug.wrappers import Response

from ledger.application import Ledger
from ledger.errors import UsageError
from ledger.storage.envelope import Author
from ledger.values import is_identifier
from web.seals import seals

COOKIE = "mastery-acting"
LONGEST = 100
"""Characters in an id."""

ROLE = "operator"
"""The role under which whoever acts on these pages is recorded, as on the command line."""

NOBODY_KNOWN, LOOKING = "nobody-known", "looking"
"""Stand for the id of somebody who never acted, and for a command where none is carried out."""

NOBODY = "say who acts first: on the page of the change, give the id of the person, such as m.ortiz"


def who() -> str | None:
    """Return the id of the person who acts, nothing where nobody said so."""
    seal, _, written = request.cookies.get(COOKIE, "").partition(".")
    try:
        name = bytes.fromhex(written).decode()
    except ValueError:
        return None
    return name if name and seals().holds("acting", name, seal) else None


def required() -> str:
    """Return the id of the person who acts; raise `UsageError` where nobody said so."""
    name = who()
    if name is None:
        raise UsageError(NOBODY)
    return name


def author(ledger: Ledger, command: str) -> Author:
    """Return who carries a command out; the id the form was given makes a repeat harmless."""
    if not is_identifier(command):
        raise UsageError("the form has lost the number that keeps it from being sent twice; load the page again")
    return ledger.author(required(), ROLE, command)


def onlooker(ledger: Ledger) -> Author:
    """Return who looks, to ask what that person may do; nothing is written down by it."""
    name = who()
    return Author((ledger.vault.find_person(name) if name else None) or NOBODY_KNOWN, ROLE, LOOKING)


def read(text: str) -> str:
    """Return the id a person gave, in Unicode form NFC; raise `UsageError` where it cannot be one."""
    name = unicodedata.normalize("NFC", text).strip()
    if not name or len(name) > LONGEST or not name.isprintable():
        raise UsageError(f"give the id of the person who acts: 1 to {LONGEST} visible characters, such as m.ortiz")
    return name


def remember(response: Response, name: str) -> None:
    """Keep who acts until the browser is closed or another takes over."""
    value = f"{seals().seal('acting', name)}.{name.encode().hex()}"
    response.set_cookie(COOKIE, value, httponly=True, samesite="Strict")


def forget(response: Response) -> None:
    """Let nobody act any more."""
    response.delete_cookie(COOKIE, httponly=True, samesite="Strict")

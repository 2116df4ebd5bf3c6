"""Commands: an idempotency key that makes a repeat harmless, and who carries them out, in which role."""

import re

from flask import Response, g, request

from ledger.application.ledger import CLIENT
from ledger.storage.append import Appended
from ledger.storage.envelope import Author
from ledger.values import identifier
from web import access
from web.api.problems import Refusal
from web.ledgers import here

HEADER, REPLAYED = "Idempotency-Key", "Idempotent-Replayed"
KEY = re.compile(r"[!-~]{8,64}")


def begin() -> None:
    """Take the key of a command; raise `Refusal` where there is none."""
    g.api_command = command_of(request.headers.get(HEADER, ""))
    g.api_earlier = known(g.api_command)


def command_of(key: str) -> str:
    """Return the id under which the ledger knows a command of this person, given its key."""
    if not KEY.fullmatch(key):
        raise Refusal("key-missing", f"the header {HEADER} holds no key of 8 to 64 visible ASCII characters")
    return identifier("api", access.person().person, key)


def known(command: str) -> Appended | None:
    """Return what a command wrote when it was carried out before, nothing where it never was."""
    return here().ledger.log.recorder.known_command(CLIENT, command) if "opened" in g else None


def earlier() -> Appended | None:
    """Return what the command at hand wrote before, nothing where it is carried out for the first time."""
    found: Appended | None = g.get("api_earlier")
    return found


def author() -> Author:
    """Return who carries the command at hand out, in the role that allows it."""
    return author_of(g.api_command)


def author_of(command: str) -> Author:
    """Return who carries a command out, in the role that allows what the address at hand does."""
    role: str = g.allowed.role
    return Author(access.person().person, role.replace(" ", "-"), command)


def numbered(number: int) -> Author:
    """Return who carries out one part of the command at hand, under an id of its own."""
    return author_of(identifier("part", g.api_command, str(number)))


def stamp(response: Response) -> Response:
    """Say on an answer that the command had been carried out before."""
    if earlier() is not None or g.get("api_job_known"):
        response.headers[REPLAYED] = "true"
    return response

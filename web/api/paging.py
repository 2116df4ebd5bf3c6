"""Lists in pages: a cursor that says after which row to go on, sealed so that nobody makes one up."""

import base64
import binascii
from collections.abc import Callable, Sequence
from typing import Any, TypeVar
from urllib.parse import urlencode

from flask import Response, g, request

from ledger.projections.pages import MOST_ROWS, USUAL_ROWS, Page
from web.api.fields import Asked, AskedNumber, Said
from web.api.problems import Error, Refusal
from web.ledgers import here
from web.seals import seals

Row = TypeVar("Row")

SEAL = 32
"""Hexadecimal digits of the seal of a cursor."""


class Paged(Asked):
    """Which page of a list is asked for."""

    limit = AskedNumber(1, MOST_ROWS, load_default=USUAL_ROWS, metadata={"description": "Rows of a page."})
    after = Said(
        longest=1000,
        pattern=r"^[A-Za-z0-9_-]+\.[0-9a-f]{32}$",
        metadata={"description": "The cursor that the page before gave as `next`."},
    )


def opened(after: str | None) -> str | None:
    """Return what a cursor of this list says; raise `Refusal` for one that was not made for it."""
    if after is None:
        return None
    written, _, seal = after.partition(".")
    try:
        said = base64.urlsafe_b64decode(written + "=" * (-len(written) % 4)).decode()
    except (binascii.Error, ValueError):
        said = ""
    if not seals().holds(_purpose(), said, f"{seal}{seals().seal(_purpose(), said)[SEAL:]}"):
        raise Refusal(
            "faults", "the cursor is none of this list", [Error("/after", "Use the `next` of a page.", "query")]
        )
    return said


def _refused(detail: str, todo: str) -> Refusal:
    return Refusal("faults", detail, [Error("/after", todo, "query")])


def _sealed(said: str) -> str:
    written = base64.urlsafe_b64encode(said.encode()).rstrip(b"=").decode()
    return f"{written}.{seals().seal(_purpose(), said)[:SEAL]}"


def _purpose() -> str:
    return f"cursor {request.path}"


def sealed(page: Page[Row]) -> Page[Row]:
    """Return a page of the read models with a cursor that nobody makes up, and say where the next page is."""
    if page.next is None:
        return page
    following = _sealed(page.next)
    g.api_next = f"{request.path}?{urlencode({**request.args.to_dict(), 'after': following})}"
    return Page(page.rows, following, page.position)


def cut(rows: Sequence[Row], key: Callable[[Row], Any], asked: dict[str, Any]) -> Page[Row]:
    """Return the page of a list that is at hand whole; it goes on after the row whose key the cursor holds."""
    said = opened(asked["after"])
    keys = [str(key(row)) for row in rows]
    if said is not None and said not in keys:
        raise Refusal(
            "faults", "the row after which to go on is gone; begin again", [Error("/after", "Leave it out.", "query")]
        )
    first = 0 if said is None else keys.index(said) + 1
    last = first + asked["limit"]
    position = here().position if "opened" in g else 0
    return sealed(Page(tuple(rows[first:last]), keys[last - 1] if last < len(rows) else None, position))


def stamp(response: Response) -> Response:
    """Say on an answer where the next page is."""
    if "api_next" in g:
        response.headers["Link"] = f'<{g.api_next}>; rel="next"'
    return response

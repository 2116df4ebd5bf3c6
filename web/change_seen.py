"""What a person has seen of each change: how far its history had come when its page was last opened.

It is kept in a cookie of that person's browser alone, as numbers; it says nothing to anybody else.
"""

import re
from collections.abc import Mapping

from flask import request, url_for
from werkzeug.wrappers import Response

from ledger.domain.change_fold import Change
from web import access

MOST = 100
"""Changes remembered; of more the earliest are forgotten."""

A_YEAR = 365 * 24 * 60 * 60

_ENTRY = re.compile(r"(\d{1,9})\.(\d{1,9})", re.ASCII)


def seen() -> Mapping[int, int]:
    """Return for each change this person has opened, by number, how many steps of it there were."""
    written = request.cookies.get(_name(), "")
    found = (_ENTRY.fullmatch(part) for part in written.split("_"))
    return {int(one[1]): int(one[2]) for one in found if one}


def news(change: Change) -> tuple[int, ...]:
    """Return the versions of the steps that others took since this person opened a change; none where never."""
    before = seen().get(change.proposed.number, change.version)
    new = [written for _, written in change.steps if written.version > before]
    return tuple(one.version for one in new if not one.acts_for(access.person().person))


def remember(response: Response, change: Change) -> None:
    """Keep that this person has seen a change as it is."""
    kept = {**seen(), change.proposed.number: change.version}
    value = "_".join(f"{number}.{version}" for number, version in sorted(kept.items())[-MOST:])
    path = url_for("scoped.changes")
    response.set_cookie(_name(), value, max_age=A_YEAR, path=path, httponly=True, samesite="Strict")


def _name() -> str:
    return f"seen-{access.person().person[:8]}"
